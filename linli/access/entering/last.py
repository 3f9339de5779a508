"""Whose browser it was last: what was typed without a session comes back to her alone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from linli.kernel.permits import NOBODY, Actor
from linli.kernel.wholes import whole_number

LAST_COOKIE, SALT, API = "linli-last", "linli.access.last", "/api/"


def last_account(request: HttpRequest) -> int | None:
    """Return the account that was signed in last in this browser, or None if it does not know."""
    return whole_number(request.get_signed_cookie(LAST_COOKIE, "", salt=SALT))


def remember_last(request: HttpRequest, response: HttpResponse) -> None:
    """Leave a signed number in the browser, whether she came in just now or before."""
    if request.path.startswith(API) or request.META.get("test.actor"):
        return
    actor: Actor = getattr(request, "actor", NOBODY)
    account_id = getattr(request, "entered_as", None) or actor.account_id
    if account_id is not None and last_account(request) != account_id:
        response.set_signed_cookie(
            LAST_COOKIE,
            str(account_id),
            salt=SALT,
            httponly=True,
            secure=request.is_secure(),
            samesite="Lax",
        )
