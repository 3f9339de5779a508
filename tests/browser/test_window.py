"""The window takes a simple item in by keyboard alone, in few keystrokes and well within half a minute."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.pictures import keep
from tests.browser.visits import Visitor, is_good
from tests.city_life import PASSPORT

pytestmark = pytest.mark.browser
# a simple item is taken in with fewer than these, without what the card reader types
MOST_KEYS, MOST_SECONDS = 8, 30
ITEM = "居住证签注"


class Keys:
    """A keyboard that counts; what a card reader types is not the clerk's."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def reader(self, words: str) -> None:
        self.page.keyboard.type(words)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def press(self, key: str, *, goes: bool = False) -> None:
        self.count += 1
        if not goes:
            self.page.keyboard.press(key)
            return
        with self.page.expect_navigation():
            self.page.keyboard.press(key)


@pytest.fixture
def page(site: Site, visitor: Visitor) -> Iterator[Page]:
    yield visitor.open("/zh-hans/window/", cookies={"linli-session": site.session("ye.shaofen")})


def digit_of(page: Page, words: str) -> str:
    rows = page.locator("[data-choices] li").all_inner_texts()
    return str(next(number for number, text in enumerate(rows, 1) if words in text))


def test_a_simple_item_is_taken_in_without_a_mouse_in_few_keystrokes(page: Page) -> None:
    is_good(page)
    keys, began = Keys(page), time.monotonic()
    expect(page.locator("#q")).to_be_focused()
    keys.reader(PASSPORT)
    keep(page, "window_items_zh_1280")
    keys.press(digit_of(page, ITEM), goes=True)
    keys.press("1")
    keys.press("Enter", goes=True)
    keep(page, "window_apply_zh_1280")
    keys.press("F9", goes=True)
    took = time.monotonic() - began

    expect(page.locator("[data-filed]")).to_be_visible()
    is_good(page)
    keep(page, "window_receipt_zh_1280")
    assert keys.count <= MOST_KEYS
    assert took <= MOST_SECONDS
