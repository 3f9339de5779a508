"""What a phone sent and could not be done: a person applies it anew, or drops it with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from linli.files.types import Owner
from linli.grid.clients.kept_entries import entry_in
from linli.grid.errors import Decided
from linli.grid.models import PhoneQueue, Queued
from linli.grid.queries import phones
from linli.grid.queries.phones import OfCase
from linli.grid.rules.replaying import is_open
from linli.grid.services.queue_rows import OWNER
from linli.grid.services.queued_acts import Doing, apply
from linli.grid.types.replay import Entry, QueuedState
from linli.kernel.errors import Invalid, Stale
from linli.kernel.permits import STAFF, Actor, open_to_all
from linli.kernel.texts import clean_text
from linli.trail.services import record

SEEN = "who sees the entry decides: its sender, who holds the sender's post, or who checks in the village"
SHORTEST, LONGEST = 2, 200


@dataclass(frozen=True, slots=True)
class Read:
    """An entry as it was sent, with the case that it would be applied to now."""

    entry: Entry
    case: OfCase | None
    number: str


@open_to_all(SEEN)
def read(queued: Queued, *, actor: Actor) -> Read:
    """Return what an entry says, for who sees it. Refuses with NotFound."""
    row = phones.get_queued(actor, queued.pk)
    case, number = phones.case_now(row.case_id)
    return Read(entry_in(row), case, number)


@open_to_all(SEEN)
@transaction.atomic
def apply_anew(
    queued: Queued, *, edition: int | None = None, actor: Actor, now: datetime
) -> Queued:
    """Do it now, with the rights of whoever decides, on the case as it is now.

    What was joined to another case goes there. Refuses with NotFound, Decided, Stale, and as the
    act does; then it stays kept.
    """
    row = _held(queued, edition, actor=actor, now=now)
    found = read(row, actor=actor)
    doing = Doing(
        found.entry, row.queue_id, found.case, row.happened_at, anew=True,
        held=Owner(OWNER, row.pk),
    )  # fmt: skip
    done = apply(doing, actor=actor, now=now)
    row.state, row.case_id = str(QueuedState.ANEW), done.case_id or row.case_id
    return _decided(row, actor=actor, now=now)


@open_to_all(SEEN)
@transaction.atomic
def drop(
    queued: Queued, why: str, *, edition: int | None = None, actor: Actor, now: datetime
) -> Queued:
    """Leave it undone, with the reason. Refuses with NotFound, Decided, Stale, Invalid."""
    row = _held(queued, edition, actor=actor, now=now)
    reason = clean_text(why).strip()
    if not SHORTEST <= len(reason) <= LONGEST:
        raise Invalid({"why": [_("Say in a few words why it is not done.")]})
    row.state, row.why = str(QueuedState.DROPPED), reason
    return _decided(row, actor=actor, now=now)


def _held(queued: Queued, edition: int | None, *, actor: Actor, now: datetime) -> Queued:
    phones.get_queued(actor, queued.pk)
    # the queue first, as a batch does: an entry is not decided while its turn comes
    PhoneQueue.objects.select_for_update().get(pk=queued.queue_id)
    row = Queued.objects.select_for_update().get(pk=queued.pk)
    if not is_open(row.state, row.received_at, now):
        raise Decided()
    if edition is not None and edition != row.edition:
        raise Stale()
    return row


def _decided(row: Queued, *, actor: Actor, now: datetime) -> Queued:
    row.decided_at, row.edition = now, row.edition + 1
    row.save(update_fields=["state", "why", "case", "decided_at", "edition"])
    record("grid.entry_decided", on=row, actor=actor, now=now, place=row.path, level=STAFF,
           act=row.act, state=row.state)  # fmt: skip
    return row
