"""Rules that a refusal can stand on: entries of the rulebook about cases, with their source."""

from __future__ import annotations

from datetime import date

from linli.rulebook import queries as rulebook
from linli.ui.formats import is_chinese

# beginnings of keys that say how what residents ask for is dealt with
ABOUT = ("hotline.", "owners.", "petition.", "property.", "report.")


def bases_on(on: date) -> list[tuple[str, str]]:
    """Return (key, rule with its source) of the entries that hold on a day."""
    found: list[tuple[str, str]] = []
    for row in rulebook.rows(rulebook.Asked(), on):
        if row.key.startswith(ABOUT) and row.value is not None:
            found.append((row.key, _words(row)))
    return found


def _words(row: rulebook.Row) -> str:
    place = 0 if is_chinese() else 1
    assert row.value is not None, "only what holds is offered"
    return f"{row.parameter.title[place]}: {row.words[place]} ({row.value.source[place]})"


def basis_words(key: str, on: date) -> str:
    """Return a rule with its source, or nothing for a key that does not hold."""
    return dict(bases_on(on)).get(key, "")
