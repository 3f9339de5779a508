"""The payment system at the desk: numbers to pay under, and payments that wait for a person."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.exchange.queries import connections
from linli.exchange.queries import payments as theirs
from linli.exchange.services import paying as notices
from linli.exchange.services import payments
from linli.exchange.types import connection_titles as titles
from linli.exchange.types.payments import Doubt
from linli.kernel.errors import NotFound, WrongState
from linli.kernel.fees import NotThatMuch
from linli.kernel.paging import clean_limit
from linli.kernel.registries import PLACE_NAMES
from linli.kernel.web import Request, done, page
from linli.offerings import permits
from linli.offerings.forms.hall import PayNoticeForm
from linli.offerings.queries.applications import case_for
from linli.offerings.services import paying
from linli.offerings.views.applications import sheet_of
from linli.offerings.views.hall import tabs_of, view_and_words
from linli.runtime.queries import offered
from linli.ui.addresses import address_of
from linli.ui.asking import acted
from linli.ui.downloads import list_download
from linli.ui.formats import money

GET_POST = ["GET", "HEAD", "POST"]
LIST = "offerings.pay_notices"
SHOWN = 50
VIEWS = ("", "look", *titles.PAY_STATE)
UNKNOWN_SUM = frozenset({Doubt.UNREADABLE, Doubt.CHANGED_AFTER})
# what may fit later: once something is owed again
MAY_FIT = frozenset({Doubt.ENDED, Doubt.NOTHING_OPEN})


@require_POST
def order(request: Request, number: str, act: str) -> HttpResponse:
    """Give a number under which a fee is paid, or withdraw it."""
    case, now = case_for(request.actor, number, permits.RECEIVE), timezone.now()
    if act == "withdraw":
        paying.withdraw_order(case.pk, actor=request.actor, now=now)
        messages.success(request, _("Nothing more can be paid under the number."))
    elif act == "ask":
        try:
            made = paying.ask_payment(case.pk, actor=request.actor, now=now)
        except (NotThatMuch, WrongState) as wrong:
            messages.error(request, str(wrong))
        else:
            messages.success(
                request, _("The number to pay under is %(number)s.") % {"number": made.number}
            )
    else:
        raise NotFound()
    return done(request, sheet_of(number))


@require_safe
def pay_notices(request: Request) -> HttpResponse:
    """What was paid over the payment system: which receipt it became, what waits for a person."""
    connections.require_any(request.actor)
    view, words = view_and_words(request.GET, VIEWS)
    if request.GET.get("format") in ("xlsx", "csv"):
        return list_download(request, LIST, theirs.narrowed(request.actor, view, words))
    found = theirs.list_notices(
        request.actor, view, words, cursor=request.GET.get("cursor"),
        limit=clean_limit(request.GET.get("limit") or SHOWN),
    )  # fmt: skip
    context: dict[str, object] = {
        "tabs": tabs_of(request, "payments"), "found": found, "here": address_of(request),
        "shown": ("view", "q"), "views_of_list": _views(), "states": titles.PAY_STATE,
        "tones": titles.PAY_TONE, "reasons": titles.PAY_DOUBT,
        "names": PLACE_NAMES.call([one.path for one in found.items]), **offered(request.actor, LIST),
    }  # fmt: skip
    return page(request, "offerings/hall/payments.html", context)


def _views() -> list[tuple[str, Any]]:
    return [("", _("All")), ("look", _("To be looked at")), *titles.PAY_STATE.items()]


@never_cache
@require_http_methods(GET_POST)
def pay_notice(request: Request, notice_id: int) -> HttpResponse:
    """One payment: noted after all, given back, or let go with the reason."""
    row = theirs.get_notice(request.actor, notice_id)
    is_clear, may_fit = row.fault not in UNKNOWN_SUM, row.fault in MAY_FIT
    needs_why = not (is_clear and may_fit) and request.POST.get("move") not in ("take", "look")
    form = PayNoticeForm(request.POST or None, needs_why=needs_why)
    said = acted(request, form, lambda: _decided(request, row, form.cleaned_data["why"]))
    if said is not None:
        messages.success(request, said[0])
        return done(request, reverse("offerings:pay_notices"))
    known = theirs.order_named(row.order_number)
    context: dict[str, object] = {
        "row": row, "form": form, "state": titles.PAY_STATE[row.state], "tone": titles.PAY_TONE[row.state],
        "why": titles.PAY_DOUBT.get(row.fault, ""), "order": known, "owed": theirs.page_of_order(known),
        "place": PLACE_NAMES.call([row.path]).get(row.path, ""), "is_clear": is_clear,
        "may_fit": may_fit,
    }  # fmt: skip
    return page(request, "offerings/hall/payment.html", context, status=422 if form.faults else 200)


def _decided(request: Request, row: Any, why: str) -> str:
    move, now = request.POST.get("move", ""), timezone.now()
    if move == "look":
        payments.look_at_payment(row, actor=request.actor, now=now)
        return _("Noted.")
    if move == "return":
        notices.give_back(row, why, actor=request.actor, now=now)
        return _("%(yuan)s go back over the payment system.") % {"yuan": money(row.amount_fen)}
    if move == "drop":
        payments.drop_payment(row, why, actor=request.actor, now=now)
        return _("It is let go with the reason.")
    if move != "take":
        raise NotFound()
    taken = notices.try_notice_again(row, actor=request.actor, now=now)
    if not taken.receipt:
        return _("%(yuan)s go back over the payment system.") % {"yuan": money(row.amount_fen)}
    return _("It is noted with receipt %(number)s.") % {"number": taken.receipt}
