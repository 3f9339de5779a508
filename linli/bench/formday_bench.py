"""Bench `formday`: a day on which 168 reports come to a town's villages, against writing the same cells bare.

Ours takes each sheet in, binds its columns, fills it for every village from the registers, tells their
offices, lets each village sign off, and writes the merged sheet. The floor writes the merged cells alone.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from itertools import cycle, islice

import xlsxwriter
from django.db import transaction
from django.utils import timezone, translation
from django.utils.timezone import localdate

from linli.bench.measure import Part, Result, judge, machine, paired, timed
from linli.demo import city
from linli.demo.cast import TOWN
from linli.kernel import scope
from linli.kernel.permits import system_actor
from linli.offerings.clients.reporting_sheets import filled_book
from linli.offerings.clients.reporting_templates import Template, blank_sheet, shipped_templates
from linli.offerings.queries import reporting as queries
from linli.offerings.queries.reporting_merging import merged_of
from linli.offerings.services import reporting, reporting_sheets
from linli.offerings.types.reporting import Said, TaskFacts
from linli.places import queries as places

# a clerk waits minutes, not a day; the floor neither reads, asks, fills, tells nor is signed
REPORTS, LIMIT, MOST = 168, 600.0, 200.0
ACTOR = system_actor("bench formday")


class _Undo(Exception):
    """Takes a run back, so that the next one finds the same."""


def run(say: Callable[[str], None]) -> Result:
    """Ours: 168 reports from file to merged sheet. Floor: xlsxwriter with the same merged cells."""
    city.make_demo(say)
    templates = [one for one in shipped_templates().values() if not one.list]
    day = list(islice(cycle([(one, blank_sheet(one)) for one in templates]), REPORTS))
    merged: list[list[list[object]]] = []
    mine, bare = paired(lambda: _form_day(day, merged), lambda: timed(lambda: _write(merged)))
    say(f"{REPORTS} reports, {sum(len(one) for one in merged)} rows, {min(mine):.0f} s")
    took = statistics.median(mine)
    limit = Part(
        "seconds for 168 reports, of ten minutes", round(took, 3), LIMIT, round(took / LIMIT, 4), 1.0,
        took <= LIMIT,
    )  # fmt: skip
    floor = judge("against writing the merged cells bare", mine, bare, target=MOST, bound="at most")
    return Result("formday", "168 reports for one town", (limit, floor), machine())


def _form_day(day: list[tuple[Template, bytes]], merged: list[list[list[object]]]) -> float:
    """Return the seconds of all reports; what was written is taken back."""
    merged.clear()

    def work() -> None:
        for template, blank in day:
            merged.append(_one(template, blank))

    seconds = 0.0
    try:
        with scope.acting(ACTOR), translation.override("zh-hans"), transaction.atomic():
            seconds = timed(work)
            raise _Undo
    except _Undo:
        return seconds


def _one(template: Template, blank: bytes) -> list[list[object]]:
    now = timezone.now()
    place = places.get_place(TOWN)
    post_id = int(queries.approving_posts(ACTOR, place.path)[0][0])
    facts = TaskFacts(template.title, post_id, template.basis, localdate(now) + timedelta(days=5))
    task = reporting.receive_report(place, facts, blank, "form.xlsx", actor=ACTOR, now=now)
    task = reporting.open_report(task, edition=task.edition, actor=ACTOR, now=now)
    columns = queries.bound_columns(task)
    for sheet in list(queries.sheets_of(task)):
        shown = queries.cells_of(sheet, columns, is_chinese=True)
        said = {one.number: Said("0") for one in shown if not one.value}
        saved = reporting_sheets.say_cells(sheet, said, edition=sheet.edition, actor=ACTOR, now=now)
        reporting_sheets.sign_sheet(saved, edition=saved.edition, actor=ACTOR, now=now)
    found = merged_of(task)
    filled_book(found.layout, found.columns, found.rows)
    return [[row.get(one.column, "") for one in found.columns] for row in found.rows]


def _write(merged: list[list[list[object]]]) -> None:
    for rows in merged:
        book = xlsxwriter.Workbook(BytesIO(), {"in_memory": True})
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        book.close()
