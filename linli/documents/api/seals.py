"""The seal book over the API: applications, decisions, stampings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Literal

from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field

from linli.documents import permits, queries, services
from linli.documents.api.frame import ListIn, filter_of, require_any
from linli.documents.forms import DecisionForm, SealApplicationForm, StampForm
from linli.documents.models import ElectronicSeal, SealUse
from linli.documents.services.seals import Application
from linli.kernel.api import COUNTED, listed, plain
from linli.kernel.errors import NotFound
from linli.kernel.paging import clean_limit
from linli.kernel.paths import code_of
from linli.kernel.permits import require
from linli.kernel.registries import PATH_OF
from linli.kernel.web import Request

router = Router()
BOOK = (permits.READ, permits.APPLY_SEAL, permits.APPROVE_SEAL, permits.KEEP_SEAL)


class ElectronicOut(Schema):
    """The latest asking of the seal service. `file` is the code of the sealed PDF, `fault` why there is none yet."""

    number: str
    state: str
    fault: str
    asked_at: datetime
    asked_by: str
    seal: str
    certificate: str
    signature: str
    sealed_at: datetime | None
    file: str | None


class SealUseOut(Schema):
    """One entry of the seal book; `document` is the code of the paper, if the system printed it."""

    id: int
    number: str
    place: str
    document: str | None
    seal: str
    matter: str
    recipient: str
    copies: int
    state: str
    applicant: str
    requested_at: datetime
    decided_by: str
    decided_at: datetime | None
    decision_note: str
    stamped_on: date | None
    stamped_by: str
    stamped_copies: int | None
    electronic: ElectronicOut | None


class SealUsesOut(Schema):
    count: int = Field(description=COUNTED)
    items: list[SealUseOut]
    next: str | None


def shown_uses(uses: Sequence[SealUse]) -> list[dict[str, Any]]:
    """Return entries of the seal book, each with the latest asking of its electronic seal."""
    seals = queries.latest_seals(uses)
    return [_shown(use, seals.get(use.pk)) for use in uses]


def shown_use(use: SealUse) -> dict[str, Any]:
    """Return an entry of the seal book."""
    return shown_uses([use])[0]


def _electronic(seal: ElectronicSeal) -> dict[str, Any]:
    names = (
        "number", "state", "fault", "asked_at", "asked_by", "seal", "certificate", "signature",
        "sealed_at",
    )  # fmt: skip
    return {**plain(seal, *names), "file": seal.file.code if seal.file else None}


def _shown(use: SealUse, seal: ElectronicSeal | None) -> dict[str, Any]:
    names = (
        "number", "seal", "matter", "recipient", "copies", "state", "applicant", "requested_at",
        "decided_by", "decided_at", "decision_note", "stamped_on", "stamped_by", "stamped_copies",
    )  # fmt: skip
    return {
        "id": use.pk, "place": code_of(use.place), **plain(use, *names),
        "document": use.document.code if use.document else None,
        "electronic": _electronic(seal) if seal else None,
    }  # fmt: skip


@router.get("/seal-uses/", response=SealUsesOut)
def list_uses(request: Request, asked: Query[ListIn]) -> dict[str, Any]:
    """The seal book of the places where the caller reads, approves or keeps; newest first.

    The state `open` means whatever still waits for a decision or a stamp; `kind` is a seal.
    """
    require_any(request.actor, BOOK)
    shown = filter_of(asked, ["open", *queries.SEAL_STATE_WORDS], queries.SEAL_WORDS)
    page = queries.list_seal_uses(
        request.actor, shown, cursor=asked.cursor, limit=clean_limit(asked.limit)
    )
    return listed(page, items=shown_uses(page.items))


class ApplyIn(Schema):
    """What is to be stamped: `place` is the code of the office whose seal it is."""

    place: str
    seal: str
    matter: str
    recipient: str = ""
    copies: int = 1


@router.post("/seal-uses/", response={201: SealUseOut})
def apply(request: Request, given: ApplyIn) -> Status[dict[str, Any]]:
    """Apply for a seal on a paper that the system did not print."""
    place = path_named(given.place)
    require(request.actor, permits.APPLY_SEAL, at=place)
    form = SealApplicationForm({**given.dict(), "place": place})
    form.fields["place"].choices = [(place, place)]  # type: ignore[attr-defined]
    data = form.accepted()
    application = Application(data["seal"], data["matter"], data["copies"], data["recipient"])
    use = services.apply_for_seal(application, place=place, actor=request.actor, now=timezone.now())
    return Status(201, shown_use(use))


@router.get("/seal-uses/{int:use_id}/", response=SealUseOut)
def one_use(request: Request, use_id: int) -> dict[str, Any]:
    """One entry of the seal book."""
    return shown_use(queries.get_seal_use(request.actor, use_id))


class DecideIn(Schema):
    """A refusal says why in its note."""

    outcome: Literal["approve", "refuse"]
    note: str = ""


@router.post("/seal-uses/{int:use_id}/decide", response=SealUseOut)
def decide(request: Request, use_id: int, given: DecideIn) -> dict[str, Any]:
    """Approve or refuse the application of somebody else."""
    use = queries.get_seal_use(request.actor, use_id)
    note = DecisionForm({"note": given.note}).accepted()["note"]
    service = {"approve": services.approve_seal_use, "refuse": services.refuse_seal_use}
    return shown_use(
        service[given.outcome](use, note=note, actor=request.actor, now=timezone.now())
    )


class StampIn(Schema):
    on: date
    copies: int


@router.post("/seal-uses/{int:use_id}/stamp", response=SealUseOut)
def stamp(request: Request, use_id: int, given: StampIn) -> dict[str, Any]:
    """Enter the stamping by hand."""
    use = queries.get_seal_use(request.actor, use_id)
    data = StampForm({"on": given.on.isoformat(), "copies": given.copies}).accepted()
    stamped = services.stamp_seal_use(
        use, copies=data["copies"], on=data["on"], actor=request.actor, now=timezone.now()
    )
    return shown_use(stamped)


class ElectronicIn(Schema):
    """`call_off` takes an asking back that was not answered yet."""

    move: Literal["ask", "call_off"]


@router.post("/seal-uses/{int:use_id}/electronic", response=SealUseOut)
def electronic(request: Request, use_id: int, given: ElectronicIn) -> dict[str, Any]:
    """Ask the city's seal service to seal the paper of an approved entry, or call that off."""
    use = queries.get_seal_use(request.actor, use_id)
    service = {
        "ask": services.ask_electronic_seal, "call_off": services.call_off_electronic_seal,
    }[given.move]  # fmt: skip
    service(use, actor=request.actor, now=timezone.now())
    return shown_use(queries.get_seal_use(request.actor, use_id))


class CancelIn(Schema):
    """`why` is needed of the keeper who takes back somebody else's application."""

    why: str = Field(default="", max_length=300)


@router.post("/seal-uses/{int:use_id}/cancel", response=SealUseOut)
def cancel(request: Request, use_id: int, given: CancelIn | None = None) -> dict[str, Any]:
    """Take an application back."""
    use, why = queries.get_seal_use(request.actor, use_id), given.why if given else ""
    return shown_use(
        services.cancel_seal_use(use, why=why, actor=request.actor, now=timezone.now())
    )


def path_named(code: str) -> str:
    """Return the path of a place that was named. Refuses with NotFound."""
    path = PATH_OF.call(code)
    if path is None:
        raise NotFound(code=code)
    return str(path)
