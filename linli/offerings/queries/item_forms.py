"""The questions of an item's own form: which version, how it is drawn, what was answered.

An item may name a form that the office built; what is filed keeps the number of the version that was
shown, so a form that changed meanwhile changes nothing for whoever is filling it in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localdate
from django.utils.translation import get_language

from linli.formkit import queries as formkit
from linli.formkit.queries.telling import told_value
from linli.formkit.types import Kind, Reading
from linli.kernel.addresses import address_of
from linli.kernel.errors import NotFound
from linli.kernel.permits import NOBODY
from linli.kernel.wholes import whole_number
from linli.offerings.queries.items import offered
from linli.offerings.types.applications import FormAnswers, ItemAsked

if TYPE_CHECKING:
    from linli.formkit.models import FormVersion

# its names stand beside those of the application on one page
PREFIX, NUMBER = "f.", "form_number"
# papers are asked for by the item itself, tables and points need a page of their own
KINDS = frozenset({
    Kind.TEXT, Kind.LONG, Kind.WHOLE, Kind.DECIMAL, Kind.MONEY, Kind.DATE, Kind.TIME, Kind.YES_NO,
    Kind.CHOICE, Kind.SEVERAL, Kind.IDENTITY, Kind.PHONE, Kind.PLACE,
})  # fmt: skip
Given = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A version with its questions as drawn, and what is wrong with the answers by name."""

    number: int
    sections: Sequence[tuple[str, Sequence[Any]]]
    faults: Mapping[str, list[str]]

    @property
    def told(self) -> list[tuple[str, str]]:
        """What is wrong, each with the id of its question, for the head of the page."""
        return [(f"id_{name}", words) for name, found in self.faults.items() for words in found]


def page_asking(key: str) -> str:
    """Return the page of a service that asks a form, or nothing where none does."""
    found = offered(localdate()).filter(content__form=key).order_by("item__key")
    item = found.values_list("item__key", flat=True).first()
    return address_of("offerings:item", item) if item else ""


def version_asked(item: ItemAsked, number: int | None = None) -> FormVersion | None:
    """Return the version of an item's form: the one that was shown, else the one in use; None without."""
    if not item.form:
        return None
    shown = _found(formkit.get_version, item.form, number) if number is not None else None
    return shown or _found(formkit.get_published, item.form)


def _found(get: Callable[..., FormVersion], *which: object) -> FormVersion | None:
    try:
        return get(NOBODY, *which)
    except NotFound:
        return None


def number_in(given: Mapping[str, Any]) -> int | None:
    """Return which version a page had shown, as it came back."""
    return whole_number(str(given.get(NUMBER, "")), least=1)


def typed_in(lists: Mapping[str, Sequence[Any]]) -> dict[str, list[str]]:
    """Return what was typed into the form's questions on a page that has others too."""
    return {
        name.removeprefix(PREFIX): [str(text) for text in texts]
        for name, texts in lists.items()
        if name.startswith(PREFIX)
    }


def _read(version: FormVersion, typed: Given, today: date) -> Reading:
    spec = formkit.spec_of(version)
    asked = [key for key, one in spec.fields.items() if one.kind in KINDS]
    given = {key: texts for key, texts in typed.items() if key in asked}
    return formkit.read_answers(version, given, {}, today=today, only=asked)


def asked_of(version: FormVersion, typed: Given | None, today: date) -> Asked:
    """Return the questions with what was typed; without, nothing is wrong yet."""
    spec, language = formkit.spec_of(version), get_language() or "zh-hans"
    reading = _read(version, typed or {}, today)
    shown = reading if typed is not None else replace(reading, faults={})
    drawn = formkit.draw_all(spec, shown, today=today, language=language)
    sections = [
        (title, [_named(one) for one in items if one.kind in _DRAWN or one.kind == "note"])
        for page in drawn
        for title, items in page.sections
    ]
    return Asked(version.number, sections, _told(version, shown))


_DRAWN = frozenset({
    "text", "long", "whole", "decimal", "money", "date", "time", "choice", "several", "identity",
    "phone", "place",
})  # fmt: skip


def _named(one: Any) -> Any:
    return replace(one, name=f"{PREFIX}{one.name}", leads=False)


def _told(version: FormVersion, reading: Reading) -> dict[str, list[str]]:
    fields = formkit.spec_of(version).fields
    return {
        f"{PREFIX}{path}": [formkit.told_fault(one, fields.get(path)) for one in faults]
        for path, faults in reading.faults.items()
    }


def answered(version: FormVersion, typed: Given, today: date) -> FormAnswers:
    """Return the answers to keep, or what is wrong with them by name of the page's field."""
    reading = _read(version, typed, today)
    faults = _told(version, reading)
    if faults or reading.answers is None:
        return FormAnswers(version.number, faults=faults)
    spec = formkit.spec_of(version)
    wanted = {key for key, one in spec.fields.items() if one.kind in {*KINDS, Kind.COMPUTED}}
    parts = (reading.answers.values, reading.answers.sealed_values)
    kept = [{key: value for key, value in part.items() if key in wanted} for part in parts]
    return FormAnswers(version.number, *kept)


def lines_of(
    item: ItemAsked, number: int | None, values: Mapping[str, Any]
) -> list[tuple[str, str]]:
    """Return (question, answer) in the reader's language; what names people is masked."""
    version = version_asked(item, number) if number is not None else None
    if version is None or not values:
        return []
    told = formkit.summary(formkit.spec_of(version), values, get_language() or "zh-hans")
    return [(one.label, one.text) for one in told]


def opened_lines(
    item: ItemAsked, number: int | None, values: Mapping[str, Any]
) -> list[tuple[str, str]]:
    """Return sealed answers as they were given; whoever shows them has recorded the reading."""
    version = version_asked(item, number) if values else None
    if version is None:
        return []
    fields, language = formkit.spec_of(version).fields, get_language() or "zh-hans"
    return [
        (fields[key].label.told(language), told_value(fields[key], value, language))
        for key, value in values.items()
        if key in fields
    ]
