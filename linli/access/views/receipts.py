"""The receipt of a request about personal data, printed at the counter."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linli.access.queries.requests import get_request
from linli.access.services import receipts
from linli.kernel.web import Request, done


@require_POST
def print_receipt(request: Request, number: str) -> HttpResponse:
    """Number and print the receipt, and show it."""
    found = get_request(request.actor, number)
    made = receipts.print_receipt(found, actor=request.actor, now=timezone.now())
    messages.success(request, _("The receipt is numbered %(number)s.") % {"number": made.number})
    return done(request, reverse("documents:detail", args=[made.code]))
