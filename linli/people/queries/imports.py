"""Imports of people: lists handed in, and the rows that were refused, in the words of the list."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from linli.kernel import sealing
from linli.kernel.errors import NotFound
from linli.kernel.handed_in import is_dry
from linli.kernel.paging import Keyset, Page, page_of
from linli.kernel.permits import Actor
from linli.people import permits
from linli.people.models import ImportRow, ImportRun
from linli.people.types.titles import FAULT, FIELD
from linli.ui.masks import mask_id, mask_phone


def visible_runs(actor: Actor) -> QuerySet[ImportRun]:
    """Lists handed in for places where the actor may import."""
    if actor.is_system:
        return ImportRun.objects.all()
    seen = Q(pk__in=[])
    for path in actor.paths(permits.IMPORT):
        seen |= Q(path__gte=path, path__lt=path + "~")
    return ImportRun.objects.filter(seen)


def get_run(actor: Actor, run_id: int) -> ImportRun:
    """Return one import. Refuses with NotFound."""
    run = visible_runs(actor).filter(pk=run_id).first()
    if run is None:
        raise NotFound()
    return run


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that was not taken: its line, what stood in it, and every reason.

    `cells` hold whole numbers: they leave in a file alone, which is recorded. Pages have `covered`.
    """

    line: int
    cells: list[str]
    covered: list[str]
    faults: list[tuple[str, str]]

    @property
    def reasons(self) -> list[tuple[Any, Any]]:
        return [(FIELD[field], FAULT[code]) for field, code in self.faults]


BY_LINE = Keyset("line", ("line", "id"))


def refused_rows(run: ImportRun, *, limit: int | None = None) -> Iterator[Refused]:
    """Return refused rows in the order of the list."""
    found = _refused(run).order_by("line")
    for row in found[:limit] if limit else found.iterator():
        yield _as_refused(row, run)


def refused_page(run: ImportRun, *, cursor: str | None, limit: int) -> Page[Refused]:
    """Return a page of refused rows in the order of the list. Refuses with Invalid."""
    page = page_of(_refused(run), BY_LINE, cursor=cursor, limit=limit)
    return Page(
        [_as_refused(row, run) for row in page.items], page.next, page.previous, page.count,
        page.has_more_than_count,
    )  # fmt: skip


def _refused(run: ImportRun) -> QuerySet[ImportRow]:
    return ImportRow.objects.filter(run=run, is_dry=is_dry(run.state))


def _as_refused(row: ImportRow, run: ImportRun) -> Refused:
    cells = _cells(row)
    faults = [(field, code) for field, code in row.faults]
    return Refused(row.line, cells, covered_cells(cells, run.mapping), faults)


COVERS: dict[str, Callable[[str], str]] = {"document_number": mask_id, "phone": mask_phone}


def covered_cells(cells: Sequence[str], mapping: Mapping[str, int]) -> list[str]:
    """Return the cells whose columns have a meaning, without whole numbers of people."""
    fields = {column: field for field, column in mapping.items()}
    return [COVERS.get(fields[at], str)(cell) for at, cell in enumerate(cells) if at in fields]


def _cells(row: ImportRow) -> list[str]:
    if row.cells is None:
        return []
    opened = sealing.open_sealed(
        bytes(row.cells), table="people_importrow", column="cells", row=row.pk
    )
    cells: list[str] = json.loads(opened)
    return cells
