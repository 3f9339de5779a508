"""Files of the trail that are too long for a page to wait for: made as a job, kept a week."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from linli.kernel.errors import NotFound
from linli.kernel.permits import Actor, require
from linli.kernel.registries import KEEP_FILE, FileMade
from linli.kernel.sheets import as_csv, as_xlsx
from linli.runtime.queries import may_open_result
from linli.runtime.services.long_jobs import start_job
from linli.trail.permits import READ
from linli.trail.queries import lists, sheets
from linli.trail.services.recording import record
from linli.ui.demo import demo_note

if TYPE_CHECKING:
    from linli.runtime.models import LongJob

OWNER = "trail.export"
KEPT = timedelta(days=7)
# more than a sheet can hold is asked for in parts
MOST = 500_000


@transaction.atomic
def order_export(wanted: lists.Filter, form: str, *, actor: Actor, now: datetime) -> LongJob:
    """Queue a file of the list. Refuses with NotFound, NotAllowed."""
    held = [wanted.path] if wanted.path else actor.paths(READ)
    if not held:
        raise NotFound()
    require(actor, READ, at=held[0])
    params: dict[str, Any] = {"form": form, "language": get_language(), "filter": asdict(wanted)}
    return start_job(
        "trail.export", params=params, place=held[0], actor=actor, now=now,
        title=f"{wanted.since} – {wanted.until}",
    )  # fmt: skip


def filter_of(kept: dict[str, Any]) -> lists.Filter:
    """Return the filter that was kept with a job."""
    days = {name: date.fromisoformat(kept[name]) for name in ("since", "until")}
    return lists.Filter(**{**kept, **days})


def write_export(
    wanted: lists.Filter, form: str, job_id: int, *,
    place: str, actor: Actor, now: datetime, say: Callable[[int], None],
) -> str:  # fmt: skip
    """Keep the file of an export and return its code; who exported what is recorded.

    Refuses with NotAllowed.
    """
    require(actor, READ, at=place)
    rows: list[list[Any]] = []
    for step in lists.walk(actor, wanted, MOST + 1):
        rows += sheets.rows_of(step)
        say(len(rows))
    note = demo_note()
    if len(rows) > MOST:
        rows.pop()
        cut = _("The newest %(most)s entries; ask for fewer days to get the others.")
        note = f"{note} {cut % {'most': MOST}}".strip()
    whole = [sheets.heads(), *rows]
    content = (
        as_csv([[note], *whole] if note else whole) if form == "csv" else as_xlsx(whole, note=note)
    )
    with transaction.atomic():
        code = KEEP_FILE.call(
            FileMade(
                content, f"trail-{wanted.since}-{wanted.until}.{form}", OWNER, job_id, READ.level,
                localdate(now + KEPT),
            ),
            place=place, actor=actor, now=now,
        )  # fmt: skip
        record(
            "trail.exported", on=("job", job_id), actor=actor, now=now, place=place,
            level=READ.level, count=len(rows), since=wanted.since, until=wanted.until,
        )  # fmt: skip
    return str(code)


def may_see_export(actor: Actor, job_id: int) -> bool:
    """Say whether a file is the actor's own; others order their own."""
    return may_open_result(actor, job_id, (READ,))
