"""What the rulebook says of the period of a notice, and the days that follow from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from linli.kernel.clock import DueDate, Unit
from linli.kernel.errors import NotFound
from linli.notices.models import Posting
from linli.notices.queries.words import length_words
from linli.notices.rules import periods
from linli.notices.rules.guard import Finding, look
from linli.notices.rules.periods import Length, Phase
from linli.notices.types import CATEGORIES, Category, Text
from linli.rulebook import queries as rulebook
from linli.rulebook.types import Snapshot, Value
from linli.ui.formats import is_chinese

ROLLS = "time.roll_over_holiday"
# a telephone of the office is meant to stand there
PHONES_FIT = frozenset({"contact", "objection"})


@dataclass(frozen=True, slots=True)
class Least:
    """The least that holds for a category at a place: how long, in words, and its key in the rulebook."""

    length: Length
    words: str
    title: str
    key: str
    value: Value


def least_of(category: str, place: str, on: date) -> Least | None:
    """Return the shortest period that is allowed, or None where no rule names one."""
    key = CATEGORIES[Category(category)].minimum
    if not key:
        return None
    try:
        value = rulebook.lookup(key, place, on)
    except NotFound:
        return None
    length = Length(value.number, Unit(value.unit))
    parameter = rulebook.get_parameter(key)
    title = parameter.title[0] if is_chinese() else parameter.title[1]
    return Least(length, length_words(length.days, length.unit), title, key, value)


def rolls_on(place: str, on: date) -> tuple[bool, Value | None]:
    """Say whether a period that ends on a day off runs on, with the value that says so."""
    try:
        value = rulebook.lookup(ROLLS, place, on)
    except NotFound:
        return False, None
    return value.flag, value


def last_day(first: date, days: int, unit: str, place: str) -> DueDate:
    """Return the last day of a period, counted with the calendar as it is known."""
    rolls, _value = rolls_on(place, first)
    length = Length(days, Unit(unit))
    return periods.last_day(first, length, calendar=rulebook.calendar(), rolls=rolls)


def is_long_enough(first: date, days: int, unit: str, least: Least | None, place: str) -> bool:
    """Say whether a period is as long as it must be at least."""
    rolls, _value = rolls_on(place, first)
    needed = None if least is None else least.length
    return periods.is_long_enough(
        first, Length(days, Unit(unit)), needed, calendar=rulebook.calendar(), rolls=rolls
    )


def law_of(category: str, place: str, on: date) -> Snapshot:
    """Return what the rulebook said on the day, for the notice to keep."""
    least, (_flag, rolls) = least_of(category, place, on), rolls_on(place, on)
    values = [value for value in (least.value if least else None, rolls) if value is not None]
    return rulebook.freeze(*values)


def phase_of(posting: Posting, on: date) -> Phase:
    """Return where a notice stands on a day."""
    waiting = posting.open.state if posting.open else ""
    return periods.phase_of(posting.state, waiting, posting.first_day, posting.last_day, on)


def findings_of(text: Text) -> list[Finding]:
    """Return what in the words of a notice may be about a person."""
    texts = {
        "title": text.title, "body": text.body, "basis": text.basis,
        "contact": text.contact, "objection": text.objection,
    }  # fmt: skip
    return look(texts, phones_fit=PHONES_FIT)
