"""The door of an event: the network goes, people come in by code, camera and name, two phones count nobody twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from linli.activities.models import Attendance, Enrolment
from linli.demo.cast import VILLAGE_1
from tests.browser.conftest import Site
from tests.browser.phones import OTHER as KEEPER
from tests.browser.phones import a_phone, hand_to
from tests.browser.visits import is_good

pytestmark = pytest.mark.browser
DOOR = "/zh-hans/desk/events/door/"
FAMILIES = (("黎阿娣", "黎小河"), ("麦师傅",), ("苏老师", "苏妹"))
# a browser that reads codes, and a camera that shows one: the machines of tests have neither
CAMERA = """code => {
  window.BarcodeDetector = class {
    static async getSupportedFormats() { return ["qr_code"]; }
    async detect() { return [{ rawValue: `https://here/zh-hans/enrolments/${code}/` }]; }
  };
  const canvas = document.createElement("canvas");
  canvas.getContext("2d").fillRect(0, 0, 9, 9);
  HTMLMediaElement.prototype.play = async () => {};
  Object.defineProperty(navigator, "mediaDevices", { value: { getUserMedia: async () => canvas.captureStream(5) } });
}"""


@pytest.fixture
def families(site: Site) -> Iterator[list[Enrolment]]:
    """Three families at an event of today."""
    from django.utils import timezone

    from linli.activities.services import enrolling, events
    from linli.activities.types.events import EnrolFacts, EventFacts, Taker
    from linli.kernel.permits import NOBODY, system_actor
    from linli.places.queries import get_place

    actor, now = system_actor("test"), timezone.now()
    # the whole day: an evening that is over by the clock of the machine cannot be called off below
    day, before = timezone.localtime(now).replace(hour=0, minute=0), now - timedelta(days=2)
    facts = EventFacts(
        "show", "门口的粤曲晚会", "", "文化礼堂门前", ((day, day.replace(hour=23, minute=59)),), 90
    )
    event = events.add_event(get_place(VILLAGE_1), facts, actor=actor, now=before)
    event = events.publish_event(event, actor=actor, now=before)
    yield [
        enrolling.enrol(event, EnrolFacts(tuple(Taker(name, 1970) for name in names), f"+8613800131{number:03}"),
                        actor=NOBODY, now=before)
        for number, names in enumerate(FAMILIES)
    ]  # fmt: skip
    events.cancel_event(event, "test", actor=actor, now=now)


def opened(phone: BrowserContext, site: Site) -> Page:
    """Fetch the list of today, and wait until the phone keeps the page."""
    hand_to(phone, site, KEEPER)
    page = phone.new_page()
    page.goto(site.base + DOOR)
    page.get_by_role("button", name="取今天的名单", exact=True).click()
    expect(page.locator("[data-part=title]")).to_have_text("门口的粤曲晚会", timeout=15_000)
    page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("caches.keys().then(names => names.length > 0)")
    return page


def look_up(page: Page, code: str) -> None:
    page.locator("[data-part=code]").fill(code)
    page.get_by_role("button", name="查询").click()


def come_in(page: Page) -> None:
    page.get_by_role("button", name="确认入场").click()


def came(families: list[Enrolment]) -> dict[str, Any]:
    rows = Attendance.objects.filter(enrolment__in=families)
    return dict(rows.values_list("enrolment__code", "people"))


def test_who_comes_in_without_network_is_sent_later_and_two_phones_count_nobody_twice(
    site: Site, families: list[Enrolment]
) -> None:
    first, second, third = families
    with a_phone(site) as one, a_phone(site) as other:
        page, far = opened(one, site), opened(other, site)
        for phone in (one, other):
            phone.set_offline(True)
        page.reload()
        expect(page.locator("[data-part=families] li")).to_have_count(3)
        is_good(page)
        look_up(page, first.code.lower())
        page.get_by_label("黎小河").uncheck()
        is_good(page)
        come_in(page)
        page.locator("[data-part=families] button", has_text="麦师傅").click()
        come_in(page)
        look_up(page, "NOSUCHCODE")
        page.get_by_role("button", name="全家记为入场").click()
        expect(page.locator("[data-part=count]")).to_contain_text("3 项待发送")
        expect(page.locator("[data-part=in]")).to_have_text("2")
        look_up(far, f"{site.base}/zh-hans/enrolments/{first.code}/")
        come_in(far)
        assert came(families) == {}

        for phone in (one, other):
            phone.set_offline(False)
        for each in (page, far):
            expect(each.locator("[data-part=count]")).to_contain_text("已全部发送", timeout=15_000)
        expect(page.locator("[data-part=refused] li")).to_contain_text("没有本活动的名额")

        assert came(families) == {first.code: 2, second.code: 1}
        # by the camera, with network
        far.evaluate(CAMERA, third.code)
        far.locator("[data-part=scan]").evaluate("button => { button.hidden = false; }")
        far.get_by_role("button", name="扫码").click()
        expect(far.locator("[data-screen=family] h2")).to_have_text("苏老师、苏妹")
        come_in(far)
        expect(far.locator("[data-part=in]")).to_have_text("5", timeout=15_000)
        expect(far.locator("[data-part=count]")).to_contain_text("已全部发送", timeout=15_000)
        assert came(families)[third.code] == 2


def test_whoever_gets_the_phone_next_reads_no_name_and_the_owner_gets_her_list_again(
    site: Site, families: list[Enrolment]
) -> None:
    with a_phone(site) as phone:
        page = opened(phone, site)
        phone.set_offline(True)
        look_up(page, families[1].code)
        come_in(page)
        page.get_by_role("button", name="把手机交给别人").click()
        expect(page.get_by_role("button", name="取今天的名单", exact=True)).to_be_visible()
        assert "麦师傅" not in page.content()
        page.reload()
        expect(page.locator("[data-part=others]")).to_contain_text("1 项")
        assert "麦师傅" not in page.content() and came(families) == {}

        phone.set_offline(False)
        page.goto(f"{site.base}/zh-hans/access/sign-in/")
        page.locator("form[method=post]").first.evaluate(
            "form => form.dispatchEvent(new Event('submit', {bubbles: true}))"
        )
        page = opened(phone, site)
        expect(page.locator("[data-part=count]")).to_contain_text("已全部发送", timeout=15_000)
        assert came(families) == {families[1].code: 1}
