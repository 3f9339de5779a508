"""Pages of visits: nobody's words stand there as a matter, and what was chosen and typed is not lost."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.test import Client

from linli.kernel.permits import NOBODY
from linli.offerings.models import Appointment, Ticket
from linli.offerings.services import visits
from linli.offerings.tests.visit_samples import (
    NOON,
    TOMORROW,
    at,
    make_centre,
    make_visit,
    make_window,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
WORDS = "请先把保证金转到尾号8888的账户"


def book_at(code: str, window: Any, minutes: int = 510, **more: str) -> str:
    asked = {"window": window.pk, "at": at(minutes).isoformat(), **more}
    return f"/zh-hans/visits/{code}/book/?{urlencode(asked)}"


def typed(**more: str) -> dict[str, str]:
    return {"name": "陈", "phone": "13812345678", "key": str(uuid4()), **more}


def test_words_in_an_address_are_no_matter_on_any_page_of_visits(client: Client) -> None:
    centre = make_centre()
    window = make_window(centre)
    make_window(centre, "2", items=("elder-card",))
    code = centre.code

    pages = [
        client.get(f"/zh-hans/visits/{code}/", {"item": WORDS, "group": window.pk}),
        client.get("/zh-hans/visits/", {"item": WORDS}),
        client.get(f"/zh-hans/visits/{code}/ticket/", {"item": WORDS}),
        client.get(f"/zh-hans/visits/{code}/touch/", {"item": WORDS}),
        client.post(book_at(code, window, item=WORDS), typed()),
        client.post(f"/zh-hans/visits/{code}/ticket/?{urlencode({'item': WORDS})}", typed()),
    ]
    led = client.get(book_at(code, window, item=WORDS))

    assert [one.status_code for one in pages] == [200, 200, 200, 200, 422, 422]
    for one in pages:
        assert WORDS not in re.sub(
            r'(href|action|formaction|value)="[^"]*"', "", one.content.decode()
        )
    assert led.status_code == 303 and "item" not in led["Location"]
    assert not Appointment.objects.exists() and not Ticket.objects.exists()


def test_the_day_is_kept_on_the_way_to_another_time_also_when_a_time_is_gone(
    client: Client,
) -> None:
    centre = make_centre()
    window = make_window(centre)
    later = TOMORROW + timedelta(days=8)
    week = f"/zh-hans/visits/{centre.code}/?group={window.pk}&day="

    page = client.get(book_at(centre.code, window)).content.decode()
    make_visit(window, 510)
    led = client.get(book_at(centre.code, window))
    far = client.get(f"{week}{later}").content.decode()

    assert f"group={window.pk}&amp;day={TOMORROW}" in page
    assert led["Location"] == f"{week}{TOMORROW}"
    assert re.search(rf'day={later}" aria-current="true"', far)


def test_when_the_time_is_gone_another_one_is_tapped_and_what_was_typed_stays(
    client: Client,
) -> None:
    centre = make_centre()
    window = make_window(centre)
    make_visit(window, 510)

    gone = client.post(book_at(centre.code, window), typed())

    page = gone.content.decode()
    assert gone.status_code == 422 and "13812345678" in page and 'value="陈"' in page
    assert ">预订<" not in page.replace(" ", "")
    to = re.findall(r'formaction="([^"]+)"', page)[0].replace("&amp;", "&")
    assert client.post(to, typed()).status_code == 303
    made = Appointment.objects.latest("pk")
    assert made.starts_at == at(530) and made.phone_masked.endswith("5678")


def test_a_cancelled_visit_is_booked_again_and_offers_no_move(client: Client) -> None:
    centre = make_centre()
    visit = make_visit(make_window(centre), 510)
    here = f"/zh-hans/visits/of/{visit.code}/"
    assert "再约一次" not in client.get(here).content.decode()
    visits.cancel(visit.code, actor=NOBODY, now=NOON)

    page, led = client.get(here).content.decode(), client.get(f"{here}move/")

    again = f"/zh-hans/visits/{centre.code}/?group={visit.window_id}&amp;day={TOMORROW}"
    assert "再约一次" in page and again in page and "move/" not in page
    assert (led.status_code, led["Location"]) == (303, here)
    assert "不能再改" in client.get(here).content.decode()
    assert Appointment.objects.get().state == "cancelled"


def test_a_move_to_a_time_that_was_taken_comes_back_to_its_day(client: Client) -> None:
    window = make_window()
    visit = make_visit(window, 530)
    make_visit(window, 510)
    move = f"/zh-hans/visits/of/{visit.code}/move/"
    to = urlencode({"window": window.pk, "at": at(510).isoformat()})

    led = client.post(f"{move}?{to}", {"key": str(uuid4())})

    assert led["Location"] == f"{move}?day={TOMORROW}"
    assert Appointment.objects.get(pk=visit.pk).starts_at == at(530)
