"""Lists of exchange as files: letters that go out, orders of the hotline."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.exchange import permits
from linli.exchange.queries import choices, connections, orders
from linli.exchange.types import connection_titles as said
from linli.exchange.views import connections as letter_pages
from linli.exchange.views import hotline
from linli.kernel.list_files import Asked, ListFile, Row, sheet_of
from linli.kernel.permits import Actor
from linli.ui.formats import moment


def letter_sheet(actor: Actor, given: Asked, now: datetime) -> Iterator[Row]:
    """Letters of the systems that the actor oversees. Refuses with NotFound, Invalid."""
    connections.require_any(actor)
    found = connections.narrowed(actor, letter_pages.wanted_of(given))
    return sheet_of(found, connections.NEWEST, _letters)


def _letters(found: list[Any]) -> list[list[Any]]:
    heads = [_("System"), _("Their number"), _("Number of the letter"), _("What it tells"), _("State"),
             _("Tries"), _("What went wrong"), _("Written"), _("Why it was let go")]  # fmt: skip
    return [heads] + [
        [
            str(said.SYSTEM[one.system]), one.ref, one.seq,
            str(said.told_words(one.kind, one.body.get("state", "-"))),
            str(said.LETTER_STATE[one.state]), one.tries,
            said.fault_words(one.fault) if one.fault else "", moment(one.made_at), one.why,
        ]
        for one in found
    ]  # fmt: skip


def order_sheet(actor: Actor, given: Asked, now: datetime) -> Iterator[Row]:
    """Orders of the hotline where the actor deals with them. Refuses with NotFound, Invalid."""
    choices.require_any(actor)
    found = orders.narrowed(actor, hotline.wanted_of(given), now)
    return sheet_of(found, orders.NEWEST, partial(_orders, actor))


def _orders(actor: Actor, found: list[Any]) -> list[list[Any]]:
    heads = [_("Number of the order"), _("Our number"), _("Sender"), _("Place"), _("Stage"),
             _("Due by the hotline's word"), _("Came in")]  # fmt: skip
    return [heads] + [
        [
            order.number, result.number if result else "", order.sender, place, str(words),
            moment(order.due_at) if order.due_at else "", moment(order.came_at),
        ]
        for order, result, place, words in hotline.rows_of(actor, found)
    ]  # fmt: skip


FILES = (
    ListFile(letter_pages.LIST, gettext_lazy("Letters out"), letter_sheet, (permits.CONNECT,)),
    ListFile(hotline.LIST, gettext_lazy("Orders of the hotline"), order_sheet, (permits.HOTLINE,)),
)
