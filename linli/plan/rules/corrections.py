"""Which fields a person may correct, and how the words of a correction are read."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation

FORCES = ("require", "strive", "encourage", "explore", "may")
FORCE_WORDS = dict(zip(("要求", "力争", "鼓励", "探索", "可以"), FORCES, strict=True))
OPERATORS = ("", ">=", ">", "<=", "=", "all", "done", "over_or_near", "increase", "decrease")
KINDS = (
    "numeric", "threshold", "milestone", "count", "directional", "checklist", "qualitative", "stage",
)  # fmt: skip
ADDRESSEES = (
    "province", "city", "city_town", "county", "town", "town_village", "village", "group",
)  # fmt: skip
UNITS = (
    "", "percent", "percent of villages", "percent of towns", "percent of communities",
    "percent of units", "percent of before", "members", "persons", "towns", "villages", "communities",
    "organisations", "items", "seats", "platform",
)  # fmt: skip
LONGEST = 200


class NotThat(ValueError):
    """A correction that cannot be read; `code` says why."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def text(words: str) -> str:
    """A name in one line."""
    found = " ".join(words.split())
    if not found or len(found) > LONGEST:
        raise NotThat("empty" if not found else "long")
    return found


def optional_text(words: str) -> str:
    """A name in one line, or nothing."""
    return text(words) if words.strip() else ""


def force(words: str) -> str:
    """A force by its code or by the word of the plan."""
    found = FORCE_WORDS.get(words.strip(), words.strip())
    return _one_of(found, FORCES)


def _one_of(word: str, known: tuple[str, ...]) -> str:
    if word.strip() not in known:
        raise NotThat("unknown_word")
    return word.strip()


def day(words: str) -> date | None:
    """An ISO day, or nothing. People's own ways of writing dates are read by the form."""
    if not words.strip():
        return None
    try:
        return date.fromisoformat(words.strip())
    except ValueError as error:
        raise NotThat("no_date") from error


def amount(words: str) -> Decimal | None:
    """A number, or nothing."""
    if not words.strip():
        return None
    try:
        found = Decimal(words.strip())
    except InvalidOperation as error:
        raise NotThat("no_number") from error
    if not found.is_finite() or abs(found) >= Decimal(10) ** 10:
        raise NotThat("no_number")
    return found


def departments(words: str) -> list[str]:
    """The departments in order, the first one leads."""
    found = list(
        dict.fromkeys(one.strip() for one in re.split(r"[、,，;；\n]+", words) if one.strip())
    )
    if not found or any(len(one) > 80 for one in found):
        raise NotThat("empty" if not found else "long")
    return found


FIELDS: dict[str, dict[str, Callable[[str], object]]] = {
    "task": {"name": text, "name_en": optional_text, "force": force, "departments": departments},
    "target": {
        "name": text,
        "name_en": optional_text,
        "kind": lambda words: _one_of(words, KINDS),
        "operator": lambda words: _one_of(words, OPERATORS),
        "value": amount,
        "unit": lambda words: _one_of(words, UNITS),
        "deadline": day,
        "force": force,
    },
    "measure": {
        "force": force,
        "addressee": lambda words: _one_of(words, ADDRESSEES),
        "deadline": day,
    },
    "stage": {"name": text, "name_en": optional_text, "first_on": day, "last_on": day},
}
DATES = {"deadline", "first_on", "last_on"}


def parsed(kind: str, field: str, words: str) -> object:
    """Return the value that a correction means. Raises NotThat."""
    parse = FIELDS.get(kind, {}).get(field)
    if parse is None:
        raise NotThat("unknown_field")
    return parse(words)


def shown(value: object) -> str:
    """A value as the history of corrections writes it."""
    if value is None:
        return ""
    if isinstance(value, list):
        return "、".join(map(str, value))
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, date) else str(value)
