"""The list of responsibilities (权责清单): for everybody on the screen, on paper, as a file; kept by officials."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.cases import permits
from linli.cases.forms.routing import DutyForm, EndForm
from linli.cases.queries import duties as queries
from linli.cases.queries.bounces import NONE_SENT, SHOWN_DAYS, hand_backs_of_list
from linli.cases.queries.categories import name_of
from linli.cases.queries.duties import DutyRow, Line
from linli.cases.queries.rule_sets import keeps_rules
from linli.cases.services import duties as services
from linli.cases.views.routing_frame import (
    GET_POST,
    Asking,
    Way,
    answer,
    kept_place,
    place_at,
    place_name,
    tabs_of,
)
from linli.kernel.dates import NotADate, parse
from linli.kernel.errors import NotFound
from linli.kernel.paths import code_of
from linli.kernel.sheets import download
from linli.kernel.web import Request, page
from linli.orgs.queries.receiving import closed_among
from linli.places import queries as places
from linli.places.queries.tree import names_of_paths
from linli.ui.addresses import address_of
from linli.ui.columns import col
from linli.ui.demo import demo_note

if TYPE_CHECKING:
    from linli.cases.models import Category

Groups = list[tuple["Category", list[DutyRow]]]


@require_safe
def duty_list(request: Request, code: str) -> HttpResponse:
    """Show who is in charge of what at a place, on a day; also for printing and as a file."""
    place, day = place_at(code), _day(request)
    groups = queries.duty_list(place.path, day)
    form = request.GET.get("format", "")
    if form in ("csv", "xlsx"):
        name = _("Responsibilities of %(place)s") % {"place": place_name(place)}
        return download([_heads(), *_cells(groups)], name=name, form=form, note=demo_note())
    rows = [row for _group, found in groups for row in found]
    context: dict[str, object] = {
        "place": place,
        "title": _("Responsibilities of %(place)s") % {"place": place_name(place)},
        "way": _way(code),
        "groups": groups,
        "day": day,
        "is_today": day == localdate(),
        "here": address_of(request),
        "named": sum(1 for row in rows if row.responsible),
        "all": len(rows),
        "name_of": name_of,
        "names": names_of_paths({line.path for row in rows for line in _lines(row)}),
        "tabs": tabs_of(request.actor, "duties", code) if keeps_rules(request.actor) else [],
        "may_keep": request.actor.may(permits.KEEP_RULES, at=place.path),
        "columns": [col(_("Category")), col(_("In charge")), col(_("Is to know")), col(_("Basis"))],
    }
    whole = "cases/duties_paper.html" if "print" in request.GET else "cases/duties.html"
    return page(request, whole, context)


def _lines(row: DutyRow) -> list[Line]:
    return [*([row.responsible] if row.responsible else []), *row.informed]


def _day(request: Request) -> date:
    try:
        return parse(request.GET.get("on", ""), today=localdate())
    except NotADate:
        return localdate()


def _way(code: str, *more: tuple[str, str]) -> Way:
    chain = places.chain_of(code)
    way = [(place_name(one), reverse("portal:place", args=[one.code])) for one in chain]
    last = [(_("Responsibilities"), reverse("cases:duties", args=[code]) if more else "")]
    return [*way, *last, *more]


def _heads() -> list[str]:
    return [
        _("Group of categories"),
        _("Category"),
        _("In charge"),
        _("Is to know"),
        _("Named at"),
        _("Basis"),
        _("Since"),
    ]


def _cells(groups: Groups) -> list[list[str]]:
    names = names_of_paths(
        {row.responsible.path for _group, rows in groups for row in rows if row.responsible}
    )
    return [
        [
            name_of(group), name_of(row.category),
            row.responsible.post if row.responsible else "",
            "、".join(line.post for line in row.informed),
            names.get(row.responsible.path, "") if row.responsible else "",
            row.responsible.basis if row.responsible else "",
            row.responsible.since.isoformat() if row.responsible and row.responsible.since else "",
        ]
        for group, rows in groups
        for row in rows
    ]  # fmt: skip


@require_safe
def duty_lines(request: Request, code: str) -> HttpResponse:
    """Show every line of a place's own list to who keeps it, also those that have ended."""
    place, now = kept_place(request.actor, code), timezone.now()
    lines = queries.lines_of(place.path)
    context: dict[str, object] = {
        "place": place,
        "sent": hand_backs_of_list(place, since=now - timedelta(days=SHOWN_DAYS), until=now),
        "none_sent": NONE_SENT,
        "days": SHOWN_DAYS,
        "title": _("Own lines of %(place)s") % {"place": place_name(place)},
        "way": _way(code, (_("Own lines"), "")),
        "lines": lines,
        "closed": closed_among(line.post_id for _category, line in lines),
        "name_of": name_of,
        "today": localdate(),
        "columns": [col(_("Category")), col(_("Post")), col(_("Duty")), col(_("Since")),
                    col(_("Until")), col(_("Basis")), col(_("Sent, handed back")),
                    col(_("Next step"), end=True)],
    }  # fmt: skip
    return page(request, "cases/duty_lines.html", context)


@require_http_methods(GET_POST)
def duty_new(request: Request, code: str) -> HttpResponse:
    """Put a post in charge of a category, or have it informed."""
    place = kept_place(request.actor, code)
    initial = {"since": localdate(), "category_id": request.GET.get("category", "")}
    form = DutyForm(request.POST or None, initial=initial, actor=request.actor, path=place.path)

    def act() -> None:
        services.name_responsible(form.charge(), actor=request.actor, now=timezone.now())

    title = _("Name a post")
    asking = Asking(
        title, form, _way(code, (title, "")), reverse("cases:duty_lines", args=[code]),
        _("Name it"), _("The post stands in the list."),
        lead=_("If a post is in charge already, it ends on the day on which this one begins."),
    )  # fmt: skip
    return answer(request, asking, act)


@require_http_methods(GET_POST)
def duty_end(request: Request, line_id: int) -> HttpResponse:
    """End a line of the list."""
    line = queries.get_line(line_id)
    if not request.actor.may(permits.KEEP_RULES, at=line.path):
        raise NotFound()
    code = code_of(line.path)
    initial = {"until": localdate(), "edition": line.edition}
    form = EndForm(request.POST or None, initial=initial)

    def act() -> None:
        given = form.cleaned_data
        services.end_responsibility(
            line_id, given["until"], edition=given["edition"],
            actor=request.actor, now=timezone.now(),
        )  # fmt: skip

    title = _("End the line on “%(name)s”") % {"name": name_of(line.category)}
    asking = Asking(
        title, form, _way(code, (title, "")), reverse("cases:duty_lines", args=[code]),
        _("End"), _("Saved."), lead=_("What the place above named holds again from then on."),
    )  # fmt: skip
    return answer(request, asking, act)
