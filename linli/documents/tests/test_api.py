"""The register of papers and the seal book over the API: what the pages show and do, by who may."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from django.utils.timezone import localdate

from linli.documents import permits
from linli.documents.models import Document, SealUse
from linli.documents.testing import CHAIR, CLERK, KEEPER, make_document, make_seal_use
from linli.files.testing import own_home
from linli.kernel.permits import NOBODY, PERSONAL, Actor
from linli.kernel.testing import OTHER_TOWN, client_of, make_actor
from linli.places.testing import make_village

pytestmark = pytest.mark.django_db
EVERY = (
    permits.READ, permits.ISSUE, permits.WITHDRAW, permits.APPLY_SEAL, permits.APPROVE_SEAL,
    permits.KEEP_SEAL,
)  # fmt: skip
ELSEWHERE = make_actor("他村文员", *EVERY, at=OTHER_TOWN, account_id=9)
STRANGER = make_actor("stranger", account_id=77)
NOW = timezone.now()


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> Iterator[Path]:
    with own_home(tmp_path, settings, NOW) as path:
        yield path


def send(actor: Actor, path: str, status: int, /, key: str = "", **body: Any) -> Any:
    response = client_of(actor).post(
        f"/api/v1/{path}", body, content_type="application/json",
        headers={"Idempotency-Key": key or str(uuid4())},
    )  # fmt: skip
    assert response.status_code == status, response.content
    said = response.json()
    if status >= 400:
        assert set(said) == {"code", "message", "fields"}
    return said


def get(actor: Actor, path: str, status: int = 200) -> Any:
    response = client_of(actor).get(f"/api/v1/{path}")
    assert response.status_code == status, response.content
    return response.json()


def test_the_register_is_listed_newest_first_filtered_and_paged() -> None:
    first, second = make_document(now=NOW), make_document(now=NOW + timedelta(minutes=1))

    page = get(CLERK, "documents/?limit=1")
    assert (page["count"], [row["code"] for row in page["items"]]) == (2, [second.code])
    rest = get(CLERK, f"documents/?limit=1&cursor={page['next']}")
    assert ([row["number"] for row in rest["items"]], rest["next"]) == ([first.number], None)
    assert get(CLERK, f"documents/?q={first.number}")["count"] == 1
    assert get(CLERK, "documents/?state=withdrawn")["count"] == 0
    assert get(CLERK, f"documents/?since={localdate(NOW)}&kind=documents.notice")["count"] == 2
    assert set(get(CLERK, "documents/?state=lost", 422)["fields"]) == {"state"}
    assert set(get(CLERK, "documents/?kind=none", 422)["fields"]) == {"kind"}


def test_a_paper_tells_its_printings_its_seal_and_the_code_of_its_file() -> None:
    document = make_document(now=NOW)

    said = get(CLERK, f"documents/{document.code}/")
    assert said["kind"] == "documents.notice" and document.file
    assert (said["place"], said["file"]) == ("441900005001", document.file.code)
    assert [one["copies"] for one in said["printings"]] == [document.print_count]
    assert [one["state"] for one in said["seal_uses"]] == ["requested"]

    again = send(CLERK, f"documents/{document.code}/reprint", 200, copies=3, reason="贴二号栏")
    assert again["print_count"] == document.print_count + 3
    assert again["printings"][0]["reason"] == "贴二号栏"


def test_a_paper_is_withdrawn_once_with_a_reason_and_its_open_seal_goes_with_it() -> None:
    document = make_document(now=NOW)
    to = f"documents/{document.code}/withdraw"

    assert set(send(CLERK, to, 422, reason=" ")["fields"]) == {"reason"}
    assert Document.objects.get().state == "issued"
    gone = send(CLERK, to, 200, reason="日期有误")
    assert (gone["state"], gone["withdrawn_reason"]) == ("withdrawn", "日期有误")
    assert [one["state"] for one in gone["seal_uses"]] == ["cancelled"]
    assert get(NOBODY, f"documents/{document.code}/check/")["is_valid"] is False
    send(CLERK, to, 409, reason="再撤一次")
    send(CLERK, f"documents/{document.code}/reprint", 409, copies=1, reason="补")
    assert Document.objects.get().withdrawn_reason == "日期有误"


def test_a_seal_goes_from_application_to_stamp() -> None:
    make_village()
    applied = send(
        CLERK, "seal-uses/", 201, place="441900005001", seal="contract", matter="环卫服务合同",
        recipient="示范保洁公司", copies=2,
    )  # fmt: skip
    to = f"seal-uses/{applied['id']}/"

    assert (applied["state"], applied["document"]) == ("requested", None)
    assert send(KEEPER, to + "stamp", 409, on=str(localdate()), copies=2)["code"] == "wrong_state"
    assert set(send(CHAIR, to + "decide", 422, outcome="refuse")["fields"]) == {"note"}
    approved = send(CHAIR, to + "decide", 200, outcome="approve", note="同意")
    assert (approved["state"], approved["decision_note"]) == ("approved", "同意")
    more = send(KEEPER, to + "stamp", 409, on=str(localdate()), copies=3)
    assert more["code"] == "too_many_copies"
    assert get(CHAIR, to)["stamped_copies"] is None
    stamped = send(KEEPER, to + "stamp", 200, on=str(localdate()), copies=2)
    assert (stamped["state"], stamped["stamped_copies"]) == ("stamped", 2)
    send(KEEPER, to + "cancel", 409)
    assert get(KEEPER, "seal-uses/?state=open")["count"] == 0
    assert get(KEEPER, "seal-uses/?kind=contract&q=环卫")["count"] == 1


def test_nobody_approves_her_own_application_and_she_takes_it_back() -> None:
    both = make_actor("both", *EVERY, account_id=1)
    use = make_seal_use(now=NOW)

    said = send(both, f"seal-uses/{use.pk}/decide", 403, outcome="approve")
    assert said["code"] == "own_application"
    assert SealUse.objects.get().state == "requested"
    assert send(CLERK, f"seal-uses/{use.pk}/cancel", 200)["state"] == "cancelled"


def test_what_is_wrong_with_an_application_is_told_on_its_field_and_nothing_is_entered() -> None:
    make_village()
    said = send(CLERK, "seal-uses/", 422, place="441900005001", seal="toy", matter="", copies=501)

    assert set(said["fields"]) == {"seal", "matter", "copies"}
    send(CLERK, "seal-uses/", 404, place="999", seal="office", matter="x")
    send(ELSEWHERE, "seal-uses/", 403, place="441900005001", seal="office", matter="x")
    assert not SealUse.objects.exists()


def test_the_same_key_applies_once() -> None:
    make_village()
    body = {"place": "441900005001", "seal": "office", "matter": "介绍信"}

    first = send(CLERK, "seal-uses/", 201, key="once", **body)
    assert send(CLERK, "seal-uses/", 201, key="once", **body) == first
    assert SealUse.objects.count() == 1


def test_the_seal_book_is_printed_by_its_keeper() -> None:
    make_village()
    make_seal_use(now=NOW)

    sheet = send(KEEPER, "seal-uses/print", 201, place="441900005001", state="open")
    assert Document.objects.get().code == sheet["document"]
    send(CLERK, "seal-uses/print", 403, place="441900005001")
    assert Document.objects.count() == 1


def test_whoever_has_no_right_there_finds_and_does_nothing() -> None:
    document, use = make_document(now=NOW), make_seal_use(now=NOW)
    paper, entry = f"documents/{document.code}/", f"seal-uses/{use.pk}/"

    for actor in (NOBODY, STRANGER):
        get(actor, "documents/", 403)
        get(actor, "seal-uses/", 403)
    assert get(ELSEWHERE, "documents/")["count"] == get(ELSEWHERE, "seal-uses/")["count"] == 0
    for actor in (NOBODY, STRANGER, ELSEWHERE):
        get(actor, paper, 404)
        get(actor, entry, 404)
        send(actor, paper + "withdraw", 404, reason="x")
        send(actor, entry + "decide", 404, outcome="approve")
    assert Document.objects.get(pk=document.pk).state == "issued"
    assert {one.state for one in SealUse.objects.all()} == {"requested"}


def test_a_paper_above_the_callers_level_is_not_there() -> None:
    document = make_document(now=NOW, level=PERSONAL)
    reader = make_actor("reader", permits.READ, ceiling=PERSONAL - 1, account_id=8)

    assert get(CLERK, f"documents/{document.code}/")["level"] == PERSONAL
    get(reader, f"documents/{document.code}/", 404)
    assert get(reader, "documents/")["count"] == 0


def test_what_the_keeper_of_a_key_issued_is_not_the_keys() -> None:
    document = make_document(now=NOW)
    key = Actor(CLERK.account_id, None, "打印程序", is_machine=True)

    refused = get(key, "documents/", 403)
    hidden = get(key, f"documents/{document.code}/", 404)

    assert document.code not in f"{refused} {hidden}"
    assert {refused["code"], hidden["code"]} == {"not_allowed", "not_found"}
