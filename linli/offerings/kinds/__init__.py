"""What offerings declare for others: kinds of cases, messages, and what its acts are called."""

from __future__ import annotations

from linli.cases.kinds.declaring import declare
from linli.notify.types import TEMPLATES
from linli.offerings.kinds import (
    centres,
    connections,
    handbooks,
    home_visits,
    items,
    live_values,
    mandates,
    reminders,
    reports,
    titles,
    visits,
)
from linli.offerings.kinds.application import APPLICATION
from linli.offerings.kinds.letters import APPLIED, FEES, SEALED_PAPER


def register() -> None:
    """Called once at start."""
    titles.register()
    items.register()
    # applications
    declare(APPLICATION)
    TEMPLATES.add_all((APPLIED, SEALED_PAPER, *FEES))
    handbooks.register()
    centres.register()
    connections.register()
    reports.register()
    # visits
    visits.register()
    home_visits.register()
    live_values.register()
    reminders.register()
    mandates.register()
