"""The asking itself: contrast is asked once for each look, and never less."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.axe import AXE, Axe

pytestmark = pytest.mark.browser
PAGE = """<!doctype html><html lang="en"><title>t</title><main><h1>Heading</h1>
<p style="color:{0};background:#fff">one</p><p style="color:{1};background:#fff">two</p></main>"""
GOOD, PALE = "#222", "#ccc"


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page()
    yield page
    page.close()


def ask(axe: Axe, page: Page, *colours: str) -> list[str]:
    page.set_content(PAGE.format(*colours))
    page.evaluate(AXE)
    return [one for one in axe.faults(page) if one.startswith("color-contrast")]


def test_a_pale_text_is_found_again_and_again(page: Page) -> None:
    axe = Axe()

    assert ask(axe, page, GOOD, GOOD) == []
    assert ">two<" in ask(axe, page, GOOD, PALE)[0]
    assert ">two<" in ask(axe, page, GOOD, PALE)[0]
    assert ask(axe, page, GOOD, GOOD) == []


def test_a_look_that_was_good_is_not_asked_again_until_something_around_it_changes(
    page: Page,
) -> None:
    axe = Axe()
    ask(axe, page, GOOD, GOOD)

    assert page.locator("[data-look]").count() > 0
    ask(axe, page, GOOD, GOOD)
    assert page.locator("[data-look]").count() == 0
    page.set_content(PAGE.format(GOOD, GOOD).replace("<main>", '<main style="background:#333">'))
    page.evaluate(AXE)
    assert any("h1" in one for one in axe.faults(page) if one.startswith("color-contrast"))
