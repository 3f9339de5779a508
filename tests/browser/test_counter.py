"""The window, by keyboard alone: two clerks on one enrolled computer, residents who read before it is kept."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from linli.access.queries.actors import account_actor
from linli.access.services import counter
from linli.demo.cast import TOWN, VILLAGE_1
from linli.kernel.permits import system_actor
from linli.people.testing import make_number
from tests.browser.conftest import Site
from tests.browser.pictures import keep
from tests.browser.visits import Visitor, is_good
from tests.city_life import PERSON, one

pytestmark = pytest.mark.browser

PINS = {"ye.shaofen": "482915", "mai.rungen": "593826"}


@pytest.fixture(scope="module")
def window(site: Site) -> str:
    """An enrolled computer on which both clerks typed their password this morning."""
    now = timezone.now()
    chair = one("access.account", username="he.weiming")
    issued = counter.enrol_device(
        "综合服务窗口 2 号",
        f"441900/{TOWN}/{VILLAGE_1}/",
        actor=account_actor(chair.pk, now=now),
        now=now,
    )
    device = one("access.counterdevice", pk=issued.id)
    for name, pin in PINS.items():
        account = one("access.account", username=name)
        counter.set_pin(account, pin, actor=account_actor(account.pk, now=now), now=now)
        counter.note_presence(device, account, actor=system_actor("test"), now=now)
    return issued.secret


@pytest.fixture
def page(window: str, visitor: Visitor) -> Iterator[Page]:
    page = visitor.open("/zh-hans/access/counter/", cookies={"linli-counter": window})
    yield page


def sit_down(page: Page, name: str) -> None:
    """Choose one's name by its digit, type the PIN, Enter."""
    page.keyboard.press("F4")
    names = page.locator(".ll-rows label").all_inner_texts()
    whose = one("access.account", username=name).display_name
    digit = next(n for n, text in enumerate(names, 1) if whose in text)
    page.keyboard.press(str(digit))
    page.keyboard.type(PINS[name])
    with page.expect_navigation():
        page.keyboard.press("Enter")


def go(page: Page, key: str) -> None:
    with page.expect_navigation():
        page.keyboard.press(key)


def ask(page: Page, words: str) -> None:
    """As a card reader does: the signs, then Enter."""
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type(words)
    go(page, "Enter")


def test_a_resident_is_found_corrected_checked_and_kept_without_a_mouse(page: Page) -> None:
    is_good(page)
    keep(page, "counter_switch_zh_1280")
    sit_down(page, "ye.shaofen")
    is_good(page)
    keep(page, "counter_zh_1280")
    ask(page, PERSON)
    if page.locator(".ll-rows a kbd").count() and page.locator("#q").count():
        keep(page, "counter_found_zh_1280")
        go(page, "1")
    expect(page.locator("h1")).to_have_text(PERSON)
    is_good(page)
    keep(page, "counter_person_zh_1280")

    go(page, "2")
    page.keyboard.press("Enter")
    page.keyboard.type("13711112222")
    go(page, "F8")
    expect(page.locator("body")).to_have_class("ll-counter ll-turned")
    expect(page.locator("#main")).to_contain_text("13711112222")
    is_good(page)
    go(page, "Escape")
    expect(page.locator("[name=value]")).to_have_value("13711112222")
    is_good(page)
    go(page, "F8")
    go(page, "Enter")

    expect(page.locator("h1")).to_have_text(PERSON)
    expect(page.locator("aside.ll-stack")).to_contain_text("137****2222")
    go(page, "F8")
    expect(page.locator("#main")).to_contain_text("137****2222")
    expect(page.locator("#main")).not_to_contain_text("办什么？")
    go(page, "Escape")
    go(page, "F2")
    expect(page.locator("#q")).to_be_focused()


def test_somebody_new_is_entered_and_a_colleague_takes_over_on_the_same_page(page: Page) -> None:
    number = make_number()
    sit_down(page, "ye.shaofen")
    ask(page, number)
    go(page, "F7")
    expect(page.locator("[name=document_number]")).to_be_focused()
    expect(page.locator("[name=document_number]")).to_have_value(number)
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.keyboard.type("林晓月")
    page.keyboard.press("Enter")
    page.keyboard.type("13622223333")
    is_good(page)
    keep(page, "counter_form_zh_1280")
    go(page, "F8")
    expect(page.locator("#main")).to_contain_text(number)
    is_good(page)
    keep(page, "counter_check_zh_1280")
    go(page, "Enter")
    expect(page.locator("h1")).to_have_text("林晓月")
    where = page.url

    go(page, "F4")
    sit_down(page, "mai.rungen")

    assert page.url == where
    expect(page.locator(".ll-menu summary").first).to_contain_text("麦润根")
    go(page, "1")
    expect(page.locator("[name=name]")).to_be_focused()
    go(page, "Escape")
    expect(page.locator("h1")).to_have_text("林晓月")
