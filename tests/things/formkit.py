"""Things that fill the addresses of forms."""

from __future__ import annotations

from tests.things.lookup import Things, page_and_api


def things() -> Things:
    shared = page_and_api(
        {
            ("forms/", "key"): "fire-check",
            ("forms/", "number"): 1,
        }
    )
    return {
        **shared,
        ("forms/", "path"): "gas",
        ("forms/", "test_id"): 1,
        ("forms/", "code"): "NOSUCHDRAFT22222",
        ("forms/", "file"): "NOSUCHFILE2222",
    }
