"""Forms in a browser: on a phone, without a script, by keyboard, with copied rows, after a lost sign-in."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import Page, expect

from linli.formkit.queries.browser_logic import tables_of
from linli.formkit.rules.logic import evaluate
from linli.formkit.rules.samples import sample
from linli.formkit.testing import demo_spec
from linli.formkit.types import Kind
from tests.browser.conftest import Site
from tests.browser.visits import PHONE, Visitor, is_good

pytestmark = pytest.mark.browser

START = "/zh-hans/forms/fire-check/try/"
COPIED = "器材\t几件\t单价\t备注\n灭火器\t2\t89\t新\n烟感\t3\t45.5\t\n"
PASTE = """text => {
    const data = new DataTransfer();
    data.setData('text/plain', text);
    document.querySelector('#id_things-0-name').dispatchEvent(
        new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
}"""


def begin(visitor: Visitor, **how: Any) -> Page:
    page = visitor.open(START, size=PHONE, **how)
    page.locator("#main .btn-primary").first.click()
    page.wait_for_url("**/try/*/")
    return page


def go(page: Page, step: str = "next") -> None:
    with page.expect_navigation():
        page.locator(f".fk-end button[value={step}]").click()


def looked_at(page: Page) -> None:
    """Ask axe and the width of a phone about the page as it is now."""
    is_good(page)


def home(page: Page) -> None:
    page.get_by_text("自建房").click()
    page.locator("#id_storeys").fill("3")
    page.locator("#id_people").fill("4")
    go(page)


def test_a_form_is_filled_in_on_a_phone_without_a_script(visitor: Visitor) -> None:
    page = begin(visitor, script=False)
    go(page)
    expect(page.locator("[data-faults] li")).to_have_count(3)
    home(page)

    assert not page.locator("#id_gas_hose").is_visible()
    page.locator("input[name=gas][value=yes]").check()
    with page.expect_navigation():
        page.get_by_role("button", name="看看接下来要填什么").first.click()
    page.locator("#id_gas_hose").fill("3.1")
    page.locator("input[name=bike][value=none]").check()
    go(page)
    page.get_by_text("从 Excel 粘贴").click()
    page.locator("#id_things-paste").fill(COPIED)
    with page.expect_navigation():
        page.get_by_role("button", name="放进表里").click()
    expect(page.locator("#id_things-1-name")).to_have_value("烟感")
    expect(page.locator("#id_pieces")).to_have_text("5 件")
    go(page)
    page.locator("#id_name").fill("叶少芬")
    page.locator("input[value=paper]").check()
    go(page)
    expect(page.locator(".fk-told")).to_contain_text("叶少芬")
    with page.expect_navigation():
        page.get_by_role("button", name="完成").click()
    expect(page.locator("h1")).to_have_text("填完了")


def test_questions_follow_sums_grow_and_a_signature_is_drawn_at_once(visitor: Visitor) -> None:
    page = begin(visitor)
    looked_at(page)
    home(page)
    page.locator("input[name=gas][value=yes]").check()
    expect(page.locator("#id_gas_hose")).to_be_visible()
    page.locator("input[name=gas][value=no]").check()
    expect(page.locator("#id_gas_hose")).to_be_hidden()
    page.locator("input[name=bike][value=stairs]").check()
    looked_at(page)
    go(page)
    with page.expect_navigation():
        page.evaluate(PASTE, COPIED)
    expect(page.locator("#id_spent")).to_have_text("¥314.50")
    page.locator("#id_things-1-count").fill("10")
    expect(page.locator("#id_spent")).to_have_text("¥633.00")
    expect(page.locator("#id_per_person")).to_have_text("3.0 件")
    looked_at(page)
    go(page)
    page.locator("#id_name").fill("叶少芬")
    page.locator("#id_born").fill("1950-1-2")
    page.locator("input[name=alarm][value=yes]").check()
    canvas = page.locator("canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 20, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + 120, box["y"] + 50)
    page.mouse.up()
    expect(page.locator("#id_sign-file")).to_have_value(re.compile(r"signature\.png$"))
    looked_at(page)
    go(page)
    expect(page.locator(".fk-told")).to_contain_text("在屏幕上签名")
    looked_at(page)


def test_enter_goes_on_and_takes_no_row_out(visitor: Visitor) -> None:
    page = begin(visitor)
    home(page)
    page.locator("input[name=gas][value=no]").check()
    page.locator("input[name=bike][value=none]").check()
    go(page)
    page.locator("#id_things-0-name").fill("灭火器")
    page.locator("#id_things-0-count").fill("1")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert "page=you" in page.url
    go(page, "back")
    expect(page.locator("#id_things-0-name")).to_have_value("灭火器")


def test_what_is_typed_is_kept_by_itself_and_gone_on_with_later(visitor: Visitor) -> None:
    page = begin(visitor)
    with page.expect_response("**/keep") as kept:
        page.locator("#id_people").fill("7")
    assert kept.value.status == 200
    expect(page.locator("[data-told]")).to_contain_text("已保存")
    page.goto(page.url.split("/zh-hans/")[0] + START)
    page.get_by_role("link", name="接着填").click()

    expect(page.locator("#id_people")).to_have_value("7")


def test_what_was_typed_is_offered_again_after_the_sign_in_ran_out(
    site: Site, visitor: Visitor
) -> None:
    page = visitor.open(START, cookies={"linli-session": site.session("zeng.xianzhang")})
    page.locator("#main .btn-primary").first.click()
    page.wait_for_url("**/try/*/")
    page.locator("#id_people").fill("9")
    go(page, "save")
    page.context.clear_cookies()
    page.goto(site.base + START)
    expect(page.get_by_role("link", name="接着填")).to_have_count(0)

    again = visitor.open(START, cookies={"linli-session": site.session("zeng.xianzhang")})
    again.get_by_role("link", name="接着填").click()
    expect(again.locator("#id_people")).to_have_value("9")


def test_the_builder_is_used_by_keyboard_and_a_step_is_undone(site: Site, visitor: Visitor) -> None:
    page = visitor.open(
        "/zh-hans/forms/fire-check/edit/", cookies={"linli-session": site.session("zeng.xianzhang")}
    )
    first = page.locator(".fk-adds summary").first
    first.focus()
    page.keyboard.press("Enter")
    page.locator("#kind-home-0").select_option("yesno")
    page.locator("#label-home-0").fill("养狗吗？")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("养狗吗？")
    with page.expect_navigation():
        page.locator(".fk-field .btn-primary").click()
    expect(page.locator("#q-yesno")).to_contain_text("缺英文")
    with page.expect_navigation():
        page.get_by_role("button", name="回到这一步").last.click()

    expect(page.locator("#q-yesno")).to_have_count(0)


def test_the_browser_finds_the_same_as_the_server(site: Site, visitor: Visitor) -> None:
    spec, page = demo_spec(), visitor.open(START)
    for seed in range(25):
        given = sample(spec, seed=seed, today=localdate())
        outcome = evaluate(spec, given, today=localdate())
        told = page.evaluate(
            "async ([tables, given, today]) => (await import('/static/formkit/logic.js')).evaluate(tables, given, today)",
            [tables_of(spec), given, localdate().isoformat()],
        )
        assert set(told["shown"]) == outcome.shown, json.dumps(given)
        for key, one in spec.fields.items():
            if one.kind is Kind.COMPUTED:
                assert told["values"].get(key) == outcome.values.get(key), key
