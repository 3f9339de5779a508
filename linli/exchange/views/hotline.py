"""Orders of the hotline: the list, those that wait for their place, and one with its story."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.exchange.forms import AgainForm
from linli.exchange.queries import choices
from linli.exchange.queries import orders as queries
from linli.exchange.queries.orders import OrdersWanted, OrderView
from linli.exchange.queries.returns import files_seen
from linli.exchange.queries.terms import ask_until
from linli.exchange.queries.waiting import waiting_rows
from linli.exchange.services import waiting_orders as services
from linli.exchange.types import titles
from linli.kernel.errors import Invalid, WrongState
from linli.kernel.paging import clean_limit
from linli.kernel.permits import Actor
from linli.kernel.registries import PLACE_NAMES
from linli.kernel.web import Request, done, page
from linli.places import queries as places
from linli.runtime.queries import offered
from linli.ui.addresses import address_of
from linli.ui.downloads import list_download

LIST = "exchange.orders"
SHOWN, WAIT_SHOWN = 25, 25
FILTERS = ("place", "sender", "q")


def tabs_of(current: str) -> list[tuple[Any, str, None, bool]]:
    """Return the pages of the hotline, for the tabs on each of them."""
    parts = (
        ("orders", _("Orders"), "exchange:orders"),
        ("waiting", _("Waiting for a place"), "exchange:waiting"),
        ("lists", _("Lists of orders"), "exchange:order_lists"),
        ("results", _("Results returned"), "exchange:results"),
        ("hand_backs", _("Asked to take back"), "exchange:hand_backs"),
    )
    return [(title, reverse(name), None, key == current) for key, title, name in parts]


def _views() -> list[tuple[str, Any]]:
    return [
        (OrderView.ALL, _("All")), (OrderView.OPEN, _("Open")),
        (OrderView.LATE, _("Past the hotline's day")), (OrderView.TO_RETURN, _("To be returned")),
        (OrderView.LOOK, _("More came, not read yet")),
    ]  # fmt: skip


def wanted_of(given: Any) -> OrdersWanted:
    """Return which orders an address asks for. Refuses with Invalid."""
    view = given.get("view", "") or OrderView.ALL
    if view not in set(OrderView):
        raise Invalid({"view": [", ".join(OrderView)]})
    code = given.get("place", "")
    path = places.path_of(code) if code else ""
    if path is None:
        raise Invalid({"place": [code]})
    words, sender = given.get("q", "").strip()[:60], given.get("sender", "")[:80]
    return OrdersWanted(OrderView(view), path, words, sender)


@require_GET
def order_list(request: Request) -> HttpResponse:
    """Orders by what has to be done with them."""
    choices.require_any(request.actor)
    wanted, now = wanted_of(request.GET), timezone.now()
    if request.GET.get("format") in ("xlsx", "csv"):
        return list_download(request, LIST, queries.narrowed(request.actor, wanted, now))
    found = queries.list_orders(
        request.actor, wanted, now, cursor=request.GET.get("cursor"),
        limit=clean_limit(request.GET.get("limit") or SHOWN),
    )  # fmt: skip
    context: dict[str, object] = {
        "tabs": tabs_of("orders"), "found": found, "rows": rows_of(request.actor, list(found.items)),
        "here": address_of(request), "views_of_list": _views(), "shown": ("view", *FILTERS), "now": now,
        "places": choices.offices(request.actor), "senders": queries.senders(request.actor),
        **offered(request.actor, LIST),
    }  # fmt: skip
    return page(request, "exchange/orders.html", context)


def rows_of(actor: Actor, orders: list[Any]) -> list[tuple[Any, Any, str, Any]]:
    """Return orders with what became of them, their place, and how they stand in words."""
    told = queries.results(actor, orders)
    paths = {o.pk: (told[o.pk].path if o.pk in told else o.path) for o in orders}
    names = PLACE_NAMES.call(list(paths.values()))
    rows = []
    for order in orders:
        result = told.get(order.pk)
        words = titles.OUTCOME[result.outcome] if result else titles.ORDER_STATE[order.state]
        rows.append((order, result, names.get(paths[order.pk], ""), words))
    return rows


@require_http_methods(["GET", "HEAD", "POST"])
def waiting(request: Request) -> HttpResponse:
    """Orders that wait: what they say, where they seem to belong, and the choice of a person."""
    choices.require_any(request.actor)
    faults: list[tuple[str, str]] = []
    typed: dict[str, str] = {}
    if request.method == "POST":
        typed = {k[6:]: str(v) for k, v in request.POST.items() if k.startswith("place-")}
        try:
            opened = _place(request, typed)
        except (Invalid, WrongState) as refusal:
            faults = [("", str(refusal))]
        else:
            messages.success(
                request,
                ngettext("%(num)s case was opened.", "%(num)s cases were opened.", opened)
                % {"num": opened},
            )
            return done(request, reverse("exchange:waiting"))
    wanted = OrdersWanted(OrderView.WAITING)
    found = queries.list_orders(
        request.actor, wanted, timezone.now(), cursor=request.GET.get("cursor"), limit=WAIT_SHOWN
    )
    context: dict[str, object] = {
        "tabs": tabs_of("waiting"), "found": found, "rows": waiting_rows(list(found.items)),
        "here": address_of(request), "faults": faults, "typed": typed, "now": timezone.now(),
        "titles": titles,
    }  # fmt: skip
    return page(request, "exchange/waiting.html", context, status=422 if faults else 200)


def _place(request: Request, typed: dict[str, str]) -> int:
    numbers = {number: code for number, code in typed.items() if code}
    found = queries.visible_orders(request.actor).filter(number__in=numbers)
    chosen = {order.pk: numbers[order.number] for order in found}
    if not chosen:
        raise Invalid({"place": [_("Choose a place for at least one order.")]})
    return len(services.place_orders(chosen, actor=request.actor, now=timezone.now()))


@require_GET
def order(request: Request, number: str) -> HttpResponse:
    """One order: its case, its day, what the hotline was told and asked."""
    return _shown(request, number, AgainForm())


def _shown(request: Request, number: str, form: AgainForm) -> HttpResponse:
    found = queries.get_order(request.actor, number)
    _order, result, place, words = rows_of(request.actor, [found])[0]
    told = queries.returned_of(found)
    context: dict[str, object] = {
        "tabs": tabs_of("orders"), "order": found, "result": result, "place": place, "words": words,
        "waits": waiting_rows([found]) if found.state == "waiting" else [], "form": form,
        "returned": told, "files_seen": files_seen(request.actor, told), "asked": queries.hand_backs_of(found),
        "ask_until": ask_until(found) if found.case_id else None, "titles": titles,
        "now": timezone.now(),
        "is_over": result is not None and result.outcome in ("answered", "done", "refused"),
    }  # fmt: skip
    return page(request, "exchange/order.html", context, status=422 if form.faults else 200)


@require_POST
def order_again(request: Request, number: str) -> HttpResponse:
    """Note that the hotline asks to take an order up again."""
    found, form = queries.get_order(request.actor, number), AgainForm(request.POST)
    if not form.is_valid():
        return _shown(request, number, form)
    services.ask_again(found, form.cleaned_data["words"], actor=request.actor, now=timezone.now())
    messages.success(request, _("Noted. A supervisor decides whether it is taken up again."))
    return done(request, reverse("exchange:order", args=[number]))


@require_POST
def order_looked(request: Request, number: str) -> HttpResponse:
    """Note that somebody has read what came after the end."""
    found = queries.get_order(request.actor, number)
    services.looked_at(found, actor=request.actor, now=timezone.now())
    return done(request, reverse("exchange:order", args=[number]))


@require_POST
def order_lead_away(request: Request, number: str) -> HttpResponse:
    """An accusation of an official goes to the discipline inspection; nothing of it stays here."""
    found = queries.get_order(request.actor, number)
    services.lead_away(found, actor=request.actor, now=timezone.now())
    messages.success(request, _("Nothing of it was kept. Tell the hotline to pass it to 12388."))
    return done(request, reverse("exchange:waiting"))
