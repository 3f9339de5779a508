"""Things that fill the addresses of notices."""

from __future__ import annotations

from linli.demo.cast import VILLAGE_1
from tests.city_life import one
from tests.things.lookup import Things, page_and_api


def things() -> Things:
    notice = one("notices.posting", category="publicity")
    shared = page_and_api(
        {
            ("notices/", "code"): notice.code,
        }
    )
    return {
        **shared,
        ("notices/<slug:code>/edit/", "code"): one(
            "notices.posting", open__state="draft", current=None
        ).code,
        ("^notices/", "code"): notice.code,
        ("^notices/", "move"): "withdraw",
        ("places/", "notice"): notice.code,
        ("notices/", "file"): "NOSUCHFILE2222",
        ("feeds/notices/", "code"): VILLAGE_1,
        ("api/v1/desk/notices/", "code"): notice.code,
    }
