"""A report that waits goes out with its page closed where the browser can, and the page promises no more."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from linli.cases.models import Case, CaseFile
from tests.browser.conftest import FLAGS, MISSING, NAMES, Site
from tests.browser.test_report_queue import FORM, LYING, write
from tests.browser.visits import PHONE, is_good

pytestmark = pytest.mark.browser
WORDS = "停网后关掉了页面：路灯不亮。"
HOME = "/zh-hans/preferences/"


@pytest.fixture
def phone(site: Site) -> Iterator[BrowserContext]:
    """A phone with a whole browser: the one without windows never sends in the background."""
    path = next((found for name in NAMES[1:] if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip(MISSING)
    browser = site.browser.browser_type.launch(executable_path=path, args=FLAGS)
    context = browser.new_context(
        locale="zh-CN", timezone_id="Asia/Shanghai",
        viewport={"width": PHONE[0], "height": PHONE[1]},
    )  # fmt: skip
    yield context
    browser.close()


def form(phone: BrowserContext, site: Site, path: str = FORM) -> Page:
    """Open the form, and wait until its worker is there."""
    page = phone.new_page()
    page.goto(site.base + path)
    page.wait_for_load_state("networkidle")
    if page.evaluate("'serviceWorker' in navigator && 'SyncManager' in window"):
        page.wait_for_function("navigator.serviceWorker.ready.then(found => !!found.active)")
    return page


def network_is_back(phone: BrowserContext, site: Site) -> Page:
    """Let the network come back, and the browser wake the worker as it does then."""
    page = phone.new_page()
    devtools = phone.new_cdp_session(page)
    seen: list[str] = []
    devtools.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda told: seen.extend(one["registrationId"] for one in told["registrations"]),
    )
    phone.set_offline(False)
    devtools.send("ServiceWorker.enable")
    page.goto(site.base + HOME)
    page.wait_for_timeout(200)
    for registration in set(seen):
        devtools.send(
            "ServiceWorker.dispatchSyncEvent",
            {"origin": site.base, "registrationId": registration, "tag": "linli-reports",
             "lastChance": False},
        )  # fmt: skip
    return page


def test_a_report_goes_out_once_with_its_page_closed_and_its_code_is_found_afterwards(
    site: Site, phone: BrowserContext
) -> None:
    before = Case.objects.count()
    page = form(phone, site)
    phone.set_offline(True)
    write(page, WORDS)
    expect(page.locator("[data-queue]")).to_contain_text("关闭本页也可以")
    expect(page.locator("[data-waiting]")).to_contain_text("有网络时自动发送")
    is_good(page)
    page.close()
    assert Case.objects.count() == before

    other = network_is_back(phone, site)
    for _moment in range(100):
        if Case.objects.count() > before:
            break
        other.wait_for_timeout(200)

    filed = Case.objects.latest("pk")
    assert Case.objects.count() == before + 1
    assert CaseFile.objects.filter(case=filed).count() == 1
    page = form(phone, site)
    gone_out = page.locator("[data-gone-out]")
    expect(gone_out).to_contain_text(WORDS)
    expect(page.locator("[data-waiting]")).to_be_hidden()
    assert page.evaluate(LYING)["rows"] == []
    is_good(page)
    gone_out.get_by_role("link").click()
    expect(page.locator("#main")).to_contain_text(filed.number)
    page = form(phone, site)
    expect(page.locator("[data-gone-out]")).to_be_hidden()
    assert Case.objects.count() == before + 1


def test_while_there_is_no_network_the_worker_leaves_it_where_it_is(
    site: Site, phone: BrowserContext
) -> None:
    before = Case.objects.count()
    page = form(phone, site)
    phone.set_offline(True)
    write(page, "停网时叫醒了也发不出去：水沟堵了。")
    expect(page.locator("[data-waiting] li")).to_have_count(1)

    page.wait_for_timeout(2000)

    assert len(page.evaluate(LYING)["rows"]) == 1
    assert Case.objects.count() == before
    phone.set_offline(False)
    expect(page.locator("[data-queue] a")).to_be_visible(timeout=20_000)
    assert Case.objects.count() == before + 1


# browsers that lack what sends in the background: all but Chromium, and those inside WeChat
WITHOUT = {
    "no worker": "delete Navigator.prototype.serviceWorker",
    "no sync": "delete window.SyncManager; delete ServiceWorkerRegistration.prototype.sync",
    "not allowed": "SyncManager.prototype.register = () => Promise.reject(new Error('not allowed'))",
}


@pytest.mark.parametrize("lacks", WITHOUT)
def test_a_browser_that_cannot_says_that_the_page_must_be_opened_again(
    site: Site, phone: BrowserContext, lacks: str
) -> None:
    before = Case.objects.count()
    phone.add_init_script(WITHOUT[lacks])
    page = form(phone, site)
    phone.set_offline(True)
    write(page, f"浏览器不能代发（{lacks}）：井盖松动。")

    expect(page.locator("[data-queue]")).to_contain_text("有网络时请再打开本页")
    expect(page.locator("[data-waiting]")).to_contain_text("打开本页时发送")
    assert Case.objects.count() == before
    page.close()
    phone.set_offline(False)
    page = form(phone, site)

    expect(page.locator("[data-queue] a")).to_be_visible(timeout=20_000)
    assert Case.objects.count() == before + 1


def test_inside_wechat_without_javascript_the_form_takes_words_and_photo(site: Site) -> None:
    before = Case.objects.count()
    agent = (
        "Mozilla/5.0 (Linux; Android 8.1.0; OPPO A73) AppleWebKit/537.36 (KHTML, like Gecko) "
        "Version/4.0 Chrome/66.0.3359.126 Mobile Safari/537.36 MicroMessenger/8.0.2 WeChat/arm32"
    )
    context = site.browser.new_context(
        java_script_enabled=False, locale="zh-CN", user_agent=agent,
        viewport={"width": PHONE[0], "height": PHONE[1]},
    )  # fmt: skip
    page = context.new_page()
    page.goto(site.base + FORM)
    for hidden in ("[data-queue]", "[data-waiting]", "[data-gone-out]"):
        assert not page.locator(hidden).is_visible()

    write(page, "微信里没有脚本也能写：路面有坑。")

    page.wait_for_url("**/report/receipt/**")
    filed = Case.objects.latest("pk")
    assert Case.objects.count() == before + 1
    assert CaseFile.objects.filter(case=filed).count() == 1
    assert filed.number in page.locator("#main").inner_text()
    context.close()
