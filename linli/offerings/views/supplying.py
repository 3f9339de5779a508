"""After applying: the receipt, and photos of what was missing from the phone."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from linli.cases.queries import intake
from linli.cases.queries.following import followed
from linli.cases.queries.promising import promise_by
from linli.cases.services.following import find_own
from linli.cases.types.filing import ACTS, LOOKS, number_of
from linli.cases.types.moves import At
from linli.cases.types.opened import code_of, keep_open
from linli.kernel.errors import Invalid, NotFound, WrongState
from linli.kernel.web import Request, done, page
from linli.offerings.forms.applying import SupplyForm
from linli.offerings.kinds.application import BEFORE, DECISION
from linli.offerings.queries.applications import overview_of
from linli.offerings.queries.promises import paper_address
from linli.offerings.rules.applications import limit_of
from linli.offerings.services.checking import supply as take
from linli.offerings.views.photos_of_papers import KeptPapers, keep_papers
from linli.runtime.types import client_address, limited

GET_POST = ["GET", "HEAD", "POST"]


@never_cache
@limited("cases.looks", LOOKS, client_address)
@require_GET
def receipt(request: Request, number: str) -> HttpResponse:
    """What the applicant takes along: number, code, by when, how to follow; also on paper."""
    code, now = code_of(request, number), timezone.now()
    case = find_own(number, code, guesses=True, actor=request.actor, now=now)
    it = overview_of(case.pk)
    if it is None:
        raise NotFound()
    frame: dict[str, object] = {
        "case": case, "it": it, "told": followed(case, now), "code": code,
        "decided": promise_by(case, DECISION), "limit": limit_of(it.item),
        "is_before": case.state in (*BEFORE, "correction"),
        "address": paper_address(case.number),
        "chain": intake.chain_or_none(intake.code_of(case.path)) or (),
        "is_at_window": request.GET.get("at") == "window",
        "is_down": request.GET.get("printer") == "down",
    }  # fmt: skip
    name = "receipt_paper" if "paper" in request.GET else "receipt"
    response = page(request, f"offerings/applications/{name}.html", frame)
    response["X-Robots-Tag"] = "noindex"
    return keep_open(request, response, case.number, code)


@never_cache
@limited("cases.acts", ACTS, number_of)
@limited("cases.looks", LOOKS, client_address)
@require_http_methods(GET_POST)
def supply(request: Request, number: str) -> HttpResponse:
    """Send photos of what was missing, all of it in one sending."""
    is_post, now = request.method == "POST", timezone.now()
    code = code_of(request, number)
    case = find_own(number, code, guesses=not is_post, actor=request.actor, now=now)
    it = overview_of(case.pk)
    if it is None or case.state != "correction":
        raise NotFound()
    form = SupplyForm(
        request.POST if is_post else None, request.FILES or None, item=it.item,
        papers=[one.material for one in it.lacking],
    )  # fmt: skip
    kept = keep_papers(request, form) if is_post else KeptPapers()
    if is_post and form.is_valid():
        try:
            take(At(case.pk), kept.codes, actor=request.actor, now=now)
        except Invalid as wrong:
            form.take({name.replace("paper_", "photo_", 1): w for name, w in wrong.fields.items()})
        except WrongState as wrong:
            form.add_error(None, str(wrong))
        else:
            messages.success(request, _("It came in. The window looks at it."))
            to = reverse("cases:follow", args=[case.number])
            return done(request, f"{to}?{urlencode({'code': code})}" if code else to)
    frame = {"case": case, "it": it, "form": form, "kept": kept, "code": code,
             "chain": intake.chain_or_none(intake.code_of(case.path)) or ()}  # fmt: skip
    status = 422 if form.errors and not kept.is_fresh else 200
    shown = page(request, "offerings/applications/supply.html", frame, status=status)
    return keep_open(request, shown, case.number, code)
