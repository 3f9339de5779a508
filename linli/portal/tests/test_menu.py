"""The desk's menu: what somebody may do, under short headings, with what waits beside it."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.urls import get_resolver
from django.utils.translation import override

from linli.kernel.permits import PROTECTED, Actor
from linli.kernel.registries import DESK, DeskEntry
from linli.kernel.testing import VILLAGE, client_of, make_actor
from linli.orgs import permits as orgs
from linli.people import permits as people
from linli.places.testing import make_village
from linli.portal import permits
from linli.ui.entries import DESK_GROUPS

pytestmark = pytest.mark.django_db
ANSWERS = make_actor("answers", permits.ANSWER, at=VILLAGE)
KEEPS = make_actor("keeps", people.VIEW, permits.ANSWER, at=VILLAGE)


def menu(actor: Actor, address: str = "/en/desk/") -> dict[str, list[str]]:
    """Return the entries below each heading of the menu, as a reader meets them."""
    html = client_of(actor).get(address).content.decode()
    side = html[html.index('<nav class="ll-side"') : html.index("</nav>", html.index("ll-side"))]
    found: dict[str, list[str]] = {}
    for heading, key, entries in re.findall(
        r'<p class="ll-side-head" id="side-\w+">([^<]+)</p>\s*<ul aria-labelledby="side-(\w+)">(.*?)</ul>',
        side,
        re.S,
    ):
        assert key in dict(DESK_GROUPS)
        found[heading] = re.findall(r"<span>([^<]+)</span>", entries)
    return found


def test_the_menu_shows_what_somebody_may_do_and_no_heading_without_any() -> None:
    assert menu(ANSWERS) == {
        "My work": ["To do", "Messages", "Long jobs"], "Cases and replies": ["Answer feedback"],
    }  # fmt: skip
    assert menu(KEEPS)["Registers"] == ["Residents"]


def test_every_entry_has_a_heading_that_has_words_in_both_languages() -> None:
    titles = dict(DESK_GROUPS)

    assert {entry.group for entry in DESK} <= set(titles)
    for language in ("zh-hans", "en"):
        with override(language):
            assert len({str(title) for title in titles.values()}) == len(titles)


def test_the_folded_menu_of_a_phone_says_where_one_is_and_how_much_waits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def three(actor: Actor, on: date) -> int:
        return 3

    here = DeskEntry("x", "Here", "inbox", "portal:desk", (), count=three, group="mine")
    monkeypatch.setattr(DESK, "_items", {"x": here})

    html = client_of(ANSWERS).get("/en/desk/").content.decode()

    folded = html[html.index('<summary aria-controls="side">') :]
    summary = folded[: folded.index("</summary>")]
    assert "Menu" in summary and "Here" in summary and ">3<" in summary
    assert 'id="side"' in folded


def test_who_sent_something_sees_her_new_counts_on_the_next_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    waiting = [3]
    work = DeskEntry(
        "x", "Work", "inbox", "notify:inbox", (), count=lambda *_: waiting[0], group="mine"
    )
    monkeypatch.setattr(DESK, "_items", {**DESK._items, "x": work})
    client = client_of(ANSWERS)

    def shown() -> str:
        html = client.get("/en/desk/").content.decode()
        side = html[html.index("<span>Work</span>") :]
        return side[: side.index("</a>")]

    before = shown()
    waiting[0] = 2
    refused = client.post("/en/feedback/", {"text": ""}, headers={"Idempotency-Key": "a" * 20})
    assert refused.status_code == 422 and ">3<" in shown(), "nothing was done"
    make_village()
    sent = client.post(
        "/en/feedback/",
        {"text": "The type is too small.", "page": "/en/places/441900005001/"},
        headers={"Idempotency-Key": "b" * 20},
    )

    assert sent.status_code < 400
    assert ">3<" in before and ">2<" in shown()


@pytest.mark.parametrize(
    ("address", "here"),
    [
        ("places/441900005001/organisations/", "Organisations"),
        ("places/441900005001/organisations/new/", "Organisations"),
        ("places/441900005001/centres/", "Organisations"),
        ("places/441900005001/staff/", "Organisations"),
        ("places/441900005001/pairings/", "Organisations"),
        ("places/441900005001/party/", "Party organisations"),
        ("places/441900005001/party/coverage/", "Party organisations"),
        ("places/441900005001/party/proposals/", "Party organisations"),
        ("places/441900005001/party/meetings/", "Party organisations"),
    ],
)
def test_the_menu_marks_where_a_page_below_a_place_belongs(address: str, here: str) -> None:
    make_village()
    held = (orgs.EDIT, orgs.APPOINT, orgs.STAFF_LIST, orgs.PARTY, orgs.PARTY_DECIDE)
    keeper = make_actor("keeper", *held, at=VILLAGE, ceiling=PROTECTED)

    html = client_of(keeper).get(f"/en/{address}").content.decode()

    side = html[html.index('<nav class="ll-side"') :]
    side = side[: side.index("</nav>")]
    marked = re.findall(r'aria-current="page">.*?<span>([^<]+)</span>', side)
    assert marked == [here]


def test_what_an_entry_covers_is_there() -> None:
    names = [f"{app}:{name}" for app, name in named_pages(get_resolver().url_patterns)]

    for entry in DESK:
        for pattern in entry.covers:
            assert fnmatch.filter(names, pattern), (entry.key, pattern)


def named_pages(patterns: list[Any], app: str = "") -> Iterator[tuple[str, str]]:
    """Yield app and name of each page."""
    for one in patterns:
        if hasattr(one, "url_patterns"):
            yield from named_pages(one.url_patterns, one.namespace or app)
        elif one.name:
            yield app, one.name
