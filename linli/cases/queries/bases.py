"""What a refusal can stand on: grounds of the rulebook that are meant for the move, with their source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from linli.cases.errors import Missing
from linli.cases.rules.grounds import is_ground, names_a_rule
from linli.cases.types.acting import Typed
from linli.cases.types.kinds import CaseMove
from linli.rulebook import queries as rulebook
from linli.rulebook.types import Certainty, Words
from linli.ui.formats import is_chinese

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
    return "; ".join(filter(None, (known.get(key, ""), said)))


def with_basis(move: CaseMove[Any], typed: Typed, on: date) -> Typed:
    """Return what was typed with its basis as it is kept. Refuses as `checked_basis`."""
    rule = checked_basis(move, typed.text("basis_key"), typed.text("basis"), on)
    return replace(typed, values={**typed.values, "basis": rule})


def told_basis(kept: str, key: str, on: date) -> str:
    """Return a kept basis in the reader's language, as far as it is a ground of the rulebook."""
    words = dict(_grounds(on)).get(key)
    for one in words or ():
        if words and kept.startswith(one):
            return words[_side()] + kept.removeprefix(one)
    return kept


def _grounds(on: date) -> Iterator[tuple[str, Words]]:
    for row in rulebook.rows(rulebook.Asked(group=GROUP), on):
        if row.value is not None and row.value.value is True:
            title, source = row.parameter.title, row.value.source
            is_unsure = row.value.certainty is not Certainty.SURE
            zh, en = UNSURE if is_unsure else ("", "")
            yield row.key, (f"{title[0]}（{source[0]}{zh}）", f"{title[1]} ({source[1]}{en})")


def _side() -> int:
    return 0 if is_chinese() else 1
