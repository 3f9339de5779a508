"""The pages about connections that exchange itself has."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.exchange import permits
from linli.exchange.types.connection_tabs import TABS, ConnectionTab

OWN = (
    ConnectionTab("connections", _("Connections"), "exchange:connections", permits.CONNECT, 10),
    ConnectionTab("letters", _("Letters out"), "exchange:letters", permits.CONNECT, 20),
    ConnectionTab("days", _("Days compared"), "exchange:days", permits.CONNECT, 60, for_city=True),
)


def register() -> None:
    """Add them. Called at start."""
    TABS.add_all(OWN)
