"""The quarterly list of rights as a numbered paper of documents."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.access import permits, rules
from linli.access.queries.choices import place_names
from linli.documents import services as documents
from linli.documents.types import CHINESE, PLACE_NAME, DocumentTemplate, Field, Issue
from linli.kernel.permits import Actor
from linli.ui import formats

if TYPE_CHECKING:
    from linli.access.models import RightsList
    from linli.documents.models import Document

KIND = "access.rights_list"
RIGHTS_LIST = DocumentTemplate(
    key=KIND,
    title=gettext_lazy("List of rights"),
    source="access/print/rights_list.typ",
    schema={"subtitle": Field.TEXT, "rows": Field.ROWS, "hash": Field.TEXT},
    series="QX",
    words={
        "place": gettext_lazy("Place"),
        "post": gettext_lazy("Office and post"),
        "holder": gettext_lazy("In the post"),
        "right": gettext_lazy("Rights"),
        "level": gettext_lazy("Up to level"),
        "until": gettext_lazy("Valid until"),
        "stays": gettext_lazy("Stays"),
        "effect": gettext_lazy(
            "Tick what stays. Strike out what nobody needs any more; it is taken back within a week."
        ),
        "made_by": gettext_lazy("Made by"),
        "checked_by": gettext_lazy("Checked by the head of the place"),
        "date": gettext_lazy("Date"),
    },
    permit=permits.REVIEW,
    needs_seal=False,
)


def print_list(made: RightsList, *, actor: Actor, now: datetime) -> Document:
    """Number and print a frozen list of rights."""
    with translation.override(CHINESE):
        office = PLACE_NAME.call(made.path) or made.path
        data = _data(made)
    issue = Issue(place=made.path, office=office, about=(KIND, made.pk))
    return documents.issue_document(KIND, data, issue=issue, actor=actor, now=now)


def _data(made: RightsList) -> dict[str, Any]:
    first, last = rules.quarter_days(made.year, made.quarter)
    names = place_names({row["path"] for row in made.rows})
    return {
        "subtitle": f"{formats.day_plain(first)} – {formats.day_plain(last)}",
        "rows": [_row(row, names) for row in made.rows],
        "hash": bytes(made.content_hash).hex(),
    }


def _row(row: dict[str, Any], names: dict[str, str]) -> list[str]:
    holder = row["holders"] or _("vacant")
    if row["deputy"]:
        holder = f"{holder} ({row['deputy']})"
    return [
        names.get(row["path"], row["path"]),
        f"{row['organisation']} {row['post']}".strip(),
        holder,
        row["right"],
        str(row["ceiling"]),
        row["until"] or _("no end"),
    ]
