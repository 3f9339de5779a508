"""What the pages of visits and windows share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid, NotFound, WrongState
from linli.kernel.permits import Permit
from linli.kernel.web import Request, done, page
from linli.offerings.queries import windows as queries
from linli.ui.forms import Form
from linli.ui.jinja import named

GET_POST = ["GET", "HEAD", "POST"]
Way = list[tuple[str, str]]


@dataclass(frozen=True)
class Asking:
    """A page that asks: its words, form, way, and where it leads."""

    title: str
    form: Form
    way: Way
    to: str
    submit: str
    said: str
    lead: str = ""


def answer(request: Request, asking: Asking, act: Callable[[], Any]) -> HttpResponse:
    """Show the form; on a POST do the act and lead on, or show what is wrong with what was typed."""
    form = asking.form
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except Invalid as fault:
            form.take(fault.fields)
        except WrongState as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, asking.said)
            return done(request, asking.to)
    context: dict[str, object] = {"asking": asking, "form": form}
    return page(
        request, "offerings/visits/form.html", context, status=422 if form.is_bound else 200
    )


def centre_for(request: Request, code: str, permit: Permit, on: date | None = None) -> Any:
    """Return the organisation of a centre where the actor holds a permit. Refuses with NotFound."""
    centre = queries.centre_called(code, on or localdate())
    if not request.actor.may(permit, at=centre.path):
        raise NotFound(code=code)
    return centre


def way_to(centre: Any, *more: tuple[str, str]) -> Way:
    """Return the way from the desk's windows to a page about a centre."""
    here = (named(centre), reverse("offerings:day", args=[centre.code]))
    return [(_("Windows and visits"), reverse("offerings:windows")), here, *more]
