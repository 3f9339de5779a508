"""The list of parameters as a file that opens in Excel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.kernel.clock import add_months
from linli.kernel.dates import NotADate, parse
from linli.kernel.list_files import Asked
from linli.kernel.permits import Actor
from linli.kernel.sheets import day_cell, download
from linli.rulebook import queries
from linli.rulebook.queries import Row
from linli.rulebook.views.wording import entry_words, name, say
from linli.ui.demo import demo_note

LOOKBACK_MONTHS, LOOKAHEAD_MONTHS = 12, 24


def heads() -> list[str]:
    """Return the titles of the columns."""
    return [
        _("Key of the parameter"), _("Parameter"), _("Value"), _("Unit"), _("Source"), _("Certainty"),
        _("Set by"), _("In force since"), _("In force to"), _("Checked on"),
    ]  # fmt: skip


def cells(row: Row) -> list[str]:
    """Return one row in the order of the columns."""
    parameter, value = row.parameter, row.value
    unit = name("units", parameter.unit)
    if value is None:
        return [row.key, say(parameter.title), "", unit, "", "", "", "", "", ""]
    return [
        row.key, say(parameter.title), say(row.words), unit, say(value.source),
        certainty_word(value.certainty), name("levels", value.level),
        value.valid_from.isoformat(), value.valid_to.isoformat() if value.valid_to else "",
        value.checked_on.isoformat(),
    ]  # fmt: skip


def certainty_word(certainty: str) -> str:
    """Return the mark in words."""
    return _("confirmed") if certainty == "sure" else _("to be confirmed")


def change_sheet(actor: Actor, asked: Asked, now: datetime) -> Iterator[Sequence[Any]]:
    """What changes when, by words and days as the page takes them; all of it is public."""
    today = localdate(now)
    yield [_("In force since"), _("Key of the parameter"), _("Parameter"), _("Value before"), _("Value"),
           _("Set by"), _("Source"), _("Renumbered only")]  # fmt: skip
    first, last = period_of(asked, today)
    for change in queries.changes_between(first, last, asked.get("q", "")):
        if change.only_source and not asked.get("all"):
            continue
        unit = change.parameter.unit
        yield [
            day_cell(change.on), change.parameter.key, say(change.parameter.title),
            entry_words(change.before, unit) if change.before else "", entry_words(change.after, unit),
            name("levels", change.after.level), say(change.after.source),
            _("yes") if change.only_source else "",
        ]  # fmt: skip


def period_of(asked: Asked, today: date) -> tuple[date, date]:
    """Return the first and last day that were asked for, or the usual ones."""
    return (
        typed_day(asked.get("from", ""), add_months(today, -LOOKBACK_MONTHS)),
        typed_day(asked.get("to", ""), add_months(today, LOOKAHEAD_MONTHS)),
    )


def typed_day(text: str, usual: date) -> date:
    """Return the day that was typed, or the usual one for what cannot be read."""
    try:
        return parse(text, today=localdate())
    except NotADate:
        return usual


def as_file(rows: Iterable[Row], on: date, form: str) -> HttpResponse:
    """Answer the rows as a file; `form` is csv or xlsx, all cells are text."""
    table = [heads(), *(cells(row) for row in rows)]
    return download(table, name=f"rulebook-{on.isoformat()}", form=form, note=demo_note())
