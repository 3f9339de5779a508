"""A paper that got its electronic seal: told to whoever applied, shown where she follows it, handed out by code."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from linli.cases.models import Reporter
from linli.documents import permits as papers
from linli.documents import services
from linli.documents.events import DocumentSealed
from linli.documents.models import Document
from linli.documents.testing import CHAIR, CLERK, KEEPER, make_document
from linli.exchange.services import letters, seals
from linli.exchange.types.connections import System
from linli.files.testing import own_home
from linli.kernel.permits import NOBODY, PERSONAL, system_actor
from linli.kernel.testing import client_of, make_actor
from linli.notify.models import Message
from linli.offerings import listeners, permits, tasks
from linli.offerings.services.sealed_papers import tell_sealed
from linli.offerings.testing import NOON, make_application

pytestmark = pytest.mark.django_db
LINKS, JOB = system_actor("exchange.links"), system_actor("offerings.papers")
WINDOW = make_actor("window", permits.RECEIVE, papers.ISSUE, account_id=1)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> Iterator[Path]:
    settings.LINLI_DEMO = True
    with own_home(tmp_path, settings, NOON) as path:
        yield path


def sealed_paper(case_id: int) -> Document:
    """Issue a paper of an application and let the demo's service seal it."""
    paper = make_document(
        now=NOON, template="offerings.accepted", data={"text": ["您的申请已受理。"]}, actor=WINDOW,
        about=("cases.case", case_id), level=PERSONAL,
    )  # fmt: skip
    use = services.approve_seal_use(paper.seal_uses.get(), note="", actor=CHAIR, now=NOON)
    services.ask_electronic_seal(use, actor=KEEPER, now=NOON)
    letters.send_due(System.SEALS, actor=LINKS, now=NOON)
    assert seals.look_for_seals(actor=LINKS, now=NOON) == 1
    return paper


def test_whoever_applied_hears_of_it_once_and_gets_the_file_by_her_code_alone() -> None:
    opened = make_application()
    case_id, number = opened.held.id, opened.held.number
    Reporter.objects.filter(pk=case_id).update(account_id=51)
    paper = sealed_paper(case_id)

    assert tell_sealed(case_id, paper.pk, actor=JOB, now=NOON)
    assert not tell_sealed(case_id, paper.pk + 1, actor=JOB, now=NOON)

    told = Message.objects.get(account_id=51)
    assert paper.number in told.body and number in told.body
    address = f"/en/applications/{number}/sealed/{paper.code}.pdf"
    page = client_of(NOBODY).get(f"/en/follow/{number}/?code={opened.code}").content.decode()
    assert paper.number in page and f"{address}?code={opened.code}" in page
    file = client_of(NOBODY).get(f"{address}?code={opened.code}")
    assert file["Content-Type"] == "application/pdf" and file.content.startswith(b"%PDF")
    for wrong in (address, f"{address}?code=AAAAAAAAAA", address.replace(paper.code, "KKKKKKKK")):
        assert client_of(NOBODY).get(wrong).status_code == 404, wrong

    services.withdraw_document(paper, reason="有误", actor=CLERK, now=NOON)

    assert client_of(NOBODY).get(f"{address}?code={opened.code}").status_code == 404
    assert not tell_sealed(case_id, paper.pk, actor=JOB, now=NOON)
    assert Message.objects.filter(account_id=51).count() == 1


def test_a_paper_about_something_else_is_told_to_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[dict[str, int]] = []
    monkeypatch.setattr(tasks.tell_sealed, "defer", lambda **given: told.append(given))

    for template, kind, thing in (
        ("documents.notice", "cases.case", 7),
        ("offerings.accepted", "orgs.handover", 7),
        ("offerings.accepted", "cases.case", None),
        ("offerings.accepted", "cases.case", 8),
    ):
        listeners.on_document_sealed(DocumentSealed(1, template, kind, thing, ""))

    assert told == [{"case_id": 8, "document_id": 1}]
