"""What the pages of visits and windows share."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.kernel.errors import NotFound
from linli.kernel.permits import Permit
from linli.kernel.web import Request
from linli.offerings.queries import windows as queries
from linli.ui.asking import Way, answer_with
from linli.ui.jinja import named

GET_POST = ["GET", "HEAD", "POST"]


answer = partial(answer_with, "offerings/visits/form.html")


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
