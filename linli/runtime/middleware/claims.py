"""What a request says of itself: whose key it bears, and by what a second copy is known."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator

from django.http import HttpRequest

from linli.kernel.web import Request
from linli.runtime import rules
from linli.runtime.errors import KeyMissing, KeyMissingInCall, KeyUnreadable
from linli.runtime.services.idempotency import Claim
from linli.runtime.types import browser_of, client_address

# the header Idempotency-Key as WSGI names it: `request.headers` takes all of them apart for one
HEADER = "HTTP_IDEMPOTENCY_KEY"
# not part of what a form says: our key, and Django's token
FORM_MARKS = frozenset({"key", "csrfmiddlewaretoken"})
JSON = "application/json"


def claim_of(request: Request, from_machine: bool) -> Claim:
    """Return whose key this is and for which request. Refuses with KeyMissing, KeyUnreadable."""
    key = request.META.get(HEADER) or request.POST.get("key") or key_in_json(request)
    if not key:
        raise KeyMissingInCall() if from_machine else KeyMissing()
    if not rules.is_key(key):
        raise KeyUnreadable(most=rules.MAX_KEY)
    mark = rules.fingerprint("POST", request.get_full_path(), parts_of(request))
    return Claim(scope_of(request), key, mark)


def scope_of(request: Request) -> str:
    """Return who is asking: an account, else a browser by its secret cookie, else an address."""
    return browser_of(request) or f"address {client_address(request)}"


def key_in_json(request: HttpRequest) -> str:
    """Return the field `key` of a JSON body, where queued moves carry it."""
    if request.content_type != JSON:
        return ""
    try:
        body = json.loads(request.body or b"null")
    except (ValueError, RecursionError):
        return ""
    key = body.get("key") if isinstance(body, dict) else None
    return key if isinstance(key, str) else ""


def parts_of(request: HttpRequest) -> Iterator[tuple[str, bytes]]:
    """Return what a request says, whatever boundary or token it was wrapped in this time."""
    if request.content_type not in ("application/x-www-form-urlencoded", "multipart/form-data"):
        yield "body", request.body
        return
    for name in sorted(request.POST):
        if name not in FORM_MARKS:
            yield from ((name, value.encode()) for value in request.POST.getlist(name))
    for name in sorted(request.FILES):
        for upload in request.FILES.getlist(name):
            yield f"{name} {upload.name}", digest_of(upload.chunks())
            upload.seek(0)


def digest_of(chunks: Iterable[bytes]) -> bytes:
    """Return the SHA-256 of an upload."""
    digest = hashlib.sha256()
    for chunk in chunks:
        digest.update(chunk)
    return digest.digest()
