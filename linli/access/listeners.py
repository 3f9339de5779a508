"""What access does when the calendar or a person changes: it queues the job that follows."""

from __future__ import annotations

from linli.access import tasks
from linli.people.events import (
    DeathWithdrawn,
    PeopleJoined,
    PeopleParted,
    PersonDied,
    PersonErased,
)
from linli.rulebook.events import CalendarLoaded


def on_calendar_loaded(event: CalendarLoaded) -> None:
    """Days by which requests are answered fell into these years as Monday to Friday alone."""
    tasks.recount_due.defer(years=list(event.years))


def on_person_erased(event: PersonErased) -> None:
    """An account of somebody erased is closed and forgets her too."""
    tasks.forget_person.defer(person_id=event.person_id)


def on_person_died(event: PersonDied) -> None:
    """Nobody signs in for somebody who died: her number will be another's."""
    tasks.close_of_dead.defer(person_id=event.person_id)


def on_death_withdrawn(event: DeathWithdrawn) -> None:
    """She lives, and signs in as before."""
    tasks.open_of_living.defer(person_id=event.person_id)


def on_people_joined_or_parted(event: PeopleJoined | PeopleParted) -> None:
    """Which accounts stand for the holder of a post is another matter now."""
    tasks.follow_posts.defer(person_ids=[event.kept_id, event.gone_id])
