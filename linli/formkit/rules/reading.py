"""What was typed into a form, read as answers, or as faults beside what was typed.

Names of the fields of a page: "amount"; in a table "rows-0-amount", with "rows-0" for a row that is
there though blank; a point has its name twice, a signature "sign-way" beside its file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from linli.formkit.rules.cells import Unreadable, read_cell
from linli.formkit.rules.logic import Outcome, evaluate
from linli.formkit.types import (
    MOST_ROWS,
    WITH_FILES,
    Answers,
    Codes,
    Fault,
    Field,
    Kind,
    Reading,
    Spec,
    Typed,
)

DRAWN, PHOTO, PAPER = "drawn", "photo", "paper"
ROW = re.compile(r"([a-z][a-z0-9_]*)-([0-9]{1,5})(?:-([a-z][a-z0-9_]*))?")
Known = dict[str, list[Fault]]


def read(
    spec: Spec, typed: Typed, files: Codes, *, today: date, only: Iterable[str] | None = None
) -> Reading:
    """Return answers, or what is wrong by path; with `only`, faults of these fields alone.

    Names that the form does not have are passed over, computed values are computed, and what was
    typed in branches that are not asked is no answer. `files` are the codes that were taken in.
    """
    kept = known_names(spec, typed)
    faults: Known = {}
    candidates = {
        key: value
        for key, one in spec.fields.items()
        if (value := _value(one, kept, files, today, faults)) is not None
    }
    outcome = evaluate(spec, candidates, today=today)
    asked = {path: found for path, found in faults.items() if _is_asked(path, outcome)}
    for key, one in spec.fields.items():
        if key in outcome.shown:
            _check(one, outcome, asked)
    wanted = set(spec.fields if only is None else only)
    told = {path: found for path, found in asked.items() if path.partition(".")[0] in wanted}
    answers = None if told else split(spec, outcome.values)
    return Reading(kept, candidates, outcome.shown, told, answers)


def known_names(spec: Spec, typed: Typed) -> dict[str, list[str]]:
    """Return what was typed under names that the form has; rows numbered anew, blank ones left out."""
    kept = {name: list(texts) for name, texts in typed.items() if _is_single(spec, name)}
    rows: dict[str, dict[int, dict[str, list[str]]]] = {}
    for name, texts in typed.items():
        found = ROW.fullmatch(name)
        table = spec.fields.get(found[1]) if found else None
        if found is None or table is None or table.kind is not Kind.TABLE:
            continue
        if found[3] and table.column(found[3]) is None:
            continue
        rows.setdefault(found[1], {}).setdefault(int(found[2]), {})[found[3] or ""] = list(texts)
    for key, by_number in rows.items():
        filled = [row for _number, row in sorted(by_number.items()) if is_filled(row)]
        for number, row in enumerate(filled[: 2 * MOST_ROWS]):
            kept[f"{key}-{number}"] = ["1"]
            kept.update({f"{key}-{number}-{column}": t for column, t in row.items() if column})
    return kept


def is_filled(row: Mapping[str, Sequence[str]]) -> bool:
    """Say whether anything was typed into a row."""
    return any(text.strip() for column, texts in row.items() if column for text in texts)


def blank_rows(spec: Spec, typed: Typed) -> dict[str, int]:
    """Return how many rows of each table stand there without anything in them."""
    kept = known_names(spec, typed)
    counts = {}
    for key, one in spec.fields.items():
        if one.kind is Kind.TABLE:
            all_rows = {m[2] for name in typed if (m := ROW.fullmatch(name)) and m[1] == key}
            counts[key] = len(all_rows) - rows_in(kept, key)
    return {key: count for key, count in counts.items() if count > 0}


def _is_single(spec: Spec, name: str) -> bool:
    one = spec.fields.get(name)
    if one is not None:
        return one.kind not in (Kind.TABLE, Kind.COMPUTED, Kind.NOTE)
    owner = spec.fields.get(name.removesuffix("-way"))
    return owner is not None and owner.kind is Kind.SIGNATURE


def rows_in(typed: Typed, key: str) -> int:
    """Return how many rows of a table were typed."""
    return sum(1 for name in typed if (m := ROW.fullmatch(name)) and m[1] == key and not m[3])


def _value(one: Field, typed: Typed, files: Codes, today: date, faults: Known) -> Any:
    if one.kind in (Kind.COMPUTED, Kind.NOTE):
        return None
    if one.kind is Kind.TABLE:
        return _rows(one, typed, today, faults) or None
    if one.kind is Kind.SIGNATURE:
        return _signature(one, typed, files)
    if one.kind in WITH_FILES:
        return list(files.get(one.key, ())) or None
    return _cell(one, typed.get(one.key, ()), today, one.key, faults)


def _cell(one: Field, texts: Any, today: date, path: str, faults: Known) -> Any:
    try:
        return read_cell(one, texts, today)
    except Unreadable as error:
        faults[path] = [error.fault]
        return None


def _rows(one: Field, typed: Typed, today: date, faults: Known) -> list[dict[str, Any]]:
    found = []
    for number in range(rows_in(typed, one.key)):
        row = {}
        for column in one.columns:
            if column.kind is Kind.COMPUTED:
                continue
            path = f"{one.key}.{number}.{column.key}"
            texts = typed.get(f"{one.key}-{number}-{column.key}", ())
            value = _cell(column, texts, today, path, faults)
            if value is not None:
                row[column.key] = value
        found.append(row)
    return found


def _signature(one: Field, typed: Typed, files: Codes) -> dict[str, str] | None:
    """A signature is drawn, photographed, or promised on paper; a file alone says enough."""
    code = next(iter(files.get(one.key, ())), "")
    way = (list(typed.get(f"{one.key}-way", ())) or [""])[-1]
    if way == PAPER:
        return {"way": PAPER}
    if not code:
        return None
    return {"way": DRAWN if way == DRAWN else PHOTO, "file": code}


def _is_asked(path: str, outcome: Outcome) -> bool:
    return path in outcome.shown


def _check(one: Field, outcome: Outcome, faults: Known) -> None:
    """Add what is wrong with a question that is asked, beside what could not be read."""
    value = outcome.values.get(one.key)
    if one.kind is Kind.TABLE:
        _check_rows(one, value or [], outcome, faults)
        return
    if one.kind in (Kind.COMPUTED, Kind.NOTE):
        return
    if one.required and value is None and one.key not in faults:
        faults[one.key] = [Fault("sign" if one.kind is Kind.SIGNATURE else "required")]
    count = len(value) if one.kind in (Kind.PHOTOS, Kind.FILES) and value else 0
    if count > one.max_files:
        faults[one.key] = [Fault("too_many_files", {"most": one.max_files})]


def _check_rows(one: Field, rows: list[Any], outcome: Outcome, faults: Known) -> None:
    least = max(one.min_rows, 1 if one.required else 0)
    if len(rows) < least:
        faults[one.key] = [Fault("too_few_rows", {"least": least, "count": len(rows)})]
    if len(rows) > one.max_rows:
        faults[one.key] = [Fault("too_many_rows", {"most": one.max_rows, "count": len(rows)})]
    for number, row in enumerate(rows):
        for column in one.columns:
            path = f"{one.key}.{number}.{column.key}"
            blank = column.required and column.key not in row and path in outcome.shown
            if blank and column.kind is not Kind.COMPUTED and path not in faults:
                faults[path] = [Fault("required")]
        if one.no_doubles and row and row in rows[:number]:
            first = next(iter(one.columns))
            same = rows.index(row) + 1
            faults.setdefault(
                f"{one.key}.{number}.{first.key}", [Fault("double_row", {"row": same})]
            )


def split(spec: Spec, values: Mapping[str, Any]) -> Answers:
    """Return answers parted into open and sealed ones, with the codes of all files."""
    plain: dict[str, Any] = {}
    sealed: dict[str, Any] = {}
    codes: list[str] = []
    for key, value in values.items():
        one = spec.fields[key]
        hidden = {column.key for column in one.columns if column.sealed}
        if one.kind in WITH_FILES:
            codes += [value["file"]] if isinstance(value, dict) and "file" in value else []
            codes += value if isinstance(value, list) else []
        if one.sealed:
            sealed[key] = value
        elif hidden:
            plain[key] = [{k: v for k, v in row.items() if k not in hidden} for row in value]
            sealed[key] = [{k: v for k, v in row.items() if k in hidden} for row in value]
        else:
            plain[key] = value
    return Answers(plain, sealed, tuple(codes))
