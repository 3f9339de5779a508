"""What all pages of the register do alike: answer a form, choose a place, find words for codes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from string import digits
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.kernel.errors import Invalid, Stale, WrongState
from linli.kernel.web import Request, done, page
from linli.kernel.wholes import whole_number
from linli.people import permits
from linli.people.forms import place_options
from linli.people.queries.lists import place_to_list
from linli.people.queries.scopes import Node, node_of_id, places_to_choose
from linli.people.services.exporting import Order, order_export
from linli.people.types import titles
from linli.people.views.window import CHECK, EDIT, Window, check_page, is_at_counter, try_out
from linli.ui.forms import Form
from linli.ui.picking import picked

GET_POST = ["GET", "HEAD", "POST"]
Act = Callable[[Any], str]
Said = str | Callable[[Any], str]


def form_page(
    request: Request,
    template: str,
    form: Form,
    act: Act,
    *,
    said: Said = "",
    context: dict[str, Any] | None = None,
    reread: Callable[[], Mapping[str, Any]] | None = None,
) -> HttpResponse:
    """Show a form, or act on it: `act(form)` does it and returns where to go next.

    What cannot be done stands beside its field, and what was typed stays. If somebody else saved
    meanwhile, that is shown (`reread` gives the values of today) and the form takes the new version
    along, so that saving again is a decision. At the window (`window` in the context) the resident
    reads what will be saved before it is.
    """
    frame: dict[str, Any] = {"window": None, **(context or {}), "current": None}
    window = frame["window"] if is_at_counter(request) else None
    result = None
    if request.method == "POST" and request.POST.get("step") == EDIT:
        form.as_typed()
    elif request.method == "POST":
        result = _acted(request, form, act, said, window)
    if isinstance(result, HttpResponse):
        return result
    if isinstance(result, Stale) and reread is not None:
        frame["current"] = _renewed(form, reread())
    status = (409 if result else 422) if form.is_bound else 200
    shown = "people/counter/form.html" if window else template
    return page(request, shown, {**frame, "form": form, "t": titles}, status=status)


def _acted(
    request: Request, form: Form, act: Act, said: Said, window: Window | None
) -> HttpResponse | WrongState | None:
    """Return the page that follows, or why it cannot be done; None if it stands on the fields."""
    if not form.is_valid():
        return None
    try:
        if window and request.POST.get("step") == CHECK:
            try_out(act, form)
            return check_page(request, form, window)
        return _kept(request, act(form), form, said)
    except Invalid as refusal:
        form.take(refusal.fields)
        return None
    except WrongState as refusal:
        form.add_error(None, str(refusal))
        return refusal


def _kept(request: Request, to: str, form: Form, said: Said) -> HttpResponse:
    if said:
        messages.success(request, said(form) if callable(said) else said)
    return done(request, to)


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


def asked_place(request: Request) -> Node:
    """Return the place whose list is asked for, by its code or by what was typed to find it.

    Refuses with NotFound for a code that the actor does not see.
    """
    typed = request.GET.get("place", "").strip()[:100]
    if not typed or (typed[0] in digits and " " not in typed):
        return place_to_list(request.actor, typed)
    options = place_options(places_to_choose(request.actor, permits.VIEW))
    code = picked(options, typed)
    if not code:
        told = _("No place of yours has the name or code “%(words)s”, or several have it.")
        messages.warning(request, told % {"words": typed})
    return place_to_list(request.actor, code)


def parts_of(request: Request, current: str) -> list[tuple[Any, str, None, bool]]:
    """Return the parts of the register that the actor may open, for the tabs of its pages."""
    return [
        (title, reverse(name), None, key == current)
        for key, title, name, permit in PARTS
        if request.actor.holds(permit)
    ]


def ordered(request: Request, what: str, place: str, filters: Mapping[str, Any]) -> HttpResponse:
    """Order a file of a list as it is narrowed, and lead to the job that makes it."""
    form = "csv" if request.POST.get("format") == "csv" else "xlsx"
    order = Order(what, place, form, dict(filters))
    job = order_export(order, actor=request.actor, now=timezone.now())
    messages.success(request, _("The file is being made. You may leave this page."))
    return done(request, reverse("runtime:job_detail", args=[job.code]))


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
