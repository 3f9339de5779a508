"""What a printed code leads to, and the check of a paper by anybody."""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.text import slugify
from django.views.decorators.http import require_GET, require_http_methods

from linli.documents import queries
from linli.documents.forms import CompareForm
from linli.kernel.errors import NotFound
from linli.kernel.web import Request, page
from linli.runtime.types import Rate, client_address, limited, without_key
from linli.ui.addresses import address_of

# a person scans a few papers; a machine that tries codes meets a wall
LOOKS = Rate(120, timedelta(minutes=10))
MOST_BYTES = 30 * 1024 * 1024
MOST_SIGNS = 40
# such as GS-2026-0002, which stands on the paper too
NUMBER = re.compile(r"[A-Z]{1,4}-(19|20)\d\d-\d+", re.IGNORECASE | re.ASCII)


@require_GET
@limited("documents.codes", LOOKS, client_address)
def follow_code(request: Request, code: str) -> HttpResponse:
    """Lead from the code on a paper to its page, in the reader's language; an unknown one to its check."""
    try:
        to = queries.address_of_code(code)
    except NotFound:
        to = reverse("documents:check", args=[code[:MOST_SIGNS]])
    response = HttpResponseRedirect(to)
    patch_vary_headers(response, ["Accept-Language"])
    response["X-Robots-Tag"] = "noindex"
    return response


@require_GET
@limited("documents.codes", LOOKS, client_address)
def check_ask(request: Request) -> HttpResponse:
    """Ask for the code of a paper, for whoever cannot scan it, and lead to its check."""
    typed = "".join(request.GET.get("code", "").split())[:MOST_SIGNS]
    if NUMBER.fullmatch(typed):
        # a number leads nowhere: whoever guesses numbers would read what others were given
        return page(request, "documents/check_ask.html", {"code": "", "number": typed.upper()})
    if slugify(typed):
        return HttpResponseRedirect(reverse("documents:check", args=[slugify(typed).upper()]))
    return page(request, "documents/check_ask.html", {"code": "", "number": ""})


@without_key("compares a file and keeps nothing")
@limited("documents.codes", LOOKS, client_address)
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: Request, code: str) -> HttpResponse:
    """Say what a paper is and whether it is valid; compare a PDF with the one that was issued."""
    try:
        found = queries.check_document(code)
    except NotFound:
        response = page(
            request, "documents/check_ask.html", {"code": code, "number": ""}, status=404
        )
        response["X-Robots-Tag"] = "noindex"
        return response
    form = CompareForm(request.POST or None, request.FILES or None)
    is_same: bool | None = None
    is_sealed = False
    if request.method == "POST" and form.is_valid():
        digest = digest_of(form)
        is_sealed = found.electronic is not None and digest == found.electronic.sha256
        is_same = is_sealed or digest == found.sha256
    context: dict[str, object] = {
        "found": found, "form": form, "is_same": is_same, "is_sealed": is_sealed,
        "here": address_of(request), "chain_words": queries.CHAIN_WORDS,
    }  # fmt: skip
    faulty = request.method == "POST" and not form.is_valid()
    response = page(request, "documents/check.html", context, status=422 if faulty else 200)
    response["X-Robots-Tag"] = "noindex"
    return response


def digest_of(form: CompareForm) -> str:
    """Return the hash of the file that somebody has; of too large a file nothing."""
    upload = form.cleaned_data["file"]
    if upload.size > MOST_BYTES:
        return ""
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    return digest.hexdigest()
