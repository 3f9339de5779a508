"""The questions of a category's form as the standard carries them: attributes, and their answers.

What is sealed, hangs on something sealed or is a table is not asked there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from linli.cases.queries import questions
from linli.cases.queries.questions import Answered, spoken_of
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
    Kind.SEVERAL: "multivaluelist", Kind.NOTE: "string",
}  # fmt: skip


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
        for one in spoken_of(version)
    ]


def _values(one: Field, language: str) -> Sequence[tuple[str, Any]]:
    if one.kind is Kind.YES_NO:
        return (("yes", _("Yes")), ("no", _("No")))
    return [(option.value, option.words.told(language)) for option in one.options]


def answered(version: FormVersion, given: Mapping[str, Sequence[str]], *, today: date) -> Answered:
    """Return what was answered to the questions of a form. Refuses with NotGiven, Unreadable."""
    asked = {one.key: one for one in spoken_of(version)}
    reading = questions.read(version, given, today=today, asked=spoken_of(version))
    for path, faults in reading.faults.items():
        name = f"attribute[{path}]"
        if path not in reading.typed:
            raise NotGiven(name=name)
        raise Unreadable(name=name, why=formkit.told_fault(faults[0], asked.get(path)))
    return questions.answered(version, reading)
