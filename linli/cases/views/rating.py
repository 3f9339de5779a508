"""The reporter rates her case from the page on which she follows it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linli.cases.forms.rating import RatingForm
from linli.cases.services import rating as services
from linli.cases.types.rating import LOOKS
from linli.cases.views.following import address
from linli.kernel.errors import Invalid, NotFound, WrongState
from linli.kernel.web import Request, done, page
from linli.runtime.types import client_address, limited


@limited("cases.codes", LOOKS, client_address)
@require_POST
def rate(request: Request, number: str) -> HttpResponse:
    """Take down a rating; a wrong code finds nothing."""
    form = RatingForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            services.rate_case(
                number, given["code"], given["grade"], why=given["why"],
                actor=request.actor, now=timezone.now(),
            )  # fmt: skip
        except NotFound:
            raise
        except Invalid as refusal:
            form.take(refusal.fields)
        except WrongState as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Thank you. Your rating was taken down."))
            return done(request, address(number, given["code"]))
    context: dict[str, object] = {"form": form, "number": number}
    return page(request, "cases/rating.html", context, status=422)
