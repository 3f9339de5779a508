"""Whoever sends the same application again within minutes is asked, before there are two."""

from __future__ import annotations

from datetime import datetime

from linli.kernel.locks import hold_ahead
from linli.kernel.permits import Actor, open_to_all
from linli.offerings.errors import SentBefore
from linli.offerings.queries.applications import sent_lately
from linli.offerings.types.applications import SAME_WITHIN, Applicant, Applying
from linli.runtime.services.limits import subject_digest
from linli.ui.formats import clock

BUCKET = "offerings.sent_mark"


@open_to_all("part of applying, which was asked for its permit")
def hold_mark(item: str, applying: Applying, applicant: Applicant, *, actor: Actor) -> bytes | None:
    """Return what stands for the person with the item, locked for `refuse_sent`, or None if nothing does.

    Only to herself: by her account, or by her number together with the telephone that she gave before.
    Whoever knows the number of her card alone does not hear that she applied. It is unreadable without the server's secret, and another for each item. Two at once wait for each other.
    """
    mark = _mark(item, applying, applicant, actor)
    if mark is not None and not applying.is_sure:
        hold_ahead(BUCKET, mark.hex())
    return mark


@open_to_all("part of applying, which was asked for its permit")
def refuse_sent(mark: bytes, *, actor: Actor, now: datetime) -> None:
    """Refuse with SentBefore what the actor sent lately under a mark that she holds."""
    found = sent_lately(mark, now - SAME_WITHIN)
    if found is not None:
        number, opened_at = found
        raise SentBefore(number=number, at=clock(opened_at))


def _mark(item: str, applying: Applying, applicant: Applicant, actor: Actor) -> bytes | None:
    """By her account or who she is known as, else by her telephone with the number of her card if she typed it.

    Whoever applies for several others from one account does not send the same: whom it is for is in the mark.
    """
    account_id = actor.account_id if applying.is_mine else None
    whom = applying.person_id or applicant.id_number or applicant.phone or applicant.name
    both = (
        f"{applicant.id_number} {applicant.phone}"
        if applicant.id_number and applicant.phone
        else ""
    )
    for kind, said in (
        ("account", account_id and f"{account_id} {whom}"), ("person", applying.person_id), ("id", both),
        ("phone", "" if applicant.id_number else applicant.phone),
    ):  # fmt: skip
        if said:
            return subject_digest(BUCKET, f"{item} {kind} {said}")
    return None
