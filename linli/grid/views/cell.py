"""One cell: who looks after it, named and relieved."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.grid import permits
from linli.grid.forms.cells import DutyEndForm, DutyForm, PartsForm
from linli.grid.queries import cells, contacts, objects
from linli.grid.services import duties
from linli.grid.services import parts as named
from linli.grid.types import CONSENT_TITLES, ROLE_TITLES, SHIFT_TITLES
from linli.grid.views.frame import GET_POST, answer, way_to, where
from linli.kernel.permits import require
from linli.kernel.web import Request, page
from linli.places import queries as places
from linli.ui.asking import Asking
from linli.ui.jinja import named as in_words


@require_safe
def detail(request: Request, code: str, layer: str, cell: str) -> HttpResponse:
    """A cell with its staff of today and before, and its contact persons for who keeps them."""
    at = where(request, code, layer, cell)
    actor, today = request.actor, localdate()
    context: dict[str, object] = {
        "at": at, "way": way_to(at.place, (at.cell.name, "")), "today_is": today,
        "duties": cells.duties_of(at.place, at.layer, cell, today),
        "roles": ROLE_TITLES, "shifts": SHIFT_TITLES, "consents": CONSENT_TITLES,
        "may_keep": actor.may(permits.KEEP, at=at.place.path),
        "may_contacts": actor.may(permits.CONTACTS, at=at.place.path),
        "contacts": list(contacts.contacts_of(actor, at.place.path, at.layer.pk, cell)),
        "reasons": contact_reasons(),
        "objects": objects.objects_of(at.place, at.layer, at.cell, today, actor),
        "parts": objects.places_in(at.place, at.layer, cell),
        "serves": actor.may(permits.WORK, at=at.place.path),
    }  # fmt: skip
    return page(request, "grid/cell.html", context)


def contact_reasons() -> list[tuple[str, str]]:
    """Return the usual reasons for seeing a contact person in full."""
    return [
        ("", _("Choose a reason")),
        ("call", _("To call or write to them")),
        ("household", _("To tell a household whom it may turn to")),
        ("other", _("Another reason")),
    ]


@require_http_methods(GET_POST)
def add(request: Request, code: str, layer: str, cell: str) -> HttpResponse:
    """Let a post look after a cell."""
    at = where(request, code, layer, cell)
    require(request.actor, permits.KEEP, at=at.place.path)
    choices = cells.post_choices(request.actor, at.place, localdate())
    form = DutyForm(request.POST or None, posts=choices, initial={"since": localdate()})

    def act() -> None:
        place = places.open_place(code)
        duties.name_duty(place, at.key, form.facts, actor=request.actor, now=timezone.now())

    title = _("Who looks after this cell?")
    asking = Asking(
        title=title, form=form, way=way_to(at.place, (at.cell.name, at.url), (title, "")),
        to=at.url, submit=_("Record"), said=_("The post looks after the cell."), lead=at.cell.name,
    )  # fmt: skip
    return answer(request, asking, act)


@require_http_methods(GET_POST)
def parts(request: Request, code: str, layer: str, cell: str) -> HttpResponse:
    """Say which groups and buildings lie in a cell."""
    at = where(request, code, layer, cell)
    require(request.actor, permits.KEEP, at=at.place.path)
    now = [one.part_id for one in objects.parts_in(at.place, at.layer, cell)]
    first = {"parts": [str(one) for one in now], "seen": ",".join(str(one) for one in now)}
    choices = objects.part_choices(at.place, at.layer, cell)
    form = PartsForm(request.POST or None, parts=choices, initial=first)

    def act() -> None:
        named.put_parts(
            places.open_place(code), at.key, form.chosen, seen=form.was, actor=request.actor,
            now=timezone.now(),
        )  # fmt: skip

    title = _("What lies in this cell?")
    lead = (
        at.cell.name
        if choices
        else _("The village has no groups and buildings in the register yet.")
    )
    asking = Asking(
        title=title, form=form, way=way_to(at.place, (at.cell.name, at.url), (title, "")),
        to=at.url, submit=_("Record"), said=_("Recorded."), lead=lead,
    )  # fmt: skip
    return answer(request, asking, act)


@require_http_methods(GET_POST)
def end(request: Request, duty_id: int) -> HttpResponse:
    """Relieve a post of a cell."""
    duty = cells.get_duty(request.actor, duty_id)
    require(request.actor, permits.KEEP, at=duty.path)
    place = places.get_place(duty.path.rstrip("/").rpartition("/")[2])
    to = reverse("grid:village", args=[place.code])
    form = DutyEndForm(request.POST or None, initial={"on": localdate(), "edition": duty.edition})

    def act() -> None:
        said = form.cleaned_data
        duties.end_duty(
            duty, on=said["on"], edition=said["edition"], actor=request.actor, now=timezone.now()
        )

    title = _("Relieve the post of this cell")
    asking = Asking(
        title=title, form=form, way=way_to(place, (title, "")),
        to=f"{to}?layer={duty.layer.key}", submit=_("Relieve"), said=_("The post is relieved."),
        lead=f"{in_words(duty.post)} · {duty.cell_code}",
    )  # fmt: skip
    return answer(request, asking, act)
