"""Visits at home: asked for by page or by who serves; a day is set; a sheet for the way; filed at the door."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.cases.queries.intake import choices_of_places
from linli.kernel.errors import Invalid, NotFound, WrongState
from linli.kernel.list_files import Asked
from linli.kernel.paging import Keyset, page_of
from linli.kernel.permits import Actor
from linli.kernel.web import Request, done, page
from linli.offerings import permits
from linli.offerings.forms.home_visits import AskHomeForForm, AskHomeForm, CallOffForm, plan_form
from linli.offerings.queries import home_visits as queries
from linli.offerings.queries.home_halves import halves_offered
from linli.offerings.queries.item_naming import item_titles, item_words
from linli.offerings.queries.item_versions import item_asked
from linli.offerings.queries.items import versions_named
from linli.offerings.rules.applications import is_at_home
from linli.offerings.services import home_visits as services
from linli.offerings.types.home_visits import HALF_WORDS, SAID, HomeWish
from linli.offerings.types.visits import BOOKS, LOOKS
from linli.offerings.views.applying import ask_where, chain_asked
from linli.orgs.queries import homes
from linli.places import queries as places
from linli.runtime.queries import offered
from linli.runtime.types import account_or_address, client_address, is_fresh, limited
from linli.ui.downloads import list_download

GET_POST = ["GET", "HEAD", "POST"]
ASKED = Keyset("asked", ("asked_at", "id"))
PAGE = 50
LIST = "offerings.home_visits"


@never_cache
@limited("offerings.book", BOOKS, account_or_address, counts=is_fresh)
@require_http_methods(GET_POST)
def ask(request: Request, key: str) -> HttpResponse:
    """Ask an office to come for an item: where one lives, then the door."""
    item = item_asked(key, localdate())
    if not is_at_home(item):
        raise NotFound(key=key)
    given = request.POST if request.method == "POST" else request.GET
    chain = chain_asked(request, given.get("place", ""))
    if chain is None:
        return ask_where(request, {"item": item})
    if not item.is_offered_at(chain[-1].path):
        return ask_where(request, {"item": item, "not_in": chain[-1]})
    kind = AskHomeForForm if request.actor.may(permits.SERVE, at=chain[-1].path) else AskHomeForm
    form = kind(request.POST or None, initial={"uuid": uuid4()})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        wish = HomeWish(
            key,
            chain[-1].code,
            form.door,
            said["by_sms"],
            get_language() or "zh-hans",
            said["uuid"],
        )
        try:
            made = services.ask_home_visit(
                wish, way=form.chosen, actor=request.actor, now=timezone.now()
            )
        except Invalid as fault:
            form.take(fault.fields)
        else:
            name = "home_visit_desk" if kind is AskHomeForForm else "home_visit"
            return done(request, reverse(f"offerings:{name}", args=[made.code]))
    frame = {"item": item, "chain": chain, "place": chain[-1], "form": form}
    return page(request, "offerings/home/ask.html", frame, status=422 if form.is_bound else 200)


ask.reads_freely = True  # type: ignore[attr-defined]  # opening the form asks for nothing


@limited("offerings.codes", LOOKS, client_address)
@require_http_methods(GET_POST)
def follow(request: Request, code: str) -> HttpResponse:
    """A visit at home for whoever has its code: when somebody comes; cancelled by her. No address is shown."""
    if request.method == "POST":
        services.cancel_home_visit(code, actor=request.actor, now=timezone.now())
        messages.success(request, _("Cancelled. Nobody comes."))
        return done(request, reverse("offerings:home_visit", args=[code]))
    row = queries.home_visit_called(code)
    return page(request, "offerings/home/follow.html", _frame(row))


follow.reads_freely = True  # type: ignore[attr-defined]


def _frame(row: Any) -> dict[str, object]:
    names = versions_named([row.item])
    return {
        "visit": row, "item_name": item_words(names, row.item),
        "item": names.get(row.item), "said": SAID, "halves": HALF_WORDS, "is_open": row.state in queries.OPEN,
        "place": places.get_place(row.path.rstrip("/").split("/")[-1]),
        "office": homes.office_of(row.path, localdate()), "public_url": settings.LINLI_PUBLIC_URL,
    }  # fmt: skip


def wanted(actor: Actor, given: Asked) -> Any:
    """Return the visits at home that an address asks for."""
    place = given.get("place", "")[:24]
    found = queries.in_state(queries.visible_home_visits(actor), given.get("state", "open")[:12])
    if place:
        found = found.filter(path__contains=f"/{place}/")
    return found.filter(goes_id=actor.account_id or 0) if given.get("mine") else found


@never_cache
@require_safe
def listing(request: Request) -> HttpResponse:
    """Visits at home where the actor serves, by place, state and whether she goes herself."""
    grounds = choices_of_places(request.actor, permits.SERVE)
    if not grounds and not request.actor.is_system:
        raise NotFound()
    given = request.GET
    state, place = given.get("state", "open")[:12], given.get("place", "")[:24]
    found = wanted(request.actor, given)
    if given.get("format") in ("csv", "xlsx"):
        return list_download(request, LIST, found)
    shown = page_of(found, ASKED, cursor=given.get("cursor"), limit=PAGE)
    names = item_titles(row.item for row in shown.items)
    frame: dict[str, object] = {
        "found": shown, "names": names, "grounds": grounds, "place": place, "state": state,
        "mine": bool(given.get("mine")), "said": SAID, "halves": HALF_WORDS,
        "today": localdate(), **offered(request.actor, LIST),
    }  # fmt: skip
    return page(request, "offerings/home/list.html", frame)


@never_cache
@require_http_methods(GET_POST)
def one(request: Request, code: str) -> HttpResponse:
    """One visit at the desk: the day is set or moved, nobody opened, called off with a reason."""
    row, step = queries.get_home_visit(request.actor, code), request.POST.get("step", "")
    plan = plan_form(request.POST if step == "plan" else None, row)
    offers = (
        halves_offered(row.path, timezone.now(), but=row.pk) if row.state in queries.OPEN else []
    )
    off = CallOffForm(request.POST if step == "cancel" else None)
    if request.method == "POST" and _did(request, code, step, plan, off):
        return done(request, reverse("offerings:home_visit_desk", args=[row.code]))
    frame = _frame(row) | {
        "plan": plan, "off": off, "offers": offers, "goes": row.goes_id == request.actor.account_id,
        "is_day": row.visit_on is not None and row.visit_on <= localdate(),
        "may_file": request.actor.may(permits.RECEIVE, at=row.path),
    }  # fmt: skip
    status = 422 if plan.faults or off.faults else 200
    return page(request, "offerings/home/one.html", frame, status=status)


def _did(request: Request, code: str, step: str, plan: Any, off: Any) -> bool:
    """Take a step of a visit; say whether it was done. What is refused stands in its form."""
    form, actor, now = off if step == "cancel" else plan, request.actor, timezone.now()
    if step != "away" and not form.is_valid():
        return False
    try:
        if step == "plan":
            edition = plan.cleaned_data["edition"]
            services.plan_home_visit(code, plan.when, edition=edition, actor=actor, now=now)
            messages.success(request, _("The day is set. You go."))
        elif step == "cancel":
            reason = off.cleaned_data["reason"]
            services.cancel_home_visit(code, reason, by_office=True, actor=actor, now=now)
            messages.success(request, _("Called off; the reason stands on their page."))
        else:
            services.note_away(code, actor=actor, now=now)
            messages.success(request, _("Written down. Set another day."))
    except Invalid as fault:
        form.take(fault.fields)
        return False
    except WrongState as fault:
        form.add_error(None, str(fault))
        return False
    return True


@never_cache
@require_POST
def way(request: Request, code: str) -> HttpResponse:
    """The sheet for the way, for whoever goes alone; opening it is recorded as a reading."""
    row, door = services.open_door(code, actor=request.actor, now=timezone.now())
    return page(request, "offerings/home/way.html", _frame(row) | {"door": door})
