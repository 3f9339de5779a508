"""A course from the office's desk to the phone of a mother: entered, full, waited for, moved up."""

from __future__ import annotations

from datetime import timedelta

from django.utils.timezone import localdate
from playwright.sync_api import Page, expect

from linli.demo.cast import VILLAGE_1
from linli.notify.models import Delivery
from tests.browser.conftest import Site
from tests.browser.pictures import keep
from tests.browser.visits import is_good, press

TITLE, CHILD, MOTHER = "少儿书法班", "覃小宇", "覃女士"
NUMBER, HIDDEN = "13800000982", "+86*******0982"


def enters_and_publishes(desk: Page) -> str:
    """The office enters a course for children with two places; return the address of its public page."""
    first = localdate() + timedelta(days=8)
    said = {
        "title": TITLE, "title_en": "Calligraphy for children", "where": "文化礼堂二楼",
        "about": "共6次，笔墨由村里提供。", "first_on": first.isoformat(), "hours": "9:30-11:00",
        "weeks": "6", "places": "2", "least_age": "7", "most_age": "13", "fee": "0",
        "phone": "0769-5550 0123",
    }  # fmt: skip
    for name, value in said.items():
        desk.locator(f"[name={name}]").fill(value)
    desk.locator("[name=kind]").select_option("course")
    is_good(desk)
    keep(desk, "course_new_zh_1280")
    press(desk, "登记")
    press(desk, "发布")
    is_good(desk)
    return desk.get_by_role("link", name="公开页面").get_attribute("href") or ""


def another_family_takes_both(phone: Page, site: Site, course: str) -> str:
    """Two brothers take the two places, in English; return the address of their places."""
    phone.goto(f"{site.base}{course.replace('/zh-hans/', '/en/')}enrol/")
    phone.locator("[name=name_1]").fill("Lee Ming")
    phone.locator("[name=born_1]").fill(str(localdate().year - 9))
    phone.locator("details.ac-more > summary").click()
    phone.locator("[name=name_2]").fill("Lee Hao")
    phone.locator("[name=born_2]").fill(str(localdate().year - 11))
    phone.locator("[name=phone]").fill("13800000983")
    phone.locator("[name=guardian]").fill("Lee Wai")
    is_good(phone)
    keep(phone, "course_enrol_en_360")
    press(phone, "Sign up")
    expect(phone.locator("#main")).to_contain_text("You have your places")
    is_good(phone)
    return phone.url.partition("?")[0]


def comes_onto_the_waiting_list(phone: Page, course: str) -> str:
    """She finds the course, must agree for her child, and waits; return the address of her places."""
    phone.locator(f'#main a[href="{course}"]').first.click()
    phone.wait_for_url(f"**{course}")
    is_good(phone)
    phone.locator(f'a[href="{course}enrol/"]').click()
    phone.wait_for_url("**/enrol/")
    phone.locator("[name=name_1]").fill(CHILD)
    phone.locator("[name=born_1]").fill(str(localdate().year - 8))
    phone.locator("[name=phone]").fill(NUMBER)
    press(phone, "报名")
    expect(phone.locator(".ll-err").first).to_contain_text("监护人")
    assert phone.locator("[name=name_1]").input_value() == CHILD
    is_good(phone)
    keep(phone, "course_guardian_zh_360")
    phone.locator("[name=guardian]").fill(MOTHER)
    press(phone, "报名")
    expect(phone.locator("#main")).to_contain_text("候补")
    expect(phone.locator("#main")).to_contain_text("第 1")
    is_good(phone)
    keep(phone, "course_waits_zh_360")
    return phone.url.partition("?")[0]


def gives_back(phone: Page) -> None:
    """The brothers cannot come: their places go to whoever waits longest."""
    phone.locator("summary", has_text="Give the places back").click()
    press(phone, "Yes, give them back")
    is_good(phone)


def has_moved_up(phone: Page, site: Site, own: str) -> None:
    """She is told, sees it, and has the six mornings in her calendar."""
    assert Delivery.objects.filter(template="activities.moved_up", masked=HIDDEN).exists()
    phone.goto(own)
    expect(phone.locator("#main")).to_contain_text("已报上")
    is_good(phone)
    keep(phone, "course_in_zh_360")
    mine = phone.request.get(f"{own}?format=ics").text()
    feed = phone.request.get(f"{site.base}/calendars/{VILLAGE_1}.ics?kind=course").text()
    assert mine.count("BEGIN:VEVENT") == 6 and TITLE in mine and NUMBER not in mine
    assert TITLE in feed and CHILD not in feed and MOTHER not in feed


def is_on_the_list(desk: Page) -> None:
    """The office sees her masked, and in full with who agreed, which is recorded."""
    desk.reload()
    table = desk.locator("table").last
    expect(table).not_to_contain_text(CHILD)
    with desk.expect_navigation():
        desk.locator('form[action$="/people"] button:not([name=format])').click()
    is_good(desk)
    keep(desk, "course_list_zh_1280")
