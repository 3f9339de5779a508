"""Reactions of offerings to events: each only defers a job, save for what must be noted before another's begins."""

from __future__ import annotations

from django.utils import timezone

from linli.access.events import AccountErased
from linli.cases.events import CaseMoved
from linli.cases.queries.intake import cases_of_account
from linli.cases.services.forgetting import note_helped
from linli.documents.events import DocumentSealed
from linli.exchange.events import ChangeCame, SentInCame
from linli.exchange.queries.hall import hall_number_of
from linli.exchange.queries.payments import open_order
from linli.exchange.types.payments import APPLICATION
from linli.kernel.permits import system_actor
from linli.offerings import tasks
from linli.offerings.events import RecordAsked, RoundDrawn
from linli.offerings.queries.applications import helped_among
from linli.offerings.queries.sealed_papers import OF_CASE, OURS
from linli.offerings.types.applications import FEE_OVER, KIND
from linli.offerings.types.reminders import StopCause
from linli.orgs.events import CentreChanged
from linli.people.events import DeathWithdrawn, PersonDied, PersonErased, PersonLeft
from linli.people.queries.persons import entries_of

# applications
PART_MOVES = frozenset({"finish_part", "decline", "revoke"})


def on_case_moved(event: CaseMoved) -> None:
    """When a department is done with its part, the next may begin; the hall is told of its own.

    For what ended nobody pays any more.
    """
    if event.kind == KIND and event.move in PART_MOVES:
        tasks.follow_parts.defer(case_id=event.case_id)
    elif event.kind == KIND and event.is_of_kind and hall_number_of(event.case_id):
        tasks.tell_hall.defer(case_id=event.case_id)
    if event.kind == KIND and event.state in FEE_OVER and open_order(APPLICATION, event.case_id):
        tasks.close_order.defer(case_id=event.case_id)


def on_record_asked(event: RecordAsked) -> None:
    """A register is asked outside the page, which does not wait for it."""
    tasks.fetch_answer.defer(question_id=event.question_id)


def on_round_drawn(event: RoundDrawn) -> None:
    """Thousands may have entered: they are booked and told outside the page, which does not wait."""
    tasks.finish_draw.defer(round_id=event.round_id)


def on_sent_in_came(event: SentInCame) -> None:
    """An application of the service hall is taken in like any other."""
    tasks.take_sent_in.defer(application_id=event.application_id)


def on_change_came(event: ChangeCame) -> None:
    """A supplement or withdrawal of the service hall is taken outside the round that brought it."""
    tasks.take_changes.defer(application=event.application)


def on_document_sealed(event: DocumentSealed) -> None:
    """Whoever applied hears of her paper; papers about other things are not hers."""
    if event.about_kind == OF_CASE and event.about_id and event.template.startswith(OURS):
        tasks.tell_sealed.defer(case_id=event.about_id, document_id=event.document_id)


def on_person_erased(event: PersonErased) -> None:
    """What somebody applied for keeps its chain and loses her particulars."""
    tasks.forget_applicant.defer(person_id=event.person_id)


def on_account_erased(event: AccountErased) -> None:
    """What was applied for by an account that was erased loses her particulars.

    Which these are is asked now: cases forget meanwhile whose account it was. What she filed for somebody
    else is noted before they do, also what a release filed that did not note it.
    """
    found = cases_of_account(event.account_id, entries_of(event.person_id))
    if found:
        actor = system_actor("offerings.forget")
        note_helped(helped_among(found), actor=actor, now=timezone.now())
        tasks.forget_applications.defer(case_ids=found)


def on_centre_changed(event: CentreChanged) -> None:
    """A centre that closes leaves no visit behind its last day."""
    tasks.follow_centre.defer(centre_id=event.organisation_id)


# reminders
def on_person_died(event: PersonDied) -> None:
    """Whoever pays her something is asked whether it stops; nothing stops by itself."""
    tasks.ask_stop.defer(
        person_id=event.person_id, path="", cause=StopCause.DIED.value, on=event.on.isoformat()
    )


def on_death_withdrawn(event: DeathWithdrawn) -> None:
    """She lives: nobody is asked any more whether it stops."""
    tasks.unask_stop.defer(person_id=event.person_id, on=event.on.isoformat())


def on_person_left(event: PersonLeft) -> None:
    """What she was paid where she lived may stop there."""
    tasks.ask_stop.defer(
        person_id=event.person_id, path=event.path, cause=StopCause.LEFT.value,
        on=event.on.isoformat(),
    )  # fmt: skip
