"""The frame in a browser: readable by all, by keyboard, without script, in every size."""

from __future__ import annotations

from typing import Literal

import pytest

from linli.demo.cast import VILLAGE_1
from tests.browser.axe import faults_of, overflow
from tests.browser.conftest import Site
from tests.browser.visits import LAPTOP, Visitor

pytestmark = pytest.mark.browser

PHONE, HALL, A4 = (360, 800), (1080, 1920), (794, 1123)
RIGHT_EDGE = "one => one.getBoundingClientRect().right"
RIGHT_EDGES = f"all => all.map({RIGHT_EDGE})"
LARGE = {"linli-type": "large"}
HIGH = {"linli-contrast": "high"}


@pytest.mark.parametrize("cookies", [LARGE, HIGH, {**LARGE, **HIGH}])
@pytest.mark.parametrize("path", ["_kit/", "_kit/resident/", "_kit/desk/", "_kit/counter/"])
def test_large_type_and_high_contrast_lose_nothing(
    visitor: Visitor, path: str, cookies: dict[str, str]
) -> None:
    page = visitor.open(f"/zh-hans/{path}", size=PHONE, cookies=cookies)

    assert faults_of(page) == []


def test_the_first_tab_skips_to_the_content(visitor: Visitor) -> None:
    page = visitor.open("/zh-hans/_kit/resident/")

    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.className") == "ll-skip"
    page.keyboard.press("Enter")
    # the address follows the key a moment later
    page.wait_for_url("**#main")


def test_rows_are_walked_and_ticked_by_keyboard(visitor: Visitor) -> None:
    page = visitor.open("/en/_kit/desk/")

    for key in ("j", "j", "x"):
        page.keyboard.press(key)

    assert page.locator("tr.is-at").count() == 1
    assert page.locator("tbody input:checked").get_attribute("value") == "2"


def test_a_question_mark_lists_the_shortcuts_and_escape_closes_them(visitor: Visitor) -> None:
    page = visitor.open("/en/_kit/desk/")

    page.keyboard.press("?")
    assert page.locator(".ll-keylist .ll-dialog").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator(".ll-keylist .ll-dialog").is_visible()


def test_a_letter_typed_into_a_field_is_no_shortcut(visitor: Visitor) -> None:
    page = visitor.open("/en/_kit/desk/")

    page.locator("#id_word").focus()
    page.keyboard.type("jx?")

    assert page.locator("#id_word").input_value() == "jx?"
    assert page.locator("tr.is-at").count() == 0


@pytest.mark.parametrize(
    ("typed", "echo"),
    [
        ("20261124", "2026年11月24日 (周二)"),
        ("2026年11月24日", "2026年11月24日 (周二)"),
        ("２０２６-11-24", "2026年11月24日 (周二)"),
        ("2026-02-30", ""),
    ],
)
def test_a_date_is_echoed_with_its_weekday_while_it_is_typed(
    visitor: Visitor, typed: str, echo: str
) -> None:
    page = visitor.open("/zh-hans/_kit/")

    page.locator("#id_when").fill(typed)

    assert page.locator("#id_when-echo").inner_text() == echo


def test_what_was_typed_is_back_after_the_page_is_lost(visitor: Visitor) -> None:
    page = visitor.open("/zh-hans/_kit/counter/")
    page.locator("#id_words").fill("还没提交的话")
    page.wait_for_timeout(600)

    page.reload()

    assert page.locator("#id_words").input_value() == "还没提交的话"
    page.get_by_role("button", name="不要了").click()
    assert page.locator("#id_words").input_value() != "还没提交的话"


def test_all_can_be_read_and_chosen_without_script(visitor: Visitor) -> None:
    page = visitor.open("/zh-hans/preferences/", script=False)

    page.get_by_text("字更大").click()
    page.get_by_role("button", name="保存").click()

    assert page.locator("html[data-type=large]").count() == 1


def test_the_menu_of_a_desk_shows_where_one_is_and_stays_in_sight(
    site: Site, visitor: Visitor
) -> None:
    signed_in = {"linli-session": site.session("he.weiming")}
    page = visitor.open(f"/zh-hans/places/{VILLAGE_1}/organisations/", cookies=signed_in)
    here, menu = page.locator(".ll-side [aria-current]"), page.locator("#side")

    box = here.bounding_box()
    assert box is not None and box["y"] >= 80 and box["y"] + box["height"] <= 900
    assert menu.evaluate("one => one.scrollHeight > one.clientHeight")
    assert menu.evaluate("one => one.clientHeight") < 900

    page = visitor.open("/zh-hans/desk/", cookies=signed_in)
    page.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)")
    box = page.locator(".ll-side [aria-current]").bounding_box()
    assert box is not None and box["y"] >= 0


def test_menus_and_questions_open_without_script(visitor: Visitor) -> None:
    page = visitor.open("/zh-hans/_kit/desk/", script=False)

    page.locator(".ll-panel summary", has_text="更多").click()

    assert page.get_by_role("link", name="转办").is_visible()


def test_the_hall_screen_goes_home_after_a_minute(visitor: Visitor) -> None:
    page = visitor.open("/zh-hans/_kit/touch/?left=behind", size=HALL)
    page.clock.install()
    page.reload()

    page.clock.run_for(46_000)
    assert page.locator("#still-here").is_visible()
    page.clock.run_for(15_000)
    page.wait_for_url("**/_kit/touch/")


def test_a_sheet_prints_on_one_page_with_the_demo_mark(visitor: Visitor, tmp_path: object) -> None:
    page = visitor.open("/zh-hans/_kit/paper/")

    paper = page.pdf(prefer_css_page_size=True)

    assert paper.count(b"/Type /Page\n") == 1


def test_a_word_without_end_and_a_long_name_of_a_view_stay_on_a_phone(
    site: Site, visitor: Visitor
) -> None:
    cookies = {"linli-session": site.session("ye.shaofen")}
    page = visitor.open("/zh-hans/desk/cases/", size=PHONE, cookies=cookies)

    page.evaluate("""() => {
        document.querySelector('h1').textContent = 'x'.repeat(5000);
        const view = document.createElement('a');
        view.className = 'btn btn-sm';
        view.textContent = '逾期未办结的路灯和井盖'.repeat(6);
        document.querySelector('.ll-views').prepend(view);
    }""")

    assert overflow(page) == []


@pytest.mark.parametrize("media", ["print", "screen"])
@pytest.mark.parametrize("path", ["desk/cases/print/", "desk/board/cases/?format=print"])
def test_a_printed_table_is_as_wide_as_its_sheet(
    site: Site, visitor: Visitor, path: str, media: Literal["print", "screen"]
) -> None:
    """A4 within its margins, on paper and on the screen before; paper does not scroll."""
    cookies = {"linli-session": site.session("ye.shaofen")}
    size = A4 if media == "print" else LAPTOP
    page = visitor.open(f"/zh-hans/{path}", size=size, cookies=cookies)
    page.emulate_media(media=media)

    edges: list[float] = page.locator("table th, table td").evaluate_all(RIGHT_EDGES)
    within: float = page.locator("main h1").evaluate(RIGHT_EDGE)

    assert edges and max(edges) <= within + 1


def test_each_sheet_of_a_long_paper_has_its_margins_and_none_is_empty(
    site: Site, visitor: Visitor
) -> None:
    cookies = {"linli-session": site.session("ye.shaofen")}
    page = visitor.open("/zh-hans/desk/cases/print/", size=A4, cookies=cookies)
    body = page.locator("main table tbody")

    def sheets() -> int:
        return page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n")

    body.evaluate("one => one.replaceChildren(...[...one.children].slice(0, 1))")
    page.emulate_media(media="print")
    padding = page.locator("main").evaluate("one => getComputedStyle(one).paddingTop")
    short = sheets()
    body.evaluate("one => one.append(...[...Array(80)].map(() => one.children[0].cloneNode(true)))")

    # the margin is that of the sheet (@page): padding would stand above the first alone
    assert padding == "0px"
    assert short == 1
    assert sheets() > 2


def test_the_board_of_all_towns_is_one_sheet_and_its_colours_are_printed(visitor: Visitor) -> None:
    page = visitor.open("/zh-hans/plan/print/")

    paper = page.pdf(prefer_css_page_size=True)

    assert paper.count(b"/Type /Page\n") == 1
    late = page.locator(".h-late").first
    assert late.evaluate("one => getComputedStyle(one).printColorAdjust") == "exact"


def test_the_list_of_keys_comes_and_goes_without_moving_the_page(
    site: Site, visitor: Visitor
) -> None:
    cookies = {"linli-session": site.session("ye.shaofen")}
    page = visitor.open("/zh-hans/desk/", cookies=cookies)
    page.keyboard.press("j")
    row = page.evaluate("document.activeElement.outerHTML")

    page.keyboard.press("?")
    assert page.locator("[data-keys] .ll-dialog").is_visible()
    assert page.evaluate("scrollY") == 0
    page.keyboard.press("Escape")

    page.wait_for_function("row => document.activeElement.outerHTML === row", arg=row)
    assert page.evaluate("scrollY") == 0
    assert not page.locator("[data-keys] .ll-dialog").is_visible()
