"""What changed and will change, values of lower levels, and why a number meets the law."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.timezone import localdate
from ninja import Query, Router, Schema
from pydantic import Field

from linli.kernel.api import PagedIn, listed
from linli.kernel.clock import add_months
from linli.kernel.numbers import Op
from linli.kernel.paging import Page, clean_limit, page_of_rows
from linli.kernel.paths import path_of
from linli.kernel.web import Request
from linli.rulebook import queries
from linli.rulebook.api.frame import PaperOut, WordsOut, paper_out, words_out
from linli.rulebook.law.model import Entry
from linli.rulebook.law.values import raw_value
from linli.rulebook.rules import Change
from linli.rulebook.types import Counted, Outcome

router = Router()
LOOKBACK_MONTHS, LOOKAHEAD_MONTHS = 12, 24


class ChangeOut(Schema):
    """What changes on a day at one level; `value` null ends it, `before` null begins it."""

    on: date
    key: str
    title: WordsOut
    unit: str
    level: str
    jurisdiction: str
    value: Any
    before: Any
    only_source: bool
    until: date | None
    source: str
    source_en: str
    certainty: str
    document: PaperOut | None


class ChangesOut(Schema):
    count: int
    items: list[ChangeOut]
    next: str | None


class PeriodIn(PagedIn):
    since: date | None = None
    until: date | None = None
    q: str = ""
    with_sources: bool = False


class LocalOut(Schema):
    """A value of a province, city, town, village or body with its document; withdrawn ones too."""

    id: int
    key: str
    level: str
    jurisdiction: str
    place: str
    body: int | None
    value: Any
    reading: str
    document: PaperOut
    note: str
    valid_from: date
    valid_to: date | None
    withdrawn_from: date | None
    withdrawal_document: str
    withdrawal_reason: str


class LocalsOut(Schema):
    count: int
    items: list[LocalOut]
    next: str | None


class ExplainIn(Schema):
    """What was counted: `part` of `whole`; `op` compares a plain number (31 days against at most 30)."""

    place: str = ""
    body: int | None = None
    on: date | None = None
    reading: str = ""
    part: int | None = Field(default=None, ge=0)
    whole: int = Field(default=1, ge=1)
    op: Op | None = None


class OutcomeOut(Schema):
    """`holds` null means that this reading cannot be computed from what was counted."""

    reading: str
    title: WordsOut
    authority: WordsOut
    words: WordsOut
    holds: bool | None
    inequality: str
    sides: str


class ExplanationOut(Schema):
    key: str
    title: WordsOut
    source: WordsOut
    certainty: str
    valid_from: date
    jurisdiction: str
    outcome: OutcomeOut
    others: list[OutcomeOut]
    sentence: WordsOut
    provisional: bool
    banner: WordsOut | None


@router.get("/rulebook/changes/", response=ChangesOut)
def changes(request: Request, asked: Query[PeriodIn]) -> dict[str, Any]:
    """What changed lately and what will change, oldest first; a year back and two ahead unless said.

    `with_sources` also gives changes of the source alone, where the value stays.
    """
    today = localdate()
    found = queries.changes_between(
        asked.since or add_months(today, -LOOKBACK_MONTHS),
        asked.until or add_months(today, LOOKAHEAD_MONTHS),
        asked.q,
    )
    shown = [one for one in found if asked.with_sources or not one.only_source]
    return _list(
        page_of_rows(shown, _change_key, cursor=asked.cursor, limit=clean_limit(asked.limit))
    )


@router.get("/rulebook/{key}/history/", response=ChangesOut)
def history(
    request: Request, key: str, limit: int | None = None, cursor: str | None = None
) -> dict[str, Any]:
    """Every value that a parameter had, has and will have, at every level, oldest first."""
    found = queries.changes_of(queries.get_parameter(key))
    return _list(page_of_rows(found, _change_key, cursor=cursor, limit=clean_limit(limit)))


@router.get("/rulebook/{key}/local/", response=LocalsOut)
def local(
    request: Request, key: str, limit: int | None = None, cursor: str | None = None
) -> dict[str, Any]:
    """The values that provinces, cities, towns, villages and bodies set, newest first."""
    rows = queries.local_values(queries.get_parameter(key).key)
    page = page_of_rows(rows, lambda row: str(row.pk), cursor=cursor, limit=clean_limit(limit))
    return listed(page, local_out)


@router.get("/rulebook/{key}/explain/", response=ExplanationOut)
def explain(request: Request, key: str, asked: Query[ExplainIn]) -> dict[str, Any]:
    """Why what was counted meets the law or not: article, value, both sides, and other readings."""
    value = queries.lookup(
        key,
        path_of(asked.place),
        asked.on or localdate(),
        body_id=asked.body,
        reading=asked.reading,
    )
    counted = {} if asked.part is None else {key: Counted(asked.part, asked.whole, op=asked.op)}
    told = queries.explain(queries.freeze(value, counted=counted))[0]
    return {
        "key": told.key, "title": words_out(told.title), "source": words_out(told.source),
        "certainty": told.certainty.value, "valid_from": told.valid_from,
        "jurisdiction": told.jurisdiction, "outcome": _outcome(told.outcome),
        "others": [_outcome(one) for one in told.others], "sentence": words_out(told.sentence),
        "provisional": told.provisional,
        "banner": words_out(told.banner) if told.provisional else None,
    }  # fmt: skip


def _change_key(change: Change) -> str:
    return f"{change.on} {change.parameter.key} {change.after.jurisdiction}"


def _list(page: Page[Change]) -> dict[str, Any]:
    return listed(page, _change)


def _change(change: Change) -> dict[str, Any]:
    parameter, after = change.parameter, change.after
    return {
        "on": change.on, "key": parameter.key, "title": words_out(parameter.title),
        "unit": parameter.unit, "level": after.level.value, "jurisdiction": after.jurisdiction,
        "value": _raw(after), "before": _raw(change.before), "only_source": change.only_source,
        "until": after.until, "source": after.source[0], "source_en": after.source[1],
        "certainty": after.certainty.value, "document": paper_out(after.paper),
    }  # fmt: skip


def _raw(entry: Entry | None) -> Any:
    return None if entry is None or entry.value is None else raw_value(entry.value)


def _outcome(one: Outcome) -> dict[str, Any]:
    return {
        "reading": one.reading, "title": words_out(one.title),
        "authority": words_out(one.authority), "words": words_out(one.words),
        "holds": one.holds, "inequality": one.inequality, "sides": one.sides,
    }  # fmt: skip


def local_out(row: queries.LocalRow) -> dict[str, Any]:
    """Return a local value with its document."""
    names = (
        "key", "level", "jurisdiction", "value", "reading", "note", "valid_from", "valid_to",
        "withdrawn_from", "withdrawal_document", "withdrawal_reason",
    )  # fmt: skip
    return {
        **{name: getattr(row, name) for name in names},
        "id": row.pk, "body": row.body_id,
        "place": row.place.rstrip("/").rsplit("/", 1)[-1],
        "document": {
            "number": row.document_number, "dated": row.document_date, "issuer": row.issuer,
        },
    }  # fmt: skip
