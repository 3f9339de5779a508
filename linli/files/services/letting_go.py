"""Letting files go: when they are due, when their owner asks, and bytes without a row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice

from django.db import transaction

from linli.files import queries
from linli.files.clients import store
from linli.files.events import FileErased
from linli.files.models import Derivative, StoredFile
from linli.files.states import FILE
from linli.kernel import locks
from linli.kernel.events import publish
from linli.kernel.permits import Actor, open_to_all
from linli.trail.services import record

BATCH = 200
# bytes of a transaction that is still running have no row yet
GRACE = timedelta(hours=24)


@open_to_all("the owner of the thing has required its permit; the retention job is the system")
@transaction.atomic
def erase_file(file: StoredFile, *, reason: str, actor: Actor, now: datetime) -> StoredFile:
    """Erase the content of a file for good; the row stays and says so. Refuses with WrongState."""
    file = StoredFile.objects.select_for_update().get(pk=file.pk)
    file.state = FILE.after(file.state, "erase")
    names = [file.storage_name, *file.derivatives.values_list("storage_name", flat=True)]
    file.name = file.storage_name = file.sha256 = ""
    file.content_key = None
    file.erased_at = now
    file.save()
    Derivative.objects.filter(file=file).update(storage_name="")
    place = file.place or actor.place
    record("files.erased", on=file, actor=actor, now=now, place=place, reason=reason)
    publish(FileErased(file.pk, file.owner_kind, file.owner_id))
    # the bytes go once nobody can undo the erasure
    transaction.on_commit(lambda: _remove_unused(names))
    return file


@open_to_all("the owner of the thing has required its permit")
def erase_files_of(
    owner_kind: str, owner_id: int, *, reason: str, actor: Actor, now: datetime
) -> int:
    """Erase all files of a thing, and return how many."""
    found = StoredFile.objects.filter(owner_kind=owner_kind, owner_id=owner_id, state="kept")
    files = list(found.order_by("id"))
    for file in files:
        erase_file(file, reason=reason, actor=actor, now=now)
    return len(files)


@open_to_all("the retention job is the system")
def erase_due(*, actor: Actor, now: datetime, limit: int) -> int:
    """Erase the next files whose time is over, and return how many."""
    batch = list(queries.due(now).order_by("retention_until", "id")[: min(limit, BATCH)])
    erased = 0
    for file in batch:
        with transaction.atomic():
            # a draft may be hung on something meanwhile: it is kept for that from then on
            if queries.due(now).select_for_update().filter(pk=file.pk).first() is not None:
                erase_file(file, reason="retention", actor=actor, now=now)
                erased += 1
    return erased


@open_to_all("the sweep is the system")
def sweep(*, actor: Actor, now: datetime) -> int:
    """Remove bytes that no row knows of, and what a crash left in the quarantine."""
    removed = 0
    for path in store.quarantine_folder().iterdir():
        if datetime.fromtimestamp(path.stat().st_mtime, UTC) < now - GRACE:
            path.unlink(missing_ok=True)
            removed += 1
    for names in _in_batches(store.walk()):
        old = [name for name in names if store.kept_since(name) < now - GRACE]
        removed += _remove_unused(old)
    return removed


def _remove_unused(names: Iterable[str]) -> int:
    """Remove content that no kept file has any more; equal contents share their place."""
    removed = 0
    for name in sorted(set(names) - {""}):
        with transaction.atomic():
            locks.hold("files.content", name)
            is_used = (
                StoredFile.objects.filter(storage_name=name).exists()
                or Derivative.objects.filter(storage_name=name).exists()
            )
            if not is_used:
                store.remove(name)
                removed += 1
    return removed


def _in_batches(names: Iterator[str]) -> Iterator[list[str]]:
    while batch := list(islice(names, 1000)):
        yield batch
