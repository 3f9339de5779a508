"""What people do from end to end: a clerk looks a number up and its owner sees it; feedback on an old phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from linli.access.secrets import demo_secrets
from linli.access.services.codes import DEMO_CODE
from linli.demo.cast import RESIDENT_PHONE, VILLAGE_1
from tests.browser.conftest import Site, code_of
from tests.browser.visits import PHONE, Visitor, press
from tests.city_life import BORN, PERSON

pytestmark = pytest.mark.browser

WHY = "办理居住证，窗口核对"


def sign_in(page: Page, site: Site, username: str) -> None:
    """Sign in by hand, as staff do: password, then the six digits of the app."""
    password, _ = demo_secrets(username)
    page.goto(f"{site.base}/zh-hans/access/sign-in/")
    page.locator("[name=username]").fill(username)
    page.locator("[name=password]").fill(password)
    press(page, "继续")
    page.locator("[name=code]").fill(code_of(username))
    press(page, "登录")


def test_a_clerk_looks_a_number_up_and_its_owner_sees_who_why_and_when(
    site: Site, visitor: Visitor
) -> None:
    page = visitor.open("/zh-hans/")
    sign_in(page, site, "mai.rungen")
    page.goto(f"{site.base}/zh-hans/people/")
    page.locator("#main input[type=search]").fill("chenchongbu")
    press(page, "查找")
    page.get_by_role("link", name=PERSON).first.click()
    card = page.locator("section", has=page.get_by_role("heading", name="证件"))
    expect(card).not_to_contain_text(f"{BORN:%Y%m%d}")
    card.get_by_text("查看完整号码").first.click()
    card.get_by_label("为什么要看？").first.select_option("compare")
    card.get_by_label("其他理由请写明").first.fill(WHY)
    press(page, "查看 1 次")
    expect(page.locator("#main")).to_contain_text(f"{BORN:%Y%m%d}")

    phone = visitor.open("/zh-hans/access/sign-in/resident/", size=PHONE)
    phone.locator("[name=phone]").fill(RESIDENT_PHONE)
    press(phone, "获取验证码")
    phone.locator("[name=code]").fill(DEMO_CODE)
    press(phone, "登录")
    phone.goto(f"{site.base}/zh-hans/who-read-my-data/")

    expect(phone.locator(".ll-story li").first).to_contain_text(WHY)
    expect(phone.locator(".ll-story li").first).to_contain_text("村民委员会")


def test_feedback_is_left_and_followed_without_javascript(visitor: Visitor) -> None:
    page = visitor.open(f"/zh-hans/places/{VILLAGE_1}/", size=PHONE, script=False)

    page.get_by_role("link", name="意见反馈").first.click()
    page.locator("textarea").fill("字太小，老人看不清。")
    press(page, "提交")

    expect(page.locator("#main")).to_contain_text("YJ-")
    page.get_by_role("link", name="打开我的反馈").click()
    expect(page.locator("#main")).to_contain_text("字太小，老人看不清。")
    assert "/zh-hans/follow/YJ-" in page.url


def test_a_form_with_a_fault_keeps_what_was_typed_without_javascript(visitor: Visitor) -> None:
    page = visitor.open("/zh-hans/access/sign-in/", size=PHONE, script=False)

    page.locator("[name=username]").fill("nobody.known")
    press(page, "继续")

    assert page.locator("[name=username]").input_value() == "nobody.known"
    assert page.locator(".ll-err").count() > 0
