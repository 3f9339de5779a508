"""What the pages of the grid share: the way here, and a form that keeps what was typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.cases.queries.telling import last_day
from linli.cases.types.shapes import NEVER
from linli.grid import permits
from linli.grid.queries import cells
from linli.grid.types import CellKey
from linli.kernel.errors import NotAllowed, NotFound, WrongState
from linli.kernel.permits import require_somewhere
from linli.kernel.web import Request, done
from linli.places import queries as places
from linli.ui.asking import Asking, Way, answer_with
from linli.ui.formats import day_short, moment_short
from linli.ui.forms import Form
from linli.ui.jinja import named

if TYPE_CHECKING:
    from linli.places.models import Cell, Layer, Place

GET_POST = ["GET", "HEAD", "POST"]


@dataclass(frozen=True)
class Where:
    """A cell of today with its layer and village, as an address names it."""

    place: Place
    layer: Layer
    cell: Cell

    @property
    def key(self) -> CellKey:
        return CellKey(self.layer.key, self.cell.code)

    @property
    def url(self) -> str:
        return reverse("grid:cell", args=[self.place.code, self.layer.key, self.cell.code])


def due_words(case: Any) -> str:
    """Return until when something is due: the last day, with the hour where a term has hours."""
    if not case.is_open or case.due_at >= NEVER:
        return "—"
    on = last_day(case.due_at)
    return moment_short(case.due_at) if on == localdate(case.due_at) else day_short(on)


def must_serve(request: Request, path: str = "") -> None:
    """Refuse with NotAllowed who neither works in the cells of a place, or of any, nor keeps them."""
    serving = (permits.WORK, permits.KEEP)
    if not path:
        require_somewhere(request.actor, *serving)
    elif not any(request.actor.may(permit, at=path) for permit in serving):
        raise NotAllowed(permit=permits.WORK.name, at=path)


def done_or_told(request: Request, act: Callable[[], object], said: str, to: str) -> HttpResponse:
    """Do what a button asks for; the page it leads to says that it is done, or why it is not possible any more."""
    try:
        act()
    except WrongState as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, said)
    return done(request, to)


def where(request: Request, code: str, layer: str, cell: str) -> Where:
    """Return the cell of an address. Refuses with NotFound."""
    place = cells.village_for(request.actor, code)
    found = cells.find_layer(layer)
    return Where(place, found, cells.cell_named(place, found, cell))


def village_named(code: str) -> Place:
    """Return a village by its code, for pages that everybody may see. Refuses with NotFound."""
    place = places.get_place(code)
    if place.level != "village":
        raise NotFound(code=code)
    return place


def way_to(place: Place, *more: tuple[str, str]) -> Way:
    """Return the way from the grid to a page about a place; only a village has a page of its cells."""
    to = "grid:village" if place.level == "village" else "grid:figures"
    at = (named(place), reverse(to, args=[place.code]))
    return [(_("Grid"), reverse("grid:mine")), at, *more]


answer = partial(answer_with, "grid/form.html")


def ask_entry(
    request: Request, row: Any, form_class: type[Form], tie: Callable[..., Any], *, way: Way, lead: str
) -> HttpResponse:  # fmt: skip
    """Ask which entry of the register somebody is, `tie` her to it, and lead back along the way."""
    known = {"edition": row.edition, "person_id": row.person_id}
    form = form_class(request.POST or None, initial=known)

    def act() -> None:
        said = form.cleaned_data
        tie(
            row, said["person_id"], edition=said["edition"], actor=request.actor, now=timezone.now()
        )

    title = _("Which entry of the register is theirs?")
    asking = Asking(
        title=title, form=form, way=[*way, (title, "")], to=way[-1][1], submit=_("Record"),
        said=_("Recorded."), lead=lead,
    )  # fmt: skip
    return answer(request, asking, act)
