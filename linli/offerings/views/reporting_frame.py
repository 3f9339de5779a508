"""What the pages of reports share: the way to them, choices of columns, files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.kernel.registries import PLACE_NAMES, POST_NAMES
from linli.kernel.reporting import REPORT_LISTS, REPORT_SOURCES
from linli.offerings.clients.reporting_files import open_book
from linli.offerings.queries import reporting_values as values
from linli.offerings.rules.reporting_binding import (
    Fills,
    held_by,
    likely_held,
    own_formula,
    proposed,
)
from linli.offerings.rules.reporting_layouts import from_data, rules_of
from linli.offerings.types.reporting import SHEET_STATES, SHEET_TONES
from linli.offerings.types.reporting_cells import (
    CHOSEN,
    KIND_TITLES,
    CellRule,
    as_chosen,
    rule_words,
)
from linli.ui.asking import Way
from linli.ui.formats import is_chinese

if TYPE_CHECKING:
    from linli.offerings.models import ReportingColumn, ReportingSheet, ReportingTask


def way(*more: tuple[str, str]) -> Way:
    """Return the way from the desk's reports to a page."""
    return [(_("Reports by spreadsheet"), reverse("offerings:reports")), *more]


def about_sheet(found: ReportingSheet) -> dict[str, object]:
    """Return what the pages of a village's sheet say of it: who asks, until when, who signed."""
    task = found.task
    return {
        "sheet": found, "task": task, "is_waiting": found.state == "waiting", "today": localdate(),
        "may_take_back": found.state == "signed" and task.state == "open",
        "states": (SHEET_STATES, SHEET_TONES), "way": way((task.title, "")),
        "place": PLACE_NAMES.call([found.path]).get(found.path, ""),
        "asker": PLACE_NAMES.call([task.path]).get(task.path, ""),
        "post": POST_NAMES.call([task.post_id]).get(task.post_id, ""),
        "signer": POST_NAMES.call([found.post_id]).get(found.post_id, "") if found.post_id else "",
    }  # fmt: skip


def bind_choices(
    task: ReportingTask, columns: Sequence[ReportingColumn]
) -> list[tuple[int, str, str, list[Any]]]:
    """Return (number, heading, what is chosen, what may be chosen) of each column."""
    index = values.index(task.list_key)
    known = values.columns_of(task.list_key)
    headings = {one.column: one for one in from_data(task.layout).headings}
    grouped = _grouped(task.list_key)
    found = []
    for column in columns:
        heading = headings[column.number]
        own: list[Any] = [(Fills.NOBODY.value, _("Leave it empty"))]
        if own_formula(heading.formula):
            own.insert(0, (Fills.FORMULA.value, _("The formula of the sheet")))
        if not task.list_key and not held_by(heading.words, index):
            own.insert(0, (Fills.VILLAGE.value, _("Ask the villages")))
        likely = [(key, known[key].name(is_chinese=is_chinese())) for key in proposed(heading.words, index)]  # fmt: skip
        choices = [*own, *([(_("Likely"), likely)] if likely else []), *grouped]
        found.append((column.number, column.title, column.key or column.fills, choices))
    return found


def asked_although(
    task: ReportingTask, columns: Sequence[ReportingColumn]
) -> list[tuple[int, str, str, list[str]]]:
    """Return (number, heading, why villages are asked, what registers have like it) of each column that needs it."""
    if task.list_key:
        return []
    index, known, is_zh = values.index(), values.columns_of(), is_chinese()
    found = []
    for one in columns:
        if keys := likely_held(one.title.split(" · "), index):
            names = [known[key].name(is_chinese=is_zh) for key in keys]
            found.append((one.number, one.title, one.why, names))
    return found


def kind_choices(
    task: ReportingTask, columns: Sequence[ReportingColumn]
) -> list[tuple[int, str, str, list[Any]]]:
    """Return (number, heading, what it takes, what may be chosen) of each column that no register certainly fills."""
    rules = rules_of(task.layout)
    return [
        (one.number, one.title, rules[one.number].kind.value, _kinds_of(rules[one.number]))
        for one in columns
        if one.fills == Fills.VILLAGE
    ]


def _kinds_of(rule: CellRule) -> list[tuple[str, str]]:
    """Return the kinds that a clerk may choose; what the sheet itself asks for stands with its bounds."""
    kinds = CHOSEN if rule.kind in CHOSEN else (rule.kind, *CHOSEN)
    return [
        (kind.value, rule_words(rule if kind is rule.kind else as_chosen(rule, kind)) or str(KIND_TITLES[kind]))
        for kind in kinds
    ]  # fmt: skip


def _grouped(list_key: str) -> list[Any]:
    is_zh = is_chinese()
    if listed := values.list_called(list_key):
        return [(listed.name(is_chinese=is_zh), [(one.key, one.name(is_chinese=is_zh)) for one in listed.columns])]  # fmt: skip
    return [
        (source.zh if is_zh else source.en, [(one.key, one.name(is_chinese=is_zh)) for one in source.columns])
        for source in REPORT_SOURCES
    ]  # fmt: skip


def sheet_choices(task: ReportingTask) -> dict[str, Any]:
    """Return the sheets of a draft's file, hidden ones named as such, and the lists of the registers."""
    book = open_book(bytes(task.content or b""))
    hidden = [(name, _("%(name)s (hidden sheet)") % {"name": name}) for name in book.hidden_sheets]
    is_zh = is_chinese()
    return {
        "sheets": [*((name, name) for name in book.sheets), *hidden],
        "lists": [(one.key, one.name(is_chinese=is_zh)) for one in REPORT_LISTS],
    }
