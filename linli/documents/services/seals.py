"""用印登记: nobody stamps without an application, and nobody approves her own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.documents import permits, queries
from linli.documents.errors import OwnApplication, OwnStamping, TooManyCopies
from linli.documents.events import SealUseDecided
from linli.documents.models import Document, SealUse
from linli.documents.rules import papers as rules
from linli.documents.services.electronic_ends import end_asking
from linli.documents.states import SEAL_USE, SealState
from linli.documents.types import SEALS, Issue
from linli.kernel.errors import Invalid, NotFound
from linli.kernel.events import publish
from linli.kernel.permits import Actor, open_to_all, require
from linli.runtime.services import numbers
from linli.trail.services import record

SERIES = "YY"
MOST_COPIES, MOST_NOTE = 500, 300


@dataclass(frozen=True, slots=True)
class Application:
    """What somebody wants stamped: which seal, on what, for whom, how many."""

    seal: str
    matter: str
    copies: int
    recipient: str = ""


@transaction.atomic
def apply_for_seal(application: Application, *, place: str, actor: Actor, now: datetime) -> SealUse:
    """Apply for a seal on a paper that the system did not print.

    Refuses with NotAllowed, Invalid.
    """
    require(actor, permits.APPLY_SEAL, at=place)
    fields: dict[str, list[str]] = {}
    if application.seal not in SEALS:
        fields["seal"] = [_("Choose one of the given answers.")]
    if not application.matter.strip():
        fields["matter"] = [_("Say what is to be stamped.")]
    if not 1 <= application.copies <= MOST_COPIES:
        fields["copies"] = [_("Give a number from 1 to %(most)s.") % {"most": MOST_COPIES}]
    if fields:
        raise Invalid(fields)
    return _open(application, place, None, actor, now)


@open_to_all("part of issuing a paper, which has required its own permit")
def open_seal_use(document: Document, issue: Issue, *, actor: Actor, now: datetime) -> SealUse:
    """Open the entry for a printed paper that waits for the seal, in the issuing transaction."""
    matter = issue.purpose or f"{document.title} {document.number}"
    application = Application("official", matter[:300], issue.copies)
    return _open(application, document.place, document, actor, now)


@transaction.atomic
def approve_seal_use(use: SealUse, *, note: str, actor: Actor, now: datetime) -> SealUse:
    """Approve an application of somebody else. Refuses with NotAllowed, OwnApplication, WrongState."""
    return _decide(use, "approve", note, actor, now)


@transaction.atomic
def refuse_seal_use(use: SealUse, *, note: str, actor: Actor, now: datetime) -> SealUse:
    """Refuse an application and say why. Refuses with NotAllowed, OwnApplication, WrongState, Invalid."""
    if not note.strip():
        raise Invalid({"note": [_("Say why, so that the applicant can mend it.")]})
    return _decide(use, "refuse", note, actor, now)


@transaction.atomic
def stamp_seal_use(use: SealUse, *, copies: int, on: date, actor: Actor, now: datetime) -> SealUse:
    """Record that the keeper stamped by hand.

    Who applied stamps herself only where nobody else keeps the seal. Refuses with NotAllowed,
    OwnStamping, WrongState, TooManyCopies, Invalid.
    """
    use = SealUse.objects.select_for_update().get(pk=use.pk)
    require(actor, permits.KEEP_SEAL, at=use.place)
    if queries.is_for_another_keeper(actor, use, now=now):
        raise OwnStamping(at=use.place)
    use.state = SEAL_USE.after(use.state, "stamp")
    if copies > use.copies:
        raise TooManyCopies(most=use.copies, move="stamp", state=use.state)
    if copies < 1 or not localdate(use.requested_at) <= on <= localdate(now):
        raise Invalid({"on": [_("The day lies between the application and today.")]})
    end_asking(use, actor=actor, now=now)
    use.stamped_on, use.stamped_by, use.stamped_copies = on, actor.label, copies
    use.save(update_fields=["state", "stamped_on", "stamped_by", "stamped_copies"])
    _noted("documents.seal_stamped", use, actor, now, copies=copies)
    return use


@open_to_all("the applicant may cancel their own application")
@transaction.atomic
def cancel_seal_use(use: SealUse, *, why: str = "", actor: Actor, now: datetime) -> SealUse:
    """Take an application back. The keeper who takes back somebody else's says why, and she is told.

    Refuses with NotFound, WrongState, Invalid.
    """
    use = SealUse.objects.select_for_update().get(pk=use.pk)
    if actor.account_id is not None and use.account_id == actor.account_id:
        return _cancel(use, actor, now)
    if not actor.may(permits.KEEP_SEAL, at=use.place):
        raise NotFound()
    SEAL_USE.after(use.state, "cancel")
    if not why.strip():
        raise Invalid({"why": [_("Say why: whoever applied reads it.")]})
    _note_taking_back(use, why.strip(), actor, now)
    use = _cancel(use, actor, now)
    publish(SealUseDecided(use.pk, use.number, use.state, use.account_id, use.place))
    return use


def _note_taking_back(use: SealUse, why: str, actor: Actor, now: datetime) -> None:
    """Write down who took it back and why; who approved it before stays in the book."""
    if use.decided_at is None:
        use.decided_by, use.decided_at, use.decision_note = actor.label, now, why
        return
    last = f"{actor.label}: {why}"[-MOST_NOTE:]
    room = MOST_NOTE - len(last) - 1
    use.decision_note = f"{use.decision_note[: max(room, 0)]}\n{last}".strip()


@open_to_all("part of withdrawing a paper, which has required its own permit")
def cancel_open_uses(document: Document, *, actor: Actor, now: datetime) -> None:
    """Cancel what still waits for the seal on a withdrawn paper."""
    waiting = document.seal_uses.select_for_update().filter(
        state__in=[SealState.REQUESTED, SealState.APPROVED]
    )
    for use in waiting.order_by("pk"):
        _cancel(use, actor, now)


def _open(
    application: Application, place: str, document: Document | None, actor: Actor, now: datetime
) -> SealUse:
    _city, town, village = rules.place_parts(place)
    use = SealUse.objects.create(
        number=numbers.next_number(SERIES, place, localdate(now).year, now=now),
        place=place, town_code=town, village_code=village, document=document,
        seal=application.seal, matter=application.matter.strip(), copies=application.copies,
        recipient=application.recipient.strip(), account_id=actor.account_id,
        applicant=actor.label, requested_at=now,
    )  # fmt: skip
    _noted("documents.seal_applied", use, actor, now)
    return use


def _decide(use: SealUse, move: str, note: str, actor: Actor, now: datetime) -> SealUse:
    use = SealUse.objects.select_for_update().get(pk=use.pk)
    require(actor, permits.APPROVE_SEAL, at=use.place)
    if not rules.may_approve(use.account_id, actor.account_id):
        raise OwnApplication(at=use.place)
    use.state = SEAL_USE.after(use.state, move)
    use.decided_by, use.decided_at, use.decision_note = actor.label, now, note.strip()
    use.save(update_fields=["state", "decided_by", "decided_at", "decision_note"])
    _noted(f"documents.seal_{use.state}", use, actor, now)
    publish(SealUseDecided(use.pk, use.number, use.state, use.account_id, use.place))
    return use


def _cancel(use: SealUse, actor: Actor, now: datetime) -> SealUse:
    use.state = SEAL_USE.after(use.state, "cancel")
    end_asking(use, actor=actor, now=now)
    use.save(update_fields=["state", "decided_by", "decided_at", "decision_note"])
    _noted("documents.seal_cancelled", use, actor, now)
    return use


def _noted(verb: str, use: SealUse, actor: Actor, now: datetime, **facts: Any) -> None:
    """Record it at the place of the seal, so that whoever supervises there reads it."""
    record(verb, on=use, actor=actor, now=now, place=use.place, number=use.number, **facts)
