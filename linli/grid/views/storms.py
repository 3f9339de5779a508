"""A storm in a village: homes to be moved, the sheet of numbers, lists for when the network fails."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.forms import model_to_dict
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.grid import permits
from linli.grid.forms.lists import HomeFilter
from linli.grid.forms.storms import HomeForm, SheetForm
from linli.grid.queries import cells, storm_sheets
from linli.grid.queries import storms as queries
from linli.grid.queries.narrowing import homes_wanted
from linli.grid.services import homes, storms
from linli.grid.states import STEPS, STRIKABLE
from linli.grid.types.storms import (
    HOME_MOVES,
    HOME_STATE_TITLES,
    NEED_TITLES,
    STORM_TITLES,
    TYPED,
    TYPED_TITLES,
)
from linli.grid.views.endings import end_frame
from linli.grid.views.files import as_asked
from linli.grid.views.frame import GET_POST, answer, done_or_told, way_to
from linli.grid.views.ground_files import home_rows
from linli.kernel.paging import page_of_rows
from linli.kernel.paths import code_of
from linli.kernel.permits import require
from linli.kernel.web import Request, page
from linli.places import queries as places
from linli.runtime.queries import offered
from linli.ui.asking import Asking
from linli.ui.jinja import named

if TYPE_CHECKING:
    from collections.abc import Iterable

    from linli.grid.models import Storm, StormHome, StormSheet
    from linli.ui.forms import Form

PAGE = 50


@dataclass(frozen=True, slots=True)
class There:
    """A storm in a village, as an address names it."""

    storm: Storm
    place: Any

    @property
    def url(self) -> str:
        return reverse("grid:storm", args=[self.place.code, self.storm.pk])

    def way(self, *more: tuple[str, str]) -> list[tuple[str, str]]:
        to = reverse("grid:storms", args=[self.place.code])
        return way_to(self.place, (_("Flood, typhoon, drought"), to), *more)

    def asking(self, title: str, form: Form, said: str, lead: str) -> Asking:
        """A page that asks, from which one comes back here."""
        way = self.way((self.storm.title, self.url), (title, ""))
        return Asking(title, form, way, self.url, _("Record"), said, lead)


def _there(request: Request, code: str, storm_id: int) -> There:
    place = queries.village_for(request.actor, code)
    return There(queries.get_storm(request.actor, storm_id), place)


@require_safe
def detail(request: Request, code: str, storm_id: int) -> HttpResponse:
    """A storm in a village: its homes (masked), its numbers, what to do next; the homes also as a file."""
    at, form = _there(request, code, storm_id), HomeFilter(request.GET or None)
    every = queries.homes_of(request.actor, at.storm, at.place.path)
    wanted = homes_wanted(every, form.wanted)
    name = f"{at.storm.title} {named(at.place)}"
    if file := as_asked(
        request,
        wanted,
        home_rows,
        key="grid.homes",
        name=name,
        form=form,
        place=code,
        storm=storm_id,
    ):
        return file
    found = page_of_rows(
        list(wanted), lambda one: str(one.pk), cursor=request.GET.get("cursor"), limit=PAGE
    )
    context: dict[str, object] = {
        "lost": _lost(found.items), "lost_count": queries.count_without_helper(every, at.storm),
        "form": form, "found": found, "homes": found.items, **offered(request.actor, "grid.homes"),
        "at": at, "storm": at.storm, "place": at.place, "kinds": STORM_TITLES, "needs": NEED_TITLES,
        "states": HOME_STATE_TITLES, "marks": HOME_MOVES,
        "sheet": storm_sheets.sheet_of(at.storm, at.place), "typed": TYPED_TITLES,
        "added_up": _added_up(queries.own_sheet(at.storm, at.place.path)),
        "steps": STEPS, "way": at.way((at.storm.title, "")),
        "may_keep": request.actor.may(permits.STORM, at=at.place.path), "strikable": STRIKABLE,
        "has_own": queries.own_homes(request.actor).filter(storm=at.storm).exists(),
        **end_frame(request.actor, at.storm, at.place),
    }  # fmt: skip
    return page(request, "grid/storm.html", context)


def _lost(homes: Iterable[StormHome]) -> set[int]:
    """Return the homes of a list that need another helper, by id."""
    today = localdate()
    return {one.pk for one in homes if queries.lacks_helper(one, today)}


@require_http_methods(GET_POST)
def home(request: Request, code: str, storm_id: int) -> HttpResponse:
    """Name a home that is to be moved."""
    at = _there(request, code, storm_id)
    require(request.actor, permits.STORM, at=at.place.path)
    form = _home_form(request, at)

    def act() -> None:
        place = places.open_place(code)
        homes.name_home(
            at.storm, place, form.facts, is_another=form.cleaned_data["is_another"],
            actor=request.actor, now=timezone.now(),
        )  # fmt: skip

    asking = at.asking(
        _("Name a home to be moved"), form, _("The home is on the list."),
        _("Sealed; forgotten 30 days after the end."),
    )  # fmt: skip
    return answer(request, asking, act)


@never_cache
@require_http_methods(GET_POST)
def home_change(request: Request, home_id: int) -> HttpResponse:
    """Correct a home on the list; it is shown in full for that, which is recorded."""
    found = queries.get_home(request.actor, home_id)
    at = There(found.storm, places.get_place(code_of(found.path)))
    require(request.actor, permits.STORM, at=found.path)
    initial: dict[str, Any] = {}
    if request.method != "POST":
        why = _("To correct it: %(storm)s") % {"storm": at.storm.title}
        told = homes.read_homes([found], why, actor=request.actor, now=timezone.now())
        initial = {**model_to_dict(found), **dict(zip(homes.SEALED, told[found.pk], strict=True))}
        initial |= {"helper_id": found.helper_id, "shelter_id": found.shelter_id}
    form = _home_form(request, at, initial=initial)

    def act() -> None:
        homes.change_home(
            found, form.facts, is_another=form.cleaned_data["is_another"],
            edition=form.cleaned_data["edition"], actor=request.actor, now=timezone.now(),
        )  # fmt: skip

    asking = at.asking(
        _("Correct a home to be moved"), form, _("The home is corrected."),
        _("Shown in full to be corrected; this look at it is recorded."),
    )  # fmt: skip
    return answer(request, asking, act)


def _home_form(request: Request, at: There, initial: dict[str, Any] | None = None) -> HomeForm:
    rooms = [(str(one.pk), one.title) for one in queries.shelters_of(at.place.path)]
    posts = cells.post_choices(request.actor, at.place, localdate(), held_alone=True)
    return HomeForm(request.POST or None, posts=posts, shelters=rooms, initial=initial)


@require_POST
def mark(request: Request, home_id: int, move: str) -> HttpResponse:
    """Mark a home as moved, staying or back, or take the mark back."""
    found = queries.get_home(request.actor, home_id)
    is_own = request.POST.get("from") == "mine"
    to = (
        f"{reverse('grid:my_homes')}#home-{home_id}"
        if is_own
        else reverse("grid:storm", args=[code_of(found.path), found.storm_id])
    )

    def act() -> None:
        homes.mark_home(found, move, actor=request.actor, now=timezone.now())

    return done_or_told(request, act, _("Marked."), to)


@require_http_methods(GET_POST)
def sheet(request: Request, code: str, storm_id: int) -> HttpResponse:
    """Type the numbers of the village, once."""
    at = _there(request, code, storm_id)
    require(request.actor, permits.STORM, at=at.place.path)
    known = queries.own_sheet(at.storm, at.place.path)
    initial = {name: getattr(known, name) for name in (*TYPED, "edition")} if known else {}
    form = SheetForm(request.POST or None, initial=initial)

    def act() -> None:
        storms.type_sheet(
            at.storm, places.open_place(code), form.numbers, edition=form.cleaned_data["edition"],
            actor=request.actor, now=timezone.now(),
        )  # fmt: skip

    asking = at.asking(
        _("Numbers of the village"), form,
        _("Recorded. Town and city see it as a sum; nobody asks again."),
        _added_up(known) or _("How many people were moved is counted from the list."),
    )  # fmt: skip
    return answer(request, asking, act)


def _added_up(known: StormSheet | None) -> str:
    """What is said of numbers that came with villages which went into this one."""
    if known is None or known.is_whole:
        return ""
    return _(
        "These are the numbers of the villages that became this one, added up. Numbers typed now are "
        "for the whole village and take their place."
    )


@never_cache
@require_safe
def paper(request: Request, code: str, storm_id: int) -> HttpResponse:
    """The list in full to print before the network fails: one's own homes, or all for who keeps them."""
    at = _there(request, code, storm_id)
    rows = list(queries.on_list(queries.homes_of(request.actor, at.storm, at.place.path)))
    told = homes.read_homes(rows, at.storm.title, actor=request.actor, now=timezone.now())
    context: dict[str, object] = {
        "at": at, "storm": at.storm, "place": at.place, "needs": NEED_TITLES,
        "rows": [(one, told.get(one.pk, ("", "", ""))) for one in rows],
        "states": HOME_STATE_TITLES, "lost": _lost(rows),
        "shelters": list(queries.shelters_of(at.place.path)),
    }  # fmt: skip
    return page(request, "grid/storm_print.html", context)
