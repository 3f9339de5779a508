"""Pages on where Party work reaches: groups, collectives, estates, parks, settlements. Level 6."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.kernel.web import Request, page
from linli.orgs import permits, queries
from linli.orgs.forms.centres import DayForm
from linli.orgs.forms.party import CoverForm, SpotCountForm, SpotForm, UncoverForm
from linli.orgs.queries import coverage, party
from linli.orgs.queries.naming import place_name
from linli.orgs.queries.register import must_keep_party
from linli.orgs.services import coverage as services
from linli.orgs.types import SpotKind, title_of
from linli.orgs.views.party import way_of
from linli.orgs.views.party_changing import answer_party
from linli.orgs.views.party_sheets import Sheet, as_asked, coverage_lines
from linli.places import queries as places
from linli.ui.addresses import address_of
from linli.ui.columns import col

GET_POST = ["GET", "HEAD", "POST"]


@require_safe
def coverage_page(request: Request, code: str) -> HttpResponse:
    """Groups, collectives, estates, parks and settlements, and what reaches them."""
    place, way = way_of(code, (_("Coverage"), ""))
    rows = coverage.spots(request.actor, place.path, on=localdate())
    title = _("Coverage at %(place)s") % {"place": place_name(place)}
    sheet = Sheet("", coverage_lines(rows))
    if (answered := as_asked(request, title, place, [sheet], name=_("Coverage"))) is not None:
        return answered
    context: dict[str, object] = {
        "place": place,
        "way": way,
        "title": title,
        "rows": rows,
        "sums": [(title_of(SpotKind, k), there, every) for k, there, every in coverage.coverage(rows)],
        "kind_of": lambda kind: title_of(SpotKind, kind),
        "here": address_of(request),
        "may_keep": request.actor.may(permits.PARTY_KEEP, at=place.path),
        "is_village": place.level == "village",
        "columns": [
            col(_("Name")), col(_("Kind")), col(_("Village")), col(_("Reached by")),
            col(_("Formal members"), end=True), col(_("Next step"), end=True),
        ],
    }  # fmt: skip
    return page(request, "orgs/coverage.html", context)


@require_http_methods(GET_POST)
def spot_add(request: Request, code: str) -> HttpResponse:
    """Enter a spot."""
    place = places.open_place(code)
    must_keep_party(request.actor, place.path)
    form = SpotForm(request.POST or None, initial={"since": localdate()})

    def act() -> None:
        data = form.cleaned_data
        services.add_spot(
            place, kind=SpotKind(data["kind"]), name=data["name"], since=data["since"],
            actor=request.actor, now=timezone.now(),
        )  # fmt: skip

    return answer_party(request, code, form, act, _("New spot"), _("Enter"),
                        _("It is on the list."), to=reverse("orgs:coverage", args=[code]))  # fmt: skip


@require_http_methods(GET_POST)
def spot_cover(request: Request, spot_id: int) -> HttpResponse:
    """Record what reaches a spot."""
    spot, code = _spot(request, spot_id)
    rows = party.rows_below(spot.path, localdate())
    form = CoverForm(
        request.POST or None, organisations=[(r.code, r.name) for r in rows],
        initial={"since": localdate()},
    )  # fmt: skip

    def act() -> None:
        organisation = queries.get_organisation(
            request.actor, form.cleaned_data["organisation"], on=localdate()
        )
        services.cover_spot(
            spot, organisation, since=form.cleaned_data["since"], actor=request.actor,
            now=timezone.now(),
        )  # fmt: skip

    return answer_party(request, code, form, act, _("What reaches it?"), _("Save"), _("Saved."),
                        to=reverse("orgs:coverage", args=[code]), lead=spot.name)  # fmt: skip


@require_http_methods(GET_POST)
def spot_uncover(request: Request, spot_id: int) -> HttpResponse:
    """End that a Party organisation reaches a spot; the spot stays on the list."""
    spot, code = _spot(request, spot_id)
    links = {one.organisation.code: one for one in coverage.open_links(spot)}
    names = queries.names_of([one.organisation_id for one in links.values()], localdate())
    options = [(key, names.get(one.organisation_id, key)) for key, one in links.items()]
    form = UncoverForm(request.POST or None, organisations=options, initial={"on": localdate()})

    def act() -> None:
        services.uncover_spot(
            links[form.cleaned_data["organisation"]], on=form.cleaned_data["on"],
            actor=request.actor, now=timezone.now(),
        )  # fmt: skip

    return answer_party(request, code, form, act, _("Reached no longer"), _("Save"), _("Saved."),
                        to=reverse("orgs:coverage", args=[code]), lead=spot.name)  # fmt: skip


@require_http_methods(GET_POST)
def spot_count(request: Request, spot_id: int) -> HttpResponse:
    """Enter how many formal members a spot has."""
    spot, code = _spot(request, spot_id)
    form = SpotCountForm(request.POST or None, initial={"counted_on": localdate()})

    def act() -> None:
        services.count_spot(spot, **form.cleaned_data, actor=request.actor, now=timezone.now())

    return answer_party(request, code, form, act, _("Enter numbers"), _("Enter"),
                        _("The numbers are on record."),
                        to=reverse("orgs:coverage", args=[code]), lead=spot.name)  # fmt: skip


@require_http_methods(GET_POST)
def spot_close(request: Request, spot_id: int) -> HttpResponse:
    """Take a spot off the list."""
    spot, code = _spot(request, spot_id)
    form = DayForm(request.POST or None, initial={"on": localdate()})

    def act() -> None:
        services.close_spot(
            spot, on=form.cleaned_data["on"], actor=request.actor, now=timezone.now()
        )

    return answer_party(request, code, form, act, _("Take off the list"), _("Take off"),
                        _("It is off the list."),
                        to=reverse("orgs:coverage", args=[code]), lead=spot.name)  # fmt: skip


def _spot(request: Request, spot_id: int) -> tuple[Any, str]:
    spot = coverage.get_spot(request.actor, spot_id)
    must_keep_party(request.actor, spot.path)
    return spot, spot.place.code
