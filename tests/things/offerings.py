"""Things that fill the addresses of what is offered."""

from __future__ import annotations

from linli.demo.offers import IN_WORK
from tests.things.lookup import Things, page_and_api


def things() -> Things:
    return {
        **page_and_api({("items/", "key"): "residence-permit"}),
        # a version of it is being written
        ("desk/items/", "key"): IN_WORK,
        ("desk/items/", "part"): "materials",
        ("desk/items/", "number"): 1,
        ("desk/items/", "act"): "up",
        ("desk/items/", "move"): "submit",
    }
