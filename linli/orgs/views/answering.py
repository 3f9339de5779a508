"""What the pages of orgs share: the way here, and a form that keeps what was typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid, Stale, WrongState
from linli.kernel.web import Request, done, page
from linli.orgs.queries.naming import place_name
from linli.places import queries as places
from linli.places.types import PlaceRow
from linli.ui.formats import is_chinese
from linli.ui.forms import Form

Way = list[tuple[str, str]]


def way_to(code: str, *more: tuple[str, str]) -> tuple[PlaceRow, Way]:
    """Return a place and the way to a page about it. Refuses with NotFound."""
    chain = places.chain_of(code)
    way = [(place_name(p), reverse("portal:place", args=[p.code])) for p in chain]
    return chain[-1], [*way, *more]


def name_of(thing: Any) -> str:
    """Return the name of a thing with name and name_en, in the reader's language."""
    return str(thing.name if is_chinese() or not thing.name_en else thing.name_en)


@dataclass(frozen=True)
class Asking:
    """A page that asks: its way, words, form, and the address that follows."""

    title: str
    form: Form
    way: Way
    to: str | Callable[[], str]
    submit: str
    said: str
    lead: str = ""
    danger: str = ""
    more: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fresh:
    """How to tell what somebody else saved meanwhile: facts by label, and the edition they are in."""

    said: Callable[[], Sequence[tuple[str, Any]]]
    edition: Callable[[], int]


def answer(
    request: Request, asking: Asking, act: Callable[[], object], fresh: Fresh | None = None
) -> HttpResponse:
    """Show the form; on a POST do the act and lead on, or show what is wrong with all that was typed.

    When somebody else saved meanwhile, what is on record now stands beside the form.
    """
    form, current = asking.form, None
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except Invalid as fault:
            form.take(fault.fields)
        except Stale as fault:
            form.add_error(None, str(fault))
            if fresh is not None:
                current = fresh.said()
                form.renew("edition", fresh.edition())
        except WrongState as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, asking.said)
            return done(request, asking.to if isinstance(asking.to, str) else asking.to())
    context: dict[str, object] = {
        "asking": asking,
        "form": form,
        "current": current,
        "current_title": _("What the other person saved"),
        **asking.more,
    }
    return page(request, "orgs/form.html", context, status=422 if form.is_bound else 200)
