"""A season's evenings of a hall: groups wish, the draw decides, the keys go out and come back."""

from __future__ import annotations

import json
from datetime import timedelta

from django.db.models import F
from django.utils import timezone
from django.utils.timezone import localdate
from playwright.sync_api import Page, expect

from linli.activities.models import Booking, Group, Round, Venue
from linli.activities.queries.rounds import times_of
from linli.activities.services import rounds, venues
from linli.activities.types.venues import VenueFacts
from linli.demo.cast import VILLAGE_1
from linli.kernel.draw_files import check
from linli.kernel.permits import NOBODY, system_actor
from linli.notify.models import Delivery
from linli.places import queries as places
from tests.browser.conftest import Site
from tests.browser.pictures import keep
from tests.browser.visits import is_good, press

GROUP, ROUND, HALL = "水边健身舞队", "明年上半年排练时段", "榕树小礼堂"
BROKEN = "一面镜子裂了"
NUMBER, HIDDEN = "13800000984", "+86*******0984"
EVENING = "19:00-20:30"
FACTS = VenueFacts(
    "hall", "village", HALL, "Small fig hall", "榕树巷8号", "木地板，有镜子和音响。", 40,
    most_minutes=120, deposit_fen=10_000, checks="灯已关\n音响已关\n门窗已锁", phone="0769-5550 0123",
)  # fmt: skip


def make_hall() -> Venue:
    """Enter a hall that is open every evening."""
    by, now = system_actor("test"), timezone.now()
    hall = venues.add_venue(places.get_place(VILLAGE_1), FACTS, actor=by, now=now)
    return venues.set_week(hall, {day: [(1080, 1320)] for day in range(7)}, actor=by, now=now)


def enters_the_group(desk: Page, site: Site) -> str:
    """The office enters a group as it agreed; return its code."""
    desk.goto(f"{site.base}/zh-hans/places/{VILLAGE_1}/groups/new/")
    said = {
        "name": GROUP, "people": "18", "contact": "黄姨", "phone": NUMBER,
        "about": "每周一晚练舞，欢迎来看。", "agreed_on": localdate().isoformat(),
    }  # fmt: skip
    for name, value in said.items():
        desk.locator(f"[name={name}]").fill(value)
    desk.locator("label:has([name=is_shown])").click()
    is_good(desk)
    press(desk, "保存")
    row = desk.locator("tr", has_text=GROUP)
    return row.locator(".ll-num").inner_text().strip()


def opens_a_round(desk: Page, site: Site, hall: Venue) -> Round:
    """Two evenings of the hall are on offer; one for each group."""
    desk.goto(f"{site.base}/zh-hans/places/{VILLAGE_1}/rounds/new/")
    today = localdate()
    days = {"wishes_until": 0, "objections_until": 1, "first_on": 2, "last_on": 58}
    desk.locator("[name=title]").fill(ROUND)
    for name, later in days.items():
        desk.locator(f"[name={name}]").fill((today + timedelta(days=later)).isoformat())
    desk.locator("[name=most_times]").fill("1")
    desk.locator(f"[name=venue_{hall.pk}]").fill(f"周一 {EVENING}\n周三 {EVENING}")
    is_good(desk)
    keep(desk, "season_new_zh_1280")
    press(desk, "保存")
    return Round.objects.get(title=ROUND)


def wishes(phone: Page, it: Round, code: str) -> str:
    """By its code, on a phone: Monday, else Wednesday. Return the hash that was promised before."""
    phone.locator(f'#main a[href$="/rounds/{it.pk}/"]').click()
    phone.wait_for_url(f"**/rounds/{it.pk}/")
    promised = phone.locator(".ll-hash").inner_text().strip()
    is_good(phone)
    phone.locator(f'a[href$="/rounds/{it.pk}/wish/"]').click()
    phone.wait_for_url("**/wish/")
    monday, wednesday = (str(one.pk) for one in times_of(it))
    phone.locator("[name=code]").fill(code)
    phone.locator("[name=wish_1]").select_option(monday)
    phone.locator("[name=wish_2]").select_option(wednesday)
    is_good(phone)
    keep(phone, "season_wish_zh_360")
    press(phone, "提交")
    phone.wait_for_url(f"**/rounds/{it.pk}/")
    return promised


def others_wish_the_same(it: Round) -> None:
    """The dancers of the square want the Monday too: the draw has something to decide."""
    other = Group.objects.get(name="榕树广场舞队")
    rounds.wish(it, other, [times_of(it)[0].pk], actor=NOBODY, now=timezone.now())


def days_pass(it: Round, days: int) -> None:
    """Let days go by: what was to come has come nearer."""
    names = ("wishes_until", "objections_until", "first_on", "last_on")
    moved = {name: F(name) - timedelta(days=days) for name in names}
    Round.objects.filter(pk=it.pk).update(**moved)


def is_drawn(desk: Page, site: Site, it: Round) -> None:
    days_pass(it, 1)
    desk.goto(f"{site.base}/zh-hans/desk/venues/rounds/{it.pk}/")
    press(desk, "抽签并公布")
    expect(desk.locator("table").first).to_contain_text(GROUP)
    is_good(desk)
    keep(desk, "season_drawn_zh_1280")
    assert Delivery.objects.filter(template="activities.round_drawn", masked=HIDDEN).exists()


def reads_and_checks(phone: Page, promised: str) -> None:
    """The group sees its evening; the seed that is public now is the one that was promised."""
    phone.reload()
    expect(phone.locator("tr", has_text=GROUP)).to_have_count(1)
    assert phone.locator(".ll-hash").inner_text().strip() == promised
    is_good(phone)
    keep(phone, "season_result_zh_360", whole=True)
    link = phone.locator('a[href$="draw.json"]').get_attribute("href") or ""
    turns = json.loads(phone.request.get(phone.url.split("/zh-hans/")[0] + link).text())
    assert turns and not any(check(turn).problems for turn in turns)
    assert turns[0]["commitment"] == promised


def is_decided(desk: Page, site: Site, it: Round) -> Booking:
    """After the objections the season is booked week by week; return the first evening, which has come."""
    days_pass(it, 1)
    desk.reload()
    press(desk, "确定并安排整季")
    found = Booking.objects.filter(masked_name=GROUP, venue__name=HALL).order_by("starts_at")
    assert found.count() >= 7
    assert Delivery.objects.filter(template="activities.round_decided", masked=HIDDEN).exists()
    now = timezone.now()
    Booking.objects.filter(pk=found[0].pk).update(
        starts_at=now - timedelta(hours=2), ends_at=now - timedelta(minutes=30)
    )
    return found[0]


def keys_go_out_and_come_back(desk: Page, site: Site, evening: Booking) -> None:
    """The hall is handed out and taken back by its check list; a broken chair becomes a report."""
    desk.goto(f"{site.base}/zh-hans/desk/venues/bookings/{evening.pk}/")
    press(desk, "已交付")
    desk.locator("label", has_text="未做到：门窗已锁").click()
    desk.locator("[name=damage]").fill(BROKEN)
    is_good(desk)
    keep(desk, "season_back_zh_1280")
    press(desk, "已收回")
    expect(desk.locator("#main")).to_contain_text("门窗已锁")
    is_good(desk)
    with desk.expect_navigation():
        desk.get_by_role("link", name="打开事项").click()
