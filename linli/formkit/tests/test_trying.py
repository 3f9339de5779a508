"""Trying a form out: page by page, kept, gone on with, and whose it is."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from linli.files.testing import photo
from linli.formkit import services
from linli.formkit.models import FormDraft, FormTest
from linli.formkit.testing import DESIGNER, make_form, make_published
from linli.formkit.types import Audience
from linli.kernel.permits import NOBODY, Actor
from linli.kernel.testing import client_of, make_actor

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
STRANGER = make_actor("stranger", account_id=77)
ANNE = make_actor("anne", account_id=5)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


def text(answer: Any) -> str:
    return str(answer.content.decode())


class Visitor:
    """Somebody who fills in the form of the demo in one browser."""

    def __init__(self, actor: Actor = NOBODY, version: str = "") -> None:
        self.client: Client = client_of(actor)
        self.number = 0
        begun = self.send(f"fire-check/try/{version}")
        self.where = begun["Location"].removeprefix("/en/forms/")

    def send(self, address: str, **form: Any) -> Any:
        self.number += 1
        return self.client.post(f"/en/forms/{address}", {"key": f"k{self.number}", **form})

    def step(self, page: str, step: str = "next", **form: Any) -> str:
        answer = self.send(self.where, page=page, step=step, **form)
        assert answer.status_code == 303, text(answer)
        return str(answer["Location"]).removeprefix(f"/en/forms/{self.where}")

    def see(self, rest: str = "") -> str:
        answer = self.client.get(f"/en/forms/{self.where}{rest}")
        assert answer.status_code == 200
        return text(answer)

    def all(self) -> None:
        self.step("home", home_kind="own", storeys="3", people="4")
        self.step("risk", gas="no", bike="none", gas_hose="1999", bars_plan="leaked")
        self.step("things", **{"things-0": "1", "things-0-name": "灭火器", "things-0-count": "2"})


def test_a_form_is_filled_in_from_page_to_page_without_a_script() -> None:
    make_published(now=NOON)
    visitor = Visitor()

    assert visitor.step("home", storeys="x") == "?page=home&check=1"
    page = visitor.see("?page=home&check=1")
    assert 'value="x"' in page and "Write a whole number" in page and "data-faults" in page
    visitor.all()
    assert (
        visitor.step(
            "things", "back", **{"things-0": "1", "things-0-name": "灭火器", "things-0-count": "2"}
        )
        == "?page=risk"
    )
    assert "leaked" in visitor.see("?page=risk")
    assert visitor.step("you", name="叶少芬", **{"sign-way": "paper"}) == "check/"
    seen = visitor.see("check/")
    assert "叶少芬" in seen and "leaked" not in seen
    done = visitor.send(visitor.where + "check/")
    assert done.status_code == 200
    assert "&quot;pieces&quot;: 2" in text(done) or "&#34;pieces&#34;: 2" in text(done)
    assert "leaked" not in text(done)
    assert not FormDraft.objects.exists()
    assert visitor.client.get(f"/en/forms/{visitor.where}").status_code == 404


def test_questions_that_follow_come_up_at_the_button() -> None:
    make_published(now=NOON)
    visitor = Visitor()
    follows = re.compile(r'data-path="gas_hose"( hidden)?')

    assert follows.search(visitor.see("?page=risk")).group(1) == " hidden"  # type: ignore[union-attr]
    assert visitor.step("risk", "stay:gas", gas="yes") == "?page=risk#id_gas"
    assert follows.search(visitor.see("?page=risk")).group(1) is None  # type: ignore[union-attr]


def test_whoever_jumps_to_the_end_is_led_to_what_is_missing() -> None:
    make_published(now=NOON)
    visitor = Visitor()

    answer = visitor.client.get(f"/en/forms/{visitor.where}check/")

    assert answer.status_code == 303
    assert answer["Location"].endswith("?page=home&check=1")
    assert visitor.client.post(f"/en/forms/{visitor.where}check/", {"key": "x"}).status_code == 303
    assert FormDraft.objects.count() == 1


def test_what_was_begun_is_offered_to_this_browser_and_thrown_away_on_demand() -> None:
    make_published(now=NOON)
    visitor = Visitor()

    assert "Go on where I stopped" in text(visitor.client.get("/en/forms/fire-check/try/"))
    assert "Go on where I stopped" not in text(client_of(NOBODY).get("/en/forms/fire-check/try/"))
    assert visitor.send(visitor.where + "drop").status_code == 303
    assert not FormDraft.objects.exists()


def test_what_somebody_began_under_her_account_waits_there_after_signing_in_again() -> None:
    make_published(now=NOON)
    visitor = Visitor(ANNE)
    visitor.step("home", "save", people="4")

    signed_out = client_of(NOBODY)
    assert signed_out.get(f"/en/forms/{visitor.where}").status_code == 404
    again = client_of(ANNE)
    assert "Go on where I stopped" in text(again.get("/en/forms/fire-check/try/"))
    assert 'value="4"' in text(again.get(f"/en/forms/{visitor.where}?page=home"))
    assert client_of(STRANGER).get(f"/en/forms/{visitor.where}").status_code == 404


def test_autosave_keeps_says_when_and_refuses_what_comes_too_late() -> None:
    make_published(now=NOON)
    visitor = Visitor()
    data = {"page": "home", "people": "4", "edition": "1"}

    kept = visitor.client.post(f"/en/forms/{visitor.where}keep", data)
    late = visitor.client.post(f"/en/forms/{visitor.where}keep", {**data, "people": "9"})

    assert kept.json()["edition"] == 2
    assert re.fullmatch(r"\d{2}:\d{2}", kept.json()["kept_at"])
    assert (late.status_code, late.json()["code"]) == (409, "saved_meanwhile")
    assert 'value="4"' in visitor.see("?page=home")
    assert (
        visitor.client.post(f"/en/forms/{visitor.where}keep", {"page": "nowhere"}).status_code
        == 404
    )


def test_autosave_leaves_what_the_page_tells_about_pasted_rows_and_files() -> None:
    make_published(now=NOON)
    visitor = Visitor()
    visitor.step("things", "paste:things", **{"things-paste": "甲\t2"})
    visitor.client.post(
        f"/en/forms/{visitor.where}keep",
        {"page": "things", "edition": "2", "things-0": "1", "things-0-name": "甲乙"},
    )
    page = visitor.see("?page=things")
    assert "甲乙" in page and 'value="unpaste:things"' in page
    visitor.step("risk", "next", photos=SimpleUploadedFile("x.jpg", b"<html>"))
    kept = visitor.client.post(
        f"/en/forms/{visitor.where}keep", {"page": "risk", "edition": "4", "gas": "no"}
    )
    assert kept.json()["edition"] == 5
    assert "never taken" in visitor.see("?page=risk&check=1")


def test_photos_are_kept_shown_to_their_owner_and_taken_out() -> None:
    make_published(now=NOON)
    visitor = Visitor()
    visitor.step("risk", "stay", photos=SimpleUploadedFile("路.jpg", photo(400, 300)))
    page = visitor.see("?page=risk")
    address = re.search(r'src="(/en/forms/[^"]+/files/[A-Z0-9]+/)"', page)
    assert address is not None

    picture = visitor.client.get(address[1])
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/jpeg")
    assert picture["Cache-Control"] == "private, no-store"
    code = address[1].split("/")[-2]
    assert client_of(NOBODY).get(f"/en/files/{code}/").status_code == 404
    assert visitor.client.get(address[1].replace(code, "NOSUCHFILE2222")).status_code == 404
    visitor.step("risk", f"file-:photos:{code}")
    assert visitor.client.get(address[1]).status_code == 404
    refused = visitor.step(
        "risk", "next", photos=SimpleUploadedFile("x.jpg", b"<html>"), gas="no", bike="none"
    )
    assert refused.endswith("check=1")
    assert "never taken" in visitor.see("?page=risk&check=1")


def test_odd_steps_and_names_do_no_harm() -> None:
    make_published(now=NOON)
    visitor = Visitor()
    for step in (
        "",
        "row-:things:99",
        "row-:things:x",
        "row+:nothing",
        "paste:gas",
        "unpaste:things",
        "go:you",
    ):
        visitor.step(
            "things",
            step,
            **{"things-0": "1", "things-0-name": "<script>alert(1)</script>", "x": "y"},
        )
    page = visitor.see("?page=things")

    assert "<script>alert(1)" not in page
    assert visitor.send(visitor.where, page="zzz", step="next").status_code == 404
    assert (
        visitor.send(visitor.where, page="risk", step="file-:photos:SOMEBODYSFILE2").status_code
        == 404
    )


def test_whoever_goes_back_in_her_browser_may_send_the_old_page_once_more_with_other_answers() -> (
    None
):
    make_published(now=NOON)
    visitor = Visitor()
    page = {
        "page": "home",
        "step": "next",
        "home_kind": "own",
        "storeys": "3",
        "people": "4",
        "key": "same",
    }
    visitor.client.post(f"/en/forms/{visitor.where}", page)

    again = visitor.client.post(f"/en/forms/{visitor.where}", {**page, "people": "5"})

    assert again.status_code == 303
    shown = visitor.client.get(f"/en/forms/{visitor.where}?page=home")
    assert 'value="5"' in text(shown)
    assert shown["Cache-Control"] == "private, no-store"


def test_rows_sent_twice_are_put_in_once() -> None:
    make_published(now=NOON)
    visitor = Visitor()
    for _time in range(2):
        visitor.step(
            "things",
            "paste:things",
            **{"things-0": "1", "things-0-name": "甲", "things-paste": "乙\t2"},
        )

    assert visitor.see("?page=things").count('value="乙"') == 1


def test_who_designs_a_form_fills_its_draft_in_and_keeps_that_as_a_test() -> None:
    """Also what must be refused: it is kept with what was told."""
    make_form(now=NOON, audience=Audience.RESIDENTS)
    visitor = Visitor(DESIGNER, "?version=1")
    code = visitor.where.rstrip("/").rpartition("/")[2]

    visitor.step("home", storeys="x")
    assert "Keep as a test" not in visitor.see("?page=home")
    assert "Keep as a test" in visitor.see("?page=home&check=1")
    refused = visitor.send("fire-check/tests/", name="letters as storeys", draft=code)
    nameless = visitor.send("fire-check/tests/", name=" ", draft=code)
    visitor.all()
    visitor.step("you", name="叶少芬", **{"sign-way": "paper"})
    assert "Keep as a test" in visitor.see("check/")
    kept = visitor.send("fire-check/tests/", name="all of it", draft=code)

    assert [one.status_code for one in (refused, nameless, kept)] == [303, 422, 303]
    first, second = FormTest.objects.order_by("pk")
    assert "storeys" in first.faults and first.values == {}
    assert second.faults == {} and second.values["people"] == 4
    shown = text(visitor.client.get("/en/forms/fire-check/tests/"))
    assert shown.count("passes") >= 2 and "does not pass" not in shown


def test_others_neither_fill_a_draft_in_nor_keep_what_they_typed_as_a_test() -> None:
    version = make_published(now=NOON)
    services.new_version(version.form, actor=DESIGNER, now=NOON)
    visitor = Visitor(STRANGER)
    code = visitor.where.rstrip("/").rpartition("/")[2]
    visitor.step("home", storeys="x")

    assert visitor.client.get("/en/forms/fire-check/try/?version=2").status_code == 404
    assert "Keep as a test" not in visitor.see("?page=home&check=1")
    assert visitor.send("fire-check/tests/", name="n", draft=code).status_code == 404
    own = client_of(DESIGNER).post(
        "/en/forms/fire-check/tests/", {"key": "z", "name": "n", "draft": "0" * 16}
    )
    assert own.status_code == 404 and not FormTest.objects.exists()
