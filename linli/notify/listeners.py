"""Reactions of notify; each only defers a job."""

from __future__ import annotations

from linli.documents.events import SealUseDecided
from linli.notify import tasks
from linli.notify.events import DeliveriesQueued
from linli.orgs.events import HandoverPrinted, HandoverWithdrawn, HoldingEnded
from linli.people.events import PersonCorrected, PersonErased, PersonLeft
from linli.runtime.events import LongJobEnded

AT_ONCE = 100
# so few are sent within seconds: a slot for codes is never held for long
URGENT_AT_ONCE = 10


def on_deliveries_queued(event: DeliveriesQueued) -> None:
    """Send at once what is few; a mass goes with the job of every minute."""
    most = URGENT_AT_ONCE if event.is_urgent else AT_ONCE
    if len(event.delivery_ids) <= most:
        task = tasks.deliver_urgent if event.is_urgent else tasks.deliver
        task.defer(delivery_ids=list(event.delivery_ids))


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


def on_person_corrected(event: PersonCorrected) -> None:
    """Tell her that the office corrected her entry."""
    tasks.tell_person.defer(
        template="people.corrected", person_id=event.person_id, place=event.path, values={}
    )


def on_person_left(event: PersonLeft) -> None:
    """Tell her that a moving out was entered: a wrong one is set right soonest by herself."""
    tasks.tell_person.defer(
        template="people.left", person_id=event.person_id, place=event.path,
        values={"day": event.on.isoformat()},
    )  # fmt: skip


def on_person_erased(event: PersonErased) -> None:
    """Nothing of her address, her choices or her messages stays."""
    tasks.forget_person.defer(person_id=event.person_id)


def on_handover_printed(event: HandoverPrinted) -> None:
    """Tell whoever leaves that a sheet waits for her signature."""
    _tell_of_sheet("orgs.handover_printed", event)


def on_handover_withdrawn(event: HandoverWithdrawn) -> None:
    """Tell whoever was to leave that nothing waits for her signature any more."""
    _tell_of_sheet("orgs.handover_withdrawn", event)


def _tell_of_sheet(template: str, event: HandoverPrinted | HandoverWithdrawn) -> None:
    if event.account_id or event.person_id:
        tasks.tell_holder.defer(
            template=template, account_id=event.account_id,
            person_id=event.person_id, place=event.path, values={"number": event.number},
            handover_id=event.handover_id,
        )  # fmt: skip


def on_holding_ended(event: HoldingEnded) -> None:
    """Tell whoever left that the post and its rights have ended."""
    if event.account_id or event.person_id:
        tasks.tell_holder.defer(
            template="orgs.holding_ended", account_id=event.account_id,
            person_id=event.person_id, place=event.path,
            values={"day": event.until.isoformat()}, post_id=event.post_id,
        )  # fmt: skip
