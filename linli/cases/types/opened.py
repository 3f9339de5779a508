"""The code that opens a case: sent along once, then known to the browser for half an hour.

So that it stands in no history of a shared telephone and in no address that is sent round: a page that
was opened by it says `ll-strip`, and its script takes the code out of the address.
"""

from __future__ import annotations

from django.core import signing
from django.http import HttpRequest, HttpResponse

from linli.kernel.ids import number_typed

COOKIE, SALT = "linli_opened", "linli.cases.opened"
KNOWN_SECONDS = 30 * 60
MOST_KNOWN, MOST_SIGNS = 5, 40


def code_of(request: HttpRequest, number: str) -> str:
    """Return the code that was sent for a case, else the one by which this browser opened it lately."""
    sent = request.POST if request.method == "POST" else request.GET
    return sent.get("code", "")[:MOST_SIGNS] or _known(request).get(number_typed(number), "")


def keep_open(request: HttpRequest, response: HttpResponse, number: str, code: str) -> HttpResponse:
    """Let the browser know the code of a case that it has opened, so that its address needs none."""
    if code:
        known = {**_known(request), number: code}
        kept = signing.dumps(dict(list(known.items())[-MOST_KNOWN:]), salt=SALT)
        response.set_cookie(
            COOKIE, kept, max_age=KNOWN_SECONDS, httponly=True, samesite="Lax",
            secure=request.is_secure(),
        )  # fmt: skip
    return response


def _known(request: HttpRequest) -> dict[str, str]:
    try:
        found = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=KNOWN_SECONDS)
    except signing.BadSignature:
        return {}
    return dict(found)
