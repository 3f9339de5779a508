"""What a category asks besides words and place: the questions of its own form, if the city made one.

The form of the category street_lamp is called report-street-lamp. It is the city's, published and
meant for residents. Answers stand in the words of the report, rows of a table too, and files hang on it;
those under seal, and all that hangs on them, are kept apart and are no codes. By a place, and by the
village around a point, rules may send the report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localdate
from django.utils.translation import override

from linli.cases.queries.categories import codes_of_ids, id_of, ids_of_codes
from linli.cases.queries.intake import MILLION, village_around
from linli.cases.types.filing import UNSENT_PHOTO, Answered, AnsweredFiles, SealedAnswers
from linli.files.types import Policy
from linli.formkit import queries as formkit
from linli.formkit.queries import NO_ANSWER
from linli.formkit.types import (
    PERSONAL_KINDS,
    WITH_FILES,
    Codes,
    Field,
    Kind,
    Reading,
    Spec,
)
from linli.kernel.addresses import address_of
from linli.kernel.errors import NotFound
from linli.kernel.paths import CITY_PATH
from linli.kernel.permits import NOBODY
from linli.kernel.registries import PATH_OF
from linli.places.types import PlaceRow

if TYPE_CHECKING:
    from linli.formkit.models import FormVersion

PREFIX = "report-"
# the language of whoever works on it: the words of a report are kept in it
OF_OFFICE = "zh-hans"
# what one line that is written cannot say
UNSPOKEN = WITH_FILES | PERSONAL_KINDS | {Kind.TABLE, Kind.COMPUTED}
# what asks nothing
UNASKED = frozenset({Kind.NOTE, Kind.COMPUTED})
# questions that a page fetches ahead, so that they are asked without network too
MOST_AHEAD = 60
PLACE_CODE = re.compile(r"[0-9]{6,24}")
MARK = re.compile(r"([a-z0-9-]{1,60})\.([0-9]{1,6})")


def form_of(code: str) -> FormVersion | None:
    """Return the form of a category, or None."""
    try:
        return _of_city(formkit.get_published(NOBODY, PREFIX + slug_of(code)))
    except NotFound:
        return None


def questions_of(version: FormVersion) -> list[Field]:
    """Return the questions of a form in the order in which they are asked with a report."""
    spec = formkit.spec_of(version)
    return [spec.fields[key] for page in spec.pages for key in page.items]


def spoken_of(version: FormVersion) -> list[Field]:
    """Return those questions that one line of open words answers: what programs outside are asked."""
    sealed = formkit.sealed_keys(formkit.spec_of(version))
    return [
        one for one in questions_of(version) if one.kind not in UNSPOKEN and one.key not in sealed
    ]


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
    files: Codes | None = None,
    asked: Sequence[Field] | None = None,
) -> Reading:
    """Return what was answered to the questions of a form, or to those that are `asked`, by their keys.

    `files` are the codes of those that were taken in for a question.
    """
    fields = questions_of(version) if asked is None else asked
    keys = {one.key for one in fields if one.kind not in UNASKED}
    typed = {
        name: list(values)
        for name, values in given.items()
        if name.partition("-")[0] in keys and any(values)
    }
    return formkit.read_answers(version, typed, files or {}, today=today, only=keys)


def answered(
    version: FormVersion, reading: Reading, *, asked: Sequence[Field] | None = None
) -> Answered:
    """Return answers without fault as lines, codes and files, and apart from them what is under seal.

    Where only some questions were `asked`, nothing that is computed of the others is told.
    """
    keys = {one.key for one in (questions_of(version) if asked is None else asked)}
    whole = reading.answers.whole if reading.answers else {}
    values = {key: value for key, value in whole.items() if key in keys and key in reading.shown}
    spec = formkit.spec_of(version)
    under_seal = formkit.sealed_keys(spec)
    files = tuple(
        _files(spec.fields[key], values[key], key in under_seal)
        for key in values
        if spec.fields[key].kind in WITH_FILES
    )
    hidden = {key: values.pop(key) for key in under_seal & values.keys()}
    codes = {key: code for key in values if (code := _code(spec.fields[key], values[key]))}
    sealed = None
    if hidden:
        lines = tuple(lines_of(spec, hidden))
        sealed = SealedAnswers(version.form.key, version.number, hidden, lines)
    return Answered(tuple(lines_of(spec, values)), codes, files, sealed)


def unsent_policy(one: Field, *, is_sealed: bool) -> Policy:
    """Return how files that answer a question are kept before the report is sent."""
    return formkit.file_policy(one, is_sealed=is_sealed, keep_days=UNSENT_PHOTO.keep_days)


def codes_in(value: Any) -> tuple[str, ...]:
    """Return the codes of files in the answer to a question that takes some."""
    held = [value.get("file", "")] if isinstance(value, Mapping) else value
    return tuple(code for code in held if code)


def _files(one: Field, value: Any, is_sealed: bool) -> AnsweredFiles:
    asked, policy = (
        label_of(one.label.told(OF_OFFICE)),
        formkit.file_policy(one, is_sealed=is_sealed),
    )
    return AnsweredFiles(one.key, asked, codes_in(value), policy, is_sealed)


def lines_of(spec: Spec, values: Mapping[str, Any]) -> Iterator[str]:
    """Yield answers as lines of a report, one for each row of a table."""
    with override(OF_OFFICE):
        summary = formkit.summary(spec, values, OF_OFFICE)
    for told in summary:
        label = label_of(told.label)
        if not told.heads:
            yield f"{label}：{told.text}{_beside(spec.fields[told.path], values)}"
        for number, row in enumerate(told.rows, 1):
            cells = zip(told.heads, row, strict=True)
            said = [f"{head} {text}" for head, text in cells if text != NO_ANSWER]
            yield f"{label} {number}：{'，'.join(said)}"


def label_of(question: str) -> str:
    """Return a question as what stands before its answer."""
    return question.rstrip("?？:：")


def _beside(one: Field, values: Mapping[str, Any]) -> str:
    """Return what stands behind an answer: the unit, or of a point the village, for nobody reads degrees."""
    if one.unit and one.kind is not Kind.MONEY:
        return f" {one.unit.told(OF_OFFICE)}"
    around = _around(values[one.key]) if one.kind is Kind.POINT else None
    return f"（{around[-1].short_name or around[-1].name}）" if around else ""


def _around(point: Mapping[str, int]) -> tuple[PlaceRow, ...] | None:
    return village_around((point["lon"] / MILLION, point["lat"] / MILLION))


def _code(one: Field, value: Any) -> str:
    """Return what rules of routing may look at: what was chosen, a path for where something is."""
    if one.kind is Kind.YES_NO:
        return "yes" if value else "no"
    if one.kind is Kind.PLACE:
        return path_code(str(value))
    if one.kind is Kind.POINT:
        around = _around(value)
        return around[-1].path.rstrip("/") if around else ""
    return str(value) if one.kind is Kind.CHOICE else ""


def path_code(code: str) -> str:
    """Return the codes of a place and of those above it, parted by slashes, as rules look at them."""
    return (PATH_OF.call(code) or "").rstrip("/")


def in_full(answers: Mapping[str, str]) -> dict[str, str]:
    """Return answers as they are typed for a rule, of which the code of a place says where it lies."""
    return {
        key: (path_code(value) if PLACE_CODE.fullmatch(value) else "") or value
        for key, value in answers.items()
    }


def report_asking(key: str) -> str:
    """Return the page of reports with the category that asks a form; nothing for a form of none."""
    if not key.startswith(PREFIX):
        return ""
    slug = key.removeprefix(PREFIX)
    if id_of(slug, localdate()) is None or form_of(slug) is None:
        return ""
    return f"{address_of('cases:report')}?about={slug}"


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
