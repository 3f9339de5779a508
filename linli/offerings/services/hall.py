"""Applications made at the service hall become ordinary ones; the hall is told how they stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.cases.queries.following import case_of_uuid, steps_of
from linli.cases.queries.promising import own_day
from linli.cases.types import Channel
from linli.exchange import permits as exchange
from linli.exchange.queries import hall as theirs
from linli.exchange.services import hall_applications
from linli.exchange.services.letters import Matter, queue_letter
from linli.exchange.types.connections import System
from linli.exchange.types.hall import HallState, SentIn
from linli.kernel.errors import Invalid, Refusal, WrongState
from linli.kernel.permits import Actor, open_to_all, require
from linli.offerings.queries.applications import application_of
from linli.offerings.queries.hall import is_place, is_without_office, our_key
from linli.offerings.rules.applications import materials_of
from linli.offerings.rules.hall import to_be_told, uuid_of
from linli.offerings.services.applying import apply_for
from linli.offerings.types.applications import Applicant, Applying

if TYPE_CHECKING:
    from linli.exchange.models import HallApplication

BY_JOB = "run by its job alone"


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a person chose for an application that could not be taken by itself."""

    item: str
    place: str
    answers: Mapping[str, str] = field(default_factory=dict)


@open_to_all(BY_JOB)
@transaction.atomic
def take_sent_in(application_id: int, *, actor: Actor, now: datetime) -> str:
    """Take an application of the hall in; return why it waits for a person, or nothing.

    The hall's number opens one case, however often it comes. Safe to run again.
    """
    held = hall_applications.hold_waiting(application_id, actor=actor, now=now)
    if held is None:
        return ""
    row, said = held
    chosen = Chosen(our_key(said.item_code, localdate(now)), said.place, said.answers)
    fault = _hindered(chosen, now)
    if not fault:
        try:
            _take(row, said, chosen, actor=actor, now=now)
        except Refusal as refusal:
            fault = _fault_of(refusal)
    if fault:
        hall_applications.hold_back(row, fault, actor=actor, now=now)
    return fault


def _hindered(chosen: Chosen, now: datetime) -> str:
    if not chosen.item:
        return "unknown_item"
    if not chosen.place or not is_place(chosen.place):
        return "unknown_place"
    return "no_office" if is_without_office(chosen.item, localdate(now)) else ""


def _fault_of(refusal: Refusal) -> str:
    fields = refusal.fields if isinstance(refusal, Invalid) else {}
    if "item" in fields:
        return "not_offered"
    if "place" in fields:
        return "unknown_place"
    return "answers" if any(name.startswith("q_") for name in fields) else "invalid"


def _take(
    row: HallApplication, said: SentIn, chosen: Chosen, *, actor: Actor, now: datetime
) -> None:
    """Apply as the person did at the hall. Refuses as `apply_for`."""
    with transaction.atomic():
        known = case_of_uuid(uuid_of(said.number))
        if known is None:
            apply_for(_applying(said, chosen), actor=actor, now=now)
            known = case_of_uuid(uuid_of(said.number))
        assert known is not None, "the case was opened just now"
        hall_applications.note_taken(row, known.pk, known.path, actor=actor, now=now)
        tell_hall(known.pk, actor=actor, now=now)


def _applying(said: SentIn, chosen: Chosen) -> Applying:
    who = Applicant(said.name, said.id_number, said.phone, address=said.address)
    return Applying(
        chosen.item, chosen.place, who, dict(chosen.answers), delivery=said.delivery,
        channel=Channel.PAGE, by_sms=bool(said.phone), uuid=uuid_of(said.number),
        is_looked_at=True,
    )  # fmt: skip


@transaction.atomic
def decide_sent_in(
    row: HallApplication, chosen: Chosen, *, actor: Actor, now: datetime
) -> HallApplication:
    """Take an application in as a person says: which item, which place, which answers.

    Refuses with NotAllowed, WrongState where it waits no more, Invalid as `apply_for`.
    """
    require(actor, exchange.CONNECT, at=row.path)
    held = hall_applications.hold_waiting(row.pk, actor=actor, now=now)
    if held is None:
        raise WrongState(state=row.state)
    if is_without_office(chosen.item, localdate(now)):
        raise Invalid(
            {
                "item": [
                    _(
                        "The office of this item does not exist any more. Let another one answer for it first."
                    )
                ]
            }
        )
    found, said = held
    _take(found, said, chosen, actor=actor, now=now)
    return found


@open_to_all(BY_JOB)
@transaction.atomic
def tell_hall(case_id: int, *, actor: Actor, now: datetime) -> int:
    """Queue what the hall has not been told of an application yet, each step in its order.

    Return how many letters. Safe to run again.
    """
    number = theirs.hall_number_of(case_id)
    if not number:
        return 0
    application = application_of(case_id)
    case, steps = application.case, {step.seq: step for step in steps_of(case_id)}
    after = theirs.last_letter(System.HALL, number)
    last = theirs.last_told(System.HALL, number)
    told = to_be_told(((seq, step.state) for seq, step in steps.items()), after, last)
    for seq, state in told:
        body: dict[str, Any] = {
            "state": state,
            "our_number": case.number,
            "since": steps[seq].at.isoformat(),
        }
        facts = steps[seq].facts
        if state == HallState.CORRECTION:
            body["missing"] = _names(application, facts.get("missing", ()))
            body["lacking"] = list(facts.get("missing", ()))
            until = own_day(case_id, "supply")
            body |= {"until": until.isoformat()} if until else {}
        elif "supplied" in facts:
            body["supplied"] = list(facts["supplied"])
        about = Matter(System.HALL, number, seq, case.path)
        queue_letter(about, "state", body, actor=actor, now=now)
    return len(told)


def _names(application: Any, keys: Any) -> list[str]:
    """The papers by their names, without what was noted on them: notes may name people."""
    named = {
        one.key: one.words["zh"] for one in materials_of(application.asked, application.answers)
    }
    return [named.get(str(key), str(key)) for key in keys]
