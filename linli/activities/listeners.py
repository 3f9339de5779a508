"""Reactions of activities to events: each only defers a job."""

from __future__ import annotations

from linli.access.events import AccountErased
from linli.activities import tasks


def on_account_erased(event: AccountErased) -> None:
    """What was booked by an account that was erased loses name and number, and gives its time back."""
    tasks.forget_account.defer(account_id=event.account_id)
