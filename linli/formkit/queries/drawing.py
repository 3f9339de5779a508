"""A page of a form as it is drawn: every question flat, with what was typed and what is wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from linli.formkit.queries.answering import places_under
from linli.formkit.queries.browser_logic import logic_for
from linli.formkit.queries.drafts import Body
from linli.formkit.queries.telling import NO_WORD, YES_WORD, condition_words, day_echo, told_value
from linli.formkit.queries.words import told_fault
from linli.formkit.rules.cells import NO, YES, longest_of
from linli.formkit.rules.logic import Outcome, evaluate
from linli.formkit.rules.order import needs_of
from linli.formkit.types import Field, Kind, Page, Reading, Spec
from linli.ui.plain_words import REQUIRED

FEW = 6


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its number from nought, and its questions."""

    number: int
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One question as drawn. `when` tells its condition, `leads` that others hang on it."""

    kind: str
    path: str
    name: str
    label: str
    hint: str = ""
    unit: str = ""
    errors: tuple[str, ...] = ()
    is_optional: bool = False
    is_shown: bool = True
    is_list: bool = False
    is_known: bool = False
    leads: bool = False
    when: str = ""
    value: str = ""
    values: tuple[str, ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    echo: str = ""
    lean: str = "nearest"
    longest: int = 0
    most: int = 0
    way: str = ""
    codes: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()

    @property
    def id(self) -> str:
        return f"id_{self.name}"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page: its sections with questions, everything wrong with it, and the logic for the browser."""

    key: str
    title: str
    number: int
    count: int
    sections: tuple[tuple[str, tuple[Item, ...]], ...]
    faults: tuple[tuple[str, str], ...]
    logic: str

    @property
    def is_last(self) -> bool:
        return self.number == self.count

    @property
    def has_files(self) -> bool:
        return any(
            i.kind in ("photos", "files", "signature")
            for _heading, items in self.sections
            for i in items
        )


@dataclass(frozen=True)
class _Pen:
    """What drawing one form needs to know."""

    spec: Spec
    reading: Reading
    outcome: Outcome
    files: Mapping[str, Sequence[str]]
    language: str
    known: frozenset[str]
    looked_at: frozenset[str]


def draw(
    spec: Spec,
    page: Page,
    reading: Reading,
    *,
    today: date,
    language: str,
    body: Body | None = None,
) -> Drawn:
    """Return a page with what was typed; a draft's body adds its files and blank rows."""
    held = body or Body("")
    padded = {**reading.values, **_padded(spec, reading, held.blanks)}
    outcome = evaluate(spec, padded, today=today)
    on_page = [p for p in spec.paths if p.partition(".")[0] in page.items]
    looked = frozenset(need for path in on_page for need in needs_of(spec, path) if need in on_page)
    pen = _Pen(spec, reading, outcome, held.files, language, frozenset(held.known), looked)
    sections = tuple((s.title.told(language), tuple(_items(pen, s.items))) for s in page.sections)
    return Drawn(
        page.key, page.title.told(language), spec.pages.index(page) + 1, len(spec.pages), sections,
        tuple(_faults(sections)), json.dumps(logic_for(spec, page, outcome, today), ensure_ascii=False),
    )  # fmt: skip


def draw_all(spec: Spec, reading: Reading, *, today: date, language: str) -> list[Drawn]:
    """Return every page, as for a preview or an empty form on paper."""
    return [draw(spec, page, reading, today=today, language=language) for page in spec.pages]


def _padded(spec: Spec, reading: Reading, blanks: Mapping[str, int]) -> dict[str, Any]:
    """Add blank rows: those asked for, and as many as the table must have."""
    padded = {}
    for key, one in spec.fields.items():
        if one.kind is Kind.TABLE:
            rows = list(reading.values.get(key) or [])
            least = max(one.min_rows, 1)
            wanted = max(len(rows) + min(blanks.get(key, 0), one.max_rows), least)
            padded[key] = rows + [{}] * (wanted - len(rows))
    return padded


def _items(pen: _Pen, keys: Sequence[str]) -> Iterator[Item]:
    for key in keys:
        one = pen.spec.fields.get(key)
        if one is None:
            continue
        yield _table(pen, one) if one.kind is Kind.TABLE else _item(pen, one, key, key)


def _item(pen: _Pen, one: Field, path: str, name: str) -> Item:
    typed = list(pen.reading.typed.get(name, ()))
    logical = f"{path.partition('.')[0]}.{one.key}" if "." in path else path
    value = _computed(pen, one, path) if one.kind is Kind.COMPUTED else (typed or [""])[-1]
    return Item(
        kind=_kind(one), path=path, name=name,
        label=one.label.told(pen.language), hint=one.help.told(pen.language),
        unit=_unit(one, pen.language), errors=_errors(pen, one, path),
        is_optional=not one.required, is_shown=path in pen.outcome.shown,
        is_list=one.as_list or len(one.options) > FEW, is_known=one.key in pen.known,
        leads=logical in pen.looked_at and one.kind is not Kind.COMPUTED,
        when=condition_words(pen.spec, one.show, pen.language),
        value=value, values=tuple(typed), options=_options(one, pen.language),
        echo=day_echo(one, value), lean=one.lean, longest=longest_of(one),
        most=one.max_files, way=(list(pen.reading.typed.get(f"{name}-way", ())) or [""])[-1],
        codes=tuple(pen.files.get(path, ())),
    )  # fmt: skip


def _table(pen: _Pen, one: Field) -> Item:
    padded = pen.outcome.values.get(one.key)
    count = len(padded) if isinstance(padded, list) else 1
    rows = tuple(
        Row(number, tuple(
            _item(pen, column, f"{one.key}.{number}.{column.key}", f"{one.key}-{number}-{column.key}")
            for column in one.columns
        ))
        for number in range(count)
    )  # fmt: skip
    return Item(
        kind="table", path=one.key, name=one.key, label=one.label.told(pen.language),
        hint=one.help.told(pen.language), errors=_errors(pen, one, one.key),
        is_optional=not one.required and one.min_rows == 0, is_shown=one.key in pen.outcome.shown,
        when=condition_words(pen.spec, one.show, pen.language), most=one.max_rows,
        columns=tuple(column.label.told(pen.language) for column in one.columns), rows=rows,
    )  # fmt: skip


def _kind(one: Field) -> str:
    if one.kind is Kind.YES_NO:
        return "choice"
    return one.kind.value


def _unit(one: Field, language: str) -> str:
    if one.unit:
        return one.unit.told(language)
    return _("yuan") if one.kind is Kind.MONEY else ""


def _options(one: Field, language: str) -> tuple[tuple[str, str], ...]:
    if one.kind is Kind.YES_NO:
        return ((YES, str(YES_WORD)), (NO, str(NO_WORD)))
    if one.kind is Kind.PLACE:
        return tuple(places_under(one.root)) if one.root else ()
    return tuple((option.value, option.words.told(language)) for option in one.options)


def _errors(pen: _Pen, one: Field, path: str) -> tuple[str, ...]:
    return tuple(told_fault(fault, one) for fault in pen.reading.faults.get(path, ()))


def _computed(pen: _Pen, one: Field, path: str) -> str:
    """Return what the form computes here, a dash for what is not known yet."""
    found: Any = pen.outcome.values
    for part in path.split("."):
        if isinstance(found, list):
            found = found[int(part)] if int(part) < len(found) else None
        else:
            found = found.get(part) if isinstance(found, dict) else None
    return "" if found is None else told_value(one, found, pen.language)


def _faults(sections: Sequence[tuple[str, Sequence[Item]]]) -> Iterator[tuple[str, str]]:
    for _heading, items in sections:
        for item in items:
            for message in item.errors:
                yield (
                    item.id,
                    f"{item.label} {message}" if message == str(REQUIRED) else message,
                )
            for row in item.rows:
                for cell in row.items:
                    for message in cell.errors:
                        yield cell.id, f"{row.number + 1}. {cell.label}: {message}"
