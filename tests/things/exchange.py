"""Things that fill the addresses of what outside programs ask."""

from __future__ import annotations

from tests.things.lookup import Things


def things() -> Things:
    return {
        ("open311/", "form"): "json",
        ("open311/v2/services/", "code"): "other",
        ("open311/v2/requests/", "number"): "NOSUCH",
        ("open311/v2/tokens/", "token"): "nosuch",
        ("open311/v2/", "rest"): "nothing",
    }
