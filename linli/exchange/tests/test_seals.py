"""Electronic seals through the whole of the wire: asked once, taken once, or nothing changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction

from linli.documents import permits, queries, services
from linli.documents.errors import AlreadyWithdrawn, NotForElectronicSeal
from linli.documents.models import Document, ElectronicSeal, SealUse
from linli.documents.testing import CHAIR, CLERK, KEEPER, make_document, make_seal_use
from linli.exchange.clients.seals_authority import authority
from linli.exchange.clients.seals_simulator import CERTIFICATE, sealed_file
from linli.exchange.models import Letter, Simulated
from linli.exchange.services import letters, seals
from linli.exchange.types.connections import System
from linli.files.models import StoredFile
from linli.files.services import read_content
from linli.files.testing import own_home
from linli.kernel.errors import NotAllowed, NotFound, WrongState
from linli.kernel.permits import NOBODY, system_actor
from linli.kernel.testing import OTHER_TOWN, client_of, make_actor
from linli.runtime.services.numbers import next_value
from linli.runtime.testing import Elsewhere, at_once
from linli.trail.models import Entry

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
LINKS = system_actor("exchange.links")
ELSEWHERE = make_actor("他村", permits.KEEP_SEAL, permits.READ, at=OTHER_TOWN, account_id=9)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> Iterator[Path]:
    settings.LINLI_DEMO = True
    with own_home(tmp_path, settings, NOON) as path:
        yield path


def approved() -> SealUse:
    use = make_document(now=NOON).seal_uses.get()
    return services.approve_seal_use(use, note="", actor=CHAIR, now=NOON)


def asked(habit: int = 1) -> ElectronicSeal:
    """Ask under a number whose last figure says how the simulator misbehaves."""
    if skipped := (habit - 1) % 10:
        with transaction.atomic():
            next_value("DZ", "", 2026, now=NOON, count=skipped)
    return services.ask_electronic_seal(approved(), actor=KEEPER, now=NOON)


def round_of(seal: ElectronicSeal, now: datetime = NOON) -> tuple[str, str]:
    """Tell and ask the service once, as the jobs do."""
    letters.send_due(System.SEALS, actor=LINKS, now=now)
    seals.look_for_seals(actor=LINKS, now=now)
    seal.refresh_from_db()
    return seal.state, seal.fault


def files_of(document: Document) -> int:
    return StoredFile.objects.filter(owner_kind=queries.OWNER, owner_id=document.pk).count()


def test_a_paper_is_sealed_once_and_its_check_page_says_by_whom(home: Path) -> None:
    seal = asked()
    assert services.ask_electronic_seal(seal.use, actor=KEEPER, now=NOON).pk == seal.pk

    assert round_of(seal) == ("sealed", "")
    assert round_of(seal, NOON + timedelta(days=1)) == ("sealed", "")

    issued = read_content(seal.document.file, actor=CLERK, now=NOON)
    assert seal.file is not None and files_of(seal.document) == 2
    kept = read_content(seal.file, actor=CLERK, now=NOON)
    assert kept == sealed_file(issued, seal.number)
    of_issued = (seal.document.file.level, seal.document.file.retention_until)
    assert (seal.file.level, seal.file.retention_until) == of_issued
    seal.use.refresh_from_db()
    assert seal.use.state == "sealed" and Letter.objects.count() == 1
    said = client_of(NOBODY).get(f"/en/check/{seal.document.code}/").content.decode()
    assert "Sealed electronically on" in said and CERTIFICATE in said
    assert "<img" not in said.split("<main", 1)[1]
    assert "cannot be judged here" in said, "no root lies here yet"
    (home / "seals").mkdir()
    (home / "seals" / "root.pem").write_text(authority("", NOON).root)
    said = client_of(NOBODY).get(f"/en/check/{seal.document.code}/").content.decode()
    assert "trusted" in said and "cannot be judged here" not in said
    judged = client_of(NOBODY).get(f"/api/v1/documents/{seal.document.code}/check/").json()
    assert judged["electronic"]["verdict"] == "trusted"
    with pytest.raises(WrongState):
        services.ask_electronic_seal(seal.use, actor=KEEPER, now=NOON)


@pytest.mark.parametrize(
    ("habit", "came"),
    [
        (2, ("asked", "")),
        (3, ("asked", "wrong_digest")),
        (5, ("asked", "not_signed")),
        (6, ("asked", "not_ours")),
        (7, ("asked", "other_file")),
        (8, ("refused", "says:seal_expired")),
        (9, ("asked", "other_file")),
        (10, ("asked", "half")),
    ],
)
def test_what_does_not_fit_changes_nothing_and_the_hand_may_stamp(
    habit: int, came: tuple[str, str]
) -> None:
    seal = asked(habit)

    assert round_of(seal) == came

    seal.use.refresh_from_db()
    assert (seal.use.state, seal.file, seal.certificate) == ("approved", None, "")
    assert files_of(seal.document) == 1
    assert queries.check_document(seal.document.code).electronic is None
    services.stamp_seal_use(seal.use, copies=1, on=NOON.date(), actor=KEEPER, now=NOON)


def test_what_comes_late_is_taken_and_what_was_forged_is_asked_for_again() -> None:
    late = asked(2)
    for minutes in (0, 10):
        assert round_of(late, NOON + timedelta(minutes=minutes)) == ("asked", "")
    assert round_of(late, NOON + timedelta(minutes=11)) == ("asked", ""), "not yet its time"
    assert round_of(late, NOON + timedelta(days=1)) == ("sealed", "")

    forged = asked(3)
    assert forged.number.endswith("5")
    assert round_of(forged) == ("asked", "not_signed")
    assert round_of(forged, NOON + timedelta(days=1)) == ("sealed", "")


def test_an_asking_that_is_not_taken_is_a_dead_letter_and_can_be_called_off() -> None:
    seal = asked(4)
    assert round_of(seal) == ("asked", "says:office_unknown")
    letter = Letter.objects.get()
    assert (letter.state, letter.fault) == ("dead", "says:office_unknown")
    assert "pdf" not in letter.body

    services.call_off_electronic_seal(seal.use, actor=KEEPER, now=NOON)
    with pytest.raises(WrongState):
        services.call_off_electronic_seal(seal.use, actor=KEEPER, now=NOON)

    again = services.ask_electronic_seal(seal.use, actor=KEEPER, now=NOON)
    assert round_of(again, NOON) == ("asked", "not_signed")
    assert round_of(again, NOON + timedelta(days=1)) == ("sealed", "")


def test_a_seal_that_comes_after_it_was_stamped_by_hand_is_not_taken() -> None:
    seal = asked()
    letters.send_due(System.SEALS, actor=LINKS, now=NOON)
    answer = seals.client.ask_seal(seals.line_of(System.SEALS), seal.number, now=NOON)  # type: ignore[arg-type]
    services.stamp_seal_use(seal.use, copies=1, on=NOON.date(), actor=KEEPER, now=NOON)

    services.take_electronic_seal(answer, actor=LINKS, now=NOON)  # type: ignore[arg-type]

    assert round_of(seal) == ("called_off", "")
    seal.use.refresh_from_db()
    assert (seal.use.state, seal.file) == ("stamped", None)
    assert Simulated.objects.filter(kind="seal_end", key=seal.number).count() == 1


def test_an_answer_that_comes_twice_is_one_seal() -> None:
    seal = asked()
    letters.send_due(System.SEALS, actor=LINKS, now=NOON)
    answer = seals.client.ask_seal(seals.line_of(System.SEALS), seal.number, now=NOON)  # type: ignore[arg-type]
    first = services.take_electronic_seal(answer, actor=LINKS, now=NOON)  # type: ignore[arg-type]
    second = services.take_electronic_seal(
        replace(answer, certificate="other"),  # type: ignore[type-var]
        actor=LINKS, now=NOON,
    )  # fmt: skip

    assert (first.file, second.certificate) == (second.file, CERTIFICATE)
    assert files_of(seal.document) == 2
    assert Entry.objects.filter(verb="documents.e_seal_sealed").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_at_once_ask_once_and_the_stamp_waits_for_an_answer_that_is_being_taken() -> None:
    use = approved()
    two = at_once(*[lambda: services.ask_electronic_seal(use, actor=KEEPER, now=NOON)] * 2)
    assert two == ["", ""] and use.electronic.count() == Letter.objects.count() == 1
    letters.send_due(System.SEALS, actor=LINKS, now=NOON)

    with transaction.atomic():
        seals.look_for_seals(actor=LINKS, now=NOON)
        stamped = Elsewhere(
            lambda: services.stamp_seal_use(use, copies=1, on=NOON.date(), actor=KEEPER, now=NOON)
        )
        assert stamped.is_waiting()

    with pytest.raises(WrongState):
        stamped.result()
    assert use.electronic.get().state == "sealed" and files_of(use.document) == 2  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"signature": "AAAA"}, "chain:not_signed"),
        ({"sealed_at": NOON - timedelta(days=400)}, "wrong_time"),
        ({"sealed_at": NOON + timedelta(seconds=1)}, "chain:not_signed"),
    ],
)
def test_a_seal_whose_certificate_is_false_is_not_taken(change: dict[str, Any], fault: str) -> None:
    seal = asked()
    letters.send_due(System.SEALS, actor=LINKS, now=NOON)
    answer = seals.client.ask_seal(seals.line_of(System.SEALS), seal.number, now=NOON)  # type: ignore[arg-type]

    services.take_electronic_seal(replace(answer, **change), actor=LINKS, now=NOON)  # type: ignore[type-var]

    seal.refresh_from_db()
    assert (seal.state, seal.fault, seal.file, seal.chain) == ("asked", fault, None, "")
    assert files_of(seal.document) == 1
    assert Entry.objects.filter(verb="documents.e_seal_doubted").count() == 1
    page = client_of(KEEPER).get(f"/en/seal-uses/{seal.use_id}/").content.decode()
    assert "Nothing of it was taken" in page or "nothing of it was taken" in page


def test_a_withdrawn_paper_is_told_to_the_service() -> None:
    seal, waiting = asked(), asked()
    assert round_of(seal) == ("sealed", "")
    for one in (seal, waiting):
        services.withdraw_document(one.document, reason="有误", actor=CLERK, now=NOON)

    assert round_of(seal) == ("revoked", "")
    told = {row.key: row.body["why"] for row in Simulated.objects.filter(kind="seal_end")}
    assert told[seal.number] == "revoked"
    assert queries.check_document(seal.document.code).electronic is None


def test_whoever_does_not_keep_the_seal_and_whatever_is_not_approved_is_refused() -> None:
    use = approved()
    for actor in (CLERK, CHAIR, ELSEWHERE):
        with pytest.raises(NotAllowed):
            services.ask_electronic_seal(use, actor=actor, now=NOON)
    with pytest.raises(NotFound):
        services.ask_electronic_seal(make_seal_use(now=NOON), actor=KEEPER, now=NOON)
    with pytest.raises(WrongState):
        fresh = make_document(now=NOON).seal_uses.get()
        services.ask_electronic_seal(fresh, actor=KEEPER, now=NOON)
    StoredFile.objects.filter(pk=use.document.file_id).update(size=3 * 1024 * 1024)
    with pytest.raises(NotForElectronicSeal):
        services.ask_electronic_seal(use, actor=KEEPER, now=NOON)
    Document.objects.filter(pk=use.document_id).update(state="withdrawn", withdrawn_at=NOON)
    with pytest.raises(AlreadyWithdrawn):
        services.ask_electronic_seal(use, actor=KEEPER, now=NOON)
    assert not ElectronicSeal.objects.exists() and not Letter.objects.exists()


def test_without_a_service_nothing_of_it_is_shown_and_the_hand_stamps(settings: Any) -> None:
    use, page = approved(), "Ask for the electronic seal"
    address = f"/en/seal-uses/{use.pk}/"
    assert page in client_of(KEEPER).get(address).content.decode()
    assert page not in client_of(CHAIR).get(address).content.decode()

    settings.LINLI_DEMO = False

    said = client_of(KEEPER).get(address).content.decode()
    assert "lectronic" not in said.split("<main", 1)[1] and "Enter the stamping" in said
    for other in ("seal-uses/", f"documents/{use.document.code}/", f"check/{use.document.code}/"):  # type: ignore[union-attr]
        said = client_of(KEEPER).get(f"/en/{other}").content.decode()
        assert "lectronic" not in said.split("<main", 1)[1], other
    with pytest.raises(NotFound):
        services.ask_electronic_seal(use, actor=KEEPER, now=NOON)


def test_the_page_and_programs_ask_and_call_off() -> None:
    use = approved()
    address, headers = f"/api/v1/seal-uses/{use.pk}/electronic", "application/json"

    client_of(KEEPER).post(f"/en/seal-uses/{use.pk}/electronic", {"key": "k1", "move": "ask"})
    seal = use.electronic.get()
    page = client_of(KEEPER).get(f"/zh-hans/seal-uses/{use.pk}/").content.decode()
    assert seal.number in page and "call_off" in page
    said = client_of(KEEPER).post(
        address, {"move": "call_off"}, headers, headers={"Idempotency-Key": str(uuid4())}
    )

    assert said.json()["electronic"]["state"] == "called_off"
    wrong = client_of(KEEPER).post(
        address, {"move": "draw"}, headers, headers={"Idempotency-Key": str(uuid4())}
    )
    assert wrong.status_code == 422 and use.electronic.count() == 1
