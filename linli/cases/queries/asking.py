"""The questions of a category as they stand on a page: what was typed, what is wrong, the rows of tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import get_language

from linli.cases.queries.questions import (
    answered,
    mark_of,
    questions_of,
    read,
    version_of,
)
from linli.cases.types.answer_files import NO_FILES, HeldFiles
from linli.cases.types.filing import Answered
from linli.formkit import queries as formkit
from linli.formkit.types import Page, Section, Words

# before the name of a question on a page: a form may ask "where" as the report does
NAME = "answer-"


@dataclass(frozen=True, slots=True)
class Asking:
    """The questions of a category on a page; `mark` names the version of the form that they are of.

    `is_seen` if the writer had them before her: only then is anything wrong with her answers. `sealed` are
    the paths of those that are kept apart, `held` the files that are here, by the path of their question.
    """

    category_id: int | None = None
    mark: str = ""
    title: str = ""
    items: tuple[formkit.Item, ...] = ()
    logic: str = ""
    is_seen: bool = False
    sealed: frozenset[str] = frozenset()
    faults: tuple[tuple[str, str], ...] = ()
    answered: Answered = Answered()
    held: HeldFiles = NO_FILES

    def unjudged(self) -> Asking:
        """Return the questions as typed, without what is wrong: the page was sent for photos or rows."""
        plain = tuple(_with_cells(replace(one, errors=()), errors=()) for one in self.items)
        return replace(self, items=plain, faults=())


NOTHING = Asking()


def asking_of(
    category_id: int | None,
    typed: Mapping[str, Sequence[str]],
    mark: str,
    *,
    today: date,
    grows: str = "",
    held: HeldFiles = NO_FILES,
) -> Asking:
    """Return what a category asks, with what was typed on its page and what is wrong with it.

    `mark` says which questions the writer saw: she answers those, also if the form changed since.
    `grows` is a table that gets one row more.
    """
    version, is_seen = version_of(category_id, mark)
    asked = questions_of(version) if version else []
    if version is None or not asked:
        return NOTHING
    mine = {name.removeprefix(NAME): all_ for name, all_ in typed.items() if name.startswith(NAME)}
    reading = read(version, mine, today=today, files=held.codes)
    spec, language = formkit.spec_of(version), get_language() or "zh-hans"
    told = reading if is_seen else replace(reading, faults={})
    page = Page("questions", Words(), (Section(Words(), tuple(one.key for one in asked)),))
    blanks = formkit.blank_rows(spec, mine)
    more = {grows: blanks.get(grows, 0) + 1} if grows else {}
    body = formkit.Body("", blanks={**blanks, **more}, files=held.codes)
    drawn = formkit.draw(
        replace(spec, pages=(page,)), page, told, today=today, language=language, body=body
    )
    items = [_refused(one, held) for _title, several in drawn.sections for one in several]
    faults = _faults(drawn, items, held)
    return Asking(
        category_id, mark_of(version), spec.title.told(language),
        tuple(_named(one) for one in items), drawn.logic, is_seen, formkit.sealed_keys(spec),
        tuple((at.replace("id_", f"id_{NAME}", 1), words) for at, words in faults),
        Answered() if faults else answered(version, reading), held,
    )  # fmt: skip


def _refused(item: formkit.Item, held: HeldFiles) -> formkit.Item:
    """Return a question with why its files were not taken, which is all that is wrong with it then."""
    return replace(item, errors=held.refused.get(item.path, item.errors))


def _faults(
    drawn: formkit.Drawn, items: Sequence[formkit.Item], held: HeldFiles
) -> list[tuple[str, str]]:
    """Return what is wrong, by the id of the field; beside files that were refused, that alone."""
    refused = {one.id: one.errors for one in items if one.path in held.refused}
    told = [(at, words) for at, words in drawn.faults if at not in refused]
    return [*told, *((at, words) for at, several in refused.items() for words in several)]


def _named(item: formkit.Item) -> formkit.Item:
    """Return a question under the name that it has on a page of ours."""
    return _with_cells(replace(item, name=NAME + item.name), name=NAME)


def _with_cells(item: formkit.Item, *, name: str = "", **more: Any) -> formkit.Item:
    """Return a table with its cells changed; `name` comes before their names."""
    rows = tuple(
        replace(row, items=tuple(replace(one, name=name + one.name, **more) for one in row.items))
        for row in item.rows
    )
    return replace(item, rows=rows)
