"""Jobs of offerings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from django.utils import timezone

from linli.exchange.queries.hall import waiting_to_be_taken
from linli.exchange.queries.hall_changes import applications_waiting
from linli.exchange.services import paying
from linli.exchange.types.payments import APPLICATION
from linli.kernel.each import each
from linli.kernel.jobs import job, periodic
from linli.kernel.lanes import OUTSIDE
from linli.kernel.permits import system_actor
from linli.offerings.queries.closed_centres import closing_centres
from linli.offerings.queries.rounds import unfinished
from linli.offerings.services import (
    asking_records,
    benefits,
    closed_centres,
    draw_offers,
    drawing,
    draws_off,
    forgetting,
    hall,
    hall_changes,
    parts,
    reminding,
    reporting,
    sealed_papers,
    serving,
    successors,
    ticket_ends,
    visit_ratings,
)

# a job that has not ended by then died
LEFT_LYING = timedelta(minutes=15)


# applications
@job("offerings.follow_parts", retry=3)
def follow_parts(case_id: int) -> None:
    """Note which parts of an application are done, and let the next ones begin."""
    parts.follow_parts(case_id, actor=system_actor("offerings.give_part"), now=timezone.now())


@job("offerings.tell_sealed", retry=3)
def tell_sealed(case_id: int, document_id: int) -> None:
    """Tell an applicant that a paper bears its electronic seal."""
    sealed_papers.tell_sealed(
        case_id, document_id, actor=system_actor("offerings.papers"), now=timezone.now()
    )


@periodic("15 0 * * *")
@job("offerings.successors", lock="offerings.successors", retry=3)
def follow_successors(timestamp: int = 0) -> None:
    """Let successors go on with what departments that ended had of applications."""
    successors.follow_successors(actor=system_actor("offerings.give_part"), now=timezone.now())


@job("offerings.forget", lock="offerings.forget", retry=3)
def forget_applicant(person_id: int) -> None:
    """Forget somebody who was erased, in all that she applied for."""
    forgetting.forget_applicant(
        person_id, actor=system_actor("offerings.forget"), now=timezone.now()
    )


@job("offerings.forget_applications", lock="offerings.forget", retry=3)
def forget_applications(case_ids: list[int]) -> None:
    """Forget whose account was erased, in what she applied for by it."""
    forgetting.forget_applications(
        case_ids, actor=system_actor("offerings.forget"), now=timezone.now()
    )


# the service hall
@job("offerings.take_sent_in", retry=3)
def take_sent_in(application_id: int) -> None:
    """Take an application of the service hall in."""
    hall.take_sent_in(application_id, actor=system_actor("offerings.hall"), now=timezone.now())


@job("offerings.take_changes", queue=OUTSIDE, lock="offerings.take_changes", retry=3)
def take_changes(application: str) -> None:
    """Take supplements and withdrawals of an application of the service hall."""
    hall_changes.take_changes(application, actor=system_actor("offerings.hall"), now=timezone.now())


@periodic("*/10 * * * *")
@job("offerings.take_left", queue=OUTSIDE, lock="offerings.take_left", retry=0)
def take_left(timestamp: int = 0) -> None:
    """Take in what a job that died left lying."""
    each("offerings.take_sent_in", waiting_to_be_taken(500), take_sent_in)
    each("offerings.take_changes", applications_waiting(500), take_changes)


@job("offerings.tell_hall", retry=3)
def tell_hall(case_id: int) -> None:
    """Queue what the hall was not told yet of an application."""
    hall.tell_hall(case_id, actor=system_actor("offerings.hall"), now=timezone.now())


# the payment system
@job("offerings.close_order", retry=3)
def close_order(case_id: int) -> None:
    """Let nothing be paid any more for an application that ended."""
    paying.follow_owed(
        APPLICATION, case_id, actor=system_actor("exchange.payments"), now=timezone.now()
    )


@job("offerings.fetch_answer", queue=OUTSIDE, retry=3)
def fetch_answer(question_id: int) -> None:
    """Ask a register of the city, and keep what it says."""
    actor = system_actor("offerings.records")
    asking_records.fetch_answer(question_id, actor=actor, now=timezone.now())


# visits
@periodic("*/5 * * * *")
@job("offerings.visits", lock="offerings.visits", retry=3)
def follow_visits(timestamp: int = 0) -> None:
    """Remind of visits that are near and write down which were missed; what breaks of one thing stops none of the others."""
    actor, now = system_actor("offerings.visits"), timezone.now()

    def until_done(step: Callable[..., int]) -> None:
        while step(actor=actor, now=now):
            pass

    def finish(round_id: int) -> None:
        drawing.finish_draw(round_id, actor=actor, now=now)

    each(
        "offerings.visits", (serving.remind, serving.miss, visit_ratings.ask_how_it_was), until_done
    )
    once = (
        visit_ratings.let_count,
        drawing.close_due,
        draws_off.call_off_over,
        draw_offers.lapse_due,
    )
    each("offerings.visits", once, lambda step: step(actor=actor, now=now))
    each("offerings.finish_draw", unfinished(now - LEFT_LYING), finish)


@periodic("5 0 * * *")
@job("offerings.end_tickets", lock="offerings.end_tickets", retry=3)
def end_tickets(timestamp: int = 0) -> None:
    """End the tickets of the day before that nobody ended."""
    ticket_ends.end_days(actor=system_actor("offerings.visits"), now=timezone.now())


@job("offerings.finish_draw", retry=3)
def finish_draw(round_id: int) -> None:
    """Book who won in a draw and tell all who entered."""
    drawing.finish_draw(round_id, actor=system_actor("offerings.visits"), now=timezone.now())


@job("offerings.follow_centre", retry=3)
def follow_centre(centre_id: int, is_again: bool = False) -> None:
    """Let the windows of a centre follow the day from which it is closed."""
    actor, now = system_actor("offerings.visits"), timezone.now()
    closed_centres.follow_centre(centre_id, is_again=is_again, actor=actor, now=now)


@periodic("25 0 * * *")
@job("offerings.closed_centres", lock="offerings.closed_centres", retry=3)
def follow_centres(timestamp: int = 0) -> None:
    """End the windows of centres that closed, and what was booked behind the day of a closing."""
    for centre_id in closing_centres():
        follow_centre.defer(centre_id=centre_id, is_again=True)


# reminders
@job("offerings.ask_stop", retry=3)
def ask_stop(person_id: int, path: str, cause: str, on: str) -> None:
    """Ask the posts whether what somebody receives stops."""
    benefits.ask_stop(
        person_id, path, cause, date.fromisoformat(on),
        actor=system_actor("offerings.ask_stop"), now=timezone.now(),
    )  # fmt: skip


@job("offerings.unask_stop", retry=3)
def unask_stop(person_id: int, on: str) -> None:
    """Take back what was asked after a death that was entered by mistake."""
    actor = system_actor("offerings.ask_stop")
    benefits.unask_stop(person_id, date.fromisoformat(on), actor=actor, now=timezone.now())


@periodic("10 8 1 * *")
@job("offerings.remind", queueing_lock="offerings.remind", retry=3)
def remind_of_month(timestamp: int = 0) -> None:
    """Tell those who agreed to it that something may be for them this month."""
    reminding.remind_of_month(actor=system_actor("offerings.remind"), now=timezone.now())


# reports by spreadsheet
@periodic("20 0 * * *")
@job("offerings.reports", lock="offerings.reports", retry=3)
def end_reports(timestamp: int = 0) -> None:
    """End reports whose last day is over."""
    while reporting.end_due(actor=system_actor("offerings.reports"), now=timezone.now()):
        pass
