"""Tickets of the queue: drawn at the touch screen, on a phone or by whoever serves; called on the big screen."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.kernel.errors import Invalid, NotFound, WrongState
from linli.kernel.permits import NOBODY
from linli.kernel.web import Request, done, page
from linli.offerings import permits
from linli.offerings.forms.tickets import TextForm, TicketForForm, TicketForm
from linli.offerings.queries import tickets as queries
from linli.offerings.queries import windows
from linli.offerings.queries.item_naming import item_title, title_asked
from linli.offerings.services import ticket_texts, tickets
from linli.offerings.types.tickets import DRAWS, PRIORITY_WORDS, Priority, Source
from linli.offerings.types.visits import LOOKS
from linli.offerings.views.purposes import Chosen, ask, chosen_in, named_groups
from linli.offerings.views.visit_frame import GET_POST
from linli.orgs import queries as orgs
from linli.runtime.types import client_address, is_fresh, limited

PRIORITIES = [(str(one), PRIORITY_WORDS[one]) for one in Priority if one]


@limited("offerings.tickets", DRAWS, client_address, counts=is_fresh)
@require_http_methods(GET_POST)
def draw(request: Request, centre: str) -> HttpResponse:
    """Draw a ticket on one's own phone."""
    return _draw(request, centre, Source.PHONE, "draw")


@limited("offerings.tickets", DRAWS, client_address, counts=is_fresh)
@require_http_methods(GET_POST)
def touch(request: Request, centre: str) -> HttpResponse:
    """Draw a ticket at the touch screen of the hall."""
    return _draw(request, centre, Source.SCREEN, "touch")


draw.reads_freely = touch.reads_freely = True  # type: ignore[attr-defined]  # opening it draws nothing


# where the windows differ the page before it asks what one comes for
ASKS = {"draw": "offerings/visits/what.html", "touch": "offerings/queue/touch_what.html"}


def _draw(request: Request, centre: str, source: Source, name: str) -> HttpResponse:
    body = windows.centre_called(centre, localdate())
    groups = windows.groups_of(windows.windows_of(body.pk))
    chosen = chosen_in(request, groups) if name in ASKS else Chosen()
    board = queries.board_of(body.pk, timezone.now())
    if chosen is None and request.method != "POST" and not board.is_over:
        return ask(
            request, body, groups, ASKS[name], f"offerings:{name}", board=board, draws=True,
            choices=PRIORITIES,
        )  # fmt: skip
    chosen = chosen or Chosen()
    form = (
        TicketForm(request.POST or None)
        if name in ASKS
        else TicketForForm(request.POST or None, groups=named_groups(groups))
    )
    if request.method == "POST" and form.is_valid():
        language = get_language() or "zh-hans"
        wish = form.wish(source, language, item=chosen.item, group=chosen.window_id)
        try:
            queries.refuse_closed(body.pk, timezone.now())
            made = tickets.draw_ticket(
                body.pk, body.path, wish, actor=request.actor, now=timezone.now()
            )
        except NotFound:
            form.add_error(
                "code", _("No visit of today has this code here. Look again, or draw without it.")
            )
        except Invalid as fault:
            form.take(fault.fields)
        except WrongState as fault:
            form.add_error(None, str(fault))
        else:
            to = "offerings:ticket" if source is Source.PHONE else "offerings:ticket_touch"
            return done(request, reverse(to, args=[made.code]))
    context: dict[str, object] = {
        "centre": body, "form": form, "board": board, "choices": PRIORITIES, "chosen": chosen,
        "item_name": title_asked(chosen.item), "may_choose": len(groups) > 1,
    }  # fmt: skip
    return page(
        request, f"offerings/queue/{name}.html", context, status=422 if form.is_bound else 200
    )


@limited("offerings.codes", LOOKS, client_address)
@require_safe
def ticket(request: Request, code: str) -> HttpResponse:
    """A ticket on a phone: how many are before one, for how long about, and where one is called."""
    context = _shown(code) | {"serves": False}
    name = "ticket_paper" if request.GET.get("format") == "print" else "ticket"
    return page(request, f"offerings/queue/{name}.html", context)


@limited("offerings.codes", LOOKS, client_address)
@require_http_methods(GET_POST)
def ticket_touch(request: Request, code: str) -> HttpResponse:
    """A ticket just drawn in the hall: a slip of paper, or without a printer the number large and by message."""
    form = TextForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        phone = form.cleaned_data["phone"]
        try:
            ticket_texts.text_ticket(code, phone, actor=request.actor, now=timezone.now())
        except WrongState as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, _("The number is on its way to your phone."))
            return done(request, reverse("offerings:ticket_touch", args=[code]) + "?printer=down")
    is_down = form.is_bound or request.GET.get("printer") == "down"
    context = _shown(code) | {"form": form, "is_down": is_down}
    return page(request, "offerings/queue/ticket_touch.html", context,
                status=422 if form.is_bound else 200)  # fmt: skip


ticket_touch.reads_freely = True  # type: ignore[attr-defined]


def _shown(code: str) -> dict[str, object]:
    found = queries.ticket_called(code)
    now = timezone.now()
    return {
        "ticket": found, "centre": centre_of(found.centre_id), "ahead": queries.ahead_of(found, now),
        "honesty": queries.honesty_of(found.centre_id, now), "public_url": settings.LINLI_PUBLIC_URL,
        "priorities": PRIORITY_WORDS, "item_name": item_title(found.item),
    }  # fmt: skip


def centre_of(centre_id: int) -> Any:
    """Return the organisation of a centre with its name of today."""
    return orgs.organisation_by_id(NOBODY, centre_id, on=localdate())


@limited("offerings.codes", LOOKS, client_address)
@require_POST
def leave(request: Request, code: str) -> HttpResponse:
    """Give a ticket up."""
    found = tickets.leave(code, actor=request.actor, now=timezone.now())
    messages.success(request, _("Given up. The others come earlier."))
    return done(request, reverse("offerings:ticket", args=[found.code]))


@require_safe
def screen(request: Request, centre: str) -> HttpResponse:
    """The big screen of a hall: who is called where, how many wait."""
    body = windows.centre_called(centre, localdate())
    context: dict[str, object] = {
        "centre": body, "board": queries.board_of(body.pk, timezone.now()),
        "live": f"/live/{get_language() or 'zh-hans'}/queue/{body.code}",
    }  # fmt: skip
    return page(request, "offerings/queue/screen.html", context)


@require_http_methods(GET_POST)
def for_somebody(request: Request, centre: str) -> HttpResponse:
    """Draw a ticket for whoever comes to the counter, and print it."""
    body = windows.centre_called(centre, localdate())
    if not request.actor.may(permits.SERVE, at=body.path):
        raise NotFound(code=centre)
    return _draw(request, centre, Source.PAPER, "draw_desk")
