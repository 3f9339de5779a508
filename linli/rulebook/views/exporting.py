"""The list of parameters as a file that opens in Excel."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.http import HttpResponse
from django.utils.translation import gettext as _

from linli.kernel.sheets import download
from linli.rulebook.queries import Row
from linli.rulebook.views.wording import name, say
from linli.ui.demo import demo_note


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


def as_file(rows: Iterable[Row], on: date, form: str) -> HttpResponse:
    """Answer the rows as a file; `form` is csv or xlsx, all cells are text."""
    table = [heads(), *(cells(row) for row in rows)]
    return download(table, name=f"rulebook-{on.isoformat()}", form=form, note=demo_note())
