"""Who opens the pages of the register in tests, and how a form is sent."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.test import Client

from linli.kernel.permits import VAULT
from linli.kernel.testing import make_actor
from linli.people import permits

PATH = "441900/441900005/441900005001/"
ALL = tuple(
    value
    for name, value in vars(permits).items()
    if name.isupper() and name not in ("PERSONAL", "VAULT")
)
CLERK = make_actor("clerk", *ALL, at=PATH, ceiling=VAULT)


def post(client: Client, to: str, **data: object) -> Any:
    """Send a form once, under a key of its own."""
    return client.post(to, {"key": str(uuid4()), **data})
