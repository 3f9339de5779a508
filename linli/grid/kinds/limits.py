"""The term of an event that is filed as a sub-class: its own, by the level of the area (GR-01)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.cases.queries.ground import clock_of_matter
from linli.cases.types import CaseMove, ClockDef
from linli.cases.types.moves import Held, Wish
from linli.cases.types.shapes import NAMED_BY, Limit
from linli.grid.queries.subclasses import find_line, table
from linli.grid.types.subclasses import AREA, AREAS, SUBCLASS, SubClass
from linli.kernel.errors import Invalid
from linli.rulebook import queries as rulebook


def with_term(dispose: ClockDef, held: Held, move: CaseMove[Any], wish: Wish) -> Wish:
    """Let the disposal run by the sub-class as which an event is filed. Refuses with Invalid."""
    key = wish.given.facts.get(SUBCLASS)
    if move.name != "file" or not key:
        return wish
    assert wish.at is not None, "the engine says when"
    matter, area = str(held.standing.columns.get("matter", "")), wish.given.facts.get(AREA)
    line = find_line(str(key), localdate(wish.at), matter)
    if line is None:
        raise Invalid({SUBCLASS: [_("Choose a sub-class of this matter.")]})
    if area not in AREAS:
        raise Invalid({AREA: [_("Choose the level of the area.")]})
    clock = clock_of_matter(
        dispose,
        _limit(dispose, line, str(area), held, wish),
        since=wish.at,
        cycle=held.standing.cycle,
        known=held.standing.clock(dispose.key),
    )
    law = {name: value for name, value in clock.law.items() if name != NAMED_BY}
    clocks = (*wish.given.clocks, replace(clock, law=law))
    return replace(wish, given=replace(wish.given, clocks=clocks))


def _limit(dispose: ClockDef, line: SubClass, area: str, held: Held, wish: Wish) -> Limit:
    """Return its term; what the place itself promises for the matter goes before if it is shorter."""
    assert wish.at is not None, "the engine says when"
    on, usual = localdate(wish.at), line.limits[area]
    key = dict(dispose.terms).get(line.matter, dispose.term)
    here, anywhere = rulebook.lookup(key, held.path, on), rulebook.lookup(key, "", on)
    is_own = here.unit == line.unit and here.number < anywhere.number
    promised = min(usual, here.number) if is_own else usual
    return Limit(promised, usual, line.unit, line.key, table().is_sure)
