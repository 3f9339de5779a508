"""Values as they hold, and the keys there are."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.timezone import localdate
from ninja import Query, Router, Schema

from linli.kernel.api import PagedIn, listed
from linli.kernel.paging import clean_limit, page_of_rows
from linli.kernel.paths import path_of
from linli.kernel.web import Request
from linli.rulebook import queries
from linli.rulebook.api.frame import ValueOut, WordsOut, value_out, words_out
from linli.rulebook.law.model import Parameter

router = Router()


class ValuesOut(Schema):
    count: int
    items: list[ValueOut]
    next: str | None


class KeyOut(Schema):
    """One parameter: `tighten` says how a local value may differ, `used_by` which apps count with it.

    `kept_for` are apps that do not count with it yet.
    """

    key: str
    group: str
    title: WordsOut
    text: WordsOut
    unit: str
    tighten: str
    certainty: str
    force: str
    jurisdiction: str
    rules: list[str]
    used_by: list[str]
    kept_for: list[str]
    first_day: date
    in_force: bool


class KeysOut(Schema):
    count: int
    items: list[KeyOut]
    next: str | None


class KeysIn(PagedIn):
    q: str = ""
    group: str = ""


class ListIn(PagedIn):
    q: str = ""
    group: str = ""
    certainty: str = ""
    level: str = ""
    place: str = ""
    on: date | None = None


class AtIn(Schema):
    place: str = ""
    body: int | None = None
    on: date | None = None
    reading: str = ""


@router.get("/rulebook/", response=ValuesOut, operation_id="linli_rulebook_api_list_values")
def list_values(request: Request, asked: Query[ListIn]) -> dict[str, Any]:
    """All parameters that have a value on the day, in the order of their areas."""
    wanted = queries.Asked(asked.q, asked.group, asked.certainty, asked.level, path_of(asked.place))
    values = [row.value for row in queries.rows(wanted, asked.on or localdate()) if row.value]
    page = page_of_rows(
        values, lambda value: value.key, cursor=asked.cursor, limit=clean_limit(asked.limit)
    )
    return listed(page, value_out)


@router.get("/rulebook/keys/", response=KeysOut)
def list_keys(request: Request, asked: Query[KeysIn]) -> dict[str, Any]:
    """Every parameter that the rulebook knows, also those without a value on the day."""
    rows = queries.rows(queries.Asked(asked.q, asked.group), localdate())
    page = page_of_rows(
        rows, lambda row: row.key, cursor=asked.cursor, limit=clean_limit(asked.limit)
    )
    items = [_key(row.parameter, in_force=row.value is not None) for row in page.items]
    return listed(page, items=items)


@router.get("/rulebook/{key}/", response=ValueOut, operation_id="linli_rulebook_api_get_value")
def get_value(request: Request, key: str, asked: Query[AtIn]) -> dict[str, Any]:
    """The value that holds at a place (its code) on a day, with where it comes from."""
    return value_out(
        queries.lookup(
            key, path_of(asked.place), asked.on or localdate(),
            body_id=asked.body, reading=asked.reading,
        )
    )  # fmt: skip


def _key(parameter: Parameter, *, in_force: bool) -> dict[str, Any]:
    return {
        "key": parameter.key, "group": parameter.group, "title": words_out(parameter.title),
        "text": words_out(parameter.text), "unit": parameter.unit,
        "tighten": parameter.tighten.value, "certainty": parameter.certainty.value,
        "force": parameter.force.value, "jurisdiction": parameter.jurisdiction,
        "rules": list(parameter.rules), "used_by": list(parameter.used_by),
        "kept_for": list(parameter.kept_for),
        "first_day": parameter.first_day, "in_force": in_force,
    }  # fmt: skip
