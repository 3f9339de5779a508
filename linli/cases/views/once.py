"""A report that a browser sends a second time, after going back, leads to the receipt of the first.

The form is another one by then, with a key of its own: it is known by its words.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone

from linli.kernel.web import Request, done
from linli.runtime.services import idempotency
from linli.runtime.services.idempotency import Answer, Claim
from linli.runtime.types import browser_of, is_fresh

# at the end of the address of a receipt that is shown a second time
AGAIN = "&again=1"
# whoever writes the same words the next day means that it happened again
SAME = ("place", "spot", "where", "text", "matter", "reply", "phone", "same_as")


def mark_of(request: Request, said: dict[str, Any]) -> Claim | None:
    """Return what stands for these words of this browser today; None if the browser is not known."""
    browser = browser_of(request)
    if not browser:
        return None
    words = [
        timezone.localdate().isoformat(),
        *(str(said.get(name) or "").strip() for name in SAME),
    ]
    digest = hashlib.sha256("\x1f".join(words).encode())
    return Claim(f"report of {browser}", digest.hexdigest(), digest.digest())


def was_sent(mark: Claim | None) -> bool:
    """Say whether these words came in from this browser before."""
    return mark is not None and idempotency.is_taken(mark)


def is_new(response: HttpResponse) -> bool:
    """Say whether an answer leads to the receipt of a report that was taken just now."""
    to = response.get("Location", "")
    return is_fresh(response) and bool(to) and not to.endswith(AGAIN)


def sent_once(request: Request, mark: Claim | None, send: Callable[[], str]) -> HttpResponse:
    """Send, and lead to the receipt that `send` returns the address of; or to that of before.

    What `send` refuses with is let through, and then nothing was sent.
    """
    if mark is None:
        return done(request, send())
    with transaction.atomic():
        earlier = idempotency.claim(mark, now=timezone.now())
        if earlier is not None:
            return done(request, f"{earlier.headers['Location']}{AGAIN}")
        receipt = send()
        idempotency.keep(mark, Answer(303, {"Location": receipt}))
    return done(request, receipt)
