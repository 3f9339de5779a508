"""The questions of a category's form as the standard carries them: attributes, and their answers.

What is sealed, hangs on something sealed or is a table is not asked there; the standard has no type for
files either: of photos that a form wants it is told that they come as media. What a form computes stands in
no words of such a report, since not all that it is computed of was asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from linli.cases.queries import questions
from linli.cases.queries.questions import questions_of, spoken_of
from linli.cases.types.filing import Answered
from linli.exchange.errors import NotGiven, Unreadable
from linli.exchange.types import Attribute
from linli.formkit import queries as formkit
from linli.formkit.types import Field, Kind

if TYPE_CHECKING:
    from linli.formkit.models import FormVersion

TYPES = {
    Kind.TEXT: "string", Kind.LONG: "text", Kind.WHOLE: "number", Kind.DECIMAL: "number",
    Kind.MONEY: "number", Kind.DATE: "datetime", Kind.TIME: "string",
    Kind.YES_NO: "singlevaluelist", Kind.CHOICE: "singlevaluelist",
    Kind.SEVERAL: "multivaluelist", Kind.NOTE: "string", Kind.PLACE: "singlevaluelist",
    Kind.POINT: "string", Kind.PHOTOS: "string",
}  # fmt: skip

HINTS = {
    Kind.POINT: gettext_lazy("Longitude and latitude in degrees (WGS-84), like 113.751,23.041"),
    Kind.PHOTOS: gettext_lazy("Send the photos along as media."),
}


def attributes_of(version: FormVersion) -> list[Attribute]:
    """Return the questions of a form as attributes. What is asked only sometimes is not required."""
    language = get_language() or "zh-hans"
    spec = formkit.spec_of(version)
    spoken, sealed = {one.key for one in spoken_of(version)}, formkit.sealed_keys(spec)
    return [
        _attribute(one, language, is_asked=one.key in spoken and one.kind is not Kind.NOTE)
        for one in questions_of(version)
        if one.key in spoken or (one.kind is Kind.PHOTOS and one.key not in sealed)
    ]


def _attribute(one: Field, language: str, *, is_asked: bool) -> Attribute:
    hints = (one.help.told(language), one.unit.told(language), HINTS.get(one.kind, ""))
    return Attribute(
        one.key,
        one.label.told(language),
        TYPES[one.kind],
        " ".join(str(hint) for hint in hints if hint),
        variable=is_asked,
        required=is_asked and one.required and one.show is None,
        values=_values(one, language),
    )


def _values(one: Field, language: str) -> Sequence[tuple[str, Any]]:
    if one.kind is Kind.YES_NO:
        return (("yes", _("Yes")), ("no", _("No")))
    if one.kind is Kind.PLACE:
        return formkit.places_under(one.root)
    return [(option.value, option.words.told(language)) for option in one.options]


def answered(version: FormVersion, given: Mapping[str, Sequence[str]], *, today: date) -> Answered:
    """Return what was answered to the questions of a form. Refuses with NotGiven, Unreadable."""
    spoken = spoken_of(version)
    asked = {one.key: one for one in spoken}
    reading = questions.read(version, given, today=today, asked=spoken)
    for path, faults in reading.faults.items():
        name = f"attribute[{path}]"
        if path not in reading.typed:
            raise NotGiven(name=name)
        raise Unreadable(name=name, why=formkit.told_fault(faults[0], asked.get(path)))
    return questions.answered(version, reading, asked=spoken)
