"""A published form of residents has an address that stays: it leads to where the form is asked."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linli.cases.models import Category
from linli.cases.testing import NOON
from linli.cases.tests.test_questions import lamps as lamps
from linli.formkit import permits
from linli.formkit.testing import field, make_published, make_spec
from linli.formkit.types import Audience
from linli.kernel.paths import CITY_PATH
from linli.kernel.testing import client_of, make_actor
from linli.places.testing import make_village

pytestmark = pytest.mark.django_db
DESIGNER = make_actor("designer", permits.DESIGN, at=CITY_PATH, account_id=21)


def published(key: str, audience: str = Audience.RESIDENTS) -> None:
    make_published(
        make_spec({"what": field("text", "What?")}),
        now=NOON,
        actor=DESIGNER,
        key=key,
        audience=audience,
    )


def test_the_form_of_a_category_leads_to_the_report_with_its_questions_open(
    lamps: Category,
) -> None:
    browser, village = Client(), make_village().code

    led = browser.get("/en/forms/report-street-lamp/fill/")
    where = browser.get(led["Location"]).content.decode()
    shown = browser.get(f"{led['Location']}&place={village}").content.decode()
    plain = browser.get(f"/en/report/?place={village}").content.decode()

    assert (led.status_code, led["Location"]) == (302, "/en/report/?about=street-lamp")
    assert 'name="about" value="street-lamp"' in where and "about=street-lamp" in where
    assert "灯杆编号" in shown and "灯杆编号" not in plain


def test_a_form_that_no_page_asks_leads_to_its_paper_and_one_of_staff_is_none_of_residents() -> (
    None
):
    published("moving-in")
    published("for-us", Audience.STAFF)

    led = Client().get("/en/forms/moving-in/fill/")

    assert led["Location"] == "/en/forms/moving-in/paper/"
    assert Client().get("/en/forms/for-us/fill/").status_code == 404
    assert Client().get("/en/forms/nothing/fill/").status_code == 404


def test_whoever_keeps_the_form_reads_the_address_and_its_code_and_a_program_the_address(
    lamps: Category,
) -> None:
    published("moving-in")

    shown = client_of(DESIGNER).get("/en/forms/report-street-lamp/").content.decode()
    unasked = client_of(DESIGNER).get("/en/forms/moving-in/").content.decode()
    told = {one["key"]: one["page"] for one in Client().get("/api/v1/forms/").json()["items"]}

    assert "/forms/report-street-lamp/fill/" in shown and "<svg" in shown
    assert "/zh-hans/forms/report-street-lamp/fill/" not in shown
    assert "No page asks it yet" in unasked
    assert told["moving-in"] == "/zh-hans/forms/moving-in/fill/"


def test_what_is_no_category_is_left_out_of_the_address() -> None:
    village = make_village().code

    assert Client().get(f"/en/report/?place={village}&about=nothing").status_code == 200


def test_whoever_names_no_category_waits_for_none_to_be_looked_up(lamps: Category) -> None:
    village = make_village().code

    def looked_up(about: str) -> bool:
        with CaptureQueriesContext(connection) as asked:
            assert Client().get(f"/en/report/?place={village}{about}").status_code == 200
        return any('"cases_category"."code" IN' in one["sql"] for one in asked)

    assert looked_up("&about=street-lamp")
    assert not looked_up("")


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_code_on_a_poster_leads_each_reader_to_pages_in_her_language(
    lamps: Category, language: str
) -> None:
    led = Client().get(
        "/forms/report-street-lamp/fill/", headers={"Accept-Language": language}, follow=True
    )

    assert led.redirect_chain[-1] == (f"/{language}/report/?about=street-lamp", 302)
    assert led.status_code == 200


def test_only_the_paper_of_a_form_that_a_page_asks_says_that_it_may_be_filled_in_by_phone(
    lamps: Category,
) -> None:
    published("moving-in")
    published("for-us", Audience.STAFF)

    asked = Client().get("/en/forms/report-street-lamp/paper/").content.decode()
    unasked = Client().get("/en/forms/moving-in/paper/").content.decode()
    staffs = client_of(DESIGNER).get("/en/forms/for-us/paper/").content.decode()

    assert "fill it in on a phone" in asked
    for paper in (unasked, staffs):
        assert "fill it in on a phone" not in paper and "ll-qr" not in paper
