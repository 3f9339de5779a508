"""Reads of files. Who may see a file is decided by the kind of thing that it hangs on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet
from django.utils.timezone import localdate

from linli.files.models import Derivative, StoredFile
from linli.files.types import DRAFT, Owner
from linli.kernel.errors import NotFound
from linli.kernel.list_files import LIST_FILES
from linli.kernel.permits import Actor
from linli.kernel.registries import FILE_VISIBILITY
from linli.kernel.retention import MOST_COUNTED
from linli.runtime.queries import may_open_result, own_job


def get_file(actor: Actor, code: str) -> StoredFile:
    """Return one file. Refuses with NotFound, also if it is not the actor's to see."""
    file = StoredFile.objects.filter(code=code, state="kept").first()
    if file is None or not may_see(actor, file):
        raise NotFound()
    return file


def may_see(actor: Actor, file: StoredFile) -> bool:
    """Ask the owner of the thing that a file hangs on; a kind that nobody answers for is hidden."""
    if actor.is_system:
        return True
    if file.owner_kind == DRAFT:
        is_hers = file.account_id is not None and file.account_id == actor.account_id
        return is_hers and not actor.is_machine
    owner = FILE_VISIBILITY.get(file.owner_kind)
    return owner is not None and owner.may_see(actor, file.owner_id)


def smaller_of(file: StoredFile) -> list[Derivative]:
    """Return the smaller copies of a photo, the largest first."""
    return list(file.derivatives.order_by("-width", "id"))


def files_of(owner: Owner) -> list[StoredFile]:
    """Return the files of a thing that the caller may show, oldest first."""
    return list(
        StoredFile.objects.filter(owner_kind=owner.kind, owner_id=owner.id, state="kept").order_by(
            "id"
        )
    )


def has_let_go(owner: Owner, code: str) -> bool:
    """Say whether a file that is erased hung on a thing."""
    gone = StoredFile.objects.filter(owner_kind=owner.kind, owner_id=owner.id, code=code)
    return gone.exclude(state="kept").exists()


def files_by_codes(owner: Owner, codes: Iterable[str]) -> list[StoredFile]:
    """Return those files of a thing that have these codes, for whoever was given the codes."""
    found = StoredFile.objects.filter(
        code__in=list(codes), owner_kind=owner.kind, owner_id=owner.id, state="kept"
    )
    return list(found.order_by("id"))


def files_of_many(kind: str, ids: Iterable[int]) -> dict[int, list[StoredFile]]:
    """Return the files of many things of one kind with one statement."""
    found: dict[int, list[StoredFile]] = defaultdict(list)
    for file in StoredFile.objects.filter(
        owner_kind=kind, owner_id__in=list(ids), state="kept"
    ).order_by("id"):
        found[file.owner_id].append(file)
    return found


def due(now: datetime) -> QuerySet[StoredFile]:
    """Return the files whose time is over; for the retention job."""
    return StoredFile.objects.filter(state="kept", retention_until__lt=localdate(now))


def count_due(now: datetime) -> int:
    """Return how many files are over their time, counted up to a thousand."""
    return due(now)[:MOST_COUNTED].count()


def may_see_list_file(actor: Actor, job_id: int) -> bool:
    """Say whether a file is the actor's own, and its list is hers to see today; others order their own."""
    job = own_job(actor, job_id)
    known = LIST_FILES.get(str(job.params.get("list"))) if job else None
    return known is not None and may_open_result(actor, job_id, known.permits)
