"""What a category asks besides text and place: the questions of its own form, if the city made one.

The form of the category street_lamp is called report-street-lamp. It is the city's, published and
meant for residents. Questions that the standard has no type for are left out: papers, tables,
points, and numbers that name people.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from linli.exchange.errors import NotGiven, Unreadable
from linli.exchange.types import Attribute
from linli.formkit import queries as formkit
from linli.formkit.types import Field, Kind
from linli.kernel.errors import NotFound
from linli.kernel.paths import CITY_PATH
from linli.kernel.permits import NOBODY

if TYPE_CHECKING:
    from linli.formkit.models import FormVersion

PREFIX = "report-"
TYPES = {
    Kind.TEXT: "string", Kind.LONG: "text", Kind.WHOLE: "number", Kind.DECIMAL: "number",
    Kind.MONEY: "number", Kind.DATE: "datetime", Kind.TIME: "string",
    Kind.YES_NO: "singlevaluelist", Kind.CHOICE: "singlevaluelist",
    Kind.SEVERAL: "multivaluelist", Kind.NOTE: "string",
}  # fmt: skip
# chosen answers are codes, which rules of routing may look at
CODED = frozenset({Kind.YES_NO, Kind.CHOICE})


@dataclass(frozen=True, slots=True)
class Answered:
    """What was answered: lines for those who read the report, codes for the rules that send it."""

    lines: tuple[str, ...] = ()
    codes: Mapping[str, str] | None = None


def form_of(code: str) -> FormVersion | None:
    """Return the form of a category, or None."""
    try:
        found = formkit.get_published(NOBODY, PREFIX + code.replace("_", "-"))
    except NotFound:
        return None
    return found if found.form.place == CITY_PATH else None


def questions_of(version: FormVersion) -> list[Field]:
    """Return the questions of a form that the standard can carry, in their order."""
    spec = formkit.spec_of(version)
    keys = [key for page in spec.pages for key in page.items]
    return [spec.fields[key] for key in keys if spec.fields[key].kind in TYPES]


def attributes_of(version: FormVersion) -> list[Attribute]:
    """Return the questions of a form as attributes. What is asked only sometimes is not required."""
    language = get_language() or "zh-hans"
    return [
        Attribute(
            one.key,
            one.label.told(language),
            TYPES[one.kind],
            " ".join(filter(None, (one.help.told(language), one.unit.told(language)))),
            variable=one.kind is not Kind.NOTE,
            required=one.required and one.show is None and one.kind is not Kind.NOTE,
            values=_values(one, language),
        )
        for one in questions_of(version)
    ]


def _values(one: Field, language: str) -> Sequence[tuple[str, Any]]:
    if one.kind is Kind.YES_NO:
        return (("yes", _("Yes")), ("no", _("No")))
    return [(option.value, option.words.told(language)) for option in one.options]


def answered(version: FormVersion, given: Mapping[str, Sequence[str]], *, today: date) -> Answered:
    """Return what was answered to the questions of a form. Refuses with NotGiven, Unreadable."""
    asked = {one.key: one for one in questions_of(version) if one.kind is not Kind.NOTE}
    typed = {key: list(values) for key, values in given.items() if key in asked and any(values)}
    reading = formkit.read_answers(version, typed, {}, today=today, only=asked)
    for path, faults in reading.faults.items():
        name = f"attribute[{path}]"
        if path not in typed:
            raise NotGiven(name=name)
        raise Unreadable(name=name, why=formkit.told_fault(faults[0], asked.get(path)))
    spec, values = formkit.spec_of(version), _only(reading.values, asked, reading.shown)
    lines = tuple(f"{told.label}：{told.text}" for told in formkit.summary(spec, values, "zh-hans"))
    codes = {key: _code(values[key]) for key in values if asked[key].kind in CODED}
    return Answered(lines, codes)


def _only(
    values: Mapping[str, Any], asked: Mapping[str, Field], shown: frozenset[str]
) -> dict[str, Any]:
    return {key: value for key, value in values.items() if key in asked and key in shown}


def _code(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
