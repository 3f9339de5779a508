"""Those who hold posts, over the API: an entry mended, somebody leaving."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from ninja import Router, Schema, Status

from linli.kernel.permits import require
from linli.kernel.web import Request
from linli.orgs import permits, queries, services
from linli.orgs.api.frame import WithEdition
from linli.orgs.api.handovers import HandoverOut, shown_handover
from linli.orgs.api.posts import AppointmentIn
from linli.orgs.api.shown_holdings import HoldingOut, shown_holding
from linli.orgs.forms.posts import EndAtOnceForm, HoldingCorrectionForm, LeavingForm
from linli.orgs.services import Leaving
from linli.orgs.types import EndReason

router = Router()


class HoldingCorrectionIn(AppointmentIn, WithEdition):
    pass


@router.post("/holdings/{int:holding_id}/correct", response=HoldingOut)
def correct_holding(
    request: Request, holding_id: int, given: HoldingCorrectionIn
) -> dict[str, Any]:
    """Mend what is on record of a holding that has not ended."""
    holding = _kept(request, holding_id)
    form = HoldingCorrectionForm({**given.dict(), "person_id": given.person})
    edition = form.accepted()["edition"]
    holding = services.correct_holding(
        holding, form.appointment, edition=edition, actor=request.actor, now=timezone.now()
    )
    return shown_holding(holding)


class ItemIn(Schema):
    kind: str = ""
    text: str
    count: str = ""


class LeavingIn(Schema):
    """Who leaves a post, to whom, before whom, and what goes over."""

    reason: str
    receiver_name: str
    watcher_name: str
    things: list[ItemIn]
    note: str = ""


@router.post("/holdings/{int:holding_id}/end", response={201: HandoverOut})
def end_holding(request: Request, holding_id: int, given: LeavingIn) -> Status[dict[str, Any]]:
    """Print the hand-over sheet of somebody who leaves; rights last until all three signed it."""
    holding = _kept(request, holding_id)
    lines = "\n".join("|".join((one.kind, one.text, one.count)) for one in given.things)
    data = LeavingForm({**given.dict(), "items": lines}).accepted()
    leaving = Leaving(
        reason=EndReason(data["reason"]), receiver_name=data["receiver_name"],
        watcher_name=data["watcher_name"], items=data["items"], note=data["note"],
    )  # fmt: skip
    handover = services.end_holding(holding, leaving, actor=request.actor, now=timezone.now())
    return Status(201, shown_handover(queries.get_handover(request.actor, handover.pk)))


class EndAtOnceIn(Schema):
    reason: str
    on: date


@router.post("/holdings/{int:holding_id}/end-at-once", response=HoldingOut)
def end_at_once(request: Request, holding_id: int, given: EndAtOnceIn) -> dict[str, Any]:
    """End a holding that nobody can sign for; the rights of the post end with it."""
    holding = _kept(request, holding_id)
    data = EndAtOnceForm(given.dict()).accepted()
    services.end_at_once(
        holding, reason=EndReason(data["reason"]), on=data["on"], actor=request.actor,
        now=timezone.now(),
    )  # fmt: skip
    return shown_holding(queries.get_holding(request.actor, holding_id))


def _kept(request: Request, holding_id: int) -> Any:
    """Return a holding that the actor records. Refuses with NotFound, NotAllowed."""
    holding = queries.get_holding(request.actor, holding_id)
    level = holding.post.organisation.level
    require(request.actor, permits.appointer_of(level), at=holding.path)
    return holding
