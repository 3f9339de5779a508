"""JSON API of the rulebook. It is public."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema

from linli.kernel.errors import Invalid
from linli.kernel.paging import clean_limit, decode_cursor, encode_cursor
from linli.kernel.registries import PATH_OF
from linli.kernel.web import Request
from linli.rulebook import queries
from linli.rulebook.law.values import raw_value
from linli.rulebook.types import Value, Words

router = Router(tags=["rulebook"])


class WordsOut(Schema):
    zh: str
    en: str


class ReadingOut(Schema):
    name: str
    title: WordsOut
    authority: WordsOut
    value: Any


class PaperOut(Schema):
    number: str
    dated: date
    issuer: str


class ValueOut(Schema):
    key: str
    value: Any
    unit: str
    source: str
    certainty: str
    valid_from: date
    valid_to: date | None
    title: WordsOut
    words: WordsOut
    source_en: str
    jurisdiction: str
    level: str
    force: str
    checked_on: date
    precision: str
    reading: str
    readings: list[ReadingOut]
    provisional: bool
    banner: WordsOut | None
    document: PaperOut | None


class ValuesOut(Schema):
    count: int
    items: list[ValueOut]
    next: str | None


class DayOut(Schema):
    date: date
    is_work: bool
    name: str
    source: str


class YearOut(Schema):
    year: int
    provisional: bool
    source: str
    count: int
    items: list[DayOut]
    next: str | None


class ListIn(Schema):
    q: str = ""
    group: str = ""
    certainty: str = ""
    level: str = ""
    place: str = ""
    on: date | None = None
    limit: int | None = None
    cursor: str | None = None


class AtIn(Schema):
    place: str = ""
    body: int | None = None
    on: date | None = None
    reading: str = ""


@router.get("/rulebook/", response=ValuesOut)
def list_values(request: Request, asked: Query[ListIn]) -> dict[str, Any]:
    """All parameters that have a value on the day, in the order of their areas."""
    wanted = queries.Asked(asked.q, asked.group, asked.certainty, asked.level, _path(asked.place))
    values = [row.value for row in queries.rows(wanted, asked.on or localdate()) if row.value]
    limit, keys = clean_limit(asked.limit), [value.key for value in values]
    after = decode_cursor(asked.cursor)[1] if asked.cursor else []
    start = keys.index(after[0]) + 1 if after and after[0] in keys else 0
    shown = values[start : start + limit]
    more = start + limit < len(values)
    return {
        "count": len(values),
        "items": [_out(value) for value in shown],
        "next": encode_cursor([shown[-1].key]) if more else None,
    }


@router.get("/rulebook/calendar/", response=YearOut)
def calendar(request: Request, year: int | None = None) -> dict[str, Any]:
    """The days of a year that differ from Monday to Friday; provisional until published."""
    known = queries.get_year(year or localdate().year)
    days = [day for day in queries.days_of(known.year) if day.is_exception]
    items = [
        {"date": d.day, "is_work": d.is_work, "name": d.name, "source": d.source} for d in days
    ]
    return {
        "year": known.year, "provisional": not known.is_published, "source": known.source,
        "count": len(items), "items": items, "next": None,
    }  # fmt: skip


@router.get("/rulebook/{key}/", response=ValueOut)
def get_value(request: Request, key: str, asked: Query[AtIn]) -> dict[str, Any]:
    """The value that holds at a place (its code) on a day, with where it comes from."""
    return _out(
        queries.lookup(
            key, _path(asked.place), asked.on or localdate(),
            body_id=asked.body, reading=asked.reading,
        )
    )  # fmt: skip


def _path(code: str) -> str:
    """Return the path of a place's code. Refuses with Invalid for an unknown one."""
    if not code:
        return ""
    path = PATH_OF.call(code)
    if not path:
        raise Invalid({"place": [_("There is no place with this code.")]})
    return str(path)


def _words(words: Words) -> dict[str, str]:
    return {"zh": words[0], "en": words[1]}


def _out(value: Value) -> dict[str, Any]:
    parameter = queries.get_parameter(value.key)
    paper = value.paper
    return {
        "key": value.key,
        "value": raw_value(value.value),
        "unit": value.unit,
        "source": value.source[0],
        "source_en": value.source[1],
        "certainty": value.certainty.value,
        "valid_from": value.valid_from,
        "valid_to": value.valid_to,
        "title": _words(parameter.title),
        "words": _words(queries.words(value)),
        "jurisdiction": value.jurisdiction,
        "level": value.level.value,
        "force": value.force.value,
        "checked_on": value.checked_on,
        "precision": value.precision,
        "reading": value.reading,
        "readings": [
            {
                "name": one.name, "title": _words(one.title),
                "authority": _words(one.authority), "value": raw_value(one.value),
            }
            for one in value.alternatives
        ],
        "provisional": value.provisional,
        "banner": _words(value.banner) if value.provisional else None,
        "document": {"number": paper.number, "dated": paper.dated, "issuer": paper.issuer}
        if paper
        else None,
    }  # fmt: skip
