"""Applying by page and at the window, and the steps at the desk, as browsers without a script do it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from linli.cases import permits as cases
from linli.cases.models import Case, CaseFile
from linli.cases.services import assigning
from linli.cases.testing import NOON, VILLAGE, faults
from linli.cases.tests.offices import person, post_at
from linli.cases.types.moves import At
from linli.documents.models import Document
from linli.files.testing import own_home, photo
from linli.kernel.permits import NOBODY, system_actor
from linli.kernel.testing import client_of, post_json
from linli.offerings import permits
from linli.offerings.models import Application, ApplicationPart, MaterialState, Payment
from linli.offerings.services.parts import follow_parts
from linli.offerings.testing import PERMIT, as_offered, make_application
from linli.people.testing import make_person
from linli.places.testing import make_village

pytestmark = pytest.mark.django_db
APPLY, CODE = "/zh-hans/items/residence-permit/apply/", "441900005001"
DESK = (cases.SEE, cases.HANDLE, cases.DISPATCH)
CLERK = person(VILLAGE, permits.SEE, permits.RECEIVE, *DESK, account_id=7)
WINDOW = "/zh-hans/window/"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    make_village(CODE)
    as_offered(monkeypatch, PERMIT)
    with own_home(tmp_path, settings, NOON) as path:
        yield path


def upload(name: str = "a.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, photo(120, 90, with_exif=True), "image/jpeg")


def form(**more: Any) -> dict[str, Any]:
    return {
        "place": CODE, "whose": "rented", "name": "陈大文", "id_number": "", "phone": "13800001234",
        "delivery": "counter", "address": "", "uuid": str(uuid4()), "key": str(uuid4()), **more,
    }  # fmt: skip


def sent(number: str, step: str, /, **given: Any) -> Any:
    to = f"/zh-hans/applications/{number}/{step}/"
    return client_of(CLERK).post(to, {"key": str(uuid4()), **given})


def test_a_resident_answers_sees_her_list_sends_and_gets_number_code_and_day() -> None:
    client = Client()
    where = client.get(APPLY).content.decode()
    assert 'name="village"' in where
    questions = client.get(APPLY, {"place": CODE}).content.decode()
    assert "住的房子是谁的" in questions
    own = client.get(APPLY, {"place": CODE, "whose": "own"}).content.decode()
    assert "租房合同" not in own and "户籍信息" in own

    got = client.post(APPLY, form(photo_lease=upload(), **{"photo_id-card": upload()}))

    case = Case.objects.get()
    assert got.status_code == 303
    receipt = client.get(got["Location"])
    shown = receipt.content.decode()
    code = re.search(r"code=(\w+)", got["Location"])[1]  # type: ignore[index]
    assert case.number in shown and code[:5] in shown
    assert "作出决定" not in re.sub(r"\S+内作出决定", "", shown)  # no day before it is accepted
    assert "租房合同" in client.get(got["Location"] + "&paper=1").content.decode()
    followed = client.get(f"/zh-hans/follow/{case.number}/?code={code}").content.decode()
    assert "租房合同" in followed
    assert CaseFile.objects.count() == 2
    assert {one.state for one in MaterialState.objects.all()} == {"given"}
    assert faults() == []


def test_a_fault_keeps_what_was_typed_and_the_photos() -> None:
    client = Client()

    got = client.post(APPLY, form(phone="", photo_lease=upload()))
    page = got.content.decode()
    kept = re.search(r'name="kept_lease" value="(\w+)"', page)

    assert got.status_code == 200 and "陈大文" in page
    assert kept and not Case.objects.exists()
    again = client.post(APPLY, form(kept_lease=kept[1]))
    assert again.status_code == 303
    assert MaterialState.objects.get(key="lease").state == "given"


def test_a_wrong_file_is_told_beside_its_paper() -> None:
    bad = SimpleUploadedFile("a.jpg", b"<svg onload=1>", "image/jpeg")

    got = Client().post(APPLY, form(photo_lease=bad))

    assert got.status_code == 422
    assert 'id="id_photo_lease-err"' in got.content.decode()
    assert not Case.objects.exists()


def test_a_second_click_and_going_back_apply_once() -> None:
    client, typed = Client(), form()

    first = client.post(APPLY, typed)
    second = client.post(APPLY, typed)
    back = client.post(APPLY, {**typed, "key": str(uuid4())})

    assert first["Location"] == second["Location"]
    assert back.status_code == 303 and "/follow/" in back["Location"]
    assert Case.objects.count() == 1


def test_what_is_done_at_the_window_alone_leads_to_its_guide(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    as_offered(monkeypatch, {**PERMIT, "channels": ["counter"]})

    page = Client().get(APPLY, {"place": CODE}).content.decode()

    assert "<form" not in page.split("<main")[1].split("</main")[0]
    assert "/items/residence-permit/" in page


def test_a_fault_noted_on_a_ticked_paper_is_asked_back_and_a_word_reaches_the_applicant() -> None:
    opened = make_application()
    number, papers = opened.held.number, {"brought_id-card": "on", "brought_lease": "on"}

    for step in ("accept", "missing"):
        got = sent(
            number, "check", step=step, words="请带原件", **papers, **{"note-lease": "没有签名"}
        )
        assert got.status_code == 422
        assert (
            'id="id_note-lease-err"' in got.content.decode() and "没有签名" in got.content.decode()
        )
    assert Case.objects.get().state == "submitted"

    page = sent(number, "check", step="accept", **{"brought_id-card": "on"}).content.decode()
    assert 'id="id_brought_lease-err"' in page
    assert sent(number, "check", step="accept", words="请带原件", **papers).status_code == 303
    assert Case.objects.get().state == "accepted"
    told = Client().get(f"/zh-hans/follow/{number}/", {"code": opened.code}).content.decode()
    assert "请带原件" in told


def test_enter_in_a_note_decides_nothing() -> None:
    page = client_of(CLERK).get(f"/zh-hans/applications/{make_application().held.number}/check/")

    first = re.search(r"<form[^>]*novalidate>.*?(<button[^>]*>)", page.content.decode(), re.S)
    assert first and "ll-enter" in first[1] and "disabled" in first[1]


def test_what_was_missing_comes_by_phone_photo_all_at_once() -> None:
    opened = make_application()
    number, case_id = opened.held.number, opened.held.id
    assert sent(number, "check", step="missing", words="谢谢", **{"brought_id-card": "on",
                "note-lease": "少签名页"}).status_code == 303  # fmt: skip
    client, to = Client(), f"/zh-hans/applications/{number}/supply/"
    page = client.get(to, {"code": opened.code}).content.decode()
    assert "少签名页" in page and "id_photo_lease" in page and "id_photo_id-card" not in page
    assert client.get(to, {"code": "WRONGCODE2"}).status_code == 404
    # the day is hers and is not called a promise of the office
    followed = client.get(f"/zh-hans/follow/{number}/", {"code": opened.code}).content.decode()
    assert "补正期限" in followed and "承诺期限" not in followed
    told = client.get(
        f"/api/v1/applications/{number}/", headers={"Follow-Code": opened.code}
    ).json()
    assert told["supply_by"] and told["decide_on"] is None

    nothing = client.post(to, {"code": opened.code, "key": str(uuid4())})
    assert nothing.status_code == 422
    assert Case.objects.get(pk=case_id).state == "correction"

    unknown = client.post(
        f"/api/v1/applications/{number}/supply", {"photos": {"lease": ["A"], "novel": ["B"]}},
        content_type="application/json",
        headers={"Follow-Code": opened.code, "Idempotency-Key": str(uuid4())},
    )  # fmt: skip
    assert (unknown.status_code, [*unknown.json()["fields"]]) == (422, ["paper_novel"])
    assert Case.objects.get(pk=case_id).state == "correction"

    got = client.post(to, {"code": opened.code, "photo_lease": upload(), "key": str(uuid4())})
    assert got.status_code == 303
    assert Case.objects.get(pk=case_id).state == "submitted"
    assert MaterialState.objects.get(key="lease").state == "given"
    assert faults() == []


def test_the_window_finds_who_stands_there_and_takes_in_with_one_form(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from linli.people import permits as people

    known = make_person(name="陈晓明")
    clerk = person(VILLAGE, permits.SEE, permits.RECEIVE, people.VIEW, *DESK, account_id=7)
    client = client_of(clerk)
    found = client.post(WINDOW, {"q": "陈晓明", "key": str(uuid4())})
    assert found.status_code == 303 and f"person={known.pk}" in found["Location"]
    assert "陈晓明" not in found["Location"]

    to = f"{WINDOW}residence-permit/"
    asked = client.get(to, {"person": known.pk}).content.decode()
    assert "住的房子是谁的" in asked
    page = client.get(to, {"person": known.pk, "whose": "own"}).content.decode()
    assert "陈晓明" in page and 'name="name"' not in page
    typed = {"person": known.pk, "whose": "own", "place": CODE, "delivery": "counter",
             "uuid": str(uuid4()), "brought_id-card": "on", "key": str(uuid4())}  # fmt: skip

    got = client.post(to, typed)

    assert got.status_code == 303
    assert Case.objects.get().state == "accepted"
    assert Application.objects.get().person_id == known.pk
    assert "F9" in client.get(got["Location"]).content.decode()


def test_two_of_one_name_are_told_apart_at_the_window_by_where_they_live() -> None:
    from linli.people import permits as people

    for lane in ("东头坊二巷7号", "西约三巷1号"):
        make_person(name="陈晓明", address=lane)
    clerk = person(VILLAGE, permits.SEE, permits.RECEIVE, people.VIEW, *DESK, account_id=7)

    page = client_of(clerk).post(WINDOW, {"q": "陈晓明", "key": str(uuid4())}).content.decode()

    listed = page.split("data-choices", 1)[1]
    rows = [row for row in listed.split("<li>") if "陈晓明" in row]
    assert ["东头坊二巷7号" in row for row in rows] != ["西约三巷1号" in row for row in rows]
    assert len(rows) == 2 and "东头坊二巷7号" in page and "西约三巷1号" in page


def test_whoever_takes_nothing_in_finds_no_window() -> None:
    opened = make_application()

    for actor in (
        person(VILLAGE, *DESK, account_id=5),
        person("441900/441900006/", permits.RECEIVE),
    ):
        assert (
            client_of(actor).get(f"/zh-hans/applications/{opened.held.number}/check/").status_code
            == 404
        )
    assert client_of(person(VILLAGE, *DESK, account_id=5)).get(WINDOW).status_code == 404


def test_departments_work_side_by_side_then_the_next_turn_begins() -> None:
    lead, first, second = post_at("441900/441900005/"), post_at(VILLAGE), post_at("441900/")
    opened = make_application()
    number, case_id = opened.held.number, opened.held.id
    sent(number, "check", step="accept", **{"brought_id-card": "on", "brought_lease": "on"})
    assert Case.objects.get(pk=case_id).state == "accepted"

    from linli.cases.types.moves import To
    from linli.offerings.services.parts import distribute
    from linli.offerings.types.applications import PartWish

    wishes = [PartWish(1, first, "核对合同", 1), PartWish(1, second, "核对住址", 2)]
    distribute(At(case_id), To("lead", 1, lead), wishes, actor=CLERK, now=NOON)
    one, two = ApplicationPart.objects.order_by("turn")
    assert one.number is not None and two.number is None
    worker = person(VILLAGE, cases.HANDLE, posts=(first,), account_id=8)
    assigning.accept(At(case_id), one.number, actor=worker, now=NOON)
    assigning.finish_part(At(case_id), one.number, note="", actor=worker, now=NOON)

    assert follow_parts(case_id, actor=system_actor("test"), now=NOON) == 1
    assert follow_parts(case_id, actor=system_actor("test"), now=NOON) == 0
    one, two = ApplicationPart.objects.order_by("turn")
    assert one.done_at is not None and two.number is not None
    page = client_of(CLERK).get(f"/zh-hans/desk/cases/{number}/").content.decode()
    assert "核对合同" in page
    assert faults() == []


def test_a_fee_is_paid_receipted_printed_and_partly_given_back() -> None:
    opened = make_application(fee_fen=4000)
    number = opened.held.number

    assert sent(number, "pay", amount="50", way="cash").status_code == 422
    assert not Payment.objects.exists()
    assert sent(number, "pay", amount="40", way="cash").status_code == 303
    paid = Payment.objects.get()
    assert paid.number.startswith("SF-2026-") or paid.number.startswith("SF-")
    back = f"payments/{paid.number}/refund"
    assert sent(number, back, amount="50", reason="重复缴费").status_code == 422
    assert sent(number, back, amount="15", reason="重复缴费").status_code == 303
    assert [one.amount_fen for one in paid.refunds.all()] == [1500]


def test_programs_give_an_application_to_the_departments_and_a_fee_back() -> None:
    lead, first = post_at("441900/441900005/"), post_at(VILLAGE)
    opened = make_application(fee_fen=4000)
    number, browser = opened.held.number, client_of(CLERK)
    sent(number, "check", step="accept", **{"brought_id-card": "on", "brought_lease": "on"})
    one = f"/api/v1/applications/{number}"
    seq = Case.objects.get(number=number).seq
    part = {"post": first, "task": "核对合同"}

    refused = post_json(browser, f"{one}/distribute", {"expected_seq": seq, "lead": 999_999})
    assert (refused.status_code, set(refused.json()["fields"])) == (422, {"lead"})
    given = {"expected_seq": seq, "lead": lead, "parts": [{**part, "task": " "}]}
    assert post_json(browser, f"{one}/distribute", given).status_code == 422
    assert not ApplicationPart.objects.exists()
    told = post_json(browser, f"{one}/distribute", {**given, "parts": [part]})
    assert (told.status_code, told.json()["state"]) == (200, "at_departments")
    early = post_json(browser, f"{one}/deliver", {"way": "counter", "proof": "本人签收"})
    assert early.status_code == 409
    paid = post_json(browser, f"{one}/payments/", {"amount_fen": 4000, "way": "cash"}).json()
    back = f"{one}/payments/{paid['number']}/refund"
    assert post_json(browser, back, {"amount_fen": 5000, "reason": "重复缴费"}).status_code == 422
    assert (
        post_json(browser, back, {"amount_fen": 1500, "reason": "重复缴费"}).json()["amount_fen"]
        == 1500
    )
    assert faults() == []


def test_notices_are_numbered_and_printed_from_the_sheet() -> None:
    opened = make_application()
    number = opened.held.number
    sent(number, "check", step="missing", **{"brought_id-card": "on"})
    to = f"/zh-hans/applications/{number}/papers/correction"

    got = client_of(CLERK).post(to, {"key": str(uuid4())})

    assert got.status_code == 303
    paper = Document.objects.get()
    assert (paper.template, paper.number[:2]) == ("offerings.correction", "BQ")
    early = client_of(CLERK).post(to.replace("correction", "decision"), {"key": str(uuid4())})
    assert early.status_code in (403, 404)
    assert Document.objects.count() == 1


def test_programs_issue_a_paper_of_an_application_as_its_sheet_does_and_nobody_else() -> None:
    opened = make_application()
    number = opened.held.number
    sent(number, "check", step="missing", **{"brought_id-card": "on"})
    papers = f"/api/v1/applications/{number}/papers/"
    stranger = person("441900/441900006/", permits.RECEIVE, permits.DECIDE, account_id=9)

    for who in (NOBODY, stranger):
        for asked in (client_of(who).get(papers), post_json(client_of(who), f"{papers}correction")):
            assert asked.status_code in (401, 403, 404)
    assert post_json(client_of(CLERK), f"{papers}decision").status_code in (403, 404)
    assert post_json(client_of(CLERK), f"{papers}nothing").status_code == 404
    assert not Document.objects.exists()
    offered = client_of(CLERK).get(papers).json()
    assert (offered["issued"], [one["key"] for one in offered["may_issue"]]) == ([], ["correction"])
    key = {"Idempotency-Key": str(uuid4())}
    made, again = (client_of(CLERK).post(f"{papers}correction", headers=key) for _twice in range(2))

    paper = Document.objects.get()
    assert (made.status_code, made.json(), again.json()["code"]) == (
        201, again.json(), paper.code,
    )  # fmt: skip
    assert client_of(CLERK).get(papers).json()["issued"][0]["number"] == paper.number


def test_particulars_open_for_a_reason_that_stays_on_record() -> None:
    from linli.trail.models import Entry

    number = make_application().held.number

    assert sent(number, "reveal", reason="").status_code == 422
    page = sent(number, "reveal", reason="核对证件").content.decode()
    assert "11010519491231002X" in page
    assert Entry.objects.filter(details__reason="核对证件").exists()


def test_a_program_applies_follows_completes_and_the_window_checks_and_notes_the_fee() -> None:
    client, to = Client(), "/api/v1/applications/"
    body = {"item": "residence-permit", "place": CODE, "answers": {"whose": "rented"},
            "applicant": {"name": "陈大文", "phone": "13800001234"}}  # fmt: skip
    got = client.post(to, body, content_type="application/json", headers={"Idempotency-Key": "a"})
    told = got.json()
    assert got.status_code == 201, told
    one = f"{to}{told['number']}/"
    assert client.get(one).status_code == 404
    shown = client.get(one, headers={"Follow-Code": told["code"]}).json()
    assert (shown["state"], shown["item_version"]) == ("submitted", 3)
    assert [row["state"] for row in shown["materials"]] == ["open", "open", None]

    desk = client_of(CLERK)
    said = {"missing": {"lease": "少签名页"}, "brought": ["id-card"]}
    checked = desk.post(
        f"{one}check", said, content_type="application/json", headers={"Idempotency-Key": "b"}
    )
    assert checked.json()["state"] == "correction"
    nothing = client.post(
        f"{one}supply", {"photos": {}}, content_type="application/json",
        headers={"Follow-Code": told["code"], "Idempotency-Key": "c"},
    )  # fmt: skip
    assert (nothing.status_code, nothing.json()["code"]) == (422, "incomplete")
    paid = desk.post(
        f"{one}payments/", {"amount_fen": 100, "way": "cash"}, content_type="application/json",
        headers={"Idempotency-Key": "d"},
    )  # fmt: skip
    assert paid.json()["code"] == "not_that_much"
    assert not Payment.objects.exists()


@pytest.mark.parametrize("missing", [{"id-card": "", "houshold": ""}, {"houshold": ""}])
def test_a_paper_that_is_named_wrongly_is_refused_before_the_one_notice_is_given(
    missing: dict[str, str],
) -> None:
    """PS art. 32: what is missing is told once and completely, so a slip must not use that up."""
    held = make_application().held
    to = f"/api/v1/applications/{held.number}/check"

    refused = post_json(client_of(CLERK), to, {"missing": missing})
    ticked = post_json(client_of(CLERK), to, {"brought": ["houshold"]})

    assert (refused.status_code, ticked.status_code) == (422, 422)
    assert list(refused.json()["fields"]) == ["paper_houshold"]
    assert Case.objects.get().state == "submitted"
    assert {one.state for one in MaterialState.objects.all()} == {"open"}
    assert post_json(client_of(CLERK), to, {"missing": {"lease": ""}}).status_code == 200


def test_a_guide_that_changes_while_she_fills_it_in_is_shown_once_more_before_anything_is_filed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    client = Client()
    opened = client.get(APPLY, {"place": CODE, "whose": "rented"}).content.decode()
    shown = re.search(r'name="item_version" value="(\d+)"', opened)
    assert shown is not None
    more = {"photo_lease": upload(), "photo_id-card": upload(), "item_version": shown[1]}
    as_offered(monkeypatch, {**PERMIT, "fee": {"fen": 4000}}, number=4)

    again = client.post(APPLY, form(**more))

    told = again.content.decode()
    assert again.status_code in (200, 409) and "办事指南已更新" in told and "40.00" in told
    assert 'value="4"' in told and "陈大文" in told
    assert not Case.objects.exists()
    body = {
        "item": "residence-permit", "place": CODE, "answers": {"whose": "rented"},
        "applicant": {"name": "陈大文", "phone": "13800001234"}, "item_version": 3,
    }  # fmt: skip
    refused = post_json(client, "/api/v1/applications/", body)
    assert (refused.status_code, refused.json()["code"]) == (409, "item_changed")
    assert not Case.objects.exists() and not Application.objects.exists()

    fresh = {"photo_lease": upload(), "photo_id-card": upload(), "item_version": "4"}
    assert client.post(APPLY, form(**fresh)).status_code == 303
    row = Application.objects.get()
    assert (row.item_version, row.fee_fen) == (4, 4000)


def test_at_the_window_too_a_changed_guide_is_looked_at_before_it_is_taken_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    client, to = client_of(CLERK), f"{WINDOW}residence-permit/"
    given = {
        "place": CODE, "whose": "own", "name": "陈大文", "brought_id-card": "on", "person": "0",
        "delivery": "counter", "uuid": str(uuid4()), "item_version": "3",
    }  # fmt: skip
    as_offered(monkeypatch, {**PERMIT, "fee": {"fen": 4000}}, number=4)

    shown = client.post(to, {**given, "key": str(uuid4())})
    assert shown.status_code == 422 and "办事指南已更新" in shown.content.decode()
    assert not Case.objects.exists()

    taken = client.post(to, {**given, "item_version": "4", "key": str(uuid4())})
    assert taken.status_code == 303 and Case.objects.get().state == "accepted"
