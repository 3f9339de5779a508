"""How long tokens of requests, lists of orders and what came from the hall are kept."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from linli.exchange.types.hall import KEPT as HALL_KEPT
from linli.kernel.registries import KEPT_FOR_GOOD, RETENTION, Kept, Retention
from linli.kernel.retention import Blanked, Rows, ago

OURS = "PIPL art. 19; ours (check)"
OF_OLD_LIST = """of_id IN (SELECT id FROM exchange_orderlist
    WHERE coalesce(ended_at, made_at + interval '30 days') < %(before)s)"""
OLD_LIST = """coalesce(ended_at, made_at) < %(before)s
    AND NOT EXISTS (SELECT 1 FROM exchange_orderline r WHERE r.of_id = exchange_orderlist.id)"""
ENTRIES = (
    Retention(
        "exchange.tokens", _("Tokens of requests from other systems"),
        ("exchange_postedrequest",), _("90 days"), OURS,
        Rows("exchange_postedrequest", "posted_at < %(before)s", ago(timedelta(days=90))),
    ),
    Retention(
        "exchange.lines", _("Rows of hotline lists that were refused or waited"),
        ("exchange_orderline",), _("30 days after the list was taken or dropped"), OURS,
        Rows("exchange_orderline", OF_OLD_LIST, ago(timedelta(days=30))),
    ),
    Retention(
        "exchange.lists", _("Lists of hotline orders: when, by whom, how many rows"),
        ("exchange_orderlist",), _("three years"), OURS,
        Rows("exchange_orderlist", OLD_LIST, ago(timedelta(days=3 * 365))),
    ),
    Retention(
        "exchange.senders", _("What the columns of a hotline list mean"),
        ("exchange_ordersender",), _("two years after the last list"), OURS,
        Rows("exchange_ordersender", "used_at < %(before)s", ago(timedelta(days=2 * 365))),
    ),
    Retention(
        "exchange.sent_in", _("What applications of the hall said that were not taken"),
        ("exchange_hallapplication",), _("90 days; the number stays, without the person"), OURS,
        Blanked(
            "exchange_hallapplication", "row IS NOT NULL AND came_at < %(before)s",
            ago(HALL_KEPT), blank="row = NULL, fault = 'over'",
        ),
    ),
    Retention(
        "exchange.changes", _("What supplements and withdrawals of the hall said of which nothing became"),
        ("exchange_hallchange",), _("90 days; the number stays, without the person"), OURS,
        Blanked(
            "exchange_hallchange", "row IS NOT NULL AND came_at < %(before)s",
            ago(HALL_KEPT), blank="row = NULL, fault = 'over'",
        ),
    ),
    Retention(
        "exchange.simulated", _("What simulated connections hold in the demo"),
        ("exchange_simulated",), _("90 days"), OURS,
        Rows("exchange_simulated", "at < %(before)s", ago(timedelta(days=90))),
    ),
)  # fmt: skip
KEPT = (
    Kept("exchange_hotlineorder", _("which order became which case; it names nobody once it did")),
    Kept("exchange_resultfile", _("proves what the hotline was told, and when")),
    Kept("exchange_returnedresult", _("proves what the hotline was told, and when")),
    Kept("exchange_connection", _("how far each connection was read; no persons")),
    Kept(
        "exchange_letter",
        _("proves what other systems were told, and when; states and numbers alone"),
    ),
    Kept("exchange_payorder", _("which fee was asked for over the payment system; no persons")),
    Kept("exchange_paynotice", _("proves what was paid and which receipt it became; no persons")),
    Kept("exchange_comparison", _("proves what both sides counted of a day; numbers alone")),
    Kept("exchange_hallitem", _("what the hall's list said and who decided on it; no persons")),
    Kept("exchange_handback", _("proves what was asked of the hotline, and what it said")),
)


def register() -> None:
    """Tell the nightly job. Called at start."""
    RETENTION.add_all(ENTRIES)
    KEPT_FOR_GOOD.add_all(KEPT)
