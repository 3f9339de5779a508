"""The pages that offerings add to those about connections."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.exchange import permits
from linli.exchange.types.connection_tabs import TABS, ConnectionTab

OWN = (
    ConnectionTab("sent_in", _("Applications of the hall"), "offerings:sent_in", permits.CONNECT, 30),
    ConnectionTab("changes", _("Supplements and withdrawals"), "offerings:hall_changes", permits.CONNECT, 35),
    ConnectionTab("payments", _("Payments"), "offerings:pay_notices", permits.CONNECT, 50),
    ConnectionTab("hall_items", _("The hall's list"), "offerings:hall_items", permits.CONNECT, 40, for_city=True),
)  # fmt: skip


def register() -> None:
    """Add them. Called at start."""
    TABS.add_all(OWN)
