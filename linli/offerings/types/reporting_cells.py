"""What a column of an office's sheet takes where no register fills it, and how that is said."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from linli.ui.formats import clauses, listed

MOST_CHOICES, MOST_CHOICE, MOST_WORDS = 200, 80, 250
LAST_LATIN = 0x24F


class Kind(StrEnum):
    """What may stand in a cell. `text` has bounds on how many signs, `choice` is one of a list."""

    ANY = "any"
    WHOLE = "whole"
    NUMBER = "number"
    PERCENT = "percent"
    DATE = "date"
    PHONE = "phone"
    TEXT = "text"
    CHOICE = "choice"


class AskedBy(StrEnum):
    """Where a rule is from: the check that the office put on the cell, its number format, the heading, the clerk."""

    CHECK = "check"
    FORMAT = "format"
    HEADING = "heading"
    OFFICE = "office"


Bounds = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class CellRule:
    """What a cell takes.

    `bounds` are (ge, le, gt, lt, eq or ne; a number, or a day as 2026-11-24) that all hold; for `text`
    they count signs. `unit` is what the heading counts in. `prompt` and `error` are the office's own words.
    """

    kind: Kind = Kind.ANY
    bounds: Bounds = ()
    choices: tuple[str, ...] = ()
    unit: str = ""
    prompt: str = ""
    error: str = ""
    by: str = ""

    @property
    def is_free(self) -> bool:
        """Whether anything may stand there."""
        return self.kind is Kind.ANY


@dataclass(frozen=True, slots=True)
class Check:
    """A data validation of a sheet as its file has it; `choices` are those of a list, as far as they can be read."""

    kind: str
    operator: str = "between"
    first: str = ""
    second: str = ""
    choices: tuple[str, ...] = ()
    prompt: str = ""
    error: str = ""


# what a clerk may choose; the others come from the sheet alone
CHOSEN = (Kind.ANY, Kind.WHOLE, Kind.NUMBER, Kind.PERCENT, Kind.DATE, Kind.PHONE)
KIND_TITLES: dict[Kind, Any] = {
    Kind.ANY: pgettext_lazy("cell", "Anything"),
    Kind.WHOLE: pgettext_lazy("cell", "a whole number"),
    Kind.NUMBER: pgettext_lazy("cell", "a number"),
    Kind.PERCENT: pgettext_lazy("cell", "a percentage"),
    Kind.DATE: pgettext_lazy("cell", "a date"),
    Kind.PHONE: pgettext_lazy("cell", "a telephone number"),
    Kind.TEXT: pgettext_lazy("cell", "words"),
    Kind.CHOICE: pgettext_lazy("cell", "one of a list"),
}
BOUND_WORDS: dict[str, Any] = {
    "ge": gettext_lazy("at least %(value)s"),
    "le": gettext_lazy("at most %(value)s"),
    "gt": gettext_lazy("more than %(value)s"),
    "lt": gettext_lazy("less than %(value)s"),
    "eq": gettext_lazy("exactly %(value)s"),
    "ne": gettext_lazy("not %(value)s"),
}
FAULTS: dict[str, Any] = {
    Kind.WHOLE: gettext_lazy("Write a whole number in figures, for example 12; 0 if there is none."),
    Kind.NUMBER: gettext_lazy("Write a number in figures, for example 12 or 3.5; 0 if there is none."),
    Kind.PERCENT: gettext_lazy("Write a percentage in figures, for example 85."),
    Kind.DATE: gettext_lazy("Write a date, for example 2026-11-24."),
    Kind.PHONE: gettext_lazy("Write a telephone number; one that is no mobile with its area code."),
    Kind.CHOICE: gettext_lazy("Write one of these: %(what)s."),
    "bounds": gettext_lazy("This does not fit; asked is: %(what)s."),
}  # fmt: skip


def rule_words(rule: CellRule) -> str:
    """Return what a cell takes in the words of the reader, nothing if it takes anything."""
    if rule.is_free:
        return ""
    if rule.kind is Kind.CHOICE:
        return listed(rule.choices)
    limits = [str(BOUND_WORDS[sign]) % {"value": value} for sign, value in rule.bounds]
    if rule.kind is Kind.TEXT:
        return _("number of characters: %(limits)s") % {"limits": clauses(limits)}
    return clauses([KIND_TITLES[rule.kind], *limits])


def fault_words(rule: CellRule, code: str) -> str:
    """Return what is wrong with a cell, in the office's own words if its sheet has any."""
    told = _ended(rule.error) or str(FAULTS[code]) % {"what": rule_words(rule)}
    return _("%(told)s If it is meant so, say why below.") % {"told": told}


def _ended(words: str) -> str:
    """Return an office's own words as a sentence, so that ours may follow."""
    if not words or words[-1] in "。.!！?？;；":
        return words
    return words + ("。" if max(map(ord, words)) > LAST_LATIN else ".")


def as_chosen(rule: CellRule, kind: Kind) -> CellRule:
    """Return the rule that a clerk chose for a column; the sheet's own stays if it is of that kind."""
    if kind is rule.kind:
        return rule
    bounds: Bounds = (("ge", "0"),) if kind in (Kind.WHOLE, Kind.NUMBER) else ()
    return replace(CellRule(), kind=kind, bounds=bounds, unit=rule.unit, prompt=rule.prompt, by=AskedBy.OFFICE)  # fmt: skip
