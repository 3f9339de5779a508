"""What happens to notices by itself: a new calendar, an organisation that goes into another, the log."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from linli.kernel.errors import NotAllowed
from linli.kernel.permits import Actor, open_to_all
from linli.notices import queries
from linli.notices.models import Posting, PostingVersion
from linli.notices.rules.periods import later
from linli.trail.services import record
from linli.translog import services as translog


@open_to_all("follows a new calendar, whose own service asked for the permit")
@transaction.atomic
def recount_ends(*, actor: Actor, now: datetime) -> int:
    """Count last days anew where they were provisional; return how many moved, later and never earlier.

    Refuses with NotAllowed.
    """
    if not actor.is_system:
        raise NotAllowed()
    found = queries.provisional_postings(localdate(now)).select_for_update().order_by("pk")
    return sum(_recount(posting, actor, now) for posting in found)


def _recount(posting: Posting, actor: Actor, now: datetime) -> bool:
    assert posting.first_day is not None, "what is published has its days"
    first = max(posting.first_day, _restarted_on(posting) or posting.first_day)
    due = queries.last_day(first, posting.days, posting.unit, posting.place)
    before = posting.last_day
    posting.last_day, posting.is_provisional = later(before, due.day), due.provisional
    posting.save(update_fields=["last_day", "is_provisional"])
    if posting.last_day == before or before is None:
        return False
    record(
        "notices.end_recounted", on=posting, actor=actor, now=now, before=before.isoformat(),
        after=posting.last_day.isoformat(),
    )  # fmt: skip
    return True


def _restarted_on(posting: Posting) -> date | None:
    last = posting.versions.filter(restarts=True, published_at__isnull=False)
    at = last.order_by("-number").values_list("published_at", flat=True).first()
    return localdate(at) if at else None


@open_to_all("follows a reorganisation, whose own service asked for the permit")
@transaction.atomic
def follow_office(old_id: int, new_id: int, *, actor: Actor, now: datetime) -> int:
    """Let notices point to the organisation that another went into; the name on them stays. Refuses with NotAllowed."""
    if not actor.is_system:
        raise NotAllowed()
    return Posting.objects.filter(office_id=old_id).update(office_id=new_id)


@open_to_all("called by the job alone that enters published notices into the log")
@transaction.atomic
def log_version(posting_id: int, number: int, *, actor: Actor, now: datetime) -> PostingVersion:
    """Enter a version's number, time and hash into the public log, once."""
    version = PostingVersion.objects.select_for_update().get(posting_id=posting_id, number=number)
    if version.log_index is None and version.published_at is not None:
        posting = version.posting
        content = {
            "code": posting.code, "number": posting.number, "version": version.number,
            "place": posting.place, "published_at": version.published_at.isoformat(),
            "sha256": version.checksum,
        }  # fmt: skip
        version.log_index = translog.append("notice", content, actor=actor, now=now)
        version.save(update_fields=["log_index"])
    return version
