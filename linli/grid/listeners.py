"""Reactions of the grid to events: each only defers a job."""

from __future__ import annotations

from linli.access.events import AccountErased, AccountTakenOver
from linli.grid import tasks


def on_account_erased(event: AccountErased) -> None:
    """Whoever was erased stands for no neighbours by name."""
    tasks.forget_account.defer(account_id=event.account_id)


def on_account_taken_over(event: AccountTakenOver) -> None:
    """A head with a new number stays who she is."""
    tasks.take_over_account.defer(gone_id=event.gone_id, kept_id=event.kept_id)
