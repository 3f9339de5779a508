"""How tests look up a thing of the demo city, and say which addresses it fills."""

from __future__ import annotations

from typing import Any

from tests.city_life import one

# by the beginning of a route and its parameter
Things = dict[tuple[str, str], Any]
API = "api/v1/"


def pk(model: str, **which: Any) -> Any:
    return one(model, **which).pk


def page_and_api(things: Things) -> Things:
    """Return things that fill the same address of a page and of the API."""
    return {**things, **{(API + route, name): thing for (route, name), thing in things.items()}}
