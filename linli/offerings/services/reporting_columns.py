"""Columns of a report that is being prepared: which sheet they are from, who fills them, what is typed there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid
from linli.kernel.permits import Actor, open_to_all, require
from linli.kernel.texts import clean_text
from linli.offerings import permits
from linli.offerings.clients.reporting_files import open_book, read_grid, refused
from linli.offerings.models import ReportingColumn, ReportingTask
from linli.offerings.queries import reporting as queries
from linli.offerings.queries import reporting_values as values
from linli.offerings.rules.reporting_binding import Bound, Fills, first_binding, own_formula
from linli.offerings.rules.reporting_heads import NoHeadings, layout_of
from linli.offerings.rules.reporting_layouts import as_data, from_data, strange_kinds, with_kinds
from linli.offerings.rules.reporting_stems import stems_of
from linli.offerings.services.reporting_drafts import held_draft, saved
from linli.offerings.types.reporting import MOST_REASON, Shape
from linli.offerings.types.reporting_cells import CHOSEN


@open_to_all("its callers have asked for the permit")
def keep_columns(task: ReportingTask, bindings: Sequence[Bound], *, actor: Actor) -> None:
    """Keep who fills which column of a report, in place of what was kept before."""
    task.columns.all().delete()
    ReportingColumn.objects.bulk_create(
        ReportingColumn(
            task=task, number=one.column, title=one.title[:200], key=one.key,
            stem=(stems_of(one.title.split(" · ")) or [one.title])[0][:200], fills=one.fills.value,
            formula=one.formula, is_hidden=one.is_hidden, why=one.why,
        )
        for one in bindings
    )  # fmt: skip


@transaction.atomic
def choose_sheet(
    task: ReportingTask, sheet: str, list_key: str, *, edition: int, actor: Actor, now: datetime
) -> ReportingTask:
    """Read another sheet of the file, or fill it from a list; its columns are bound anew.

    Refuses with NotAllowed, WrongState, Stale, Invalid.
    """
    require(actor, permits.ASK_REPORTS, at=task.path)
    task = held_draft(task, edition, actor=actor)
    if list_key and values.list_called(list_key) is None:
        raise Invalid({"list": [_("Choose one of the lists.")]})
    try:
        layout = layout_of(read_grid(open_book(bytes(task.content or b"")), sheet))
    except NoHeadings as fault:
        raise refused(fault.reason, fault.number) from None
    task.sheet_name, task.layout, task.list_key = sheet[:60], as_data(layout), list_key
    task.shape = Shape.LIST if list_key else Shape.SUMMARY
    keep_columns(task, first_binding(layout.headings, values.index(list_key)), actor=actor)
    return saved(task, "offerings.report_bound", actor=actor, now=now)


@transaction.atomic
def bind_columns(
    task: ReportingTask, chosen: Mapping[int, str], *, kinds: Mapping[int, str] | None = None,
    whys: Mapping[int, str] | None = None, edition: int, actor: Actor, now: datetime,
) -> ReportingTask:  # fmt: skip
    """Say for each column by number who fills it: key of a register's column, village, formula or nobody.

    `kinds` say what may be typed into columns, where the sheet and its headings do not say it right;
    `whys` say why villages are asked although a register has something like it, which is needed to send it.

    Refuses with NotAllowed, WrongState, Stale, Invalid, and HeldAlready for a question that a register answers.
    """
    require(actor, permits.ASK_REPORTS, at=task.path)
    task = held_draft(task, edition, actor=actor)
    known, bindings = values.columns_of(task.list_key), []
    formulas = {one.column: own_formula(one.formula) for one in from_data(task.layout).headings}
    for one in queries.as_bound(queries.bound_columns(task)):
        word = chosen.get(one.column, one.key or str(one.fills))
        bound = _chosen(one, word, known, formulas.get(one.column, ""))
        bindings.append(replace(bound, why=_why_of(bound, (whys or {}).get(one.column, one.why))))
    values.refuse_held(bindings, task.list_key)
    task.layout = _with_kinds(task.layout, kinds or {})
    keep_columns(task, bindings, actor=actor)
    return saved(task, "offerings.report_bound", actor=actor, now=now)


def _why_of(bound: Bound, said: str) -> str:
    """Return why villages are asked, tidied; where nobody asks them there is nothing to say."""
    why = clean_text(said).strip()
    if len(why) > MOST_REASON:
        raise Invalid({f"why-{bound.column}": [_("At most %(most)s characters.") % {"most": MOST_REASON}]})  # fmt: skip
    return why if bound.fills is Fills.VILLAGE else ""


def _with_kinds(layout: Mapping[str, Any], kinds: Mapping[int, str]) -> dict[str, Any]:
    wrong = {f"kind-{number}": [", ".join(CHOSEN)] for number in strange_kinds(layout, kinds)}
    if wrong:
        raise Invalid(wrong)
    return as_data(with_kinds(from_data(layout), kinds))


def _chosen(one: Bound, word: str, known: Mapping[str, object], formula: str) -> Bound:
    plain = {Fills.VILLAGE.value: Fills.VILLAGE, Fills.NOBODY.value: Fills.NOBODY}
    if word in plain:
        return Bound(one.column, one.title, plain[word], is_hidden=one.is_hidden)
    if word == Fills.FORMULA and formula:
        return Bound(one.column, one.title, Fills.FORMULA, "", formula, one.is_hidden)
    if word not in known:
        raise Invalid({f"column-{one.column}": [_("Choose who fills this column.")]})
    return Bound(one.column, one.title, Fills.REGISTER, word, is_hidden=one.is_hidden)
