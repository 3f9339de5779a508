"""What whoever reported takes along: number and code."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from linli.cases.queries import intake
from linli.cases.queries.following import followed
from linli.cases.services.following import find_own
from linli.cases.types.filing import LOOKS
from linli.cases.types.opened import code_of, keep_open
from linli.cases.views.code_asked import code_asked
from linli.cases.views.following import paper_address
from linli.kernel.errors import NotFound
from linli.kernel.web import Request, page
from linli.runtime.types import client_address, limited


@never_cache
@limited("cases.looks", LOOKS, client_address)
@require_GET
def receipt(request: Request, number: str) -> HttpResponse:
    """What the reporter takes along: number, code, by when, how to follow; also on paper."""
    code, now = code_of(request, number), timezone.now()
    try:
        case = find_own(number, code, guesses=True, actor=request.actor, now=now)
    except NotFound:
        return code_asked(request, number, code, 404)
    frame: dict[str, object] = {
        "it": followed(case, now), "code": code, "address": paper_address(case.number),
        "is_again": "again" in request.GET,
        "chain": intake.chain_or_none(intake.code_of(case.path)) or (),
    }  # fmt: skip
    template = "cases/receipt_paper.html" if "paper" in request.GET else "cases/receipt.html"
    return keep_open(request, page(request, template, frame), case.number, code)
