"""A case is handed over: which post, as what, with which words."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from linli.cases.errors import MovedMeanwhile
from linli.cases.forms.part_forms import OfferForm
from linli.cases.permits import DISPATCH
from linli.cases.queries.candidates import org_of_post, others_for
from linli.cases.queries.reading import get_case
from linli.cases.services.acting import act
from linli.cases.types.acting import Act, Typed
from linli.cases.types.moves import At
from linli.kernel.errors import Refusal, WrongState
from linli.kernel.permits import require
from linli.kernel.web import Request, done, page


@require_http_methods(["GET", "POST"])
def hand_over(request: Request, number: str) -> HttpResponse:
    """Choose a post and offer it a part; nobody has it before she accepts."""
    case = get_case(request.actor, number)
    require(request.actor, DISPATCH, at=case.path, level=case.level)
    form = OfferForm(request.POST or None, initial={"expected_seq": case.seq, "role": "lead"})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            refused = _offer(request, case, form.cleaned_data)
            if refused is None:
                messages.success(
                    request, _("Offered. The clock runs on with you until it is accepted.")
                )
                return done(request, reverse("cases:sheet", args=[number]))
            form.add_error(None, str(refused))
            form.renew("expected_seq", get_case(request.actor, number).seq)
            status = refused.status
    words = request.GET.get("q", "") or request.POST.get("q", "")
    context: dict[str, object] = {
        "case": case, "form": form, "words": words,
        "found": others_for(request.actor, [case], words, timezone.localdate()),
    }  # fmt: skip
    return page(request, "cases/hand_over.html", context, status=status)


def _offer(request: Request, case: Any, given: dict[str, Any]) -> Refusal | None:
    org = org_of_post(request.actor, [case], given["post"], timezone.localdate())
    at = At(case.pk, given["expected_seq"])
    try:
        act(
            case, Act.OFFER, at, Typed({**given, "org": org}),
            actor=request.actor, now=timezone.now(),
        )  # fmt: skip
    except (MovedMeanwhile, WrongState) as refused:
        return refused
    return None
