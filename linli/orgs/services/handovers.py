"""Somebody leaves a post: the sheet, its three signatures, the end of rights."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid
from linli.kernel.events import publish
from linli.kernel.permits import Actor, require
from linli.orgs import permits
from linli.orgs.clients.paper import GONE, STAYS, print_handover, take_back
from linli.orgs.errors import HandoverOpen, HoldingOver
from linli.orgs.events import HandoverPrinted, HandoverWithdrawn, HoldingEnded
from linli.orgs.models import Handover, PostHolding
from linli.orgs.queries.handovers import waiting_sheet
from linli.orgs.rules.register import may_end_without_sheet
from linli.orgs.states import HANDOVER, HandoverState
from linli.orgs.types import Arrival, EndReason
from linli.rulebook import queries as rulebook
from linli.trail.services import record

HANDOVER_DAYS = {
    "villagers_committee": "election.handover",
    "residents_committee": "rc.election.handover",
}


@dataclass(frozen=True, slots=True)
class Leaving:
    """Why somebody leaves, who takes over, who watches, and what goes over."""

    reason: EndReason
    receiver_name: str
    watcher_name: str
    items: tuple[dict[str, str], ...] = ()
    note: str = ""


@transaction.atomic
def end_holding(holding: PostHolding, leaving: Leaving, *, actor: Actor, now: datetime) -> Handover:
    """Print the hand-over sheet of somebody who leaves. Rights last until it is signed.

    Refuses with NotAllowed, Invalid, HoldingOver, HandoverOpen.
    """
    holding = _locked(holding)
    require(actor, permits.appointer_of(holding.post.organisation.level), at=holding.path)
    if (open_sheet := waiting_sheet(holding)) is not None:
        number = open_sheet.document_number or str(open_sheet.pk)
        raise HandoverOpen(number=number, move="end", state=HandoverState.PRINTED.value)
    _check(leaving, holding.holder_name)
    handover = Handover.objects.create(
        holding=holding,
        path=holding.path,
        reason=leaving.reason.value,
        items=list(leaving.items),
        receiver_name=leaving.receiver_name,
        watcher_name=leaving.watcher_name,
        printed_at=now,
        printed_by=actor.label,
        due_on=_due_on(holding, leaving.reason, localdate(now)),
        note=leaving.note,
    )
    paper = print_handover(handover, actor=actor, now=now)
    handover.document_id, handover.document_number = paper.pk, paper.number
    handover.document_code = paper.code
    handover.save(update_fields=["document_id", "document_number", "document_code"])
    _record("orgs.handover_printed", handover, actor, now)
    publish(
        HandoverPrinted(
            handover.pk, handover.document_number, handover.path, holding.person_id,
            holding.account_id,
        )
    )  # fmt: skip
    return handover


@transaction.atomic
def sign_handover(handover: Handover, *, signed_on: date, actor: Actor, now: datetime) -> Handover:
    """Record that all three signed: from this day on the post gives no rights any more.

    Refuses with NotAllowed, WrongState, Invalid.
    """
    handover = _locked_with_holding(handover)
    holding = handover.holding
    require(actor, permits.appointer_of(holding.post.organisation.level), at=holding.path)
    handover.state = HANDOVER.after(handover.state, "sign")
    if signed_on > localdate(now) or signed_on < holding.since:
        raise Invalid(
            {"signed_on": [_("Give the day on which the sheet was signed, today at the latest.")]}
        )
    handover.signed_on = signed_on
    handover.save(update_fields=["state", "signed_on"])
    _end(holding, on=signed_on, reason=handover.reason)
    _record("orgs.handover_signed", handover, actor, now, signed_on=signed_on.isoformat())
    return handover


@transaction.atomic
def withdraw_handover(handover: Handover, *, note: str, actor: Actor, now: datetime) -> Handover:
    """Withdraw a sheet that was not signed, and its paper: the holder stays, and is told so.

    Refuses with NotAllowed, WrongState, Invalid.
    """
    handover = _locked_with_holding(handover)
    holding = handover.holding
    require(actor, permits.appointer_of(holding.post.organisation.level), at=holding.path)
    handover.state = HANDOVER.after(handover.state, "withdraw")
    if not note.strip():
        raise Invalid({"note": [_("Say why the sheet is withdrawn.")]})
    handover.note = note
    handover.save(update_fields=["state", "note"])
    take_back(handover, STAYS, actor=actor, now=now)
    _record("orgs.handover_withdrawn", handover, actor, now)
    publish(
        HandoverWithdrawn(
            handover.pk, handover.document_number, handover.path, holding.person_id,
            holding.account_id,
        )
    )  # fmt: skip
    return handover


@transaction.atomic
def end_at_once(
    holding: PostHolding, *, reason: EndReason, on: date, actor: Actor, now: datetime
) -> PostHolding:
    """End a holding without a sheet, because nobody is there to sign it: death, loss of office.

    Refuses with NotAllowed, Invalid, HoldingOver.
    """
    holding = _locked(holding)
    require(actor, permits.appointer_of(holding.post.organisation.level), at=holding.path)
    if not may_end_without_sheet(reason.value):
        raise Invalid({"reason": [_("For this reason a hand-over sheet is needed.")]})
    if on > localdate(now) or on < holding.since:
        raise Invalid({"on": [_("Give the day on which it ended, today at the latest.")]})
    for handover in holding.handovers.filter(state=HandoverState.PRINTED.value):
        handover.state = HANDOVER.after(handover.state, "withdraw")
        handover.save(update_fields=["state"])
        take_back(handover, GONE, actor=actor, now=now)
    _end(holding, on=on, reason=reason.value)
    record(
        "orgs.holding_ended", on=holding, actor=actor, now=now, place=holding.path,
        level=holding.post.organisation.level,
        person_id=holding.person_id, reason=reason.value, day=on.isoformat(),
    )  # fmt: skip
    return holding


def _locked(holding: PostHolding) -> PostHolding:
    found = PostHolding.objects.select_for_update(of=("self",)).select_related(
        "post", "post__organisation"
    )
    holding = found.get(pk=holding.pk)
    if holding.until is not None:
        raise HoldingOver(
            holder=holding.holder_name, title=holding.post.title, move="end", state="over"
        )
    return holding


def _locked_with_holding(handover: Handover) -> Handover:
    """Lock the holding first, as everybody does who ends it; of two none waits for the other."""
    holding = _locked(handover.holding)
    handover = Handover.objects.select_for_update().get(pk=handover.pk)
    handover.holding = holding
    return handover


def _end(holding: PostHolding, *, on: date, reason: str) -> None:
    holding.until = on
    holding.end_reason = reason
    holding.edition += 1
    holding.save(update_fields=["until", "end_reason", "edition"])
    publish(
        HoldingEnded(
            holding_id=holding.pk,
            post_id=holding.post_id,
            path=holding.path,
            person_id=holding.person_id,
            account_id=holding.account_id,
            until=on,
        )
    )


def _due_on(holding: PostHolding, reason: EndReason, today: date) -> date | None:
    """Return the last day for the signatures; the law sets one for elected committees alone.

    Basis: VE-71, RC-21; the first day is not counted (TIM-01).
    """
    key = HANDOVER_DAYS.get(holding.post.organisation.kind_id)
    if key is None or reason is not EndReason.TERM_OVER or holding.came_by != Arrival.ELECTED:
        return None
    return today + timedelta(days=rulebook.lookup(key, holding.path, today).number)


def _check(leaving: Leaving, leaver: str) -> None:
    """Three people sign, each for herself; a blank between the signs of a name makes nobody another."""
    names = (leaver, leaving.receiver_name, leaving.watcher_name)
    leaves, takes, watches = ("".join(name.split()) for name in names)
    faults: dict[str, list[str]] = {}
    if not takes:
        faults["receiver_name"] = [_("Say who takes over.")]
    elif takes == leaves:
        faults["receiver_name"] = [_("Whoever leaves cannot be the one who takes over.")]
    if not watches:
        faults["watcher_name"] = [_("Say who watches over the hand-over.")]
    elif watches == leaves:
        faults["watcher_name"] = [_("Whoever leaves cannot watch over the hand-over.")]
    elif watches == takes:
        faults["watcher_name"] = [_("The one who watches cannot be the one who takes over.")]
    if faults:
        raise Invalid(faults)


def _record(verb: str, handover: Handover, actor: Actor, now: datetime, **details: Any) -> None:
    record(
        verb, on=handover, actor=actor, now=now, place=handover.path,
        level=handover.holding.post.organisation.level, person_id=handover.holding.person_id,
        **details,
    )  # fmt: skip
