"""Every page is walked in the browser: none is forgotten when one is added."""

from __future__ import annotations

from linli.kernel.permits import NOBODY
from tests.addresses import addresses
from tests.conftest import City
from tests.test_urls import ask
from tests.walks import LET_OUT, MAIN, WALKS, is_full_on_phone, languages_of

WALKED = [route for routes in WALKS.values() for route in routes]
PAGES = {address.route: address for address in addresses() if address.has_language}


def test_every_page_is_walked_or_let_out_with_a_reason(city: City) -> None:
    """Add a new page to tests/walks.py, under whoever sees it; what takes POST alone is no page."""
    left = set(PAGES) - set(WALKED) - set(LET_OUT)

    assert sorted(r for r in left if ask(NOBODY, "get", city.where(PAGES[r])) != 405) == []


def test_nothing_is_named_twice_or_long_gone() -> None:
    named = [*WALKED, *LET_OUT]

    assert sorted(route for route in set(named) if named.count(route) > 1) == []
    assert sorted(set(named) - set(PAGES)) == []
    assert sorted(MAIN - set(WALKED)) == []


def test_every_reason_to_let_a_page_out_is_a_sentence() -> None:
    assert [route for route, why in LET_OUT.items() if not why.endswith(".")] == []


def test_languages_and_widths_take_turns_and_in_four_days_each_page_has_had_all() -> None:
    others = [route for route in WALKED if route not in MAIN]
    today = {(languages_of(route), is_full_on_phone(route)) for route in others}
    lacking = [
        route
        for route in others
        if len({(languages_of(route, day), is_full_on_phone(route, day)) for day in range(4)}) < 4
    ]

    assert len(today) == 4
    assert lacking == []
