"""What all pages of the register do alike: answer a form, choose a place, find words for codes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.kernel.errors import Invalid, Stale, WrongState
from linli.kernel.web import Request, done, page
from linli.kernel.wholes import whole_number
from linli.people import permits
from linli.people.queries.scopes import node_of_id
from linli.people.types import titles
from linli.ui.forms import Form

GET_POST = ["GET", "HEAD", "POST"]
Act = Callable[[Any], str]


def form_page(
    request: Request,
    template: str,
    form: Form,
    act: Act,
    *,
    said: str = "",
    context: dict[str, Any] | None = None,
    reread: Callable[[], Mapping[str, Any]] | None = None,
) -> HttpResponse:
    """Show a form, or act on it: `act(form)` does it and returns where to go next.

    What cannot be done stands beside its field, and what was typed stays. If somebody else saved
    meanwhile, that is shown (`reread` gives the values of today) and the form takes the new version
    along, so that saving again is a decision.
    """
    status, current = 200, None
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                to = act(form)
            except Invalid as refusal:
                form.take(refusal.fields)
            except WrongState as refusal:
                form.add_error(None, str(refusal))
                status = 409
                if isinstance(refusal, Stale) and reread is not None:
                    current = _renewed(form, reread())
            else:
                if said:
                    messages.success(request, said)
                return done(request, to)
    frame = {**(context or {}), "form": form, "current": current, "t": titles}
    return page(request, template, frame, status=status)


def _renewed(form: Form, values: Mapping[str, Any]) -> list[tuple[str, str]]:
    form.renew("version", values["version"])
    return form.as_saved(values)


PARTS = (
    ("list", _("Residents"), "people:list", permits.VIEW),
    ("households", pgettext_lazy("register", "Households"), "people:households", permits.VIEW),
    ("dwellings", _("Dwellings"), "people:dwellings", permits.VIEW),
    ("rolls", _("Rolls"), "people:rolls", permits.VIEW_ROLLS),
    ("month", _("This month"), "people:month", permits.VIEW),
    ("imports", _("Lists handed in"), "people:imports", permits.IMPORT),
    ("pairs", _("Entries to compare"), "people:pairs", permits.MERGE),
)


def parts_of(request: Request, current: str) -> list[tuple[Any, str, None, bool]]:
    """Return the parts of the register that the actor may open, for the tabs of its pages."""
    return [
        (title, reverse(name), None, key == current)
        for key, title, name, permit in PARTS
        if request.actor.is_system or request.actor.paths(permit)
    ]


def place_name(village_id: int) -> Any:
    """Return the village of a row, to be named in the reader's language."""
    return node_of_id(village_id)


def address_of(name: str, *args: object) -> str:
    """Return the address of a page of an app above, or nothing if this installation lacks it."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def number_of(text: str | None) -> int | None:
    """Return a whole number from the address of a page; anything else asks for nothing."""
    return whole_number(text, most=999)
