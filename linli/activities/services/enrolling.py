"""Families are enrolled in one go, wait, move up, withdraw, come, and say what they thought."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from linli.activities import permits
from linli.activities.clients import envelopes
from linli.activities.clients.envelopes import TAKERS
from linli.activities.engine.hoarding import origin_for, refuse_more_families
from linli.activities.engine.taking_part import refuse_faults
from linli.activities.engine.telling import TELLER, tell_taker
from linli.activities.errors import AlreadyIn, EnrolmentClosed, FullUp, NotYet
from linli.activities.models import (
    Enrolment,
    EnrolmentVault,
    Event,
    EventFeedback,
)
from linli.activities.queries import events as queries
from linli.activities.queries import rooms
from linli.activities.queries.fees import OF_FAMILY, had_a_time, owed_by, owed_from_now
from linli.activities.rules import events as rules
from linli.activities.states import SEAT
from linli.activities.types.events import (
    MOST_IN_FAMILY,
    EnrolFacts,
    SeatState,
)
from linli.exchange.events import OwedOtherwise
from linli.kernel import scope
from linli.kernel.errors import Invalid
from linli.kernel.events import publish
from linli.kernel.ids import public_code
from linli.kernel.locks import hold
from linli.kernel.permits import PERSONAL, Actor, open_to_all
from linli.kernel.texts import clean_text
from linli.runtime.types import Rate
from linli.trail.services import record
from linli.ui.masks import mask_name

BY_CODE = "whoever has the code of an enrolment is the family"
ENROLLED = Rate(20, timedelta(hours=1))


@open_to_all("anybody enrols without an account; rules of age and place are those of the event")
@transaction.atomic
def enrol(
    event: Event, facts: EnrolFacts, *, address: str = "", actor: Actor, now: datetime
) -> Enrolment:
    """Enrol a family: in if there is room for all of it and nobody waits, else on the waiting list.

    In the middle of an event it owes the times that are not over, as one that moves up does.
    Refuses with EnrolmentClosed, AlreadyIn, FullUp, Invalid, TooManyFamiliesHere for one `address` or account.
    """
    hold("activities.event", event.pk)
    event = Event.objects.get(pk=event.pk)
    if not rooms.is_open(event, now):
        raise EnrolmentClosed()
    refuse_faults(event, facts, now)
    _refuse_again(event, facts)
    by_office = actor.may(permits.EVENTS, at=event.path)
    origin = origin_for(address, actor, by_office=by_office)
    refuse_more_families(origin, event, now)
    room, people = queries.room_of(event), len(facts.takers)
    is_in = not rooms.is_in_line(event, room) and rules.has_room(room.taken, people, event.places)
    if not is_in and room.waiting + people > event.waiting:
        raise FullUp()
    made = Enrolment.objects.create(
        event=event, code=public_code(10), state=SeatState.IN if is_in else SeatState.WAITS, people=people,
        masked_name=mask_name(facts.takers[0].name), has_guardian=bool(facts.guardian.strip()),
        account_id=None if by_office or actor.is_machine else actor.account_id, language=facts.language, entered_at=now,
        origin_mark=origin, owed_fen=owed_from_now(event, people, now, joins_running=True) if is_in else None,
    )  # fmt: skip
    _seal(made, facts)
    record("activities.enrolled", on=made, actor=actor, now=now, place=event.path, level=PERSONAL,
           state=str(made.state), people=people)  # fmt: skip
    tell_taker(
        made, event, "activities.enrolled" if is_in else "activities.waits",
        queries.next_of(event, now), now=now,
    )  # fmt: skip
    return made


@open_to_all(BY_CODE)
@transaction.atomic
def withdraw(enrolment: Enrolment, *, actor: Actor, now: datetime) -> Enrolment:
    """Give places back as long as one of the times is to come; whoever waits longest moves up and is told.

    Once a time began while they were its own the fee stays owed: the office decides what of it goes back.
    Refuses with WrongState, and with EnrolmentClosed once the last time has begun or the event was called off.
    """
    hold("activities.event", enrolment.event_id)
    enrolment = (
        Enrolment.objects.select_for_update(of=("self",))
        .select_related("event")
        .get(pk=enrolment.pk)
    )
    state = SEAT.after(enrolment.state, "withdraw")
    if not queries.goes_on(enrolment.event, now):
        raise EnrolmentClosed()
    stays = had_a_time(enrolment, now)
    enrolment.owed_fen = owed_by(enrolment) or None if stays else None
    enrolment.state, enrolment.ended_at = state, now
    enrolment.save(update_fields=["state", "ended_at", "owed_fen"])
    record(
        "activities.withdrew",
        on=enrolment,
        actor=actor,
        now=now,
        place=enrolment.event.path,
        level=PERSONAL,
    )
    if enrolment.event.fee_fen and not stays:
        publish(OwedOtherwise(OF_FAMILY, (enrolment.pk,)))
    move_up(enrolment.event, actor=actor, now=now)
    return enrolment


@open_to_all("part of giving places back, or of editing the event, which asked for its permit")
def move_up(event: Event, *, actor: Actor, now: datetime) -> set[int]:
    """Give free places of an event that the transaction holds to whoever waits; return which enrolments.

    Of an event that does not take place, or has no time to come, nobody gets any; in the middle of one
    only the times to come are owed.
    """
    if not queries.goes_on(event, now):
        return set()
    line = rules.fitting(queries.waiting_list(event), event.places)
    ids = rules.moves_up(line, queries.room_of(event).free)
    for enrolment_id in ids:
        one = Enrolment.objects.select_for_update().get(pk=enrolment_id)
        one.state = SEAT.after(one.state, "move_up")
        one.owed_fen, one.moved_up_at = owed_from_now(event, one.people, now), now
        one.save(update_fields=["state", "owed_fen", "moved_up_at"])
        record(
            "activities.moved_up", on=one, actor=actor, now=now, place=event.path, level=PERSONAL
        )
        tell_taker(one, event, "activities.moved_up", queries.next_of(event, now), now=now)
    return set(ids)


@open_to_all(BY_CODE)
@transaction.atomic
def say_what_you_thought(
    enrolment: Enrolment, grade: int, words: str = "", *, actor: Actor, now: datetime
) -> EventFeedback:
    """Say once, after the first session, how it was. Refuses with NotYet, Invalid."""
    hold("activities.event", enrolment.event_id)
    event = Event.objects.get(pk=enrolment.event_id)
    if now < event.first_at:
        raise NotYet()
    if not queries.took_place(enrolment):
        raise Invalid({"grade": [_("This was called off: there is nothing to say of it.")]})
    if enrolment.state != SeatState.IN or not 1 <= grade <= 5:
        raise Invalid({"grade": [_("Choose one of the five, for an event where you had a place.")]})
    if EventFeedback.objects.filter(enrolment=enrolment).exists():
        raise Invalid({"grade": [_("You have said it already. Thank you.")]})
    made = EventFeedback.objects.create(
        event=event, enrolment=enrolment, grade=grade, words=clean_text(words).strip()[:500], at=now
    )
    record("activities.rated", on=event, actor=actor, now=now, place=event.path)
    return made


def _refuse_again(event: Event, facts: EnrolFacts) -> None:
    """Refuse with AlreadyIn whoever is enrolled under this telephone already, and more than a family."""
    with scope.acting(TELLER):
        vaults = queries.vaults_of_phone(event, facts.phone)
    known = [
        name
        for one in vaults
        for name, _born in json.loads(
            envelopes.opened(one.takers, TAKERS, "takers", one.enrolment_id)
        )
    ]
    is_known = any(clean_text(one.name).strip()[:40] in known for one in facts.takers)
    if is_known or len(known) + len(facts.takers) > (
        MOST_IN_FAMILY if known else len(facts.takers)
    ):
        raise AlreadyIn()


def _seal(made: Enrolment, facts: EnrolFacts) -> None:
    takers = json.dumps(
        [[clean_text(one.name).strip()[:40], one.born] for one in facts.takers], ensure_ascii=False
    )
    found = envelopes.taker_index(facts.phone)
    with scope.acting(TELLER):
        EnrolmentVault.objects.create(
            enrolment=made, takers=envelopes.sealed(takers, TAKERS, "takers", made.pk),
            phone=envelopes.sealed(facts.phone, TAKERS, "phone", made.pk),
            guardian=envelopes.sealed(clean_text(facts.guardian).strip()[:40], TAKERS, "guardian", made.pk),
            phone_index=found.main, phone_index_next=found.next,
        )  # fmt: skip
