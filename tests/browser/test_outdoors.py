"""A day outdoors: the network goes, things are done, it comes back; and somebody else takes the phone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, expect

from linli.cases.models import Case
from linli.demo.cast import VILLAGE_1
from linli.grid.models import Queued, StormHome, Visit
from tests.browser.conftest import Site
from tests.browser.phones import (
    OTHER,
    OUTDOORS,
    WORKER,
    hand_over,
    hand_to,
    opened,
    report,
)
from tests.browser.visits import is_good

pytestmark = pytest.mark.browser
SEEN = "三栋后面的井盖裂了"


@pytest.fixture
def home(site: Site) -> Iterator[StormHome]:
    """A home that the worker's post moves in a storm, which is over after the test."""
    from django.utils import timezone

    from linli.grid.services import homes, storms
    from linli.grid.types.storms import HomeFacts
    from linli.kernel.permits import system_actor
    from linli.orgs.models import Post
    from linli.places.queries import get_place

    actor, now, place = system_actor("test"), timezone.now(), get_place(VILLAGE_1)
    storm = storms.begin_storm(place, "typhoon", "第21号台风", actor=actor, now=now)
    post = Post.objects.get(organisation__place=place, kind_id="grid_worker", title="第一网格员")
    facts = HomeFacts("罗阿婆", "", "水边街3号", 2, "carry", post.pk)
    yield homes.name_home(storm, place, facts, actor=actor, now=now)
    storms.end_storm(storm, anyway=True, actor=actor, now=timezone.now())


def test_what_is_done_without_network_is_sent_once_when_it_is_back(
    site: Site, phone: BrowserContext, home: StormHome
) -> None:
    hand_to(phone, site, WORKER)
    page = opened(phone, site)
    stop = page.locator("[data-part=stops] li button").first
    title = stop.locator("b").inner_text()
    before = Visit.objects.filter(stop__title=title).count()
    phone.set_offline(True)
    page.reload()
    report(page, SEEN)
    page.locator("[data-part=stops] li button", has_text=title).click()
    page.locator("[data-part=form] input[value=met]").check()
    page.locator("[data-part=form]").get_by_role("button", name="保存").click()
    page.locator("[data-part=homes] li button", has_text=home.masked_name).click()
    is_good(page)
    page.get_by_role("button", name="已转移").click()
    expect(page.locator("[data-part=count]")).to_contain_text("3 项待发送")
    assert "罗阿婆" not in page.content()
    is_good(page)
    assert not Case.objects.filter(title=SEEN).exists()

    phone.set_offline(False)
    expect(page.locator("[data-part=count]")).to_contain_text("已全部发送", timeout=15_000)
    page.reload()
    expect(page.locator("[data-part=queue] li")).to_have_count(3)

    home.refresh_from_db()
    assert home.state == "moved"
    assert Case.objects.filter(title=SEEN).count() == 1
    assert Visit.objects.filter(stop__title=title).count() == before + 1
    queue = Queued.objects.get(case__title=SEEN).queue
    assert [(one.act, one.state) for one in queue.entries.order_by("seq")] == [
        ("report", "done"), ("visit", "done"), ("home", "done"),
    ]  # fmt: skip


def test_somebody_else_on_the_phone_neither_sees_nor_sends_what_waits(
    site: Site, phone: BrowserContext
) -> None:
    hand_to(phone, site, WORKER)
    page = opened(phone, site)
    phone.set_offline(True)
    report(page, "只有本人能看的一条")
    hand_over(page)
    assert "只有本人能看的一条" not in page.content()
    phone.set_offline(False)
    page.goto(f"{site.base}/zh-hans/access/sign-in/")
    page.locator("form[method=post]").first.evaluate(
        "form => form.dispatchEvent(new Event('submit', {bubbles: true}))"
    )

    hand_to(phone, site, OTHER)
    page = opened(phone, site)
    expect(page.locator("[data-part=others]")).to_contain_text("1 项")
    assert "只有本人能看的一条" not in page.content()
    assert not Case.objects.filter(title="只有本人能看的一条").exists()

    hand_to(phone, site, WORKER)
    page = opened(phone, site)
    expect(page.locator("[data-part=queue]")).to_contain_text("只有本人能看的一条")
    expect(page.locator("[data-part=count]")).to_contain_text("已全部发送", timeout=15_000)
    assert Case.objects.filter(title="只有本人能看的一条").count() == 1


def test_a_case_moved_meanwhile_is_shown_with_what_happened(
    site: Site, phone: BrowserContext
) -> None:
    from django.utils import timezone

    from linli.cases.types.moves import At
    from linli.grid.services import events
    from linli.kernel.permits import system_actor

    hand_to(phone, site, WORKER)
    page = opened(phone, site)
    report(page, "路边堆了沙土")
    sent = page.locator("[data-part=events] li button", has_text="路边堆了沙土")
    expect(sent).to_be_visible(timeout=15_000)
    case = Case.objects.get(title="路边堆了沙土")
    phone.set_offline(True)
    sent.click()
    page.locator("[data-part=form] textarea").fill("我去看过了")
    page.locator("[data-part=form]").get_by_role("button", name="核实属实").click()
    events.make_move(
        At(case.pk), "settle", note="邻居已经清走", actor=system_actor("test"), now=timezone.now()
    )

    phone.set_offline(False)
    kept = page.locator("[data-part=queue] li button", has_text="其间有变动")
    expect(kept).to_be_visible(timeout=15_000)
    kept.click()
    page.wait_for_url("**/grid/kept/**")

    expect(page.locator("#main")).to_contain_text("邻居已经清走")
    expect(page.locator("#main")).to_contain_text("我去看过了")
    is_good(page)
    page.locator("textarea").fill("已由邻居清走")
    page.get_by_role("button", name="不办").click()
    page.wait_for_url("**/grid/kept/")
    assert Queued.objects.get(case=case, act="move").state == "dropped"


def test_an_event_is_filed_as_a_sub_class_without_network(
    site: Site, phone: BrowserContext
) -> None:
    from linli.grid.queries.subclasses import filed_as

    hand_to(phone, site, WORKER)
    page = opened(phone, site)
    report(page, "学校边的围墙裂了")
    event = page.locator("[data-part=events] li button", has_text="学校边的围墙裂了")
    expect(event).to_be_visible(timeout=15_000)
    phone.set_offline(True)
    event.click()
    form = page.locator("[data-part=form]")
    assert form.locator("select[name=subclass]").count() == 0
    form.get_by_role("button", name="核实属实").click()
    event.click()
    expect(form.locator("select[name=area]")).to_be_hidden()
    form.locator("select[name=subclass]").select_option("collapse")
    form.locator("select[name=area]").select_option("A")
    expect(form.locator("[data-closes]")).to_contain_text("已围挡警示")
    is_good(page)
    form.get_by_role("button", name="立案").click()

    phone.set_offline(False)
    expect(page.locator("[data-part=count]")).to_contain_text("已全部发送", timeout=15_000)
    found = filed_as(Case.objects.get(title="学校边的围墙裂了").pk)
    assert found is not None and (found[0].key, found[1]) == ("collapse", "A")


def test_without_javascript_the_page_leads_to_the_plain_one(site: Site) -> None:
    context = site.browser.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()

    page.goto(site.base + OUTDOORS)

    assert page.locator("noscript a, #outdoors a").first.is_visible()
    context.close()
