"""Jobs of the grid."""

from __future__ import annotations

from django.utils import timezone

from linli.grid.services import head_accounts
from linli.kernel.jobs import job
from linli.kernel.permits import system_actor

FORGETTER, FOLLOWER = system_actor("grid.let_go"), system_actor("grid.rehouse")


@job("grid.forget_account", lock="grid.forget_account", retry=3)
def forget_account(account_id: int) -> None:
    """Forget the name of a head whose account was erased."""
    head_accounts.forget_account(account_id, actor=FORGETTER, now=timezone.now())


@job("grid.take_over_account", retry=3)
def take_over_account(gone_id: int, kept_id: int) -> None:
    """Bring what a head has by one account to another one of hers."""
    head_accounts.take_over_account(gone_id, kept_id, actor=FOLLOWER, now=timezone.now())
