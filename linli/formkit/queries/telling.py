"""Answers and conditions in words, as people read them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from linli.formkit.queries.answering import places_under
from linli.formkit.queries.words import amount_words
from linli.formkit.rules.amounts import day_of
from linli.formkit.rules.typing_back import decimal_text
from linli.formkit.types import NUMBERS, PERSONAL_KINDS, Condition, Field, Kind, Spec
from linli.kernel import dates
from linli.ui import formats, masks

# what stands where nothing was answered
NO_ANSWER = "—"
YES_WORD, NO_WORD = gettext_lazy("Yes"), gettext_lazy("No")
WAYS = {
    "drawn": gettext_lazy("Signed on the screen"),
    "photo": gettext_lazy("Photo of the signature"),
    "paper": gettext_lazy("Signs on paper"),
}
COMPARES = {
    "is": pgettext_lazy("condition", "“%(field)s” is “%(value)s”"),
    "is_not": pgettext_lazy("condition", "“%(field)s” is not “%(value)s”"),
    "in": pgettext_lazy("condition", "“%(field)s” is one of %(value)s"),
    "at_least": pgettext_lazy("condition", "“%(field)s” is at least %(value)s"),
    "at_most": pgettext_lazy("condition", "“%(field)s” is at most %(value)s"),
    "filled": pgettext_lazy("condition", "“%(field)s” is filled in"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One answer in words; `rows` are those of a table, under `heads`."""

    path: str
    label: str
    text: str
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def condition_words(spec: Spec, condition: Condition | None, language: str) -> str:
    """Return a condition in words, nothing for none."""
    if condition is None:
        return ""
    parts = [condition_words(spec, one, language) for one in condition.of]
    if condition.op == "not":
        return _("not: %(what)s") % {"what": parts[0]}
    if parts:
        between = _(" and ") if condition.op == "all" else _(" or ")
        return between.join(parts)
    one = spec.find(condition.field)
    if one is None:
        return ""
    values = condition.value if condition.op == "in" else (condition.value,)
    quoted = formats.listed(told_value(one, value, language) for value in values)
    return str(COMPARES[condition.op]) % {
        "field": one.label.told(language).rstrip("?？"),
        "value": quoted,
    }


def day_echo(one: Field, typed: str) -> str:
    """Return a day as it was understood, with its weekday; nothing while it cannot be read."""
    if one.kind is not Kind.DATE or not typed.strip():
        return ""
    try:
        return formats.day(dates.parse(typed, today=localdate(), lean=dates.Lean(one.lean)))
    except dates.NotADate:
        return ""


def told_value(one: Field, value: Any, language: str) -> str:
    """Return an answer as people read it; a number that names somebody is masked by who shows it."""
    if value is None or value == "":
        return NO_ANSWER
    if one.kind in NUMBERS or one.kind is Kind.COMPUTED:
        return amount_words(one, value) if isinstance(value, int) else str(value)
    if one.kind is Kind.YES_NO:
        return str(YES_WORD if value is True else NO_WORD)
    if one.kind in (Kind.CHOICE, Kind.SEVERAL):
        words = {option.value: option.words.told(language) for option in one.options}
        values = value if isinstance(value, (list, tuple)) else [value]
        return formats.listed(words.get(each, str(each)) for each in values)
    if one.kind is Kind.DATE:
        day = day_of(value)
        return formats.day(day) if isinstance(day, date) else str(value)
    return _other(one, value)


def _other(one: Field, value: Any) -> str:
    if one.kind is Kind.PHONE:
        return str(value).removeprefix("+86")
    if one.kind is Kind.PLACE:
        return dict(places_under(one.root)).get(value, str(value)) if one.root else str(value)
    if one.kind is Kind.POINT and isinstance(value, Mapping):
        return ", ".join(decimal_text(int(value[axis]), 6) for axis in ("lon", "lat"))
    if one.kind is Kind.SIGNATURE and isinstance(value, Mapping):
        return str(WAYS.get(value.get("way", ""), ""))
    if one.kind in (Kind.PHOTOS, Kind.FILES):
        return ngettext("%(num)s file", "%(num)s files", len(value)) % {"num": len(value)}
    return str(value)


def masked(one: Field, value: Any, language: str) -> str:
    """Return an answer with the middle of what names a person left out."""
    if one.kind is Kind.IDENTITY:
        return str(masks.mask_id(value))
    if one.kind is Kind.PHONE:
        return str(masks.mask_phone(value))
    return told_value(one, value, language)


def summary(
    spec: Spec, values: Mapping[str, Any], language: str, *, whole: bool = False
) -> list[Told]:
    """Return what was answered, question by question, in the order of the pages.

    `whole`: numbers that name somebody too, for whoever opened them with a reason.
    """
    told = []
    for page in spec.pages:
        for key in page.items:
            one = spec.fields.get(key)
            if one is None or one.kind is Kind.NOTE or key not in values:
                continue
            label = one.label.told(language)
            if one.kind is Kind.TABLE:
                told.append(_table(one, label, values[key], language, whole=whole))
            else:
                show = masked if one.kind in PERSONAL_KINDS and not whole else told_value
                told.append(Told(key, label, show(one, values[key], language)))
    return told


def pages_of_answers(spec: Spec) -> dict[str, str]:
    """Return on which page each question stands, to lead back to it."""
    return {
        key: page.key
        for page in spec.pages
        for key in page.items
        if key in spec.fields and spec.fields[key].kind is not Kind.COMPUTED
    }


def _table(one: Field, label: str, rows: Any, language: str, *, whole: bool) -> Told:
    show = told_value if whole else masked
    heads = tuple(column.label.told(language) for column in one.columns)
    body = tuple(
        tuple(show(column, row.get(column.key), language) if row.get(column.key) is not None else NO_ANSWER for column in one.columns)
        for row in rows
    )  # fmt: skip
    return Told(one.key, label, "", heads, body)
