"""Who may take part, who has a place and who moves up. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Waiting:
    """An enrolment that waits, and how many people it is for."""

    id: int
    people: int


def age_fault(born: int | None, year: int, least: int | None, most: int | None) -> str:
    """Return why somebody of a year of birth cannot take part: missing, impossible, young, old, or nothing.

    The age is the one reached in the year of the event, so that nobody tells a birthday.
    """
    if least is None and most is None:
        return ""
    if born is None:
        return "missing"
    age = year - born
    if not 0 <= age <= 120:
        return "impossible"
    if least is not None and age < least:
        return "young"
    return "old" if most is not None and age > most else ""


def is_named_twice(people: Sequence[tuple[str, int | None]]) -> bool:
    """Say whether two of a family have the same name and year of birth: one person takes one place."""
    told = [("".join(name.split()).casefold(), born) for name, born in people]
    return len(set(told)) < len(told)


def needs_guardian(
    born: Sequence[int | None], has_child: bool | None, year: int, guarded: int
) -> bool | None:
    """Say whether somebody who cares for a child must agree in a year; None as long as nobody can know.

    Birthdays are not told: whoever reaches the age in this year may still be below it (PIPL art. 31). Where
    a year of birth is missing, the family says whether a child is among it.
    """
    if has_child or any(one is not None and year - one <= guarded for one in born):
        return True
    return None if has_child is None and None in born else False


def may_be_guarded(least: int | None, event_year: int, year: int, guarded: int) -> bool:
    """Say whether the age of an event lets in somebody who may be below the guarded age in a year."""
    return least is None or least - (event_year - year) <= guarded


def has_room(taken: int, people: int, places: int) -> bool:
    """Say whether so many more people find places; a family is not parted."""
    return taken + people <= places


def moves_up(waiting: Sequence[Waiting], free: int) -> list[int]:
    """Return who gets places that fell free, in the order in which they came.

    A family that needs more than is free keeps its turn, and who comes after it does not pass it: else
    large families would wait for ever.
    """
    up = []
    for one in waiting:
        if one.people > free:
            break
        up.append(one.id)
        free -= one.people
    return up


def fitting(waiting: Sequence[Waiting], places: int) -> list[Waiting]:
    """Return who waits and can ever get places: a family larger than the event holds up nobody."""
    return [one for one in waiting if one.people <= places]


def rate_of(grades: Sequence[int]) -> tuple[int, int]:
    """Return how many of the grades are good (4 and 5), and how many there are."""
    return sum(grade >= 4 for grade in grades), len(grades)


def joined(people: int, who: int, more: int) -> tuple[int, int]:
    """Return how many of a family are in, and who, once a door saw some of it; each counts once.

    `who` and `more` have a bit for each of the family. Somebody counted without a name stays counted,
    as one of those who are named later: doors in any order, or twice, come to the same.
    """
    who |= more
    return max(people, who.bit_count()), who


def came_each_time(times: Sequence[tuple[int, int]]) -> int:
    """Return how many of a family came every time, from (how many, who by bits) of each of its times.

    Where all who came were named, only those who were there each time count.
    """
    if not times:
        return 0
    least = min(people for people, _who in times)
    named = [who for people, who in times if who.bit_count() == people]
    same = (1 << least) - 1 if not named else -1
    for who in named:
        same &= who
    return min(least, same.bit_count())


def bits_of(who: Collection[int], people: int) -> int | None:
    """Return places in a family as bits, all of it if none is named; None where there is no such place."""
    if not who:
        return (1 << people) - 1
    if any(not 0 <= one < people for one in who):
        return None
    return sum(1 << one for one in set(who))


@dataclass(slots=True)
class Shift:
    """How times of an event become others: by id from and to where, which fall out, which are new."""

    moved: dict[int, tuple[Span, Span]] = field(default_factory=dict)
    dropped: list[int] = field(default_factory=list)
    added: list[Span] = field(default_factory=list)


def shift_of(old: Mapping[int, Span], wanted: Sequence[tuple[int | None, Span]]) -> Shift:
    """Return what becomes of times by id, if these are wanted; one that is not named falls out."""
    named = {number: span for number, span in wanted if number is not None}
    return Shift(
        moved={n: (old[n], span) for n, span in sorted(named.items()) if span != old[n]},
        dropped=[n for n in old if n not in named],
        added=sorted(span for number, span in wanted if number is None),
    )


def fault_of_spans(spans: Sequence[Span], most: int) -> str:
    """Return what is wrong with the times of an event: their number, an order, an overlap, or nothing."""
    ordered = sorted(spans)
    if not 1 <= len(ordered) <= most:
        return "number"
    if any(end <= start for start, end in ordered):
        return "order"
    following = zip(ordered, ordered[1:], strict=False)
    return "overlap" if any(later[0] < earlier[1] for earlier, later in following) else ""
