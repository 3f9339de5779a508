"""Storms of a village, town or the city: declared, ended, their sums; and the shelters of a village."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.forms import model_to_dict
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.grid import permits
from linli.grid.forms.lists import StormFilter
from linli.grid.forms.storms import ShelterForm, StormForm
from linli.grid.queries import storm_sheets, warnings
from linli.grid.queries import storms as queries
from linli.grid.queries.narrowing import storms_wanted
from linli.grid.services import quiet_storms, storms
from linli.grid.types.storms import STORM_TITLES, SUM_TITLES
from linli.grid.views.endings import end_frame
from linli.grid.views.files import as_asked
from linli.grid.views.frame import GET_POST, answer, done_or_told, way_to
from linli.grid.views.ground_files import NEWEST, storm_rows
from linli.kernel.paging import page_of
from linli.kernel.permits import require
from linli.kernel.sheets import download
from linli.kernel.web import Request, done, page
from linli.places import queries as places
from linli.places.queries.tree import names_of_paths
from linli.runtime.queries import offered
from linli.ui.asking import Asking, Way
from linli.ui.demo import demo_note
from linli.ui.jinja import named

if TYPE_CHECKING:
    from linli.grid.models import Storm
    from linli.grid.types.storms import Sheet
    from linli.places.models import Place

PAGE = 20


@require_safe
def listing(request: Request, code: str) -> HttpResponse:
    """The storms that concern a place; the shelters of a village."""
    place = queries.ground_for(request.actor, code)
    is_over, form = request.GET.get("view") == "over", StormFilter(request.GET or None)
    of = storms_wanted(queries.storms_at(request.actor, place.path, is_over=is_over), form.wanted)
    name = _("Floods, typhoons and droughts of %(place)s") % {"place": named(place)}
    whole = of.order_by(*NEWEST.columns)
    if file := as_asked(
        request, whole, storm_rows, key="grid.storms", name=name, form=form, place=code
    ):
        return file
    found = page_of(of, NEWEST, cursor=request.GET.get("cursor"), limit=PAGE)
    by = names_of_paths({one.path for one in found.items})
    context: dict[str, object] = {
        "place": place, "found": found, "is_over": is_over, "form": form,
        **offered(request.actor, "grid.storms"),
        "storms": [(one, by.get(one.path, ""), _address(one, place)) for one in found.items],
        "has_shelters": place.level == "village", "shelters": list(queries.shelters_of(place.path)),
        "warnings": warnings.told_of(warnings.in_force(place.path)[:PAGE]),
        "kinds": STORM_TITLES, "way": _way(place)[:-1] + [(_("Flood, typhoon, drought"), "")],
        "may_keep": request.actor.may(permits.STORM, at=place.path),
        "may_declare": request.actor.may(permits.DECLARE, at=place.path),
    }  # fmt: skip
    return page(request, "grid/storms.html", context)


@require_http_methods(GET_POST)
def begin(request: Request, code: str) -> HttpResponse:
    """Declare a storm for a village, a town or the city."""
    place = queries.ground_for(request.actor, code)
    require(request.actor, permits.DECLARE, at=place.path)
    form, to = StormForm(request.POST or None), reverse("grid:storms", args=[code])

    def act() -> None:
        said = form.cleaned_data
        storms.begin_storm(
            places.open_place(code), said["kind"], said["title"], actor=request.actor,
            now=timezone.now(),
        )  # fmt: skip

    title = _("Declare flood, typhoon or drought")
    asking = Asking(
        title=title, form=form, way=_way(place, (title, "")), to=to, submit=_("Declare"),
        said=_("Declared. Now the villages name the homes that are moved."),
        lead=_(
            "It concerns %(place)s and all below it. Where one of this kind and name goes on below, it "
            "goes on in this one, with its homes and numbers."
        ) % {"place": named(place)},
    )  # fmt: skip
    return answer(request, asking, act)


@require_POST
def end(request: Request, code: str, storm_id: int) -> HttpResponse:
    """End a storm; who does not know yet what is open in it is told first."""
    place = queries.ground_for(request.actor, code)
    storm = queries.get_storm(request.actor, storm_id)

    def act() -> None:
        is_known = bool(request.POST.get("anyway"))
        storms.end_storm(storm, anyway=is_known, actor=request.actor, now=timezone.now())

    said = _("It is over. Who was moved is forgotten in 30 days.")
    return done_or_told(request, act, said, _address(storm, place))


@require_POST
def keep(request: Request, code: str, storm_id: int) -> HttpResponse:
    """Say that a storm goes on."""
    place = queries.ground_for(request.actor, code)
    storm = queries.get_storm(request.actor, storm_id)
    quiet_storms.keep_storm(storm, actor=request.actor, now=timezone.now())
    messages.success(request, _("Noted: it goes on."))
    return done(request, _address(storm, place))


@require_safe
def sums(request: Request, storm_id: int, code: str) -> HttpResponse:
    """The numbers of a storm at a place and directly below it, summed up the tree; also on paper and as a file."""
    storm, place = queries.get_storm(request.actor, storm_id), places.get_place(code)
    require(request.actor, permits.SEE, at=place.path)
    whole, rows = storm_sheets.sheets_of(storm, place)
    form = request.GET.get("format", "")
    if form in ("csv", "xlsx"):
        return _file(form, storm, place, [(place, whole), *rows])
    context: dict[str, object] = {
        "storm": storm, "place": place, "whole": whole, "titles": SUM_TITLES, "at": timezone.now(),
        "rows": [(below, _address(storm, below), sheet) for below, sheet in rows],
        "kinds": STORM_TITLES, "way": _way(place, (storm.title, "")),
        **end_frame(request.actor, storm, place),
    }  # fmt: skip
    return page(request, f"grid/storm_sums{'_print' if form == 'print' else ''}.html", context)


def _file(form: str, storm: Storm, place: Place, rows: list[tuple[Place, Sheet]]) -> HttpResponse:
    heads = [_("Place"), _("Code"), *(str(words) for words in SUM_TITLES.values())]
    # what is unknown stays empty, it is not zero
    told = [
        [
            named(at),
            at.code,
            *("" if (n := getattr(sheet, one)) is None else n for one in SUM_TITLES),
        ]
        for at, sheet in rows
    ]
    return download([heads, *told], name=f"{named(place)} {storm.title}", form=form,
                    note=demo_note(anyway=place.is_invented))  # fmt: skip


@require_http_methods(GET_POST)
def shelter(request: Request, code: str) -> HttpResponse:
    """Enter a shelter."""
    place = queries.village_for(request.actor, code)
    require(request.actor, permits.STORM, at=place.path)
    form, to = ShelterForm(request.POST or None), reverse("grid:storms", args=[code])

    def act() -> None:
        storms.add_shelter(
            places.open_place(code), form.facts, actor=request.actor, now=timezone.now()
        )

    title = _("Enter a shelter")
    asking = Asking(
        title=title, form=form, way=_way(place, (title, "")), to=to, submit=_("Record"),
        said=_("The shelter is entered."),
    )  # fmt: skip
    return answer(request, asking, act)


@require_http_methods(GET_POST)
def shelter_change(request: Request, code: str, shelter_id: int) -> HttpResponse:
    """Correct a shelter; whoever does so has looked at it today."""
    place = queries.village_for(request.actor, code)
    require(request.actor, permits.STORM, at=place.path)
    found = queries.get_shelter(place.path, shelter_id)
    form = ShelterForm(
        request.POST or None, initial={**model_to_dict(found), "where": found.address}
    )

    def act() -> None:
        storms.change_shelter(
            found, form.facts, edition=form.cleaned_data["edition"], actor=request.actor,
            now=timezone.now(),
        )  # fmt: skip

    title = _("Correct a shelter")
    asking = Asking(
        title=title, form=form, way=_way(place, (title, "")), to=reverse("grid:storms", args=[code]),
        submit=_("Record"), said=_("The shelter is corrected."),
        lead=_("It counts as looked at today."),
    )  # fmt: skip
    return answer(request, asking, act)


@require_POST
def shelter_end(request: Request, code: str, shelter_id: int) -> HttpResponse:
    """Take a shelter out of use."""
    place = queries.village_for(request.actor, code)
    found = queries.get_shelter(place.path, shelter_id)
    return done_or_told(
        request, lambda: storms.close_shelter(found, actor=request.actor, now=timezone.now()),
        _("The shelter is out of use."), reverse("grid:storms", args=[code]),
    )  # fmt: skip


def _address(storm: Storm, place: Place) -> str:
    to = queries.page_of_storm(storm, place.path)
    return reverse(to.view, args=to.args)


def _way(place: Place, *more: tuple[str, str]) -> Way:
    here = (_("Flood, typhoon, drought"), reverse("grid:storms", args=[place.code]))
    if place.level == "village":
        return way_to(place, here, *more)
    return [(_("Grid"), reverse("grid:mine")), here, *more]
