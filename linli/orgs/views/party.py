"""Pages on Party organisations, for those who may see level 6. Everybody else finds nothing here."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.kernel.errors import NotFound
from linli.kernel.paths import code_of
from linli.kernel.sheets import download
from linli.kernel.web import Request, page
from linli.orgs import permits, queries
from linli.orgs.queries import coverage, party
from linli.orgs.queries.naming import place_name
from linli.orgs.rules import party as rules
from linli.orgs.types import (
    CountKind,
    Management,
    PartyForm,
    PartyType,
    title_of,
)
from linli.orgs.views.answering import Way, name_of, way_to
from linli.orgs.views.register import FILES
from linli.ui.addresses import address_of
from linli.ui.columns import col
from linli.ui.demo import demo_note


def way_of(code: str, *more: tuple[str, str]) -> tuple[Any, Way]:
    """Return a place and the way to one of its Party pages."""
    here = (_("Party organisations"), reverse("orgs:party", args=[code]))
    return way_to(code, here, *more)


@require_safe
def start(request: Request) -> HttpResponse:
    """Lead to the Party organisations of the nearest place whose numbers the actor sees."""
    paths = request.actor.paths(permits.PARTY)
    if not paths:
        raise NotFound()
    return redirect("orgs:party", code=code_of(max(paths, key=len)))


@require_safe
def register(request: Request, code: str) -> HttpResponse:
    """The Party organisations of a place with their numbers, by type."""
    place, way = way_to(code, (_("Party organisations"), ""))
    today, form = localdate(), request.GET.get("format", "")
    rows = party.party_register(request.actor, place.path, on=today)
    if form in FILES:
        return download(_lines(rows), name=_("Party organisations"), form=form, note=demo_note())
    sums, sizes = party.new_type_sums(rows), party.sizes_at(place.path, today)[0]
    context: dict[str, object] = {
        "place": place,
        "way": way,
        "title": _("Party organisations of %(place)s") % {"place": place_name(place)},
        "rows": rows,
        "types": [(kind, title_of(PartyType, kind)) for kind in PartyType],
        "names": queries.names_of([r.parent_id for r in rows if r.parent_id], today),
        "sums": sums.get(place.path),
        "sizes": sizes,
        "is_too_wide": lambda row: rules.is_too_wide(row.form, row.units, sizes),
        "duties": list(coverage.named_villages(place.path, today)),
        "serving": coverage.non_dongguan_serving(place.path, today),
        "asked_holdings": coverage.asked_holdings(place.path, today) if place.level == "village" else [],
        "here": address_of(request),
        "may_keep": request.actor.may(permits.PARTY_KEEP, at=place.path),
        "may_decide": request.actor.may(permits.PARTY_DECIDE, at=place.path),
        "form_of": lambda value: title_of(PartyForm, value),
        "management_of": lambda value: title_of(Management, value),
        "columns": [
            col(_("Party organisation")), col(_("Form")), col(_("Under")), col(_("Relation")),
            col(_("Formal"), end=True), col(_("Probationary"), end=True), col(_("Counted on")),
        ],
    }  # fmt: skip
    return page(request, "orgs/party.html", context)


def _lines(rows: list[party.PartyRow]) -> list[list[Any]]:
    heads = [
        _("Code"), _("Party organisation"), _("Type"), _("Form"), _("Units"), _("Relation"),
        _("Formal"), _("Probationary"), _("Counted on"),
    ]  # fmt: skip
    return [heads] + [
        [
            r.code, r.name, title_of(PartyType, r.party_type), title_of(PartyForm, r.form), r.units,
            title_of(Management, r.management) if r.management else "",
            "" if r.formal is None else r.formal, "" if r.probationary is None else r.probationary,
            r.counted_on or "",
        ]
        for r in rows
    ]  # fmt: skip


@require_safe
def organisation(request: Request, code: str) -> HttpResponse:
    """One Party organisation: its numbers over time, its relation, its secretary's post."""
    today = localdate()
    found = party.get_party_organisation(request.actor, code, on=today)
    row = party.row_of(found, today)
    place, way = way_of(found.place.code, (name_of(found), ""))
    context: dict[str, object] = {
        "organisation": found,
        "place": place,
        "way": way,
        "title": name_of(found),
        "row": row,
        "counts": party.counts_of(request.actor, found),
        "count_of": lambda kind: title_of(CountKind, kind),
        "posts": queries.posts_with_holders(found, today),
        "relatives": queries.relatives_of(request.actor, found, on=today),
        "type_name": title_of(PartyType, row.party_type),
        "form_name": title_of(PartyForm, row.form),
        "management": title_of(Management, row.management) if row.management else "",
        "may_keep": request.actor.may(permits.PARTY_KEEP, at=found.path),
        "columns": [col(_("Counted on")), col(_("What")), col(_("Counted"), end=True), col(_("Entered by"))],
    }  # fmt: skip
    return page(request, "orgs/party_organisation.html", context)
