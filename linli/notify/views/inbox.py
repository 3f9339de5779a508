"""Pages of notify: the inbox, what could not be delivered, the demo's telephone."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from linli.kernel.errors import NotAllowed, NotFound
from linli.kernel.web import Request, done, page
from linli.notify import permits, queries, services
from linli.ui.addresses import address_of
from linli.ui.columns import col


def _signed_in(request: Request) -> None:
    if request.actor.account_id is None:
        raise NotAllowed()


@require_GET
def inbox(request: Request) -> HttpResponse:
    """Show one's messages, newest first."""
    _signed_in(request)
    here = address_of(request)
    is_unread = here.get("show") == "unread"
    found = queries.list_messages(
        request.actor, is_unread=is_unread, cursor=here.get("cursor") or None
    )
    tabs = [
        (_("All"), here.to(show=None, cursor=None), None, not is_unread),
        (_("Unread"), here.to(show="unread", cursor=None), None, is_unread),
    ]
    context: dict[str, object] = {"found": found, "here": here, "tabs_shown": tabs}
    return page(request, "notify/inbox.html", context, part="notify/_messages.html")


@require_GET
def message(request: Request, code: str) -> HttpResponse:
    """Show one message; it is read from now on."""
    found = queries.get_message(request.actor, code)
    found = services.mark_read(found, actor=request.actor, now=timezone.now())
    context: dict[str, object] = {"message": found, "to": queries.address_of(found)}
    return page(request, "notify/message.html", context)


@require_POST
def read_all(request: Request) -> HttpResponse:
    """Mark everything as read."""
    _signed_in(request)
    services.mark_all_read(actor=request.actor, now=timezone.now())
    return done(request, reverse("notify:inbox"))


@require_GET
def deliveries(request: Request) -> HttpResponse:
    """Show what went out by SMS and e-mail, and what was given up."""
    if not request.actor.holds(permits.OVERSEE):
        raise NotFound()
    here = address_of(request)
    state = here.get("state") if here.get("state") in queries.STATE_WORDS else ""
    found = queries.list_deliveries(request.actor, state=state, cursor=here.get("cursor") or None)
    shown = [(_("All"), here.to(state=None, cursor=None), None, not state)]
    shown += [
        (str(queries.STATE_WORDS[key]), here.to(state=key, cursor=None), None, key == state)
        for key in ("dead", "held", "queued", "sent", "delivered", "skipped")
    ]
    context: dict[str, object] = {
        "found": found,
        "here": here,
        "tabs_shown": shown,
        "state_words": queries.state_words,
        "reasons": queries.REASON_WORDS,
        "title_of": queries.title_of,
        "columns": [
            col(_("When")), col(_("Message")), col(_("Recipient")), col(_("State")),
            col(_("Cost"), end=True), col(_("Next step"), end=True, hide=True),
        ],
    }  # fmt: skip
    return page(request, "notify/deliveries.html", context)


@require_POST
def delivery_revive(request: Request, ref: str) -> HttpResponse:
    """Send a dead letter again."""
    found = queries.get_delivery(request.actor, ref)
    services.revive_delivery(found, actor=request.actor, now=timezone.now())
    messages.success(request, _("It is sent again."))
    return done(request, reverse("notify:deliveries") + "?state=dead")


@require_POST
def delivery_drop(request: Request, ref: str) -> HttpResponse:
    """Let a dead letter go."""
    found = queries.get_delivery(request.actor, ref)
    services.drop_delivery(found, actor=request.actor, now=timezone.now())
    return done(request, reverse("notify:deliveries") + "?state=dead")


@require_GET
def telephone(request: Request) -> HttpResponse:
    """The demo's telephone: every text message that the simulator got. There is none in service."""
    if not settings.LINLI_DEMO:
        raise NotFound()
    phone = request.GET.get("phone", "").strip()
    context: dict[str, object] = {
        "found": queries.simulated_messages(phone), "phone": phone, "here": address_of(request)
    }  # fmt: skip
    return page(request, "notify/telephone.html", context, part="notify/_telephone.html")
