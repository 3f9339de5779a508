"""Reactions of activities to events: each only defers a job."""

from __future__ import annotations

from linli.access.events import AccountErased, AccountTakenOver
from linli.activities import tasks


def on_account_erased(event: AccountErased) -> None:
    """What was booked by an account that was erased loses name and number, and gives its time back."""
    tasks.forget_account.defer(account_id=event.account_id)


def on_account_taken_over(event: AccountTakenOver) -> None:
    """What she booked by her new number before the office knew her is hers."""
    tasks.take_over_account.defer(gone_id=event.gone_id, kept_id=event.kept_id)
