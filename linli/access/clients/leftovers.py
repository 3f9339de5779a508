"""The edge to forms and files: what somebody began by her account and did not send."""

from __future__ import annotations

from datetime import datetime

from linli.files.services import erase_files_of
from linli.files.types import DRAFT
from linli.formkit.services.drafts import drop_of_account
from linli.kernel.permits import Actor


def forget_begun(account_id: int, *, actor: Actor, now: datetime) -> None:
    """Let forms and files drop what the account of a person who was erased had begun."""
    drop_of_account(account_id, actor=actor, now=now)
    erase_files_of(DRAFT, account_id, reason="erasure", actor=actor, now=now)
