"""A cell is drawn on the map with a finger, with the mouse, by keyboard alone, and without a script."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from linli.demo.cast import VILLAGE_1
from tests.browser.conftest import Site
from tests.browser.visits import LAPTOP, PHONE, Visitor, is_good

pytestmark = pytest.mark.browser

WHO = "zeng.xianzhang"
START = f"/zh-hans/register/places/{VILLAGE_1}/cells/special/draw/"
SQUARE = (
    "114.342000, 22.712000\n114.348000, 22.712000\n114.348000, 22.718000\n114.342000, 22.718000"
)


def begin(site: Site, visitor: Visitor, **how: object) -> Page:
    cookies = {"linli-session": site.session(WHO)}
    return visitor.open(START, cookies=cookies, **how)  # type: ignore[arg-type]


def corners(page: Page) -> list[str]:
    return [one for one in page.locator("[name=corners]").input_value().splitlines() if one]


def tap(page: Page, right: float, down: float) -> None:
    """Click on a part of the map, from its left and its top."""
    frame = page.locator("[data-draw] .ll-map svg").bounding_box()
    assert frame is not None
    page.mouse.click(frame["x"] + frame["width"] * right, frame["y"] + frame["height"] * down)


@pytest.mark.parametrize("size", [PHONE, LAPTOP])
def test_corners_are_put_moved_and_taken_out_on_the_map(
    site: Site, visitor: Visitor, size: tuple[int, int]
) -> None:
    page = begin(site, visitor, size=size)
    for right, down in ((0.3, 0.3), (0.7, 0.3), (0.7, 0.7), (0.3, 0.7)):
        tap(page, right, down)
    drawn = corners(page)
    handle = page.locator(".pl-corner").nth(1)
    box = handle.bounding_box()

    assert len(drawn) == 4 and box is not None and box["width"] >= 16
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] - 30, box["y"] + 30)
    page.mouse.up()

    assert corners(page)[1] != drawn[1] and corners(page)[0] == drawn[0]
    page.locator("[data-do=undo]").click()
    assert corners(page) == drawn
    is_good(page)


def test_a_cell_is_drawn_by_keyboard_and_saved(site: Site, visitor: Visitor) -> None:
    page = begin(site, visitor)
    page.locator("[name=corners]").fill(SQUARE)
    first = page.locator(".pl-corner").first
    first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.keyboard.press("Delete")

    moved = corners(page)
    assert len(moved) == 4 and moved[0] != SQUARE.splitlines()[0]
    assert moved[1:] == SQUARE.splitlines()[1:]
    page.locator("[name=code]").fill("T-1")
    page.locator("[name=name]").fill("市场")
    with page.expect_navigation():
        page.locator("button[value=check]").click()
    expect(page.locator(".alert-success")).to_be_visible()
    with page.expect_navigation():
        page.locator("button.btn[value=save]").click()

    expect(page.locator("table")).to_contain_text("T-1")


def test_without_a_script_the_corners_are_typed_and_the_map_shows_them(
    site: Site, visitor: Visitor
) -> None:
    page = begin(site, visitor, size=PHONE, script=False)
    page.locator("[name=corners]").fill(SQUARE)
    page.locator("[name=code]").fill("T-2")
    page.locator("[name=name]").fill("码头")
    page.locator("button[value=check]").click()

    expect(page.locator("[data-own]")).to_be_visible()
    expect(page.locator("[data-tools]")).to_be_hidden()
    page.locator("button.btn[value=save]").click()

    expect(page.locator("table")).to_contain_text("T-2")


def test_a_hole_is_tapped_on_the_map_as_a_part_of_its_own(site: Site, visitor: Visitor) -> None:
    page = begin(site, visitor)
    for right, down in ((0.2, 0.2), (0.8, 0.2), (0.8, 0.8), (0.2, 0.8)):
        tap(page, right, down)
    page.locator("[data-do=part]").click()
    for right, down in ((0.4, 0.4), (0.6, 0.4), (0.6, 0.6)):
        tap(page, right, down)

    drawn = corners(page)
    assert drawn[4] == "---" and len(drawn) == 8
    # what is chosen in the first part is inserted there
    page.locator(".pl-corner").first.focus()
    page.keyboard.press("Enter")
    assert corners(page).index("---") == 5
    page.locator("[data-do=undo]").click()
    assert corners(page) == drawn
    page.locator("[name=code]").fill("T-3")
    page.locator("[name=name]").fill("鱼塘边")
    with page.expect_navigation():
        page.locator("button[value=check]").click()
    assert corners(page) == drawn
    is_good(page)
