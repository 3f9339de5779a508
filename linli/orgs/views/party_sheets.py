"""Lists of the Party's pages as files and on paper: coverage, proposals, joint meetings. Level 6."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from linli.kernel.sheets import day_cell, download
from linli.kernel.web import Request, page
from linli.orgs.queries.coverage import SpotRow
from linli.orgs.states import ProposalState
from linli.orgs.types import EntryState, ListKind, ProposalKind, SpotKind, title_of
from linli.orgs.views.register import FILES
from linli.ui.columns import Column, col
from linli.ui.demo import demo_note
from linli.ui.formats import statements

Lines = list[list[Any]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of a paper: what it is called, and its lines, the heads first."""

    title: str
    lines: Lines

    @property
    def columns(self) -> list[Column]:
        return [col(head) for head in self.lines[0]]


def as_asked(
    request: Request, title: str, place: Any, sheets: list[Sheet], *, name: str
) -> HttpResponse | None:
    """Answer with a file or a paper where the address asks for one, else nothing.

    A file has one table: the sheets stand in it one after the other, under the same heads.
    """
    form = request.GET.get("format", "")
    if form in FILES:
        heads, lines = sheets[0].lines[0], [line for one in sheets for line in one.lines[1:]]
        return download([heads, *lines], name=name, form=form, note=demo_note())
    if form == "print":
        context: dict[str, object] = {"title": title, "place": place, "sheets": sheets}
        return page(request, "orgs/party_print.html", context)
    return None


def coverage_lines(rows: Iterable[SpotRow]) -> Lines:
    """Return spots with what reaches them; who has not been counted is empty, not zero."""
    heads = [_("Name"), _("Kind"), _("Village"), _("Reached by"), _("Formal members")]
    return [heads] + [
        [
            row.name, title_of(SpotKind, row.kind), row.village, row.by_name if row.by_code else "",
            "" if row.formal is None else row.formal,
        ]
        for row in rows
    ]  # fmt: skip


def proposal_lines(found: Iterable[Any], names: Mapping[int, str]) -> Lines:
    """Return set-up proposals with both sides of their conditions."""
    heads = [
        _("Proposal"), _("Village"), _("About"), _("Rule"), _("Conditions of the rule"), _("Made on"), _("State"),
        _("Remarks"),
    ]  # fmt: skip
    return [heads] + [
        [
            title_of(ProposalKind, row.kind), row.place.short_name,
            names.get(row.organisation_id or 0, "") or (row.spot.name if row.spot else ""), row.rule,
            statements(_said(one) for one in row.conditions), day_cell(row.made_on),
            state_words(row.state), row.note,
        ]
        for row in found
    ]  # fmt: skip


def state_words(state: str) -> str:
    """Return where a set-up proposal stands, in the reader's language."""
    words = {
        ProposalState.PROPOSED: _("proposed"),
        ProposalState.SUBMITTED: _("submitted"),
        ProposalState.RETURNED: _("returned"),
        ProposalState.APPROVED: _("approved"),
        ProposalState.CARRIED_OUT: _("carried out"),
        ProposalState.DROPPED: _("dropped"),
    }
    return words[ProposalState(state)]


def _said(condition: Mapping[str, Any]) -> str:
    needed = "?" if condition["needed"] is None else condition["needed"]
    return f"{condition['counted']} {condition['sign']} {needed}"


def meeting_sheets(lists: Mapping[str, list[Any]]) -> list[Sheet]:
    """Return the three lists of a joint meeting, each under its name."""
    return [
        Sheet(title_of(ListKind, kind), meeting_lines(title_of(ListKind, kind), lists[kind.value]))
        for kind in ListKind
    ]


def meeting_lines(title: str, rows: Iterable[Any]) -> Lines:
    """Return the lines of one list."""
    heads = [
        pgettext("of a joint meeting", "List"), _("What"), _("Details"), _("Unit"), pgettext("of a joint meeting", "Need"), _("Resource"), _("By when"), _("State"),
    ]  # fmt: skip
    return [heads] + [
        [
            title, row.title, row.detail, row.member.unit_name if row.member else "",
            row.need.title if row.need else "", row.resource.title if row.resource else "",
            day_cell(row.due_on), title_of(EntryState, row.state),
        ]
        for row in rows
    ]  # fmt: skip
