"""Registers as spreadsheets: the work of long jobs, in steps, with the starter's own sight."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone, translation
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from linli.documents import queries
from linli.documents.clients.spreadsheets import workbook
from linli.documents.queries import Filter
from linli.files.services import Made, store_made
from linli.files.types import FileKind, Owner
from linli.kernel.permits import PERSONAL
from linli.runtime.types import JobLink, JobRun

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

    from linli.documents.models import Document, SealUse

EXPORT = "documents.export"
STEP = 1000
KEEP = timedelta(days=7)
Row = Sequence[Any]


def export_register(run: JobRun) -> JobLink:
    """Write the filtered register of papers."""
    with translation.override(str(run.params["language"])):
        heads = [_("No."), _("Kind of paper"), _("Paper"), _("Issuing office"), _("Issued"), _("Issued by"),
                 _("State"), _("Copies"), _("Check code"), "SHA-256"]  # fmt: skip
        found = queries.filtered_documents(run.actor, _filter(run))
        return _export(run, _("Register of printed papers"), heads, found, _document_row)


def export_seal_book(run: JobRun) -> JobLink:
    """Write the filtered seal book."""
    with translation.override(str(run.params["language"])):
        heads = [_("No."), _("Seal"), _("Matter"), _("Who gets the paper?"), _("Applied by"), _("Applied at"),
                 _("State"), _("Decided by"), _("Copies"), _("Stamped on"), _("Stamped by"), _("Stamped copies")]  # fmt: skip
        found = queries.filtered_seal_uses(run.actor, _filter(run))
        return _export(run, _("Seal book"), heads, found, _seal_row)


def _filter(run: JobRun) -> Filter:
    given = run.params
    days = {k: date.fromisoformat(given[k]) if given.get(k) else None for k in ("since", "until")}
    return Filter(given["state"], given["kind"], given["words"], days["since"], days["until"])


def _document_row(document: Document) -> Row:
    return (
        document.number, str(queries.title_of_template(document.template)), document.title,
        document.office, f"{localtime(document.issued_at):%Y-%m-%d %H:%M}", document.issued_by,
        str(queries.DOCUMENT_WORDS[document.state]), document.print_count, document.code,
        document.sha256,
    )  # fmt: skip


def _seal_row(use: SealUse) -> Row:
    return (
        use.number, str(queries.SEAL_WORDS[use.seal]), use.matter, use.recipient, use.applicant,
        f"{localtime(use.requested_at):%Y-%m-%d %H:%M}", str(queries.SEAL_STATE_WORDS[use.state]),
        use.decided_by, use.copies, use.stamped_on.isoformat() if use.stamped_on else "",
        use.stamped_by, use.stamped_copies if use.stamped_copies is not None else "",
    )  # fmt: skip


def _export(
    run: JobRun, title: str, heads: Row, found: QuerySet[Any], row: Callable[[Any], Row]
) -> JobLink:
    rows = (row(item) for item in _in_steps(run, found))
    content = workbook(title, heads, rows)
    now = timezone.now()
    made = Made(content, f"{title}.xlsx", FileKind.XLSX, PERSONAL, localdate(now + KEEP))
    file = store_made(
        made,
        owner=Owner(EXPORT, run.actor.account_id or 0),
        place=run.place,
        actor=run.actor,
        now=now,
    )
    return JobLink("files:download", (file.code,), file.name)


def _in_steps(run: JobRun, found: QuerySet[Any]) -> Iterator[Model]:
    """Read by keys, newest first, and tell after each step."""
    done, last = 0, None
    while True:
        step = list((found.filter(pk__lt=last) if last else found).order_by("-pk")[:STEP])
        yield from step
        done += len(step)
        run.progress(done, None, _("%(done)s rows written") % {"done": done})
        if len(step) < STEP:
            run.progress(done, done, _("%(done)s rows written") % {"done": done})
            return
        last = step[-1].pk
