"""The fee of an application for whoever applied: her number to pay under, and what was paid, on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from linli.cases.queries.following import open_followed
from linli.cases.services.following import find_own
from linli.cases.types.filing import ACTS, LOOKS, number_of
from linli.cases.types.opened import code_of
from linli.kernel.errors import NotFound, WrongState
from linli.kernel.fees import PAY_WAY, NotThatMuch
from linli.kernel.web import Request, done, page
from linli.offerings import permits
from linli.offerings.queries.applications import application_of, case_for
from linli.offerings.queries.fees import fee_of
from linli.offerings.queries.promises import paper_address
from linli.offerings.services import paying
from linli.runtime.types import client_address, limited

if TYPE_CHECKING:
    from linli.cases.models import Case


@never_cache
@limited("cases.acts", ACTS, number_of)
@limited("cases.looks", LOOKS, client_address)
@require_http_methods(["GET", "HEAD", "POST"])
def own_fee(request: Request, number: str) -> HttpResponse:
    """A POST gives the applicant the number that she pays under; the page is what was paid, on paper."""
    is_post = request.method == "POST"
    code = code_of(request, number)
    if is_post:
        return _asked(request, open_followed(request.actor, number, code), code)
    case = _seen(request, number, code)
    application = application_of(case.pk)
    fee = fee_of(application)
    if fee is None:
        raise NotFound()
    context: dict[str, object] = {
        "case": case, "item": application.asked, "fee": fee, "ways": PAY_WAY,
        "address": paper_address(case.number), "now": timezone.now(),
    }  # fmt: skip
    response = page(request, "offerings/applications/fee_paper.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


def _seen(request: Request, number: str, code: str) -> Case:
    """Return the case to whoever applied, and to who receives applications there."""
    try:
        now = timezone.now()
        return find_own(number, code, guesses=True, actor=request.actor, now=now)
    except NotFound:
        return case_for(request.actor, number, permits.RECEIVE)


def _asked(request: Request, case: Case, code: str) -> HttpResponse:
    try:
        made = paying.ask_own_payment(case.pk, actor=request.actor, now=timezone.now())
    except (NotThatMuch, WrongState) as wrong:
        messages.error(request, str(wrong))
    else:
        messages.success(
            request, _("Your number to pay under is %(number)s.") % {"number": made.number}
        )
    to = reverse("cases:follow", args=[case.number])
    return done(request, f"{to}?{urlencode({'code': code})}" if code else to)
