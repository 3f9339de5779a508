"""Things that fill the addresses of places."""

from __future__ import annotations

from linli.demo.cast import VILLAGE_1, VILLAGE_2
from tests.things.lookup import Things, page_and_api


def things() -> Things:
    shared = page_and_api(
        {
            ("places/", "code"): VILLAGE_1,
        }
    )
    return {
        **shared,
        ("places/", "key"): "services",
        ("register/layers/", "key"): "special",
        ("api/v1/places/layers/", "key"): "special",
        ("register/outlines/", "pk"): 1,
        ("api/v1/places/outlines/", "load_id"): 1,
        ("register/places/", "code"): VILLAGE_2,
        ("register/places/", "kind"): "rename",
        ("register/places/", "topic"): "settlement",
        ("api/v1/places/", "topic"): "settlement",
    }
