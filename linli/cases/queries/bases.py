"""What a refusal can stand on: grounds of the rulebook that are meant for the move, with their source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from linli.cases.errors import Missing
from linli.cases.rules.asking import given_of
from linli.cases.rules.grounds import is_ground, names_a_rule
from linli.cases.types.acting import Typed
from linli.cases.types.kinds import Ask, CaseMove
from linli.cases.types.moves import Given
from linli.rulebook import queries as rulebook
from linli.rulebook.types import Certainty, Value, Words
from linli.ui.formats import is_chinese, statements

MOST = 300
GROUP = "refusals"
UNSURE: Words = ("，待确认", ", to be confirmed")


def bases_of(move: CaseMove[Any], on: date) -> list[tuple[str, str]]:
    """Return (key, ground with its source) of what a move may stand on by a day."""
    return [(key, words[_side()]) for key, words in _grounds(on) if is_ground(key, move.grounds)]


def checked_basis(move: CaseMove[Any], key: str, typed: str, on: date) -> str:
    """Return the basis as it is kept and told: the chosen ground, what was typed, or both.

    Refuses with Missing on `basis_key` for what cannot found this move, on `basis` for words that
    name no rule.
    """
    known, said = dict(bases_of(move, on)), " ".join(typed.split())
    if key and key not in known:
        raise Missing({"basis_key": [_("This decision cannot stand on that. Choose another.")]})
    if said and not (names_a_rule(said) and len(said) <= MOST):
        words = _("Name document and article, such as 《Regulation on petition work》, art. 19.")
        raise Missing({"basis": [words]})
    if not key and not said:
        raise Missing({"basis_key": [_("Name the rule on which this stands.")]})
    return statements(filter(None, (known.get(key, ""), said)))


def given_with(move: CaseMove[Any], typed: Typed, on: date, files: tuple[str, ...] = ()) -> Given:
    """Return what comes with a move from what was typed, its basis as it is kept.

    Refuses as `checked_basis`.
    """
    if Ask.BASIS in move.asks:
        rule = checked_basis(move, typed.text("basis_key"), typed.text("basis"), on)
        typed = replace(typed, values={**typed.values, "basis": rule})
    return given_of(move.asks, typed, files)


def told_basis(said: Mapping[str, Any] | None, facts: Mapping[str, Any], on: date) -> str:
    """Return the basis of a step in the reader's language, as far as it is a ground of the rulebook.

    `said` is what the step told the reporter, `on` the day of the step.
    """
    kept = str((said or {}).get("basis", ""))
    words = _ground_of(str(facts.get("basis", "")), on) if kept else None
    for one in words or ():
        if words and kept.startswith(one):
            return words[_side()] + kept.removeprefix(one)
    return kept


def _grounds(on: date) -> Iterator[tuple[str, Words]]:
    for row in rulebook.rows(rulebook.Asked(group=GROUP), on):
        if row.value is not None and row.value.value is True:
            yield row.key, _words(row.parameter.title, row.value)


def _ground_of(key: str, on: date) -> Words | None:
    """One ground, which is looked up without the others; None for words that somebody typed."""
    try:
        parameter, value = rulebook.get_parameter(key), rulebook.lookup(key, "", on)
    except (rulebook.UnknownParameter, rulebook.NotInForce):
        return None
    is_ground_then = parameter.group == GROUP and value.value is True
    return _words(parameter.title, value) if is_ground_then else None


def _words(title: Words, value: Value) -> Words:
    zh, en = ("", "") if value.certainty is Certainty.SURE else UNSURE
    return f"{title[0]}（{value.source[0]}{zh}）", f"{title[1]} ({value.source[1]}{en})"


def _side() -> int:
    return 0 if is_chinese() else 1
