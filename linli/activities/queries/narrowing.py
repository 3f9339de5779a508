"""Lists of events, groups and rounds made shorter: by place, words, kind, state and days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from linli.activities.models import Enrolment, Event, EventFeedback, Group, Round
from linli.activities.queries.outcomes import words_waiting
from linli.kernel.days import within

# the events of which words wait for release, as a state of the filter
WORDS_WAIT = "words"


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What a list is to show; what is empty narrows nothing."""

    path: str = ""
    words: str = ""
    kind: str = ""
    state: str = ""
    since: date | None = None
    until: date | None = None


def events_wanted(found: QuerySet[Event], wanted: Narrowed) -> QuerySet[Event]:
    """Narrow events: by title, place or code, kind, state, and the days between which they go on."""
    for word in wanted.words.split():
        said = Q(title__icontains=word) | Q(title_en__icontains=word) | Q(where__icontains=word)
        found = found.filter(said | Q(code=word.upper()))
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.state == WORDS_WAIT:
        found = found.filter(Exists(words_waiting(event=OuterRef("pk"))))
    elif wanted.state:
        found = found.filter(state=wanted.state)
    days = within("last_at", wanted.since, None) & within("first_at", None, wanted.until)
    return found.filter(days, path__startswith=wanted.path)


def groups_wanted(
    found: QuerySet[Group], wanted: Narrowed, *, by_code: bool = False
) -> QuerySet[Group]:
    """Narrow groups: by name, what they do, kind, and whether they stand in the public register.

    `by_code` is for the office alone: the code is the key of a group, and nobody tries keys by a search.
    """
    for word in wanted.words.split():
        said = Q(name__icontains=word) | Q(about__icontains=word)
        found = found.filter(said | Q(code=word.upper()) if by_code else said)
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.state:
        found = found.filter(is_shown=wanted.state == "shown")
    return found.filter(path__startswith=wanted.path)


def rounds_wanted(found: QuerySet[Round], wanted: Narrowed) -> QuerySet[Round]:
    """Narrow rounds: by title, state, and the days on which their season lies."""
    for word in wanted.words.split():
        found = found.filter(title__icontains=word)
    if wanted.state:
        found = found.filter(state=wanted.state)
    if wanted.since:
        found = found.filter(last_on__gte=wanted.since)
    if wanted.until:
        found = found.filter(first_on__lte=wanted.until)
    return found.filter(path__startswith=wanted.path)


def thoughts_wanted(found: QuerySet[EventFeedback], wanted: Narrowed) -> QuerySet[EventFeedback]:
    """Narrow what was said of an event: by its words, said or shown, and whether it was released."""
    for word in wanted.words.split():
        found = found.filter(Q(words__icontains=word) | Q(shown__icontains=word))
    return found.filter(state=wanted.state) if wanted.state else found


def families_wanted(found: QuerySet[Enrolment], wanted: Narrowed) -> QuerySet[Enrolment]:
    """Narrow families enrolled: by code or masked name, and by where they stand."""
    for word in wanted.words.split():
        found = found.filter(Q(code=word.upper()) | Q(masked_name__icontains=word))
    return found.filter(state=wanted.state) if wanted.state else found
