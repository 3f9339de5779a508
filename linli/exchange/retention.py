"""How long tokens of requests and lists of orders are kept."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from linli.kernel.registries import KEPT_FOR_GOOD, RETENTION, Kept, Retention
from linli.kernel.retention import Rows, ago

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
)  # fmt: skip
KEPT = (
    Kept("exchange_hotlineorder", _("which order became which case; it names nobody once it did")),
    Kept("exchange_resultfile", _("proves what the hotline was told, and when")),
    Kept("exchange_returnedresult", _("proves what the hotline was told, and when")),
    Kept("exchange_handback", _("proves what was asked of the hotline, and what it said")),
)


def register() -> None:
    """Tell the nightly job. Called at start."""
    RETENTION.add_all(ENTRIES)
    KEPT_FOR_GOOD.add_all(KEPT)
