"""Forms of the day outdoors: Back, a broken picture and a slip of the finger take nothing away."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, FilePayload, Page, expect

from tests.browser.conftest import Site
from tests.browser.phones import (
    OTHER,
    OUTDOORS,
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
BROKEN: FilePayload = {"name": "broken.jpg", "mimeType": "image/jpeg", "buffer": b"no picture"}
HEIC: FilePayload = {
    "name": "IMG_0001.heic", "mimeType": "image/heic", "buffer": b"\0\0\0\x18ftypheic" + bytes(99)
}  # fmt: skip
FORM = "[data-part=form] form"
OPEN_REPORT = "document.querySelector('[data-door=report]').click()"
TYPED = f"document.querySelector('{FORM} textarea')?.value"


@pytest.fixture
def page(site: Site, phone: BrowserContext) -> Page:
    hand_to(phone, site, WORKER)
    page = opened(phone, site)
    phone.set_offline(True)
    return page


def is_on_the_day(page: Page) -> None:
    """Assert that the day is shown, and that the history has no form in it."""
    expect(page.locator("[data-door=report]")).to_be_visible()
    expect(page.locator(FORM)).to_have_count(0)
    assert page.url.partition("#")[0].endswith(OUTDOORS)
    for _ in range(40):
        if page.evaluate("history.state.form") is False:
            return
        page.wait_for_timeout(50)
    pytest.fail("the history still has a form")


def test_a_picture_that_cannot_be_read_is_named_and_everything_else_is_kept(page: Page) -> None:
    write(page, "坏照片：井盖裂了", [SMALL])

    page.locator("input[name=photos]").set_input_files([BROKEN, HEIC])

    told = page.locator(".gr-unread")
    expect(told).to_contain_text("broken.jpg")
    expect(told).to_contain_text("IMG_0001.heic")
    expect(page.locator(".gr-photo")).to_have_count(1)
    is_good(page)
    page.locator("input[name=photos]").set_input_files([SMALL])
    expect(page.locator(".gr-photo")).to_have_count(2)
    expect(told).to_be_hidden()
    keep(page)
    expect(page.locator("[data-part=queue] li").first).to_contain_text("照片 2 张")


def test_a_report_with_nothing_but_a_broken_picture_is_kept_without_it(page: Page) -> None:
    write(page, "坏照片：只有一张")
    page.locator("input[name=photos]").set_input_files([BROKEN])
    expect(page.locator(".gr-unread")).to_contain_text("broken.jpg")

    keep(page)

    expect(page.locator("[data-part=queue] li").first).to_contain_text("坏照片：只有一张")


def test_back_closes_a_form_and_what_was_typed_is_there_again(page: Page) -> None:
    write(page, "返回：写到一半", [SMALL])

    page.go_back()

    is_on_the_day(page)
    page.locator("[data-door=report]").click()
    expect(page.locator(f"{FORM} textarea")).to_have_value("返回：写到一半")
    expect(page.locator(f"{FORM} input[name=matter]").first).to_be_checked()
    expect(page.locator(".gr-photo")).to_have_count(1)
    keep(page)
    expect(page.locator("[data-part=queue] li").first).to_contain_text("返回：写到一半")
    page.locator("[data-door=report]").click()
    expect(page.locator(f"{FORM} textarea")).to_have_value("")


def test_a_form_that_is_closed_kept_or_loaded_anew_leaves_no_dead_press_of_back(
    site: Site, phone: BrowserContext, page: Page
) -> None:
    phone.set_offline(False)
    page.goto(f"{site.base}/zh-hans/grid/today/")
    page.goto(site.base + OUTDOORS)
    write(page, "返回：没有空按")
    page.get_by_role("button", name="返回").click()
    is_on_the_day(page)
    page.go_forward()
    is_on_the_day(page)
    report(page, "返回：存了一条")
    is_on_the_day(page)
    write(page, "返回：重新载入")
    page.reload()
    is_on_the_day(page)

    page.go_back()

    expect(page).to_have_url(re.compile("/grid/today/$"))


def test_what_is_still_open_is_shown_where_it_stands(page: Page) -> None:
    page.locator("[data-door=report]").click()
    form = page.locator(FORM)
    form.locator("textarea").fill("哪一类还没有选")

    form.get_by_role("button", name="保存").click()

    first = form.locator("input[name=matter]").first
    expect(first).to_be_focused()
    expect(first).to_be_in_viewport()
    expect(first).to_have_attribute("aria-invalid", "true")
    first.check()
    form.locator("textarea").fill("")
    form.get_by_role("button", name="保存").click()
    expect(form.locator("textarea")).to_be_focused()
    assert first.get_attribute("aria-invalid") is None


def test_a_link_inside_the_page_closes_no_form(page: Page) -> None:
    write(page, "返回：跳到正文")

    page.locator(".ll-skip").focus()
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile("#main$"))
    expect(page.locator(f"{FORM} textarea")).to_have_value("返回：跳到正文")
    page.get_by_role("button", name="返回").click()
    is_on_the_day(page)


def test_words_are_there_again_when_the_event_was_moved_meanwhile(
    site: Site, phone: BrowserContext, page: Page
) -> None:
    from django.utils import timezone

    from linli.cases.models import Case
    from linli.cases.types.moves import At
    from linli.grid.services import events
    from linli.kernel.permits import system_actor

    title, actor = "返回：其间有人办了", system_actor("test")
    phone.set_offline(False)
    report(page, title)
    event = page.locator("[data-part=events] li button", has_text=title)
    event.click(timeout=15_000)
    page.locator(f"{FORM} textarea").fill("我去看过了")
    page.locator("input[name=photos]").set_input_files([SMALL])
    expect(page.locator(".gr-photo")).to_have_count(1)
    page.go_back()
    is_on_the_day(page)
    at, stands = At(Case.objects.get(title=title).pk), event.locator("small")
    before = stands.inner_text()
    events.make_move(at, "verify", note="属实", actor=actor, now=timezone.now())
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(stands).not_to_have_text(before, timeout=15_000)

    event.click()

    expect(page.locator(f"{FORM} textarea")).to_have_value("我去看过了")
    expect(page.locator(".gr-photo")).to_have_count(1)
    expect(page.locator(FORM).get_by_role("button", name="核实属实")).to_have_count(0)


def test_the_next_person_does_not_find_what_the_one_before_typed(
    site: Site, phone: BrowserContext, page: Page
) -> None:
    write(page, "返回：只有我知道", [SMALL])
    page.go_back()
    is_on_the_day(page)

    phone.set_offline(False)
    hand_to(phone, site, OTHER)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    # the page asks the server who is there now; from that moment on it is empty
    for _moment in range(100):
        page.evaluate(OPEN_REPORT)
        if page.evaluate(TYPED) == "":
            break
        page.wait_for_timeout(50)

    assert page.evaluate(TYPED) == ""
    expect(page.locator(".gr-photo")).to_have_count(0)


# the first answer of the server comes last, as on a network that comes and goes
LATE = """() => {
const ask = window.fetch;
window.answered = 0;
window.fetch = async (path, ...rest) => {
  const answer = await ask(path, ...rest);
  if (!String(path).endsWith("grid/queues/")) return answer;
  const isFirst = !window.asked;
  window.asked = true;
  if (isFirst) await new Promise((done) => setTimeout(done, 1500));
  window.answered += 1;
  return answer;
};
}"""


def test_an_answer_that_is_late_does_not_bring_back_the_one_before(
    site: Site, phone: BrowserContext, page: Page
) -> None:
    write(page, "迟到：只有我知道")
    lying(page, 1)
    page.go_back()
    is_on_the_day(page)
    page.evaluate(LATE)

    phone.set_offline(False)
    page.wait_for_function("() => window.asked")
    hand_to(phone, site, OTHER)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_function("() => window.answered === 2", timeout=15_000)

    expect(page.locator("[data-part=begun] li")).to_have_count(0, timeout=15_000)
    page.wait_for_timeout(500)
    page.evaluate(OPEN_REPORT)
    assert page.evaluate(TYPED) == ""


def test_the_phone_is_handed_over_only_after_a_question_that_names_what_waits(
    phone: BrowserContext, page: Page
) -> None:
    report(page, "交出：一条没有发送")
    write(page, "交出：没有保存")
    page.get_by_role("button", name="返回").click()
    send, leave = (page.locator(f"[data-part={name}]") for name in ("send", "leave"))
    upper, lower = send.bounding_box(), leave.bounding_box()
    assert upper and lower and lower["y"] - upper["y"] - upper["height"] >= 32

    leave.click()

    asked = page.locator(FORM)
    expect(asked).to_contain_text("还有 1 项没有发送")
    expect(asked.locator("[data-unkept]")).to_be_visible()
    expect(asked.locator("[data-shut]")).to_be_visible()
    expect(asked.locator("h2")).to_be_focused()
    is_good(page)
    for button in asked.get_by_role("button").all():
        box = button.bounding_box()
        assert box and box["height"] >= 48
    page.go_back()
    is_on_the_day(page)
    hand_over(page)
    others = page.locator("[data-part=others]")
    expect(others).to_contain_text("1 项")
    expect(others).not_to_contain_text("别人")


def test_with_network_the_question_does_not_warn_of_a_closed_door(
    phone: BrowserContext, page: Page
) -> None:
    page.locator("[data-part=leave]").click()
    expect(page.locator(f"{FORM} [data-shut]")).to_be_visible()

    phone.set_offline(False)

    expect(page.locator(f"{FORM} [data-shut]")).to_be_hidden(timeout=15_000)
    expect(page.locator(f"{FORM} [data-unsent]")).to_contain_text("已全部发送")


KEPT = """async () => {
  const opened = indexedDB.open("linli-outdoors", 1);
  const db = await new Promise((done) => { opened.onsuccess = () => done(opened.result); });
  const asked = db.transaction("days").objectStore("days").getAll();
  const rows = await new Promise((done) => { asked.onsuccess = () => done(asked.result); });
  db.close();
  return rows.filter((row) => row.queue.startsWith("forms ")).map(
    (row) => new TextDecoder().decode(row.body));
}"""


def lying(page: Page, count: int) -> list[str]:
    """Return what lies of begun forms on the phone once as many rows as that do."""
    for _moment in range(100):
        found: list[str] = page.evaluate(KEPT)
        if len(found) == count:
            return found
        page.wait_for_timeout(50)
    pytest.fail(f"{count} rows of forms were to lie on the phone")


def test_what_was_typed_is_there_again_when_the_page_was_loaded_anew(page: Page) -> None:
    write(page, "重载：写到一半")
    assert "写到一半" not in lying(page, 1)[0]

    page.reload()

    begun = page.locator("[data-part=begun] li button")
    expect(begun).to_contain_text("重载：写到一半")
    is_on_the_day(page)
    is_good(page)
    begun.click()
    expect(page.locator(f"{FORM} textarea")).to_have_value("重载：写到一半")
    expect(page.locator(f"{FORM} input[name=matter]").first).to_be_checked()
    expect(page.locator("[data-part=note]")).to_contain_text("照片")
    keep(page)
    expect(page.locator("[data-part=queue] li").first).to_contain_text("重载：写到一半")
    lying(page, 0)
    page.reload()
    expect(page.locator("[data-part=begun]")).to_be_hidden()
    page.locator("[data-door=report]").click()
    expect(page.locator(f"{FORM} textarea")).to_have_value("")


def test_a_begun_form_is_thrown_away_after_one_question(page: Page) -> None:
    asked: list[str] = []
    answers = [False, True]
    page.on("dialog", lambda one: (asked.append(one.message), one.accept() if answers.pop(0) else one.dismiss()))  # fmt: skip
    away = page.locator(FORM).get_by_role("button", name="不要了")
    page.locator("[data-door=report]").click()
    away.click()
    is_on_the_day(page)
    assert not asked
    write(page, "不要：写到一半")
    is_good(page)

    away.click()
    expect(page.locator(f"{FORM} textarea")).to_have_value("不要：写到一半")
    away.click()

    is_on_the_day(page)
    assert len(asked) == 2
    expect(page.locator("[data-part=begun]")).to_be_hidden()
    lying(page, 0)
    page.locator("[data-door=report]").click()
    expect(page.locator(f"{FORM} textarea")).to_have_value("")


def test_what_was_typed_is_sealed_for_the_next_person_and_gone_once_the_phone_is_handed_over(
    site: Site, phone: BrowserContext, page: Page
) -> None:
    write(page, "重载：只有我知道")
    lying(page, 1)
    phone.set_offline(False)
    hand_to(phone, site, OTHER)

    page.reload()

    # the page asks the server who is there now; from that moment on it shows nothing of the worker
    expect(page.locator("[data-door=report]")).to_be_visible(timeout=15_000)
    for _moment in range(100):
        page.evaluate(OPEN_REPORT)
        if page.evaluate(TYPED) == "":
            break
        page.wait_for_timeout(50)
    assert page.evaluate(TYPED) == ""
    assert "只有我知道" not in page.content() and lying(page, 1)
    hand_to(phone, site, WORKER)
    page.reload()
    expect(page.locator("[data-part=begun] li")).to_contain_text("只有我知道", timeout=15_000)
    page.locator("[data-part=begun] li button").click()
    page.go_back()
    is_on_the_day(page)
    phone.set_offline(True)
    hand_over(page)
    lying(page, 0)


@pytest.mark.parametrize(
    ("lang", "written"), [("zh-hans", r"\d+月\d+日"), ("en", r"\d+ [A-Z][a-z]{2}")]
)
def test_days_are_written_as_on_every_other_page(
    site: Site, phone: BrowserContext, lang: str, written: str
) -> None:
    hand_to(phone, site, WORKER)
    page = phone.new_page()

    page.goto(f"{site.base}/{lang}/grid/outdoors/")

    expect(page.locator("[data-part=on]")).to_have_text(re.compile(f"^{written}$"), timeout=15_000)
