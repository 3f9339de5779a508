"""What an entry of a phone says, in words, for whoever decides about it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linli.cases.queries.kinds import newest_kind
from linli.grid.models import HazardCheck, Stop, StormHome
from linli.grid.queries.checklists import WORDS
from linli.grid.queries.subclasses import area_titles, table, told
from linli.grid.rules.checklists import failed
from linli.grid.types import EVENT, HAZARD_TITLES, MATTER_TITLES, OUTCOME_TITLES
from linli.grid.types.replay import Act, Entry
from linli.grid.types.storms import HOME_MOVES, TYPED_TITLES
from linli.grid.types.subclasses import AREA, SUBCLASS
from linli.ui.formats import listed


def lines_of(entry: Entry) -> list[tuple[str, str]]:
    """Return what was typed and chosen, each with what it is; nothing that was left out."""
    return [(name, text) for name, text in _lines(entry) if text]


def _lines(entry: Entry) -> Iterator[tuple[str, str]]:
    said = entry.said
    yield _("Step"), _step(entry)
    yield _("Filed as sub-class"), _subclass(said.get(SUBCLASS))
    yield _("Level of the area"), _title(area_titles(), said.get(AREA))
    yield _("Place"), _thing(entry)
    yield _("Cell"), str(said.get("cell", "")).rpartition("/")[2]
    yield _("What is it?"), _title(MATTER_TITLES, said.get("matter"))
    yield _("How was it?"), _title(OUTCOME_TITLES, said.get("outcome"))
    yield _("Checklist"), _title(HAZARD_TITLES, said.get("hazard"))
    yield _("What was checked"), str(said.get("title", ""))
    yield _("Not in order"), _bad(said.get("answers"))
    if entry.act == Act.NUMBERS:
        for name, words in TYPED_TITLES.items():
            yield str(words), str(said.get(name, ""))[:20]
    yield _("What was typed"), str(said.get("text") or said.get("note") or "")


def _title(titles: dict[Any, Any], value: Any) -> str:
    return str(titles.get(value, value or "")) if isinstance(value, str) else ""


def _step(entry: Entry) -> str:
    move = str(entry.said.get("move", ""))
    if entry.act == Act.HOME:
        return str(HOME_MOVES.get(move, move))
    if move == "take":
        return _("Take it")
    moves = newest_kind(EVENT).machine.moves
    return str(newest_kind(EVENT).move(move).title) if move in moves else move


def _subclass(key: Any) -> str:
    """Return the title of a sub-class as its newest line has it."""
    known = [one for one in table().lines if one.key == key]
    return told(max(known, key=lambda one: one.since)).title if known else _title({}, key)


def _thing(entry: Entry) -> str:
    """Return the title of the place or check, or what kind of home: no names of people."""
    for name, model in (("stop", Stop), ("check", HazardCheck)):
        value = entry.said.get(name)
        if type(value) is int and 0 < value < 2**53:
            found = model.objects.filter(pk=value).values_list("title", flat=True).first()
            return str(found or "")
    return _home(entry.said.get("home"))


def _home(value: Any) -> str:
    """Return how many people and which shelter: who decides need not know whom."""
    if type(value) is not int or not 0 < value < 2**53:
        return ""
    home = StormHome.objects.filter(pk=value).select_related("shelter").first()
    if home is None:
        return ""
    people = ngettext("%(num)s person", "%(num)s people", home.people) % {"num": home.people}
    return f"{people} → {home.shelter.title}" if home.shelter else people


def _bad(answers: Any) -> str:
    if not isinstance(answers, dict):
        return ""
    lines = failed({str(key): str(value) for key, value in answers.items()})
    return listed(WORDS.get(key, key) for key in sorted(lines))
