"""Random answers that a form accepts, to see it filled in; the same seed gives the same answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from stdnum.iso7064 import mod_11_2

from linli.formkit.rules.amounts import day_of
from linli.formkit.rules.cells import longest_of
from linli.formkit.rules.logic import evaluate
from linli.formkit.types import WITH_FILES, Field, Kind, Spec

TEXTS = ("示范", "榕树巷12号", "电动车在楼道充电", "麦润根", "Lane 3", "两层砖房")
NEARBY = 50_000  # millionths of a degree
FAR = timedelta(days=365)


def sample(
    spec: Spec, *, seed: int, today: date, places: Mapping[str, Sequence[str]] | None = None
) -> dict[str, Any]:
    """Return answers as they would be kept: only what is asked, with what is computed."""
    dice = Random(seed)  # noqa: S311 - invented answers, no secret
    given = {
        key: value
        for key, one in spec.fields.items()
        if (value := _answer(one, dice, today, places or {})) is not None
    }
    return evaluate(spec, given, today=today).values


def _answer(one: Field, dice: Random, today: date, places: Mapping[str, Sequence[str]]) -> Any:
    if one.kind in (Kind.COMPUTED, Kind.NOTE):
        return None
    if not one.required and dice.random() < 0.2:
        return None
    if one.kind is Kind.PLACE:
        known = places.get(one.root, ())
        return dice.choice(known) if known else None
    if one.kind is Kind.TABLE:
        return _rows(one, dice, today) or None
    if one.kind in WITH_FILES:
        codes = ["SAMPLE" + "".join(dice.choices("23456789", k=8)) for _one in range(one.max_files)]
        return codes if one.kind is not Kind.SIGNATURE else {"way": "paper"}
    return value_of(one, dice, today)


def _rows(one: Field, dice: Random, today: date) -> list[dict[str, Any]]:
    least = max(one.min_rows, 1 if one.required else 0)
    count = dice.randint(least, max(least, min(one.max_rows, least + 3)))
    rows: list[dict[str, Any]] = []
    for _number in range(count):
        for _try in range(50):
            row = _row(one, dice, today)
            if row and not (one.no_doubles and row in rows):
                rows.append(row)
                break
    return rows


def _row(one: Field, dice: Random, today: date) -> dict[str, Any]:
    row = {}
    for number, column in enumerate(one.columns):
        is_left_out = number > 0 and not column.required and dice.random() < 0.2
        if column.kind is not Kind.COMPUTED and not is_left_out:
            row[column.key] = value_of(column, dice, today)
    return row


def value_of(one: Field, dice: Random, today: date) -> Any:
    """Return one random answer that its field accepts."""
    if one.kind in (Kind.WHOLE, Kind.DECIMAL, Kind.MONEY):
        return _number(one, dice)
    if one.kind is Kind.DATE:
        return _day(one, dice, today)
    if one.kind is Kind.TIME:
        return f"{dice.randint(0, 23):02d}:{dice.randint(0, 59):02d}"
    if one.kind is Kind.YES_NO:
        return dice.random() < 0.5
    if one.kind is Kind.CHOICE:
        return dice.choice(one.options).value if one.options else None
    if one.kind is Kind.SEVERAL:
        picked = dice.sample(one.options, dice.randint(1, len(one.options))) if one.options else []
        return [option.value for option in one.options if option in picked] or None
    if one.kind is Kind.IDENTITY:
        return identity(dice)
    if one.kind is Kind.PHONE:
        return "+86138" + "".join(dice.choices("0123456789", k=8))
    if one.kind is Kind.POINT:
        return {
            "lon": 113_750_000 + dice.randint(0, NEARBY),
            "lat": 23_040_000 + dice.randint(0, NEARBY),
        }
    return dice.choice(TEXTS)[: longest_of(one)]


def _number(one: Field, dice: Random) -> int:
    least = one.least if isinstance(one.least, int) else 0
    most = one.most if isinstance(one.most, int) else max(least, 0) + 100_000
    return dice.randint(min(least, most), max(least, most))


def _day(one: Field, dice: Random, today: date) -> str:
    def bound(text: Any, usual: date) -> date:
        return today if text == "today" else day_of(text) or usual

    last = bound(one.most, today if one.lean != "future" else today + FAR)
    first = bound(one.least, min(last, today) - FAR)
    last = max(first, last)
    return (first + timedelta(days=dice.randint(0, (last - first).days))).isoformat()


def identity(dice: Random) -> str:
    """Return an invented number of an identity card whose check digit is right."""
    born = date(1950, 1, 1) + timedelta(days=dice.randint(0, 22_000))
    base = f"441900{born:%Y%m%d}{dice.randint(0, 999):03d}"
    return base + mod_11_2.calc_check_digit(base)
