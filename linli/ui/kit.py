"""Sample content of the style page: invented, and marked so."""

from __future__ import annotations

from django.http import HttpRequest

FACES = ("resident", "desk", "counter", "touch", "screen", "paper")


def sample(request: HttpRequest) -> dict[str, object]:
    """Return what the style page shows."""
    return {}
