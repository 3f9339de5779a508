"""What a category asks besides words and place: the questions of its own form, if the city made one.

The form of the category street_lamp is called report-street-lamp. It is the city's, published and
meant for residents. Papers, points and places are left out. Answers stand in the words of the report,
rows of a table too; those under seal, and all that hangs on them, are kept apart and are no codes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from linli.cases.queries.categories import codes_of_ids, ids_of_codes
from linli.cases.types.filing import SealedAnswers
from linli.formkit import queries as formkit
from linli.formkit.queries import NO_ANSWER
from linli.formkit.types import PERSONAL_KINDS, Field, Kind, Reading, Spec
from linli.kernel.errors import NotFound
from linli.kernel.paths import CITY_PATH
from linli.kernel.permits import NOBODY

if TYPE_CHECKING:
    from linli.formkit.models import FormVersion

PREFIX = "report-"
# what one line can say
SPOKEN = frozenset({
    Kind.TEXT, Kind.LONG, Kind.WHOLE, Kind.DECIMAL, Kind.MONEY, Kind.DATE, Kind.TIME, Kind.YES_NO,
    Kind.CHOICE, Kind.SEVERAL, Kind.NOTE,
})  # fmt: skip
ASKED = SPOKEN | PERSONAL_KINDS | {Kind.TABLE}
# chosen answers are codes, which rules of routing may look at
CODED = frozenset({Kind.YES_NO, Kind.CHOICE})
# questions that a page fetches ahead, so that they are asked without network too
MOST_AHEAD = 60
MARK = re.compile(r"([a-z0-9-]{1,60})\.([0-9]{1,6})")


@dataclass(frozen=True, slots=True)
class Answered:
    """What was answered: lines for those who read the report, codes for the rules that send it, and
    what is under seal."""

    lines: tuple[str, ...] = ()
    codes: Mapping[str, str] | None = None
    sealed: SealedAnswers | None = None

    @property
    def said(self) -> tuple[str, ...]:
        """All that was said, to look whether it accuses an official; never to be shown."""
        return (*self.lines, *(self.sealed.lines if self.sealed else ()))


def form_of(code: str) -> FormVersion | None:
    """Return the form of a category, or None."""
    try:
        return _of_city(formkit.get_published(NOBODY, PREFIX + slug_of(code)))
    except NotFound:
        return None


def questions_of(version: FormVersion) -> list[Field]:
    """Return the questions of a form that are asked with a report, in their order."""
    spec = formkit.spec_of(version)
    keys = [key for page in spec.pages for key in page.items]
    return [one for key in keys if (one := spec.fields[key]).kind in ASKED]


def spoken_of(version: FormVersion) -> list[Field]:
    """Return those questions that one line of open words answers: what programs outside are asked."""
    sealed = formkit.sealed_keys(formkit.spec_of(version))
    return [one for one in questions_of(version) if one.kind in SPOKEN and one.key not in sealed]


def categories_that_ask() -> list[int]:
    """Return the categories whose own form is published, as far as a page fetches them ahead."""
    forms = formkit.published_forms(NOBODY).filter(
        form__key__startswith=PREFIX, form__place=CITY_PATH
    )
    keys = forms.order_by("form__key").values_list("form__key", flat=True)[:MOST_AHEAD]
    codes = [key.removeprefix(PREFIX).replace("-", "_") for key in keys]
    return sorted(ids_of_codes(codes).values())


def read(
    version: FormVersion,
    given: Mapping[str, Sequence[str]],
    *,
    today: date,
    asked: Sequence[Field] | None = None,
) -> Reading:
    """Return what was answered to the questions of a form, or to those that are `asked`, by their keys."""
    fields = questions_of(version) if asked is None else asked
    keys = {one.key for one in fields if one.kind is not Kind.NOTE}
    typed = {
        name: list(values)
        for name, values in given.items()
        if name.partition("-")[0] in keys and any(values)
    }
    return formkit.read_answers(version, typed, {}, today=today, only=keys)


def answered(version: FormVersion, reading: Reading) -> Answered:
    """Return answers without fault as lines and codes, and apart from them what is under seal."""
    asked = {one.key: one for one in questions_of(version) if one.kind is not Kind.NOTE}
    whole = reading.answers.whole if reading.answers else {}
    values = {key: value for key, value in whole.items() if key in asked and key in reading.shown}
    spec = formkit.spec_of(version)
    hidden = {key: values.pop(key) for key in formkit.sealed_keys(spec) & values.keys()}
    codes = {key: _code(values[key]) for key in values if asked[key].kind in CODED}
    sealed = None
    if hidden:
        lines = tuple(lines_of(spec, hidden))
        sealed = SealedAnswers(version.form.key, version.number, hidden, lines)
    return Answered(tuple(lines_of(spec, values)), codes, sealed)


def lines_of(spec: Spec, values: Mapping[str, Any]) -> Iterator[str]:
    """Yield answers as lines of a report, one for each row of a table."""
    for told in formkit.summary(spec, values, "zh-hans"):
        label = told.label.rstrip("?？:：")
        if not told.heads:
            yield f"{label}：{told.text}"
        for number, row in enumerate(told.rows, 1):
            cells = zip(told.heads, row, strict=True)
            said = [f"{head} {text}" for head, text in cells if text != NO_ANSWER]
            yield f"{label} {number}：{'，'.join(said)}"


def _code(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def slug_of(code: str) -> str:
    """Return the short name of a category as keys of forms have it."""
    return code.replace("_", "-")


def mark_of(version: FormVersion) -> str:
    """Return what a page keeps of the version that its reader saw."""
    return f"{version.form.key.removeprefix(PREFIX)}.{version.number}"


def _of_city(version: FormVersion) -> FormVersion | None:
    return version if version.form.place == CITY_PATH else None


def version_of(category_id: int | None, mark: str) -> tuple[FormVersion | None, bool]:
    """Return the form that is asked of a category, and whether the mark says that it was seen."""
    code = codes_of_ids({category_id}).get(category_id) if category_id else None
    if code is None:
        return None, False
    told = MARK.fullmatch(mark)
    if told and told[1] == slug_of(code):
        try:
            seen = formkit.get_version(NOBODY, PREFIX + told[1], int(told[2]))
        except NotFound:
            seen = None
        if seen is not None and (mine := _of_city(seen)):
            return mine, True
    return form_of(code), False
