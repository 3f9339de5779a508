"""Publishing a notice or a correction of it, and withdrawing it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid
from linli.kernel.events import publish
from linli.kernel.permits import Actor, require
from linli.notices import permits, queries
from linli.notices.engine.checking import checksum_of, period_faults, text_faults
from linli.notices.engine.locking import lock, lock_open, must_be_newest
from linli.notices.errors import LookFirst, NamesAPerson
from linli.notices.events import PostingPublished, PostingWithdrawn
from linli.notices.models import Posting, PostingVersion
from linli.notices.rules.periods import later
from linli.notices.states import POSTING, VERSION, PostingState
from linli.notices.types import Text
from linli.runtime.services import numbers
from linli.trail.services import record
from linli.ui.formats import listed

SERIES = "TZ"


@transaction.atomic
def publish_version(
    posting: Posting, *, edition: int, is_looked_at: bool, actor: Actor, now: datetime
) -> Posting:
    """Publish what is being written: the notice itself, or a correction beside which the old stays.

    `is_looked_at` says that somebody looked at what may be about a person. Refuses with NotAllowed,
    WrongState, SavedMeanwhile, NamesAPerson, LookFirst, Invalid.
    """
    posting, version = lock_open(posting)
    require(actor, permits.PUBLISH, at=posting.place)
    after = VERSION.after(version.state, "publish")
    must_be_newest(version, edition, "publish")
    _guard(posting, version, is_looked_at)
    is_first = posting.state == PostingState.PREPARED
    posting.state = POSTING.after(posting.state, "publish" if is_first else "correct")
    if is_first:
        _begin_period(posting, localdate(now))
        posting.number = numbers.next_number(SERIES, posting.place, localdate(now).year, now=now)
        posting.published_at = now
    elif version.restarts:
        _begin_anew(posting, localdate(now))
    version.state, version.published_at, version.published_by = after, now, actor.label
    version.checksum = checksum_of(posting, version)
    version.save()
    posting.current, posting.open, posting.changed_at = version, None, now
    posting.save()
    verb = "notices.published" if is_first else "notices.corrected"
    record(verb, on=posting, actor=actor, now=now, number=posting.number, version=version.number)
    publish(
        PostingPublished(posting.pk, posting.code, version.number, posting.place, posting.category)
    )
    return posting


def _guard(posting: Posting, version: PostingVersion, is_looked_at: bool) -> None:
    text = Text(version.title, version.body, version.contact, version.basis, version.objection)
    faults = text_faults(text, posting.category)
    if posting.current_id is not None and not version.reason.strip():
        faults["reason"] = [_("Say what is corrected and why: everybody reads it.")]
    if faults:
        raise Invalid(faults)
    found = queries.findings_of(text)
    grave = [str(queries.SIGN_WORDS[one.sign]) for one in found if one.is_grave]
    if grave:
        raise NamesAPerson(found=listed(dict.fromkeys(grave)))
    if found and not is_looked_at:
        raise LookFirst(count=len(found))


def _begin_period(posting: Posting, today: date) -> None:
    """Set the days of the period, by the law of its first day. Refuses with Invalid."""
    first = posting.first_day or today
    if first < today:
        raise Invalid({"first_day": [_("Choose today or a later day.")]})
    if faults := period_faults(posting.category, first, posting.days, posting.unit, posting.place):
        raise Invalid(faults)
    due = queries.last_day(first, posting.days, posting.unit, posting.place)
    posting.first_day, posting.last_day, posting.is_provisional = first, due.day, due.provisional
    posting.law = queries.law_of(posting.category, posting.place, first)


def _begin_anew(posting: Posting, today: date) -> None:
    """Count the period from the correction on; an announced last day is never brought forward."""
    assert posting.first_day is not None, "what is published has its days"
    first = max(posting.first_day, today)
    due = queries.last_day(first, posting.days, posting.unit, posting.place)
    posting.last_day = later(posting.last_day, due.day)
    posting.is_provisional = due.provisional
    posting.law = queries.law_of(posting.category, posting.place, first)


@transaction.atomic
def withdraw_posting(
    posting: Posting, *, reason: str, hides_text: bool, actor: Actor, now: datetime
) -> Posting:
    """Withdraw a notice: it stays readable as withdrawn with the reason, or without its text.

    What is being written as a correction is given up. Refuses with NotAllowed, WrongState, Invalid.
    """
    posting = lock(posting)
    require(actor, permits.PUBLISH, at=posting.place)
    after = POSTING.after(posting.state, "withdraw")
    if not reason.strip():
        raise Invalid({"reason": [_("Say why: everybody who looks for the notice reads it.")]})
    if any(one.is_grave for one in queries.findings_of(Text("", reason, ""))):
        raise Invalid({"reason": [_("Name no person and no number here: everybody reads it.")]})
    _drop_open(posting)
    posting.state, posting.open = after, None
    posting.withdrawn_at, posting.withdrawn_on = now, localdate(now)
    posting.withdrawn_by, posting.withdrawn_reason = actor.label, reason.strip()[:300]
    posting.is_hidden, posting.changed_at = hides_text, now
    posting.save()
    record(
        "notices.withdrawn", on=posting, actor=actor, now=now, number=posting.number,
        is_hidden=hides_text,
    )  # fmt: skip
    publish(PostingWithdrawn(posting.pk, posting.code, posting.place, posting.category))
    return posting


def _drop_open(posting: Posting) -> None:
    if posting.open_id is None:
        return
    version = PostingVersion.objects.select_for_update().get(pk=posting.open_id)
    version.state = VERSION.after(version.state, "drop")
    version.save(update_fields=["state"])
