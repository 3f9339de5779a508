"""Three stories of a village in a browser: a child's course, a group's evenings, the town's Excel."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from linli.demo.cast import VILLAGE_1
from tests.browser import course_steps as course
from tests.browser import report_steps as report
from tests.browser import season_steps as season
from tests.browser.conftest import Site
from tests.browser.visits import LAPTOP, PHONE, Visitor

pytestmark = pytest.mark.browser

CLERK, OTHER_CLERK, OFFICIAL, HEAD = "ye.shaofen", "xian.huilan", "zhou.meiling", "zeng.xianzhang"  # fmt: skip


def at_work(site: Site, visitor: Visitor, who: str, path: str) -> Page:
    cookies = {"linli-session": site.session(who)}
    return visitor.open(f"/zh-hans/{path}", size=LAPTOP, cookies=cookies)


def test_a_neighbour_enrols_her_child_waits_and_moves_up(site: Site, visitor: Visitor) -> None:
    desk = at_work(site, visitor, CLERK, f"places/{VILLAGE_1}/events/new/")
    address = course.enters_and_publishes(desk)
    others = visitor.open(f"/en/places/{VILLAGE_1}/events/", size=PHONE)
    course.another_family_takes_both(others, site, address)
    phone = visitor.open(f"/zh-hans/places/{VILLAGE_1}/events/", size=PHONE)

    own = course.comes_onto_the_waiting_list(phone, address)
    course.gives_back(others)

    course.has_moved_up(phone, site, own)
    course.is_on_the_list(desk)
    expect(desk.locator("#main")).to_contain_text(course.CHILD)
    expect(desk.locator("#main")).to_contain_text(course.MOTHER)


def test_a_dance_group_gets_its_weekly_hall_by_the_draw(site: Site, visitor: Visitor) -> None:
    hall = season.make_hall()
    desk = at_work(site, visitor, CLERK, "desk/venues/groups/")
    code = season.enters_the_group(desk, site)
    it = season.opens_a_round(desk, site, hall)
    phone = visitor.open(f"/zh-hans/places/{VILLAGE_1}/rounds/", size=PHONE)

    promised = season.wishes(phone, it, code)
    season.others_wish_the_same(it)
    season.is_drawn(desk, site, it)
    season.reads_and_checks(phone, promised)
    evening = season.is_decided(desk, site, it)

    season.keys_go_out_and_come_back(desk, site, evening)
    expect(desk.locator("#main")).to_contain_text(season.BROKEN)


def test_the_towns_excel_comes_back_merged(site: Site, visitor: Visitor, tmp_path: Path) -> None:
    town = at_work(site, visitor, OFFICIAL, "desk/reports/new/")
    report.hands_it_in(town, tmp_path / "情况表.xlsx")
    report.binds_and_sends(town)
    report.approves(at_work(site, visitor, HEAD, "desk/"))

    for who, bins in ((CLERK, "12"), (OTHER_CLERK, "7")):
        desk = at_work(site, visitor, who, "desk/reports/")
        report.looks_through_and_signs(desk, bins, differs=who == CLERK)

    one, two, late = report.comes_back_merged(town)
    assert (one[report.BINS], one[report.VENUES], two[report.BINS]) == (12, 9, 7)
    assert isinstance(one[2], float) and late[2:6] == [""] * 4
