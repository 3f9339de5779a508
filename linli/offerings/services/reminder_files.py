"""The list of a month as a file, made as a job and kept a week; numbers do not stand in it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import get_language

from linli.files import services as files
from linli.files.types import FileKind, Owner
from linli.kernel.permits import VAULT, Actor, require
from linli.kernel.sheets import as_csv, as_xlsx
from linli.offerings.queries.reminders import list_of, place_of, rows_of
from linli.people import permits as people
from linli.runtime.services.long_jobs import start_job
from linli.trail.services import record
from linli.ui.demo import demo_note

if TYPE_CHECKING:
    from linli.runtime.models import LongJob

OWNER = JOB = "offerings.reminders"
KEPT = timedelta(days=7)


@transaction.atomic
def order_file(place: str, first: date, form: str, *, actor: Actor, now: datetime) -> LongJob:
    """Queue the file of a place and month. Refuses with NotFound, NotAllowed."""
    node = place_of(actor, place)
    require(actor, people.EXPORT, at=node.path)
    params = {
        "place": node.code, "month": first.isoformat(), "language": get_language(),
        "form": "csv" if form == "csv" else "xlsx",
    }  # fmt: skip
    return start_job(JOB, params=params, place=node.path, actor=actor, now=now)


def write_file(
    place: str, first: date, form: str, job_id: int, *, actor: Actor, now: datetime
) -> str:
    """Keep the file and return its code; who took how many lines is recorded.

    Refuses with NotFound, NotAllowed.
    """
    node = place_of(actor, place)
    require(actor, people.EXPORT, at=node.path)
    rows, note = rows_of(list_of(actor, node, first)), demo_note()
    is_csv = form == "csv"
    content = as_csv([[note], *rows] if note else rows) if is_csv else as_xlsx(rows, note=note)
    made = files.Made(
        content, f"{node.name}-{first:%Y%m}.{form}", FileKind.CSV if is_csv else FileKind.XLSX,
        VAULT, localdate(now + KEPT),
    )  # fmt: skip
    with transaction.atomic():
        file = files.store_made(
            made, owner=Owner(OWNER, job_id), place=node.path, actor=actor, now=now
        )
        record("offerings.reminders_exported", on=("job", job_id), actor=actor, now=now,
               place=node.path, rows=len(rows) - 1)  # fmt: skip
    return str(file.code)
