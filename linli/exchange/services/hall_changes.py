"""Supplements and withdrawals made at the hall: received once each, held until something became of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from linli.exchange import permits
from linli.exchange.clients import hall
from linli.exchange.clients.lines import line_of
from linli.exchange.events import ChangeCame
from linli.exchange.models import HallApplication, HallChange
from linli.exchange.queries.hall_changes import COLUMN, TABLE, UNREADABLE, can_be_tried
from linli.exchange.queries.reasons import tidy_reason
from linli.exchange.rules import hall_changes as rules
from linli.exchange.rules.going_on import going_on
from linli.exchange.rules.hall import digest_of
from linli.exchange.rules.receiving import keep_each
from linli.exchange.services.letters import Matter, queue_letter
from linli.exchange.services.linking import advance, note_try
from linli.exchange.services.pulling import pull
from linli.exchange.states import CHANGE, ChangeState
from linli.exchange.types.connections import Later, Never, System
from linli.exchange.types.hall import Answer, Batch, Change, SentFile, Unreadable
from linli.kernel import locks
from linli.kernel.errors import WrongState
from linli.kernel.events import publish
from linli.kernel.paths import CITY_PATH
from linli.kernel.permits import Actor, open_to_all, require
from linli.kernel.sealing import seal
from linli.trail.services import record

BY_JOB = "run by its job alone"
CHANGED_AFTER, ANSWER = "changed_after", "answer"
NO_FILE, SPOILT = "no_file", "file_spoilt"
MOVES = {Answer.TAKEN: "take", Answer.MOOT: "settle", Answer.RETURNED: "return"}
VERBS = {
    Answer.TAKEN: "exchange.change_taken",
    Answer.MOOT: "exchange.change_taken",
    Answer.RETURNED: "exchange.change_returned",
}


@open_to_all(BY_JOB)
def pull_changes(*, actor: Actor, now: datetime) -> int:
    """Receive what applicants did at the hall since; return how many steps are new here."""
    return pull(
        System.HALL, "changes", lambda line, mark: hall.changes_after(line, mark, now=now),
        lambda batch: _receive(batch, actor, now), actor=actor, now=now,
    )  # fmt: skip


@transaction.atomic
def _receive(batch: Batch, actor: Actor, now: datetime) -> int:
    """Keep a batch; a number that is known is one step, whatever comes how often."""
    locks.hold("exchange.hall_changes")
    read = [rules.read_change(raw) for raw in batch.rows]
    # held: somebody may be taking one of them in, or sending it back, right now
    held = HallChange.objects.select_for_update().order_by("pk")
    known = {row.number: row for row in held.filter(number__in=[one.number for one in read])}
    paths = _paths(one.application for one in read if isinstance(one, Change))
    count = keep_each(
        [(one.number, one) for one in read], known, kept=lambda one: _kept(one, paths, now),
        again=lambda row, one: _came_again(row, one, paths),
    )  # fmt: skip
    advance(System.HALL, "changes", batch.mark, actor=actor, now=now)
    return count


def _paths(applications: Iterable[str]) -> dict[str, str]:
    found = HallApplication.objects.filter(number__in=set(applications))
    return dict(found.values_list("number", "path"))


def _digest(one: Change | Unreadable) -> str:
    return digest_of(one.raw if isinstance(one, Unreadable) else rules.written(one))


def _fill(row: HallChange, one: Change | Unreadable, paths: dict[str, str]) -> None:
    text = rules.written(one) if isinstance(one, Change) else one.raw
    row.row = seal(text, table=TABLE, column=COLUMN, row=one.number)
    row.digest, row.fault = _digest(one), "" if isinstance(one, Change) else UNREADABLE
    if isinstance(one, Change):
        row.application, row.kind, row.made_at = one.application, one.kind, one.at
        row.path = paths.get(one.application, CITY_PATH)


def _kept(one: Change | Unreadable, paths: dict[str, str], now: datetime) -> HallChange:
    row = HallChange(number=one.number, path=CITY_PATH, made_at=now, came_at=now)
    _fill(row, one, paths)
    row.save()
    if not row.fault:
        publish(ChangeCame(row.application))
    return row


def _came_again(row: HallChange, one: Change | Unreadable, paths: dict[str, str]) -> None:
    """The same number with other content: what waits is corrected, what was decided is looked at."""
    if row.digest == _digest(one):
        return
    if row.state == ChangeState.WAITING and isinstance(one, Change):
        _fill(row, one, paths)
        row.save()
        publish(ChangeCame(row.application))
    elif row.state != ChangeState.WAITING:
        row.fault, row.digest = CHANGED_AFTER, _digest(one)
        row.save(update_fields=["fault", "digest"])


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file of a supplement; without its content, why: an empty fault means that it may come later."""

    content: bytes = b""
    fault: str = ""


@open_to_all(BY_JOB)
def fetch_file(file: SentFile, most: int, *, actor: Actor, now: datetime) -> Fetched:
    """Return a file as the hall has it, checked against what it must be. Asks outside any transaction."""
    line, clock = line_of(System.HALL), going_on(now)
    if line is None:
        return Fetched()
    try:
        content = hall.file_of(line, file.code, most, now=now)
    except Later as fault:
        note_try(System.HALL, fault=str(fault), actor=actor, now=clock())
        return Fetched()
    except Never:
        return Fetched(fault=NO_FILE)
    is_right = sha256(content).hexdigest() == file.sha256
    return Fetched(content) if is_right else Fetched(fault=SPOILT)


@open_to_all(BY_JOB)
def hold_changes(ids: Iterable[int], *, actor: Actor, now: datetime) -> list[HallChange]:
    """Return those of some steps that still wait, locked until the transaction ends."""
    rows = HallChange.objects.select_for_update().filter(pk__in=list(ids))
    return list(rows.filter(state=ChangeState.WAITING).order_by("pk"))


@open_to_all(BY_JOB)
def hold_back(row: HallChange, fault: str, *, actor: Actor, now: datetime) -> None:
    """Leave a step to a person, with why nothing became of it."""
    HallChange.objects.filter(pk=row.pk, state=ChangeState.WAITING).update(fault=fault)


@open_to_all("part of taking it, which is run by its job or whose service asks for the permit")
def settle(
    row: HallChange, answer: Answer, case_id: int | None, path: str, *, why: str = "", actor: Actor,
    now: datetime,
) -> HallChange:  # fmt: skip
    """Note what became of a step, and tell the hall; what it said is not kept here from then on."""
    row.state = CHANGE.after(row.state, MOVES[answer])
    row.case_id, row.path, row.row, row.fault, row.why = case_id, path, None, "", why
    row.ended_at, row.decided_by = now, actor.label[:120]
    row.save()
    if not row.number.startswith("?"):
        told = {"result": answer, **({"why": why} if answer is Answer.RETURNED else {})}
        about = Matter(System.HALL, row.number, 1, path)
        queue_letter(about, ANSWER, told, actor=actor, now=now)
    record(VERBS[answer], on=row, actor=actor, now=now, place=path, number=row.number)
    return row


@transaction.atomic
def return_change(row: HallChange, why: str, *, actor: Actor, now: datetime) -> HallChange:
    """Send a step back that cannot be done; the hall is told the reason. Refuses with NotAllowed, WrongState, Invalid."""
    row = _held(row, "return", actor)
    return settle(
        row, Answer.RETURNED, row.case_id, row.path, why=tidy_reason(why), actor=actor, now=now
    )


@transaction.atomic
def note_done(row: HallChange, why: str, *, actor: Actor, now: datetime) -> HallChange:
    """Note that somebody did by hand what a step asks for. Refuses as `return_change`."""
    row = _held(row, "take", actor)
    return settle(
        row, Answer.TAKEN, row.case_id, row.path, why=tidy_reason(why), actor=actor, now=now
    )


@transaction.atomic
def try_change_again(row: HallChange, *, actor: Actor, now: datetime) -> HallChange:
    """Let the job try a step again that waits for a person. Refuses with NotAllowed, WrongState."""
    row = _held(row, "take", actor)
    if not can_be_tried(row):
        raise WrongState(state=row.state)
    row.fault = ""
    row.save(update_fields=["fault"])
    publish(ChangeCame(row.application))
    return row


@transaction.atomic
def look_at_change(row: HallChange, *, actor: Actor, now: datetime) -> HallChange:
    """Note that a person saw what the hall sent again. Refuses with NotAllowed, WrongState."""
    row = HallChange.objects.select_for_update().get(pk=row.pk)
    require(actor, permits.CONNECT, at=row.path)
    if row.fault != CHANGED_AFTER:
        raise WrongState(state=row.state)
    row.fault = ""
    row.save(update_fields=["fault"])
    record("exchange.change_looked_at", on=row, actor=actor, now=now, place=row.path,
           number=row.number)  # fmt: skip
    return row


def _held(row: HallChange, move: str, actor: Actor) -> HallChange:
    row = HallChange.objects.select_for_update().get(pk=row.pk)
    require(actor, permits.CONNECT, at=row.path)
    CHANGE.after(row.state, move)
    return row
