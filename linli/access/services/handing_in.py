"""A file of staff and posts is taken in and handed to the job that tries it or brings it in."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import get_language

from linli.access.models import StaffImport
from linli.access.services.imports import start_import
from linli.access.types import IMPORT_OWNER
from linli.files import services as files
from linli.files.types import SHEETS, Owner, Policy, Upload
from linli.kernel.permits import PERSONAL, Actor, open_to_all
from linli.runtime.services.long_jobs import start_job

LIST = Policy(SHEETS, 20 * 1024 * 1024, level=PERSONAL, keep_days=14)


@open_to_all("start_import asks for the permit before anything is kept")
def hand_in(
    file: Upload, path: str, *, is_dry_run: bool, actor: Actor, now: datetime
) -> tuple[StaffImport, str]:
    """Return the import of a file and the code of its job. Refuses with NotAllowed, Invalid."""
    run = start_import(file.name or "", path, is_dry_run=is_dry_run, actor=actor, now=now)
    owner = Owner(IMPORT_OWNER, run.pk)
    kept = files.take_in(file, policy=LIST, owner=owner, place=run.path, actor=actor, now=now)
    params = {"import_id": run.pk, "file": kept.code, "language": get_language()}
    job = start_job(
        "access.staff_import", params=params, place=run.path, actor=actor, now=now, title=run.name
    )
    return run, job.code
