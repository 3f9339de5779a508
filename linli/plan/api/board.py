"""The board over the API: how every town stands on every task, on a day or restated to another."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.timezone import localdate
from ninja import Query, Router, Schema

from linli.kernel.api import listed
from linli.kernel.paging import clean_limit, page_of_rows
from linli.kernel.web import Request
from linli.plan import queries
from linli.plan.api.frame import ListIn
from linli.plan.forms import WhenForm
from linli.plan.queries import Board, Restated

router = Router()


class MeasuredCell(Schema):
    """A value behind a cell; `known` is the known part where a restated value lacks another."""

    indicator: str
    numerator: int | None
    denominator: int | None
    known: int | None
    as_of: date


class CellOut(Schema):
    task: int
    standing: str
    percent: int | None
    measured: list[MeasuredCell]


class TownRow(Schema):
    """`sources`: the towns it was restated from; `moved_villages` changed towns meanwhile."""

    code: str
    name: str
    name_en: str
    is_invented: bool
    sources: list[str]
    moved_villages: int
    cells: list[CellOut]


class BoardOut(Schema):
    count: int
    items: list[TownRow]
    next: str | None


class BoardIn(ListIn):
    on: str = ""
    to: str = ""
    demo: str = ""


@router.get("/plan/board/", response=BoardOut)
def show_board(request: Request, asked: Query[BoardIn]) -> dict[str, Any]:
    """Towns by code with their cells; `on` a day, `to` a later one to whose towns it is restated.

    What the reader may not see has no cell; unknown is null, never zero.
    """
    said = WhenForm({"on": asked.on, "to": asked.to}).accepted()
    found = queries.board(
        request.actor, queries.current_document(asked.plan), said["on"] or localdate(),
        to=said["to"], with_invented=asked.demo == "include",
    )  # fmt: skip
    rows = sorted(found.rows, key=lambda row: row.place.code)
    page = page_of_rows(
        rows, lambda row: row.place.code, cursor=asked.cursor, limit=clean_limit(asked.limit)
    )
    return listed(page, lambda row: _town(found, row))


def _town(found: Board, row: Any) -> dict[str, Any]:
    town = row.place
    return {
        "code": town.code, "name": town.name, "name_en": town.name_en,
        "is_invented": town.is_invented, "sources": list(row.sources),
        "moved_villages": row.moved,
        "cells": [
            {
                "task": task.number, "standing": row.cells[task.number].standing,
                "percent": row.cells[task.number].percent,
                "measured": _measured(found, task, town.path),
            }
            for task in found.tasks
            if task.number in row.cells
        ],
    }  # fmt: skip


def _measured(found: Board, task: Any, path: str) -> list[dict[str, Any]]:
    values = []
    for target in task.targets.all():
        shown = found.values.get((target.indicator_key, path)) if target.indicator_key else None
        if shown is None:
            continue
        known = shown.known[0] if isinstance(shown, Restated) else shown.numerator
        values.append(
            {
                "indicator": shown.indicator, "numerator": shown.numerator,
                "denominator": shown.denominator, "known": known, "as_of": shown.as_of,
            }
        )  # fmt: skip
    return values
