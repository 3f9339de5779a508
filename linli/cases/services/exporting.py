"""A list of cases as a file, made as a job: with the filters of the page, kept a week."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from linli.cases.queries.filters import sight_permits
from linli.cases.queries.listing import list_cases
from linli.cases.queries.telling import channel_words, told_rows
from linli.cases.types.listing import Wanted
from linli.files import services as files
from linli.files.types import FileKind, Owner
from linli.kernel.errors import Invalid, NotFound
from linli.kernel.permits import STAFF, Actor, open_to_all
from linli.kernel.sheets import as_csv, as_xlsx, day_cell, moment_cell
from linli.runtime.services.long_jobs import start_job
from linli.trail.services import record
from linli.ui.demo import demo_note

if TYPE_CHECKING:
    from linli.runtime.models import LongJob

OWNER = "cases.export"
KEPT = timedelta(days=7)
AT_ONCE, MOST, LONGEST = 500, 100_000, 4000
BY_SIGHT = "who sees a list may keep it; what is in it is read with their rights, as the page does"


@open_to_all(BY_SIGHT)
@transaction.atomic
def order_export(query: str, form: str, *, actor: Actor, now: datetime) -> LongJob:
    """Queue a file of a list, by its address. Refuses with NotFound for who sees no cases, with Invalid
    an address that is longer than any list has: cut off, it would show more than the page does."""
    if len(query) > LONGEST:
        raise Invalid({"query": [_("At most %(most)s characters.") % {"most": LONGEST}]})
    held = [path for permit in sight_permits() for path in actor.paths(permit)]
    if not held or actor.account_id is None:
        raise NotFound()
    params: dict[str, Any] = {"query": query, "form": form, "language": get_language()}
    return start_job("cases.export", params=params, place=min(held, key=len), actor=actor, now=now)


@open_to_all(BY_SIGHT)
def write_export(
    wanted: Wanted, form: str, job_id: int, *,
    place: str, actor: Actor, now: datetime, say: Callable[[int], None],
) -> str:  # fmt: skip
    """Keep the file of a list and return its code; who exported how many is recorded."""
    rows, level, is_cut = _read(actor, wanted, now, say)
    note = demo_note()
    if is_cut:
        cut = _("The first %(most)s only; narrow the list to get the others.") % {"most": MOST}
        note = f"{note} {cut}".strip()
    content = _content([_heads(), *rows], form, note)
    kind = FileKind.XLSX if form == "xlsx" else FileKind.CSV
    made = files.Made(
        content, f"cases-{localdate(now):%Y%m%d}.{form}", kind, level, localdate(now + KEPT)
    )
    with transaction.atomic():
        file = files.store_made(made, owner=Owner(OWNER, job_id), place=place, actor=actor, now=now)
        record(
            "cases.exported", on=("job", job_id), actor=actor, now=now, place=place, level=level,
            count=len(rows),
        )  # fmt: skip
    return file.code


def _read(
    actor: Actor, wanted: Wanted, now: datetime, say: Callable[[int], None]
) -> tuple[list[list[Any]], int, bool]:
    """Return the rows, the highest level among them, and whether more were left out."""
    rows: list[list[Any]] = []
    cursor: str | None = None
    level = STAFF
    while len(rows) < MOST:
        page = list_cases(actor, wanted, cursor=cursor, limit=AT_ONCE)
        rows += [_row(told, now) for told in told_rows(actor, page.items, now)]
        level = max([level, *(row.level for row in page.items)])
        say(len(rows))
        cursor = page.next
        if cursor is None:
            break
    return rows, level, cursor is not None


def _content(whole: list[list[Any]], form: str, note: str) -> bytes:
    if form == "xlsx":
        return as_xlsx(whole, note=note)
    return as_csv([[note], *whole] if note else whole)


def _heads() -> list[str]:
    return [
        _("Number"), _("Kind of case"), _("Sort of matter"), _("Title"), _("Category"), _("Place"), _("Stage"),
        _("With"), _("Came in"), _("How it came in"), _("Last day"), _("Days late"), _("Closed"),
        _("Handed back"), _("Taken up again"),
    ]  # fmt: skip


def _row(told: Any, now: datetime) -> list[Any]:
    row = told.row
    is_late = row.is_open and told.due_on is not None and row.due_at <= now
    return [
        row.number, told.kind, told.matter, told.title, told.category, told.place, told.state,
        told.holder, moment_cell(row.opened_at), channel_words(row.channel), day_cell(told.due_on),
        (localdate(now) - told.due_on).days if is_late else None, moment_cell(row.closed_at),
        row.bounced, row.reopened,
    ]  # fmt: skip
