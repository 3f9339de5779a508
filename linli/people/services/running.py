"""Working through a list: the dry run, and the run that goes on where it was broken off."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from linli.files import services as files
from linli.kernel import scope, sealing
from linli.kernel.events import publish
from linli.kernel.permits import Actor, require, system_actor
from linli.people import permits
from linli.people.errors import RunTakenOver
from linli.people.events import PeopleImported, PersonLeft
from linli.people.models import ImportRow, ImportRun
from linli.people.queries.scopes import node_of_code
from linli.people.services.importing import OWNER
from linli.people.services.mass import bulk
from linli.people.services.mass.matching import fate_of, holders
from linli.people.services.mass.opening import opened
from linli.people.services.mass.passes import Judged, steps
from linli.people.services.mass.taking import take_rows
from linli.people.services.mass.updating import Left
from linli.people.states import IMPORT
from linli.people.types import Fault
from linli.trail.services import record

# an import that meets another one with the same numbers looks again
TRIES = 3
CELLS = ("people_importrow", "cells")

Say = Callable[[int], None]


def check_run(
    run: ImportRun,
    *,
    actor: Actor,
    now: datetime,
    path: Path | None = None,
    say: Say = lambda n: None,
) -> ImportRun:
    """Go through a list without taking anything; every row that would be refused is listed.

    Refuses with NotAllowed, WrongState, FileUnreadable, and with RunTakenOver if its columns were
    named anew meanwhile.
    """
    require(actor, permits.IMPORT, at=run.path)
    IMPORT.after(run.state, "check")
    ImportRow.objects.filter(run=run, is_dry=True).delete()
    counts, done = Counter[str](), 0
    with opened(run, path, actor=actor, now=now) as sheet:
        for step in steps(sheet, run.mapping, run.defaults, below=run.path, today=localdate(now)):
            judged, words = _against_register(step)
            with transaction.atomic():
                _keep_refused(run, judged, is_dry=True)
            counts.update(_counted(judged, words))
            done += len(step)
            say(done)
    return _checked(run, counts, actor=actor, now=now)


@transaction.atomic
def _checked(run: ImportRun, counts: Counter[str], *, actor: Actor, now: datetime) -> ImportRun:
    """Write what a check found; what was checked must be what stands there."""
    held = ImportRun.objects.select_for_update().get(pk=run.pk)
    if (held.mapping, held.defaults) != (run.mapping, run.defaults):
        raise RunTakenOver(file=run.file_name)
    run = held
    run.state, run.counts = IMPORT.after(run.state, "check"), dict(counts)
    run.save(update_fields=["state", "counts"])
    record("people.import_checked", on=run, actor=actor, now=now, place=run.path,
           rows=counts["rows"], refused=counts["refused"])  # fmt: skip
    return run


def take_run(
    run: ImportRun,
    *,
    actor: Actor,
    now: datetime,
    path: Path | None = None,
    say: Say = lambda n: None,
) -> ImportRun:
    """Take a list into the register, step by step; each step is whole or not there at all.

    Called again after a power cut it goes on behind the last step. Refuses with NotAllowed,
    WrongState, FileUnreadable.
    """
    require(actor, permits.IMPORT, at=run.path)
    run, done = _begun(run), 0
    with opened(run, path, actor=actor, now=now) as sheet:
        for step in steps(sheet, run.mapping, run.defaults, below=run.path, today=localdate(now)):
            left = step[max(0, run.taken - done) :]
            done += len(step)
            if left:
                run = _taken(run, left, done, actor=actor, now=now)
            say(done)
    return _finished(run, actor=actor, now=now)


@transaction.atomic
def _begun(run: ImportRun) -> ImportRun:
    # read behind the lock: what another run finished is not begun again
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    run.state = IMPORT.after(run.state, "run")
    run.save(update_fields=["state"])
    return run


def _taken(
    run: ImportRun, step: Sequence[Judged], done: int, *, actor: Actor, now: datetime
) -> ImportRun:
    for attempt in range(1, TRIES + 1):
        try:
            return _take_step(run, step, done, actor=actor, now=now)
        except IntegrityError:
            if attempt == TRIES:
                raise
    raise AssertionError("the last try returns or raises")


@transaction.atomic
def _take_step(
    run: ImportRun, step: Sequence[Judged], done: int, *, actor: Actor, now: datetime
) -> ImportRun:
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    if run.taken != done - len(step):
        raise RunTakenOver(file=run.file_name)
    good = [judged for judged in step if not judged.faults]
    with scope.acting(system_actor("people.import")):
        taken = take_rows([judged.row for judged in good], now=now)
    _tell_left(taken.left, actor=actor, now=now)
    words = dict(zip((judged.row.line for judged in good), taken.words, strict=True))
    judged = _with_register(step, words)
    _keep_refused(run, judged, is_dry=False)
    counts = Counter(run.counts if run.taken else {})
    counts.update(_counted(judged, words))
    run.counts, run.taken = dict(counts), done
    run.save(update_fields=["counts", "taken"])
    record("people.imported", on=run, actor=actor, now=now, place=run.path,
           rows=len(step), until=done)  # fmt: skip
    return run


def _tell_left(left: Sequence[Left], *, actor: Actor, now: datetime) -> None:
    """Who leaves by a list leaves as by the form: it is on record for her, and who waits for it hears."""
    for one in left:
        record("people.moved_out", on=("people.residency", one.residency_id), actor=actor, now=now,
               place=one.path, person_id=one.person_id)  # fmt: skip
        publish(PersonLeft(one.person_id, one.path, one.until))


@transaction.atomic
def _finished(run: ImportRun, *, actor: Actor, now: datetime) -> ImportRun:
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    run.state, run.ended_at = IMPORT.after(run.state, "finish"), now
    run.save(update_fields=["state", "ended_at"])
    if run.file_code:
        files.erase_files_of(OWNER, run.pk, reason="taken", actor=actor, now=now)
    record("people.import_finished", on=run, actor=actor, now=now, place=run.path,
           rows=run.taken)  # fmt: skip
    publish(PeopleImported(run.pk, run.path, run.taken))
    return run


def _against_register(step: Sequence[Judged]) -> tuple[list[Judged], dict[int, str]]:
    """Say what the register would make of each row, without writing."""
    good = [judged.row for judged in step if not judged.faults]
    with scope.acting(system_actor("people.import")), transaction.atomic():
        found = holders([row.number for row in good])
    words = {}
    for row in good:
        node = node_of_code(row.village)
        assert node is not None, "the rules let villages through only"
        words[row.line] = fate_of(row, found.get(row.number), node.id).word
    return _with_register(step, words), words


def _with_register(step: Sequence[Judged], words: dict[int, str]) -> list[Judged]:
    return [
        replace(judged, faults=[Fault("name", "name_differs")])
        if words.get(judged.row.line) == "name_differs"
        else judged
        for judged in step
    ]


def _counted(judged: Sequence[Judged], words: dict[int, str]) -> Counter[str]:
    """Count what became of rows. Who is known elsewhere counts as new: nobody learns of it here."""
    known = sum(word == "known" for word in words.values())
    refused = sum(bool(one.faults) for one in judged)
    counts = Counter({"rows": len(judged), "refused": refused, "known": known})
    counts["new"] = len(judged) - refused - known
    counts.update(f"fault:{fault.code}" for one in judged for fault in one.faults)
    return counts


def _keep_refused(run: ImportRun, judged: Sequence[Judged], *, is_dry: bool) -> None:
    refused = [one for one in judged if one.faults]
    ids = bulk.reserve("importrow", len(refused))
    sealed = sealing.seal_many(
        [json.dumps(one.cells, ensure_ascii=False) for one in refused],
        table=CELLS[0],
        column=CELLS[1],
        rows=ids,
    )
    ImportRow.objects.bulk_create(
        [
            ImportRow(
                pk=pk,
                run=run, line=one.row.line, is_dry=is_dry, cells=cells,
                faults=[[fault.field, fault.code] for fault in one.faults],
            )
            for pk, one, cells in zip(ids, refused, sealed, strict=True)
        ],
        batch_size=1000,
    )  # fmt: skip
