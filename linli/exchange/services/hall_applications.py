"""Applications made at the hall: received once each, held until they are taken, returned, or looked at."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from linli.exchange import permits
from linli.exchange.clients import hall
from linli.exchange.events import ChangeCame, SentInCame
from linli.exchange.models import HallApplication
from linli.exchange.queries.hall import COLUMN, TABLE, UNREADABLE, content_of, last_letter
from linli.exchange.queries.reasons import tidy_reason
from linli.exchange.rules import hall as rules
from linli.exchange.rules.receiving import keep_each
from linli.exchange.services.letters import Matter, queue_letter
from linli.exchange.services.linking import advance
from linli.exchange.services.pulling import pull
from linli.exchange.states import SENT_IN, SentInState
from linli.exchange.types.connections import System
from linli.exchange.types.hall import Batch, HallState, SentIn, Unreadable
from linli.kernel import locks
from linli.kernel.errors import WrongState
from linli.kernel.events import publish
from linli.kernel.paths import CITY_PATH
from linli.kernel.permits import Actor, open_to_all, require
from linli.kernel.sealing import seal
from linli.places import queries as places
from linli.trail.services import record

BY_JOB = "run by its job alone"
CHANGED_AFTER = "changed_after"


@open_to_all(BY_JOB)
def pull_applications(*, actor: Actor, now: datetime) -> int:
    """Receive what was made at the hall since; return how many applications are new here."""
    return pull(
        System.HALL, "applications", lambda line, mark: hall.applications_after(line, mark, now=now),
        lambda batch: _receive(batch, actor, now), actor=actor, now=now,
    )  # fmt: skip


@transaction.atomic
def _receive(batch: Batch, actor: Actor, now: datetime) -> int:
    """Keep a batch; a number that is known is one application, whatever comes how often."""
    locks.hold("exchange.hall_applications")
    read = [rules.read_application(raw) for raw in batch.rows]
    # held: somebody may be taking one of them in, or sending it back, right now
    held = HallApplication.objects.select_for_update().order_by("pk")
    known = {row.number: row for row in held.filter(number__in=[one.number for one in read])}
    paths = places.paths_of({one.place for one in read if isinstance(one, SentIn) and one.place})
    count = keep_each(
        [(one.number, one) for one in read], known, kept=lambda one: _kept(one, paths, now),
        again=lambda row, one: _came_again(row, one, paths),
    )  # fmt: skip
    advance(System.HALL, "applications", batch.mark, actor=actor, now=now)
    return count


def _digest(one: SentIn | Unreadable) -> str:
    return rules.digest_of(one.raw if isinstance(one, Unreadable) else rules.written(one))


def _fill(row: HallApplication, one: SentIn | Unreadable, paths: dict[str, str]) -> None:
    is_read = isinstance(one, SentIn)
    text = rules.written(one) if isinstance(one, SentIn) else one.raw
    row.row = seal(text, table=TABLE, column=COLUMN, row=one.number)
    row.digest, row.fault = _digest(one), "" if is_read else UNREADABLE
    if isinstance(one, SentIn):
        row.item_code, row.place_code, row.sent_at = one.item_code, one.place, one.sent_at
        row.path = paths.get(one.place, CITY_PATH)


def _kept(one: SentIn | Unreadable, paths: dict[str, str], now: datetime) -> HallApplication:
    row = HallApplication(
        number=one.number,
        state=SENT_IN.start,
        came_at=now,
        sent_at=now,
        item_code="",
        path=CITY_PATH,
    )
    _fill(row, one, paths)
    row.save()
    if not row.fault:
        publish(SentInCame(row.pk))
    return row


def _came_again(row: HallApplication, one: SentIn | Unreadable, paths: dict[str, str]) -> None:
    """The same number with other content: what waits is corrected, what was taken is looked at."""
    if row.digest == _digest(one):
        return
    if row.state == SentInState.WAITING and isinstance(one, SentIn):
        _fill(row, one, paths)
        row.save()
        publish(SentInCame(row.pk))
    elif row.state != SentInState.WAITING:
        row.fault, row.digest = CHANGED_AFTER, _digest(one)
        row.save(update_fields=["fault", "digest"])


@open_to_all("part of taking it, whose service asks for the permit or is run by its job")
def hold_waiting(
    application_id: int, *, actor: Actor, now: datetime
) -> tuple[HallApplication, SentIn] | None:
    """Return an application that waits with what it says, locked; None if it waits no more.

    Must run in the transaction that takes it.
    """
    rows = HallApplication.objects.select_for_update()
    row = rows.filter(pk=application_id, state=SentInState.WAITING).first()
    said = content_of(row) if row else None
    return (row, said) if row is not None and said is not None else None


@open_to_all(BY_JOB)
def hold_back(row: HallApplication, fault: str, *, actor: Actor, now: datetime) -> None:
    """Leave an application to a person, with why it could not be taken."""
    row.fault = fault
    row.save(update_fields=["fault"])


@open_to_all("part of taking it, whose service asks for the permit or is run by its job")
def note_taken(
    row: HallApplication, case_id: int, path: str, *, actor: Actor, now: datetime
) -> HallApplication:
    """Note that an application became a case; what it said is with the case from here on."""
    row.state = SENT_IN.after(row.state, "take")
    row.case_id, row.path, row.row, row.fault, row.ended_at = case_id, path, None, "", now
    row.decided_by = actor.label[:120]
    row.save()
    record("exchange.sent_in_taken", on=row, actor=actor, now=now, place=path, number=row.number)
    # a supplement or withdrawal may have been quicker
    publish(ChangeCame(row.number))
    return row


@open_to_all(BY_JOB)
def recall(row: HallApplication, *, actor: Actor, now: datetime) -> None:
    """Let an application go that she took back at the hall before it was taken in; the hall is told."""
    row = HallApplication.objects.select_for_update().get(pk=row.pk)
    row.state, row.row, row.fault = SENT_IN.after(row.state, "recall"), None, ""
    row.ended_at, row.decided_by = now, actor.label[:120]
    row.save()
    about = Matter(System.HALL, row.number, last_letter(System.HALL, row.number) + 1, row.path)
    queue_letter(about, "state", {"state": HallState.WITHDRAWN}, actor=actor, now=now)
    record("exchange.sent_in_recalled", on=row, actor=actor, now=now, place=row.path,
           number=row.number)  # fmt: skip


@transaction.atomic
def return_to_hall(
    row: HallApplication, why: str, *, actor: Actor, now: datetime
) -> HallApplication:
    """Send an application back that cannot be taken; the hall is told the reason.

    Refuses with NotAllowed, WrongState, Invalid without a reason.
    """
    row = HallApplication.objects.select_for_update().get(pk=row.pk)
    require(actor, permits.CONNECT, at=row.path)
    return return_held(row, why, actor=actor, now=now)


@open_to_all("returning it asked for its permit; what waited too long goes back by its job")
def return_held(row: HallApplication, why: str, *, actor: Actor, now: datetime) -> HallApplication:
    """Send back an application that the transaction holds. Refuses with WrongState, Invalid without a reason."""
    row.state, row.why = SENT_IN.after(row.state, "return"), tidy_reason(why)
    row.row, row.ended_at, row.decided_by = None, now, actor.label[:120]
    row.fault = ""
    row.save()
    if not row.number.startswith("?"):
        seq = last_letter(System.HALL, row.number) + 1
        told = {"state": HallState.RETURNED, "why": row.why}
        queue_letter(
            Matter(System.HALL, row.number, seq, row.path), "state", told, actor=actor, now=now
        )
    # what she sent after it is moot
    publish(ChangeCame(row.number))
    record(
        "exchange.sent_in_returned", on=row, actor=actor, now=now, place=row.path, number=row.number
    )
    return row


@transaction.atomic
def look_at(row: HallApplication, *, actor: Actor, now: datetime) -> HallApplication:
    """Note that a person saw what the hall sent again. Refuses with NotAllowed, WrongState."""
    row = HallApplication.objects.select_for_update().get(pk=row.pk)
    require(actor, permits.CONNECT, at=row.path)
    if row.fault != CHANGED_AFTER:
        raise WrongState(state=row.state)
    row.fault = ""
    row.save(update_fields=["fault"])
    record(
        "exchange.sent_in_looked_at",
        on=row,
        actor=actor,
        now=now,
        place=row.path,
        number=row.number,
    )
    return row
