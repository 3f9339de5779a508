"""Lists of offerings as files: items of service, payments, steps of the hall, reports by spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from linli.exchange.permits import CONNECT
from linli.exchange.queries import connections, hall_changes, payments
from linli.exchange.types import connection_titles as titles
from linli.kernel.list_files import Asked, ListFile, Row, sheet_of
from linli.kernel.permits import Actor
from linli.kernel.sheets import day_cell, moment_cell
from linli.offerings.permits import RECEIVE, SERVE
from linli.offerings.queries import fees, item_desk, items, reporting
from linli.offerings.queries.item_naming import item_titles
from linli.offerings.queries.reporting_lists import FILL, PERMITS
from linli.offerings.types.home_visits import HALF_WORDS, SAID, Half
from linli.offerings.types.item_titles import STATE_TITLES
from linli.offerings.types.items import KIND_TITLES
from linli.offerings.types.reporting import SHEET_STATES, TASK_STATES
from linli.offerings.types.visits import WAY_WORDS, Way
from linli.offerings.views import fees_back as fee_pages
from linli.offerings.views import hall_changes as change_pages
from linli.offerings.views import home_visits as home_pages
from linli.offerings.views import item_desk as item_pages
from linli.offerings.views import paying as pay_pages
from linli.offerings.views import reporting_lists as report_pages
from linli.offerings.views.hall import view_and_words
from linli.places.queries.tree import names_of_paths
from linli.ui.formats import day_plain, moment

Lines = list[list[Any]]


def fees_back_sheet(actor: Actor, given: Asked, now: datetime) -> Iterator[Row]:
    """Fees that are to go back where the actor takes applications in."""
    return sheet_of(fee_pages.wanted(actor, given), fees.OLDEST, _fees_back)


def _fees_back(found: list[Any]) -> Lines:
    heads = [_("Number of the application"), _("Receipt"), _("Paid on"), _("Paid, yuan"), _("Goes back, yuan")]  # fmt: skip
    return [heads] + [
        [
            one.application.case.number, one.number, moment_cell(one.paid_at), one.amount_fen / 100,
            fees.left_of(one) / 100,
        ]
        for one in found
    ]  # fmt: skip


def item_sheet(actor: Actor, given: Asked, now: datetime) -> Iterator[Row]:
    """Items that the actor works on. Refuses with NotAllowed, Invalid."""
    item_desk.require_any(actor)
    found = item_desk.narrowed(actor, item_desk.wanted_of(given), localdate(now))
    return sheet_of(found, item_desk.BY_KEY, _items)


def _items(found: list[Any]) -> Lines:
    heads = [_("Key"), _("Name of the item"), _("Kind of item"), _("Item code"), _("Deciding office"),
             _("State"), _("Version"), _("In force since"), _("Look at it again by")]  # fmt: skip
    return [heads] + [
        [
            row.item.key, row.version.name, str(KIND_TITLES[row.version.kind]), row.version.code,
            row.version.office, str(STATE_TITLES[row.draft_state or row.item.state]), row.version.number,
            day_plain(row.version.since) if row.version.since else "",
            day_plain(row.item.review_on) if row.item.review_on else "",
        ]
        for row in item_desk.rows_of(found)
    ]  # fmt: skip


def home_sheet(actor: Actor, given: Asked, now: datetime) -> Iterator[Row]:
    """Visits at home where the actor serves; who is visited and where stays out of it."""
    return sheet_of(home_pages.wanted(actor, given), home_pages.ASKED, _homes)


def _homes(found: list[Any]) -> Lines:
    names, told = (
        item_titles(row.item for row in found),
        names_of_paths({row.path for row in found}),
    )
    heads = [_("Visit at home"), _("Service item"), _("Place"), _("State"), _("Day"), _("Half of the day"),
             _("Asked on"), _("Asked how"), _("Days set anew"), _("Application")]  # fmt: skip
    return [heads] + [
        [
            row.code, names[row.item], told[row.path], str(SAID[row.state][0]),
            day_plain(row.visit_on) if row.visit_on else "", str(HALF_WORDS[Half(row.half)]) if row.half else "",
            day_plain(localdate(row.asked_at)), str(WAY_WORDS[Way(row.way)]), row.moves, row.case_number,
        ]
        for row in found
    ]  # fmt: skip


def payment_sheet(actor: Actor, given: Asked, now: datetime) -> Iterator[Row]:
    """Payments where the actor oversees the payment system. Refuses with NotFound, Invalid."""
    connections.require_any(actor)
    found = payments.narrowed(actor, *view_and_words(given, pay_pages.VIEWS))
    return sheet_of(found, connections.NEWEST, _payments)


def _payments(found: list[Any]) -> Lines:
    heads = [_("Their number"), _("Number to pay under"), _("Amount in yuan"), _("Paid"), _("State"),
             _("Receipt"), _("Why somebody should look at it"), _("Why it was decided so")]  # fmt: skip
    return [heads] + [
        [
            one.trade, one.order_number, f"{one.amount_fen / 100:.2f}", moment(one.paid_at),
            str(titles.PAY_STATE[one.state]), one.receipt, str(titles.PAY_DOUBT.get(one.fault, "")), one.why,
        ]
        for one in found
    ]  # fmt: skip


def change_sheet(actor: Actor, given: Asked, now: datetime) -> Iterator[Row]:
    """What applicants did at the hall with their applications. Refuses with NotFound, Invalid."""
    connections.require_any(actor)
    found = hall_changes.narrowed(actor, *view_and_words(given, change_pages.VIEWS))
    return sheet_of(found, connections.NEWEST, _changes)


def _changes(found: list[Any]) -> Lines:
    heads = [_("Their number"), _("Application at the hall"), _("Our number"), _("What"), _("Made there"),
             _("State"), _("Why somebody should look at it"), _("Why it was decided so")]  # fmt: skip
    return [heads] + [
        [
            one.number, one.application, one.case.number if one.case else "", str(titles.CHANGE_KIND[one.kind]),
            moment(one.made_at), str(titles.CHANGE_STATE[one.state]), str(titles.WHY_STUCK.get(one.fault, "")),
            one.why,
        ]
        for one in found
    ]  # fmt: skip


def report_sheet(actor: Actor, given: Asked, now: datetime) -> Iterator[Row]:
    """Reports that the actor looks through, or asked for. Refuses with NotFound, Invalid."""
    view, found = report_pages.asked_for(actor, given, localdate(now))
    shape: Callable[[list[Any]], Lines] = _sheets if view == FILL else _tasks
    return sheet_of(found, reporting.NEWEST, shape)


def _sheets(found: list[Any]) -> Lines:
    names = report_pages.names_of(found)
    heads = [_("Title of the sheet"), _("Place"), _("Basis"), _("Last day"), _("State"), _("Signed off"),
             pgettext("sheet", "Cells"), _("Filled by the system")]  # fmt: skip
    return [heads] + [
        [
            one.task.title, names.get(one.path, ""), one.task.basis, day_cell(one.task.due_on),
            str(SHEET_STATES[one.state]), moment_cell(one.signed_at), one.cells_asked,
            one.cells_asked - one.cells_open,
        ]
        for one in found
    ]  # fmt: skip


def _tasks(found: list[Any]) -> Lines:
    names, standings = report_pages.names_of(found), reporting.standings_of(found)
    heads = [_("Title of the sheet"), _("Place"), _("Basis"), _("Last day"), _("State"), _("Sent out"),
             _("Villages asked"), _("Signed off"), pgettext("sheet", "Cells"), _("Filled by the system")]  # fmt: skip
    nothing = reporting.Standing(0, 0, 0, 0)
    told = [(one, standings.get(one.pk, nothing)) for one in found]
    return [heads] + [
        [
            one.title, names.get(one.path, ""), one.basis, day_cell(one.due_on), str(TASK_STATES[one.state]),
            moment_cell(one.opened_at), how.sheets, how.signed, how.cells, how.cells - how.open,
        ]
        for one, how in told
    ]  # fmt: skip


FILES = (
    ListFile(item_pages.LIST, gettext_lazy("Items of service"), item_sheet, items.SEEN_WITH),
    ListFile(fee_pages.LIST, gettext_lazy("Fees to go back"), fees_back_sheet, (RECEIVE,)),
    ListFile(home_pages.LIST, gettext_lazy("Visits at home"), home_sheet, (SERVE,)),
    ListFile(pay_pages.LIST, gettext_lazy("Payments"), payment_sheet, (CONNECT,)),
    ListFile(change_pages.LIST, gettext_lazy("Supplements and withdrawals"), change_sheet, (CONNECT,)),
    ListFile(report_pages.LIST, gettext_lazy("Reports by spreadsheet"), report_sheet, tuple(PERMITS.values())),
)  # fmt: skip
