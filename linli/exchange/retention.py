"""How long tokens of requests are kept."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from linli.kernel.registries import RETENTION, Retention
from linli.kernel.retention import Rows, ago


def register() -> None:
    """Tell the nightly job. Called at start."""
    RETENTION.add(
        Retention(
            "exchange.tokens", _("Tokens of requests from other systems"),
            ("exchange_postedrequest",), _("90 days"), "PIPL art. 19; ours (check)",
            Rows("exchange_postedrequest", "posted_at < %(before)s", ago(timedelta(days=90))),
        )
    )  # fmt: skip
