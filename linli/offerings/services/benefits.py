"""What people receive is entered, asked about after a death or a move, and decided on by a post."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid, NotAllowed, NotFound, Stale
from linli.kernel.permits import PERSONAL, Actor, open_to_all, require
from linli.kernel.texts import clean_text
from linli.offerings import permits
from linli.offerings.models import Benefit
from linli.offerings.queries.applicants import known_person, village_of
from linli.offerings.queries.benefits import get_benefit
from linli.offerings.states import BENEFIT, BenefitState
from linli.offerings.types.reminders import BenefitFacts, BenefitKind, StopCause
from linli.people.queries.persons import ids_of_one
from linli.places import queries as places
from linli.trail.services import record

MOST_NAME, MOST_REASON = 80, 300
OF_QUESTION = ("state", "cause", "cause_on", "cause_before", "cause_before_on", "version")
BY_JOB = "the job that follows a death or a move alone calls it"


@transaction.atomic
def add_benefit(person_id: int, facts: BenefitFacts, *, actor: Actor, now: datetime) -> Benefit:
    """Enter what somebody receives where they live. Refuses with NotFound, NotAllowed, Invalid."""
    person = known_person(actor, person_id)
    code = village_of(actor, person) if person else ""
    if person is None or not code:
        raise NotFound()
    path = places.chain_of(code)[-1].path
    require(actor, permits.RECEIVE, at=path, level=PERSONAL)
    name = clean_text(facts.name).strip()
    if not name or len(name) > MOST_NAME or facts.kind not in set(BenefitKind):
        raise Invalid({"what": [_("Say what they receive, and of which kind it is.")]})
    if facts.until is not None and facts.until < facts.since:
        raise Invalid({"until": [_("It ends before it begins.")]})
    try:
        with transaction.atomic():
            row = Benefit.objects.create(
                person_id=person.person_id, path=path, kind=facts.kind, name=name,
                item_key=facts.item, since=facts.since, until=facts.until,
            )  # fmt: skip
    except IntegrityError:
        raise Invalid({"what": [_("This is entered already.")]}) from None
    record("offerings.benefit_added", on=row, actor=actor, now=now, place=path,
           person_id=row.person_id)  # fmt: skip
    return row


@open_to_all(BY_JOB)
@transaction.atomic
def ask_stop(
    person_id: int, path: str, cause: str, on: date, *, actor: Actor, now: datetime
) -> int:
    """Ask whether what somebody receives stops; return how many. Asking again changes nothing.

    Refuses with NotAllowed.
    """
    if not actor.is_system:
        raise NotAllowed()
    found = Benefit.objects.select_for_update().filter(
        person_id__in=ids_of_one(person_id),
        state__in=[BenefitState.RUNNING.value, BenefitState.ASKED.value],
        path__startswith=path,
    )
    asked = [row for row in found.order_by("pk") if not _is_asked(row, cause, on)]
    for row in asked:
        _keep_former_cause(row)
        row.state = BENEFIT.after(row.state, "ask_stop").value
        row.cause, row.cause_on, row.version = StopCause(cause).value, on, row.version + 1
        row.save(update_fields=OF_QUESTION)
        record("offerings.benefit_asked", on=row, actor=actor, now=now, place=row.path,
               person_id=row.person_id, cause=cause)  # fmt: skip
    return len(asked)


@open_to_all(BY_JOB)
@transaction.atomic
def unask_stop(person_id: int, on: date, *, actor: Actor, now: datetime) -> int:
    """Take the question back that a death entered by mistake had asked; return how many.

    What was asked before it is asked again; what a later entry asked stays. What a post stopped meanwhile stays stopped: she decides, and finds it in the trail. A second run
    changes nothing. Refuses with NotAllowed.
    """
    if not actor.is_system:
        raise NotAllowed()
    found = Benefit.objects.select_for_update().filter(
        person_id__in=ids_of_one(person_id), state=BenefitState.ASKED.value,
        cause=StopCause.DIED.value, cause_on=on,
    )  # fmt: skip
    rows = list(found.order_by("pk"))
    for row in rows:
        if not row.cause_before:
            row.state = BENEFIT.after(row.state, "take_back").value
        row.cause, row.cause_on = row.cause_before, row.cause_before_on
        row.cause_before, row.cause_before_on, row.version = "", None, row.version + 1
        row.save(update_fields=OF_QUESTION)
        record("offerings.benefit_unasked", on=row, actor=actor, now=now, place=row.path,
               person_id=row.person_id)  # fmt: skip
    return len(rows)


def _keep_former_cause(row: Benefit) -> None:
    """Keep what is being asked before something else is; a second death leaves what was before the first."""
    if row.state != BenefitState.ASKED:
        row.cause_before, row.cause_before_on = "", None
    elif row.cause != StopCause.DIED:
        row.cause_before, row.cause_before_on = row.cause, row.cause_on


def _is_asked(row: Benefit, cause: str, on: date) -> bool:
    # a death outweighs a move; another day of death is another entry of it
    if row.state != BenefitState.ASKED:
        return False
    if row.cause == StopCause.DIED and cause != StopCause.DIED:
        return True
    return (row.cause, row.cause_on) == (cause, on)


@transaction.atomic
def decide_benefit(
    benefit_id: int, move: str, reason: str, *, version: int | None, actor: Actor, now: datetime
) -> Benefit:
    """Decide that something stops, goes on or is over; the post's word on it stays.

    Refuses with NotFound, NotAllowed, Stale, WrongState, Invalid.
    """
    row = Benefit.objects.select_for_update().get(pk=get_benefit(actor, benefit_id).pk)
    step = BENEFIT.moves.get(move)
    if step is None or step.permit is None:
        raise NotFound()
    require(actor, step.permit, at=row.path, level=PERSONAL)
    if version is not None and row.version != version:
        raise Stale(move=move, state=row.state)
    said = clean_text(reason).strip()
    if not said or len(said) > MOST_REASON:
        raise Invalid({"reason": [_("Say in a few words why.")]})
    row.state = BENEFIT.after(row.state, move).value
    row.reason, row.decided_on, row.version = said, localdate(now), row.version + 1
    row.save(update_fields=["state", "reason", "decided_on", "version"])
    record(f"offerings.benefit_{move}", on=row, actor=actor, now=now, place=row.path,
           person_id=row.person_id)  # fmt: skip
    return row
