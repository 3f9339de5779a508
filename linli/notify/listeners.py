"""Reactions of notify; each only defers a job."""

from __future__ import annotations

from linli.documents.events import SealUseDecided
from linli.notify import tasks
from linli.notify.events import DeliveriesQueued
from linli.runtime.events import LongJobEnded

AT_ONCE = 100


def on_deliveries_queued(event: DeliveriesQueued) -> None:
    """Send at once what is few; a mass goes with the job of every minute."""
    if len(event.delivery_ids) <= AT_ONCE:
        tasks.deliver.defer(delivery_ids=list(event.delivery_ids))


def on_long_job_ended(event: LongJobEnded) -> None:
    """Tell whoever started it."""
    if event.account_id is not None:
        tasks.tell_job_ended.defer(code=event.code)


def on_seal_use_decided(event: SealUseDecided) -> None:
    """Tell the applicant."""
    if event.account_id is not None:
        tasks.tell_seal_decided.defer(
            seal_use_id=event.seal_use_id, number=event.number, state=event.state,
            account_id=event.account_id, place=event.place,
        )  # fmt: skip
