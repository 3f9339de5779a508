"""A form that no longer fits the sign-in of its browser: it comes back whole, to be looked at and sent again."""

from __future__ import annotations

from django.http import HttpRequest

from linli.kernel.texts import OF_ITS_PAGE, PROOFS, is_kept_as_typed


def sent_again(request: HttpRequest) -> list[tuple[str, str]]:
    """Return (name, value) of a refused form for it to be sent again; nothing where it must not be.

    Not what another site sent, which would put words into somebody's mouth; nor what holds a secret.
    """
    if not _is_from_here(request) or "/access/" in request.path or _holds_secret(request):
        return []
    return [
        (name, str(value))
        for name, values in request.POST.lists()
        if name not in OF_ITS_PAGE
        for value in values
    ]


def _is_from_here(request: HttpRequest) -> bool:
    """Say whether a page of this site sent the form; browsers of today say it, older ones name the site."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return bool(site == "same-origin")
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def _holds_secret(request: HttpRequest) -> bool:
    return any(name in PROOFS or is_kept_as_typed(name) for name in request.POST)
