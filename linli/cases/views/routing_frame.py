"""What the pages about categories, responsibilities and rules share: the way here, and a page that asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.cases import permits
from linli.cases.queries import rule_sets
from linli.kernel.errors import Invalid, NotFound, Stale, WrongState
from linli.kernel.paths import CITY_PATH
from linli.kernel.permits import Actor
from linli.kernel.web import Request, done, page
from linli.places import queries as places
from linli.places.types import PlaceRow
from linli.ui.formats import is_chinese
from linli.ui.forms import Form

Way = list[tuple[str, str]]
GET_POST = ["GET", "HEAD", "POST"]


def place_name(place: Any) -> str:
    """Return a place as people say it."""
    if not is_chinese():
        return str(place.name_en)
    return str(place.short_name if place.level == "village" else place.name)


def place_at(code: str) -> PlaceRow:
    """Return a place by its code. Refuses with NotFound."""
    return places.chain_of(code)[-1]


def kept_place(actor: Actor, code: str) -> PlaceRow:
    """Return a place whose rules the actor keeps. Refuses with NotFound, for whoever keeps none."""
    place = place_at(code)
    if not actor.may(permits.KEEP_RULES, at=place.path):
        raise NotFound()
    return place


def require_keeper(actor: Actor) -> None:
    """Refuse with NotFound whoever keeps rules nowhere."""
    if not rule_sets.keeps_rules(actor):
        raise NotFound()


def keeps_categories(actor: Actor) -> bool:
    """Say whether the actor keeps the categories, which are the city's."""
    return actor.may(permits.KEEP_RULES, at=CITY_PATH)


def tabs_of(actor: Actor, current: str, code: str) -> list[tuple[str, str, None, bool]]:
    """Return the pages of routing as tabs."""
    pages = [
        ("sets", _("Rules"), reverse("cases:rule_sets", args=[code])),
        ("duties", _("Responsibilities"), reverse("cases:duties", args=[code])),
        ("categories", _("Categories"), reverse("cases:categories")),
    ]
    return [(title, to, None, key == current) for key, title, to in pages]


@dataclass(frozen=True)
class Asking:
    """A page that asks: its way, words, form, and the address that follows."""

    title: str
    form: Form
    way: Way
    to: str
    submit: str
    said: str
    lead: str = ""
    template: str = "cases/routing_ask.html"
    more: Mapping[str, object] = field(default_factory=dict)


def answer(
    request: Request,
    asking: Asking,
    act: Callable[[], object],
    edition: Callable[[], int] | None = None,
) -> HttpResponse:
    """Show the form; on a POST do the act and lead on, or show what is wrong beside what was typed.

    When somebody else saved meanwhile it says so; sending again then is a decision.
    """
    form = asking.form
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except Invalid as refusal:
            form.take({_field(form, name): said for name, said in refusal.fields.items()})
        except Stale as refusal:
            form.add_error(None, str(refusal))
            if edition is not None:
                form.renew("edition", edition())
        except WrongState as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, asking.said)
            return done(request, asking.to)
    context: dict[str, object] = {"asking": asking, "form": form, **asking.more}
    return page(request, asking.template, context, status=422 if form.is_bound else 200)


def _field(form: Form, name: str) -> str:
    """Return the field of a form that a service knows under another name."""
    return "outline" if name == "polygon" and "outline" in form.fields else name
