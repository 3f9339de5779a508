"""An entry of a draw whose code was lost, or that a stranger made, opened by a code to its number."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from linli.kernel.errors import Invalid, TooMany
from linli.kernel.web import Request, done, page
from linli.offerings.forms.rounds import ClaimForm
from linli.offerings.queries import rounds as queries
from linli.offerings.services import claiming
from linli.offerings.types.visits import LOOKS
from linli.offerings.views.tickets import centre_of
from linli.offerings.views.visit_frame import GET_POST
from linli.runtime.types import client_address, limited, without_key


@never_cache
@limited("offerings.codes", LOOKS, client_address)
@without_key("a wrong try is counted, so it must not be undone with a transaction")
@require_http_methods(GET_POST)
def mine(request: Request, code: str) -> HttpResponse:
    """The number, then the code that was sent to it; then the entry, under a new code."""
    one = queries.round_called(code)
    form, is_sent, status = ClaimForm(request.POST or None), False, 422
    asks_code = False
    if request.method == "POST" and form.is_valid():
        said, now, address = form.cleaned_data, timezone.now(), client_address(request)
        asks_code = True
        try:
            if said["code"]:
                entry = claiming.take_over(
                    one, said["phone"], said["code"], address=address, actor=request.actor, now=now
                )
                return done(request, reverse("offerings:entry", args=[entry.code]))
            claiming.send_code(
                said["phone"], address=address, language=get_language() or "zh-hans",
                actor=request.actor, now=now,
            )  # fmt: skip
            is_sent, status = True, 200
        except Invalid as fault:
            form.take(fault.fields)
            # a number that is in no draw needs no code
            asks_code = "phone" not in fault.fields
        except TooMany as refusal:
            # what was sent before still fits
            form.add_error(None, str(refusal))
            status = refusal.status
    form.fields["code"].required = asks_code  # it is asked for now, as the page shows
    frame = {"round": one, "centre": centre_of(one.centre_id), "form": form, "is_sent": is_sent,
             "asks_code": asks_code}  # fmt: skip
    return page(
        request, "offerings/rounds/mine.html", frame, status=status if form.is_bound else 200
    )


mine.reads_freely = True  # type: ignore[attr-defined]  # opening the form sends nothing
