"""Lists of people: handed in, their columns named, checked without a trace, taken, or dropped."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils.timezone import localdate

from linli.files import services as files
from linli.files.types import MIB, SHEETS, Owner, Policy, Upload
from linli.kernel.errors import Invalid, NotFound
from linli.kernel.handed_in import ListState
from linli.kernel.permits import VAULT, Actor, require
from linli.people import permits
from linli.people.clients.sheets import Sheet, open_sheet
from linli.people.errors import ColumnsMissing
from linli.people.models import ImportRun, ImportSource
from linli.people.queries.imports import Refused, refused_rows
from linli.people.queries.scopes import node_at
from linli.people.rules import columns
from linli.people.services.mass.opening import opened
from linli.people.states import IMPORT
from linli.people.types import Fault
from linli.people.types.titles import fields_of
from linli.runtime.services.long_jobs import start_job
from linli.trail.services import record, record_read

OWNER = "people.import"
POLICY = Policy(SHEETS, 100 * MIB, level=VAULT, keep_days=30)
SAMPLE = 200


@transaction.atomic
def receive_upload(
    upload: Upload, source: str, *, place: str, actor: Actor, now: datetime
) -> ImportRun:
    """Take a list in from a page; it is kept encrypted until it was taken or dropped.

    Refuses with NotAllowed, Invalid, FileUnreadable, and as files do.
    """
    require(actor, permits.IMPORT, at=place)
    run = _new_run(upload.name or "", source, place=place, actor=actor, now=now)
    file = files.take_in(
        upload, policy=POLICY, owner=Owner(OWNER, run.pk), place=place, actor=actor, now=now
    )
    run.file_code, run.file_hash = file.code, file.sha256
    with opened(run, actor=actor, now=now) as sheet:
        _read_headings(run, sheet, now)
    return _noted(run, "people.import_received", actor, now)


@transaction.atomic
def receive_path(path: Path, source: str, *, place: str, actor: Actor, now: datetime) -> ImportRun:
    """Take a list in from the disk of the server; it stays where it is.

    The same file again continues the run that was broken off. Refuses with NotAllowed,
    FileUnreadable.
    """
    require(actor, permits.IMPORT, at=place)
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    broken_off = ImportRun.objects.filter(
        file_hash=digest, path=place, state=ListState.RUNNING, file_code=""
    ).last()
    if broken_off is not None:
        return broken_off
    run = _new_run(path.name, source, place=place, actor=actor, now=now)
    run.file_hash = digest
    with open_sheet(path) as sheet:
        _read_headings(run, sheet, now)
    return _noted(run, "people.import_received", actor, now)


def _new_run(name: str, source: str, *, place: str, actor: Actor, now: datetime) -> ImportRun:
    if node_at(place) is None:
        raise NotFound(place=place)
    return ImportRun.objects.create(
        path=place, source=source.strip()[:200] or name[:200], file_name=name[:200], file_hash="",
        account_id=actor.account_id, made_by=actor.label[:120], made_at=now,
    )  # fmt: skip


def _read_headings(run: ImportRun, sheet: Sheet, now: datetime) -> None:
    """Suggest what each column means: as chosen last time for this source, by heading, by content."""
    sample = [cells for (_line, cells), _ in zip(sheet.rows, range(SAMPLE), strict=False)]
    known = ImportSource.objects.filter(path=run.path, name=run.source).first()
    run.headings = sheet.headings
    run.mapping = columns.suggest(
        sheet.headings, sample, today=localdate(now), remembered=known.columns if known else None
    )
    run.defaults = known.defaults if known else _usual(run.path)


def _usual(path: str) -> dict[str, str]:
    """A list of one village needs no column that names it."""
    node = node_at(path)
    return {"place": node.code} if node and node.level == "village" else {}


@transaction.atomic
def map_columns(
    run: ImportRun,
    mapping: Mapping[str, int],
    defaults: Mapping[str, str],
    *,
    actor: Actor,
    now: datetime,
) -> ImportRun:
    """Say what each column means and what holds for every row; remembered for the next list.

    Refuses with NotAllowed, WrongState, Invalid.
    """
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    require(actor, permits.IMPORT, at=run.path)
    run.state = IMPORT.after(run.state, "map_columns")
    known = {f: c for f, c in mapping.items() if f in columns.FIELDS and 0 <= c < len(run.headings)}
    missing = columns.missing_fields(known)
    if missing:
        raise Invalid(fields_of([Fault(field, "column_missing") for field in missing]))
    run.mapping = known
    run.defaults = {f: v.strip() for f, v in defaults.items() if f in columns.FIELDS and v.strip()}
    run.counts = {}
    run.save(update_fields=["state", "mapping", "defaults", "counts"])
    ImportSource.objects.update_or_create(
        path=run.path,
        name=run.source,
        defaults={
            "columns": columns.remembering(run.headings, known),
            "defaults": run.defaults,
            "used_at": now,
        },
    )
    return run


@transaction.atomic
def start_check(run: ImportRun, *, actor: Actor, now: datetime) -> ImportRun:
    """Queue the dry run: nothing enters the register. Refuses with NotAllowed, WrongState."""
    return _queue(run, "check", "people.check", actor=actor, now=now)


@transaction.atomic
def start_run(run: ImportRun, *, actor: Actor, now: datetime) -> ImportRun:
    """Queue the taking of a checked list. Refuses with NotAllowed, WrongState."""
    return _queue(run, "run", "people.import", actor=actor, now=now)


def _queue(run: ImportRun, move: str, job: str, *, actor: Actor, now: datetime) -> ImportRun:
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    require(actor, permits.IMPORT, at=run.path)
    if columns.missing_fields(run.mapping):
        raise ColumnsMissing()
    after = IMPORT.after(run.state, move)
    # the check itself writes its result; a run is a run from the moment it waits
    run.state = after if move == "run" else run.state
    started = start_job(
        job, params={"run": run.pk}, place=run.path, actor=actor, now=now, title=run.file_name
    )
    run.job_code = started.code
    run.save(update_fields=["state", "job_code"])
    return _noted(run, f"people.import_{move}_started", actor, now)


@transaction.atomic
def drop_run(run: ImportRun, *, actor: Actor, now: datetime) -> ImportRun:
    """Put a list away that is not to be taken; its content is erased. Refuses with NotAllowed, WrongState."""
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    require(actor, permits.IMPORT, at=run.path)
    run.state = IMPORT.after(run.state, "drop")
    run.ended_at = now
    run.save(update_fields=["state", "ended_at"])
    files.erase_files_of(OWNER, run.pk, reason="dropped", actor=actor, now=now)
    return _noted(run, "people.import_dropped", actor, now)


def read_refused(run: ImportRun, *, actor: Actor, now: datetime) -> Iterator[Refused]:
    """Return every refused row as its list had it; the reading is recorded. Refuses with NotAllowed."""
    require(actor, permits.IMPORT, at=run.path)
    with transaction.atomic():
        record_read(on=run, fields=["cells"], actor=actor, now=now, place=run.path)
    return refused_rows(run)


def _noted(run: ImportRun, verb: str, actor: Actor, now: datetime) -> ImportRun:
    run.save()
    record(verb, on=run, actor=actor, now=now, place=run.path, file=run.file_hash[:16])
    return run
