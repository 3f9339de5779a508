"""Calling at a window, by keyboard: next, once more, skip, send on, done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from linli.kernel.errors import Invalid, NotFound, WrongState
from linli.kernel.web import Request, done, page
from linli.offerings.queries import tickets as queries
from linli.offerings.queries import windows
from linli.offerings.queries.item_naming import item_titles
from linli.offerings.rules.queueing import in_order, may_call
from linli.offerings.services import tickets
from linli.offerings.types.tickets import PRIORITY_WORDS
from linli.offerings.views.tickets import centre_of

SHOWN = 30


@require_safe
def calls(request: Request, window_id: int) -> HttpResponse:
    """The desk of a window: who stands before it, who waits."""
    window = queries.window_for(request.actor, window_id)
    now, today = timezone.now(), localdate()
    centre_id = window.centre_id
    line = in_order(
        queries.waiting_at(centre_id, today), now=now, streak=queries.streak_of(centre_id, today)
    )
    others = [one for one in windows.windows_of(centre_id) if one.pk != window.pk]
    named = queries.named_tickets([one.id for one in line[:SHOWN]])
    here = queries.at_window(window, today)
    shown = [named[one.id] for one in line[:SHOWN] if one.id in named]
    caller = queries.caller_of(window)
    context: dict[str, object] = {
        "window": window, "centre": centre_of(centre_id), "now_here": here, "line": shown, "waiting": len(line),
        "items": item_titles(one.item for one in (*shown, here) if one is not None),
        "elsewhere": {one.id for one in line[:SHOWN] if not may_call(caller, one)},
        "missed": queries.missed_today(centre_id, today), "priorities": PRIORITY_WORDS,
        "others": others, "choices": [(str(one.pk), f"{one.number} {one.name}") for one in others],
        "live": f"/live/{get_language() or 'zh-hans'}/waiting/{centre_id}",
    }  # fmt: skip
    return page(request, "offerings/queue/calls.html", context)


@require_POST
def act(request: Request, window_id: int, move: str) -> HttpResponse:
    """Do one thing at a window; what cannot be done is told on its page."""
    window = queries.window_for(request.actor, window_id)
    steps: dict[str, Callable[[], Any]] = {
        "next": lambda: tickets.call_next(
            window, shown=request.POST.get("ticket", ""), actor=request.actor, now=timezone.now()
        ),
        "recall": lambda: _here(request, window, tickets.recall),
        "done": lambda: _here(request, window, tickets.finish),
        "skip": lambda: _here(request, window, tickets.skip),
        "send-on": lambda: _send_on(request, window),
        "call": lambda: tickets.call_ticket(
            request.POST.get("ticket", ""), window, actor=request.actor, now=timezone.now()
        ),
    }  # fmt: skip
    if move not in steps:
        raise NotFound()
    try:
        steps[move]()
    except (WrongState, Invalid) as fault:
        messages.error(request, str(fault))
    return done(request, reverse("offerings:calls", args=[window.pk]))


def _here(request: Request, window: Any, step: Callable[..., Any]) -> Any:
    """Take a step with the ticket that the page showed at this window. Refuses with WrongState."""
    return step(_shown(request, window), actor=request.actor, now=timezone.now())


def _shown(request: Request, window: Any) -> str:
    return queries.handle_at(window, localdate(), request.POST.get("ticket", ""))


def _send_on(request: Request, window: Any) -> Any:
    number = request.POST.get("window", "")
    found = next(
        (one for one in windows.windows_of(window.centre_id) if str(one.pk) == number), None
    )
    if found is None:
        raise Invalid({"window": [_("Choose another window of this centre.")]})
    return tickets.send_on(_shown(request, window), found, actor=request.actor, now=timezone.now())
