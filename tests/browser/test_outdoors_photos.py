"""Photos taken without network: small and sealed on the phone, sent once, told if one is not taken."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, FilePayload, Page, expect

from linli.cases.models import Case, CaseFile
from linli.files.models import StoredFile
from linli.files.testing import photo
from tests.browser.conftest import Site
from tests.browser.phones import (
    OTHER,
    SMALL,
    WORKER,
    hand_over,
    hand_to,
    keep,
    opened,
    report,
    write,
)
from tests.browser.visits import is_good

pytestmark = pytest.mark.browser
BIG: FilePayload = {
    "name": "crack.jpg", "mimeType": "image/jpeg", "buffer": photo(3000, 2000, with_exif=True)
}  # fmt: skip
# a browser shows it, the server takes it for nothing that it knows
GIF: FilePayload = {
    "name": "dot.gif", "mimeType": "image/gif",
    "buffer": bytes.fromhex("47494638396101000100800000ff0000ffffff2c00000000010001000002024401003b"),
}  # fmt: skip
PAPER: FilePayload = {"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
# what lies in the store of photos: its size, and whether it begins as a picture does
LYING = """async () => {
    const base = await new Promise(done => {
        const asked = indexedDB.open('linli-outdoors');
        asked.onsuccess = () => done(asked.result);
    });
    const rows = await new Promise(done => {
        const asked = base.transaction('photos').objectStore('photos').getAll();
        asked.onsuccess = () => done(asked.result);
    });
    base.close();
    return rows.map(row => [row.body.byteLength, new Uint8Array(row.body)[0] === 255 && new Uint8Array(row.body)[1] === 216]);
}"""


@pytest.fixture
def page(site: Site, phone: BrowserContext) -> Page:
    hand_to(phone, site, WORKER)
    return opened(phone, site)


def sent(page: Page) -> None:
    """Wait until everything is sent."""
    expect(page.locator("[data-part=count]")).to_contain_text("已全部发送", timeout=20_000)


def hung(title: str) -> list[StoredFile]:
    """Return the files of the one case of this title."""
    case = Case.objects.get(title=title)
    return [one.file for one in CaseFile.objects.filter(case=case).order_by("pk")]


def test_a_report_with_photos_waits_through_a_reload_and_is_sent_once(
    page: Page, phone: BrowserContext
) -> None:
    title = "带照片：栏杆松了"
    phone.set_offline(True)
    page.reload()
    write(page, title, [BIG, SMALL])
    page.locator(".gr-photo").first.scroll_into_view_if_needed()
    is_good(page)
    keep(page)
    expect(page.locator("[data-part=queue] li")).to_contain_text("照片 2 张")
    lying = page.evaluate(LYING)
    assert len(lying) == 2 and not any(plain for _size, plain in lying)
    page.reload()
    expect(page.locator("[data-part=count]")).to_contain_text("1 项待发送")
    assert not Case.objects.filter(title=title).exists()

    phone.set_offline(False)
    sent(page)
    page.reload()
    sent(page)

    assert [max(one.width or 0, one.height or 0) for one in hung(title)] == [1280, 90]
    assert page.evaluate(LYING) == []


def test_what_the_phone_hears_no_answer_to_is_sent_again_and_taken_in_once(
    page: Page, phone: BrowserContext
) -> None:
    title, lost = "带照片：回音丢了", {}

    def swallow(route) -> None:  # type: ignore[no-untyped-def]
        if route.request.url in lost:
            return route.continue_()
        lost[route.request.url] = route.fetch().status
        return route.abort()

    phone.route("**/api/v1/files/drafts/add", swallow)
    phone.route("**/api/v1/replay/", swallow)
    before = StoredFile.objects.count()
    report(page, title, [SMALL])
    later = page.locator("[data-part=note]", has_text="暂时没有发出去")
    expect(later).to_be_visible(timeout=15_000)
    with page.expect_event("requestfailed", lambda one: one.url.endswith("/replay/")):
        page.locator("[data-part=send]").click()
    expect(later).to_be_visible()
    page.locator("[data-part=send]").click()
    sent(page)

    assert list(lost.values()) == [200, 200]
    assert len(hung(title)) == 1
    assert StoredFile.objects.count() == before + 1


def test_what_stands_before_a_photo_that_does_not_get_through_goes_all_the_same(
    page: Page, phone: BrowserContext
) -> None:
    first, second = "先写的一条：没有照片", "后写的一条：照片太多要等"
    phone.set_offline(True)
    report(page, first)
    report(page, second, [SMALL])
    expect(page.locator("[data-part=count]")).to_contain_text("2 项待发送")
    phone.route("**/api/v1/files/drafts/add", lambda route: route.fulfill(status=429, json={}))

    phone.set_offline(False)
    expect(page.locator("[data-part=count]")).to_contain_text("1 项待发送", timeout=15_000)
    assert Case.objects.filter(title=first).count() == 1
    assert not Case.objects.filter(title=second).exists()
    phone.unroute("**/api/v1/files/drafts/add")
    page.locator("[data-part=send]").click()
    sent(page)

    assert Case.objects.filter(title=first).count() == 1
    assert len(hung(second)) == 1


def test_a_photo_that_is_not_taken_is_told_and_the_report_goes_on_with_the_others(
    page: Page, phone: BrowserContext
) -> None:
    title = "带照片：一张打不开"
    phone.set_offline(True)
    write(page, title, [GIF, SMALL])
    page.locator("input[name=photos]").set_input_files([PAPER])
    expect(page.locator("[data-part=note]")).to_contain_text("这不是照片")
    keep(page)
    expect(page.locator("[data-part=queue] li")).to_have_count(1)

    phone.set_offline(False)
    sent(page)

    told = page.locator("[data-part=queue] li").first
    expect(told).to_contain_text("有 1 张照片没能收下")
    assert [one.width for one in hung(title)] == [90]
    page.reload()
    expect(page.locator("[data-part=queue] li").first).to_contain_text("有 1 张照片没能收下")


def test_a_photo_is_taken_out_again_and_a_seventh_is_told(
    page: Page, phone: BrowserContext
) -> None:
    phone.set_offline(True)
    write(page, "带照片：拍多了", [SMALL] * 6)

    page.locator("input[name=photos]").set_input_files([SMALL])
    expect(page.locator("[data-part=note]")).to_contain_text("最多 6 张照片")
    page.locator(".gr-photo").nth(2).get_by_role("button").click()
    expect(page.locator(".gr-photo")).to_have_count(5)
    expect(page.locator(".gr-photo").last).to_contain_text("照片 5")
    keep(page)
    expect(page.locator("[data-part=queue] li")).to_contain_text("照片 5 张")

    page.on("dialog", lambda dialog: dialog.accept())
    page.locator("[data-part=queue] li button").click()
    expect(page.locator("[data-part=count]")).to_contain_text("已全部发送")
    assert page.evaluate(LYING) == []


def test_a_form_stays_open_when_the_camera_or_the_network_comes_between(
    page: Page, phone: BrowserContext
) -> None:
    phone.set_offline(True)
    write(page, "带照片：写到一半", [SMALL])

    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    phone.set_offline(False)
    page.wait_for_load_state("networkidle")

    expect(page.locator("[data-part=form] textarea")).to_be_visible()
    expect(page.locator("[data-part=form] textarea")).to_have_value("带照片：写到一半")
    expect(page.locator(".gr-photo")).to_have_count(1)


# a phone whose store takes no more than so many bytes at once, and that says how much is left or lies
ROOM = """told => {
    const put = IDBObjectStore.prototype.realPut ??= IDBObjectStore.prototype.put;
    const add = IDBObjectStore.prototype.realAdd ??= IDBObjectStore.prototype.add;
    const limited = act => function (row) {
        if (row.body && row.body.byteLength > told.takes) return void this.transaction.abort();
        return act.call(this, row);
    };
    IDBObjectStore.prototype.put = limited(put);
    IDBObjectStore.prototype.add = limited(add);
    navigator.storage.estimate = async () => ({quota: told.left, usage: 0});
    document.dispatchEvent(new Event('visibilitychange'));
}"""
MB = 1024 * 1024


def room(page: Page, left: int, *, takes: int = 1000 * MB) -> None:
    """Say how much room the phone tells, and how much it takes at once."""
    page.evaluate(ROOM, {"left": left, "takes": takes})


def test_little_room_is_told_before_it_runs_out(page: Page, phone: BrowserContext) -> None:
    phone.set_offline(True)
    expect(page.locator("[data-part=room]")).to_be_hidden()
    room(page, 10 * MB)
    expect(page.locator("[data-part=room]")).to_be_visible()
    write(page, "带照片：快满了", [SMALL])

    told = page.locator("[data-part=note]")
    for left, takes in ((MB, 1000 * MB), (1000 * MB, MB)):
        room(page, left, takes=takes)
        page.locator("input[name=photos]").set_input_files([SMALL])
        expect(told).to_contain_text("放不下这张照片")
        expect(page.locator(".gr-photo")).to_have_count(1)
        page.evaluate("document.querySelector('[data-part=note]').textContent = ''")


def test_when_the_phone_is_full_nothing_typed_is_lost_and_nothing_is_kept_by_halves(
    page: Page, phone: BrowserContext
) -> None:
    title = "带照片：手机满了"
    phone.set_offline(True)
    write(page, title, [SMALL])

    room(page, 1000 * MB, takes=0)
    keep(page)

    expect(page.locator("[data-part=note]")).to_contain_text("这次没有保存")
    expect(page.locator("[data-part=form] textarea")).to_have_value(title)
    expect(page.locator(".gr-photo")).to_have_count(1)
    assert page.evaluate(LYING) == []

    room(page, 1000 * MB)
    keep(page)
    expect(page.locator("[data-part=queue] li")).to_contain_text("照片 1 张")
    phone.set_offline(False)
    sent(page)
    assert len(hung(title)) == 1


def test_somebody_else_on_the_phone_sees_nothing_of_words_and_photos(
    site: Site, page: Page, phone: BrowserContext
) -> None:
    title = "带照片：只有本人能看"
    phone.set_offline(True)
    report(page, title, [SMALL])
    write(page, "还没写完的一条", [SMALL])
    page.get_by_role("button", name="返回").click()
    hand_over(page)
    assert page.locator(".gr-photo, canvas").count() == 0
    phone.set_offline(False)
    page.goto(f"{site.base}/zh-hans/access/sign-in/")
    page.locator("form[method=post]").first.evaluate(
        "form => form.dispatchEvent(new Event('submit', {bubbles: true}))"
    )

    hand_to(phone, site, OTHER)
    other = opened(phone, site)
    expect(other.locator("[data-part=others]")).to_contain_text("1 项")
    assert title not in other.content() and "还没写完的一条" not in other.content()
    assert not any(plain for _size, plain in other.evaluate(LYING))
    assert len(other.evaluate(LYING)) == 1
    assert not Case.objects.filter(title=title).exists()

    hand_to(phone, site, WORKER)
    again = opened(phone, site)
    expect(again.locator("[data-part=queue]")).to_contain_text(title)
    sent(again)
    assert len(hung(title)) == 1
