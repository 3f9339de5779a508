"""What a category asks besides words and place: the questions of its own form, if the city made one.

The form of the category street_lamp is called report-street-lamp. It is the city's, published and
meant for residents. Left out is what the words of a report cannot carry: papers, tables, points,
places, and what is sealed or names people.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from linli.cases.queries.categories import codes_of_ids
from linli.formkit import queries as formkit
from linli.formkit.types import Field, Kind, Page, Reading, Section, Spec, Words
from linli.kernel.errors import Invalid, NotFound
from linli.kernel.paths import CITY_PATH
from linli.kernel.permits import NOBODY

if TYPE_CHECKING:
    from linli.formkit.models import FormVersion

PREFIX = "report-"
# before the name of a question on a page: a form may ask "where" as the report does
NAME = "answer-"
ASKED = frozenset({
    Kind.TEXT, Kind.LONG, Kind.WHOLE, Kind.DECIMAL, Kind.MONEY, Kind.DATE, Kind.TIME, Kind.YES_NO,
    Kind.CHOICE, Kind.SEVERAL, Kind.NOTE,
})  # fmt: skip
# chosen answers are codes, which rules of routing may look at
CODED = frozenset({Kind.YES_NO, Kind.CHOICE})
MARK = re.compile(r"([a-z0-9-]{1,60})\.([0-9]{1,6})")


@dataclass(frozen=True, slots=True)
class Answered:
    """What was answered: lines for those who read the report, codes for the rules that send it."""

    lines: tuple[str, ...] = ()
    codes: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Asking:
    """The questions of a category on a page; `mark` names the version of the form that they are of.

    `is_seen` if the writer had them before her: only then is anything wrong with her answers.
    """

    category_id: int | None = None
    mark: str = ""
    title: str = ""
    items: tuple[formkit.Item, ...] = ()
    logic: str = ""
    is_seen: bool = False
    faults: tuple[tuple[str, str], ...] = ()
    answered: Answered = Answered()

    def unjudged(self) -> Asking:
        """Return the questions as typed, without what is wrong: the page was sent for its photos."""
        plain = tuple(replace(one, errors=()) for one in self.items)
        return replace(self, items=plain, faults=())


NOTHING = Asking()


def form_of(code: str) -> FormVersion | None:
    """Return the form of a category, or None."""
    try:
        return _of_city(formkit.get_published(NOBODY, PREFIX + _slug(code)))
    except NotFound:
        return None


def questions_of(version: FormVersion) -> list[Field]:
    """Return the questions of a form that a report can carry, in their order."""
    spec = formkit.spec_of(version)
    keys = [key for page in spec.pages for key in page.items]
    return [one for key in keys if (one := spec.fields[key]).kind in ASKED and not one.sealed]


def asking_of(
    category_id: int | None, typed: Mapping[str, Sequence[str]], mark: str, *, today: date
) -> Asking:
    """Return what a category asks, with what was typed on its page and what is wrong with it.

    `mark` says which questions the writer saw: she answers those, also if the form changed since.
    """
    version, is_seen = _version(category_id, mark)
    asked = questions_of(version) if version else []
    if version is None or not asked:
        return NOTHING
    mine = {one.key: typed[name] for one in asked if (name := NAME + one.key) in typed}
    reading = read(version, mine, today=today)
    spec, language = formkit.spec_of(version), get_language() or "zh-hans"
    told = reading if is_seen else replace(reading, faults={})
    page = Page("questions", Words(), (Section(Words(), tuple(one.key for one in asked)),))
    alone = replace(spec, pages=(page,))
    drawn = formkit.draw(alone, page, told, today=today, language=language)
    return Asking(
        category_id, _mark(version), spec.title.told(language),
        tuple(replace(one, name=NAME + one.name) for _title, items in drawn.sections for one in items),
        drawn.logic, is_seen,
        tuple((at.replace("id_", f"id_{NAME}", 1), words) for at, words in drawn.faults),
        Answered() if told.faults else answered(version, reading),
    )  # fmt: skip


def answers_given(
    category_id: int | None, given: Mapping[str, Sequence[str]], version: int | None, *, today: date
) -> Answered:
    """Return answers that a program sends by the key of their question; `version` is of the form.

    Refuses with Invalid beside answers.<key>: what is needed, unreadable, or asked by no form.
    """
    code = codes_of_ids({category_id}).get(category_id) if category_id else None
    mark = f"{_slug(code)}.{version}" if code and version else ""
    found, _seen = _version(category_id, mark)
    asked = {one.key: one for one in questions_of(found)} if found else {}
    faults = {
        f"answers.{key}": [_("The form of this category asks nothing of this name.")]
        for key in given.keys() - {key for key, one in asked.items() if one.kind is not Kind.NOTE}
    }
    reading = read(found, given, today=today) if found else None
    for path, wrong in reading.faults.items() if reading else ():
        faults[f"answers.{path}"] = [formkit.told_fault(wrong[0], asked.get(path))]
    if faults:
        raise Invalid(faults)
    return answered(found, reading) if found and reading else Answered()


def read(version: FormVersion, given: Mapping[str, Sequence[str]], *, today: date) -> Reading:
    """Return what was answered to the questions of a form, by their keys."""
    asked = {one.key for one in questions_of(version) if one.kind is not Kind.NOTE}
    typed = {key: list(values) for key, values in given.items() if key in asked and any(values)}
    return formkit.read_answers(version, typed, {}, today=today, only=asked)


def answered(version: FormVersion, reading: Reading) -> Answered:
    """Return answers without fault as lines and codes."""
    asked = {one.key: one for one in questions_of(version) if one.kind is not Kind.NOTE}
    values = {
        key: value for key, value in reading.values.items() if key in asked and key in reading.shown
    }
    spec: Spec = formkit.spec_of(version)
    lines = tuple(f"{told.label}：{told.text}" for told in formkit.summary(spec, values, "zh-hans"))
    codes = {key: _code(values[key]) for key in values if asked[key].kind in CODED}
    return Answered(lines, codes)


def _code(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _slug(code: str) -> str:
    return code.replace("_", "-")


def _mark(version: FormVersion) -> str:
    return f"{version.form.key.removeprefix(PREFIX)}.{version.number}"


def _of_city(version: FormVersion) -> FormVersion | None:
    return version if version.form.place == CITY_PATH else None


def _version(category_id: int | None, mark: str) -> tuple[FormVersion | None, bool]:
    """Return the form that is asked of a category, and whether the mark says that it was seen."""
    code = codes_of_ids({category_id}).get(category_id) if category_id else None
    if code is None:
        return None, False
    told = MARK.fullmatch(mark)
    if told and told[1] == _slug(code):
        try:
            seen = formkit.get_version(NOBODY, PREFIX + told[1], int(told[2]))
        except NotFound:
            seen = None
        if seen is not None and (mine := _of_city(seen)):
            return mine, True
    return form_of(code), False
