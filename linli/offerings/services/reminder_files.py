"""The list of a month, or of what is asked to stop, as a file: made as a job and kept a week; without numbers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import get_language

from linli.files import services as files
from linli.files.types import FileKind, Owner
from linli.kernel.permits import VAULT, Actor, require
from linli.kernel.sheets import as_csv, as_xlsx
from linli.offerings.queries.benefits import asked_to_stop
from linli.offerings.queries.reminders import place_of, rows_of, stop_rows, whole_list
from linli.people import permits as people
from linli.runtime.services.long_jobs import start_job
from linli.trail.services import record
from linli.ui.demo import demo_note

if TYPE_CHECKING:
    from linli.runtime.models import LongJob

MONTH, STOPS = "month", "stops"
OWNER = JOB = "offerings.reminders"
KEPT = timedelta(days=7)


@transaction.atomic
def order_file(
    place: str, first: date, form: str, *, what: str = MONTH, actor: Actor, now: datetime
) -> LongJob:
    """Queue the file of a place and month, or of what is asked to stop there. Refuses with NotFound, NotAllowed."""
    node = place_of(actor, place)
    require(actor, people.EXPORT, at=node.path)
    params = {
        "place": node.code, "month": first.isoformat(), "language": get_language(),
        "form": "csv" if form == "csv" else "xlsx", "what": STOPS if what == STOPS else MONTH,
    }  # fmt: skip
    return start_job(JOB, params=params, place=node.path, actor=actor, now=now)


def write_file(params: Mapping[str, str], job_id: int, *, actor: Actor, now: datetime) -> str:
    """Keep the file that was ordered and return its code; who took how many lines is recorded.

    Refuses with NotFound, NotAllowed.
    """
    node, first = place_of(actor, params["place"]), date.fromisoformat(params["month"])
    require(actor, people.EXPORT, at=node.path)
    # a file that was ordered before there were two kinds is one of a month
    is_month, is_csv = params.get("what", MONTH) == MONTH, params["form"] == "csv"
    lines = whole_list(actor, node, first)
    rows = rows_of(lines) if is_month else stop_rows(asked_to_stop(actor, node.path))
    note, called = demo_note(), f"{first:%Y%m}" if is_month else STOPS
    content = as_csv([[note], *rows] if note else rows) if is_csv else as_xlsx(rows, note=note)
    made = files.Made(
        content, f"{node.name}-{called}.{params['form']}", FileKind.CSV if is_csv else FileKind.XLSX,
        VAULT, localdate(now + KEPT),
    )  # fmt: skip
    with transaction.atomic():
        file = files.store_made(
            made, owner=Owner(OWNER, job_id), place=node.path, actor=actor, now=now
        )
        record("offerings.reminders_exported", on=("job", job_id), actor=actor, now=now,
               place=node.path, rows=len(rows) - 1)  # fmt: skip
    return str(file.code)
