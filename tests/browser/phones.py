"""A phone outdoors as browser tests use it: whose it is now, the day opened on it, a report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from playwright.sync_api import BrowserContext, FilePayload, Page, expect

from linli.files.testing import photo
from tests.browser.conftest import Site
from tests.browser.visits import PHONE

WORKER, OTHER = "mo.zhaoqiang", "ye.shaofen"
OUTDOORS = "/zh-hans/grid/outdoors/"
SMALL: FilePayload = {"name": "lid.jpg", "mimeType": "image/jpeg", "buffer": photo(90, 60)}


@contextmanager
def a_phone(site: Site) -> Iterator[BrowserContext]:
    """A phone that nobody uses yet."""
    context = site.browser.new_context(
        locale="zh-CN", timezone_id="Asia/Shanghai",
        viewport={"width": PHONE[0], "height": PHONE[1]},
    )  # fmt: skip
    yield context
    context.close()


def hand_to(phone: BrowserContext, site: Site, who: str) -> None:
    """Let somebody sign in on the phone."""
    phone.clear_cookies()
    phone.add_cookies([{"name": "linli-session", "value": site.session(who), "url": site.base}])


def opened(phone: BrowserContext, site: Site) -> Page:
    """Open the day, and wait until the phone keeps the page."""
    page = phone.new_page()
    page.goto(site.base + OUTDOORS)
    # the first page of a process, on a machine that does three things at once
    expect(page.locator("[data-door=report]")).to_be_visible(timeout=30_000)
    page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("caches.keys().then(names => names.length > 0)")
    return page


def write(page: Page, words: str, photos: Sequence[FilePayload] = ()) -> None:
    """Fill in what was seen, without keeping it yet."""
    page.locator("[data-door=report]").click()
    form = page.locator("[data-part=form] form")
    form.locator("input[name=matter]").first.check()
    form.locator("textarea").fill(words)
    if photos:
        form.locator("input[name=photos]").set_input_files(photos)
        expect(form.locator(".gr-photo")).to_have_count(len(photos))


def keep(page: Page) -> None:
    """Keep what was filled in."""
    page.locator("[data-part=form] form").get_by_role("button", name="保存").click()


def hand_over(page: Page) -> None:
    """Leave the phone to somebody else, and say yes to the question."""
    page.get_by_role("button", name="把手机交给别人").click()
    page.get_by_role("button", name="关闭并交出手机").click()
    expect(page.get_by_role("button", name="打开我的当天工作")).to_be_visible()


def report(page: Page, words: str, photos: Sequence[FilePayload] = ()) -> None:
    """Report something seen."""
    write(page, words, photos)
    keep(page)
