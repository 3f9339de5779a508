"""A visit of a centre: the network goes, norms are answered, it comes back; others do not see what waits."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from linli.offerings.models import CentreCheck, CentrePoint
from linli.offerings.queries.norms import norms
from tests.browser.conftest import Site
from tests.browser.phones import OTHER, WORKER, hand_to
from tests.browser.visits import is_good

pytestmark = pytest.mark.browser
OUTDOORS = "/zh-hans/desk/checks/"
NORM = norms()[0]
POINT, SECOND = NORM.points[0].key, NORM.points[1].key


@pytest.fixture
def check(site: Site) -> Iterator[CentreCheck]:
    """A self-check that is being filled in, put away after the test."""
    from django.utils import timezone
    from django.utils.timezone import localdate

    from linli.kernel.permits import system_actor
    from linli.offerings.services import centre_checks

    actor, centre = (
        system_actor("test"),
        CentreCheck.objects.filter(by="self")[0].centre.organisation,
    )
    made = centre_checks.begin_check(centre, "self", localdate(), actor=actor, now=timezone.now())
    yield made
    CentreCheck.objects.filter(pk=made.pk).update(state="dropped")


def opened(phone: BrowserContext, site: Site) -> Page:
    """Open the checks, and wait until the phone keeps the page."""
    page = phone.new_page()
    page.goto(site.base + OUTDOORS)
    expect(page.locator("[data-norms] button").first).to_be_visible(timeout=15_000)
    page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("caches.keys().then(names => names.length > 0)")
    return page


def answer(page: Page, point: str, met: str, words: str = "", due: str = "") -> None:
    """Answer a point of the first norm and keep it."""
    page.locator("[data-norms] button").first.click()
    form = page.locator("[data-part=form] form")
    form.locator(f"input[type=radio][name$='met-{point}'][value={met}]").check()
    if words:
        form.locator(f"[name$='words-{point}']").fill(words)
    if due:
        form.locator(f"[name$='due-{point}']").fill(due)
    is_good(page)
    form.get_by_role("button", name="保存").click()


def test_a_norm_answered_without_network_is_sent_once_and_nobody_else_sees_it(
    site: Site, phone: BrowserContext, check: CentreCheck
) -> None:
    hand_to(phone, site, OTHER)
    page = opened(phone, site)
    phone.set_offline(True)
    page.reload()
    expect(page.locator("[data-norms] button").first).to_be_visible()
    answer(page, POINT, "no", "大厅没有公开清单", "2099-12-31")
    expect(page.locator("[data-part=count]")).to_contain_text("1 项待发送")
    # what she answered stands there, and lies on the phone sealed
    expect(page.locator("[data-norms] button").first).to_contain_text("已答 1/4 项")
    is_good(page)
    page.get_by_role("button", name="把手机交给别人").click()
    expect(page.get_by_role("button", name="打开我的检查")).to_be_visible()
    assert "大厅没有公开清单" not in page.content()
    assert not CentrePoint.objects.filter(check_of=check).exists()

    phone.set_offline(False)
    page.goto(f"{site.base}/zh-hans/access/sign-in/")
    page.locator("form[method=post]").first.evaluate(
        "form => form.dispatchEvent(new Event('submit', {bubbles: true}))"
    )
    hand_to(phone, site, WORKER)
    page.goto(site.base + OUTDOORS)
    expect(page.locator("[data-part=others]")).to_contain_text("1 项")
    assert not CentrePoint.objects.filter(check_of=check).exists()

    hand_to(phone, site, OTHER)
    page = opened(phone, site)
    expect(page.locator("[data-part=count]")).to_contain_text("已全部发送", timeout=15_000)
    page.reload()
    expect(page.locator("[data-part=queue] li")).to_have_count(1)
    point = CentrePoint.objects.get(check_of=check)
    assert (point.key, point.met, point.words) == (POINT, "no", "大厅没有公开清单")


def test_what_was_answered_meanwhile_is_told_and_kept_again_after_a_look(
    site: Site, phone: BrowserContext, check: CentreCheck
) -> None:
    from django.utils import timezone

    from linli.kernel.permits import system_actor
    from linli.offerings.services import centre_checks
    from linli.offerings.types.centres import Met, Said

    hand_to(phone, site, OTHER)
    page = opened(phone, site)
    phone.set_offline(True)
    answer(page, SECOND, "yes")
    centre_checks.answer_norm(
        check, NORM.key, {SECOND: Said(Met.NONE, "别人先答了")}, actor=system_actor("test"), now=timezone.now()
    )  # fmt: skip

    phone.set_offline(False)
    expect(page.locator("[data-part=queue] li").first).to_contain_text("未采用", timeout=15_000)
    expect(page.locator("[data-part=queue] li").first).to_contain_text("其间别人已作答")
    assert CentrePoint.objects.get(check_of=check).met == "none"
    is_good(page)
    page.get_by_role("button", name="重新填写").click()
    page.locator("[data-part=form] form").get_by_role("button", name="保存").click()
    expect(page.locator("[data-part=queue] li").first).to_contain_text("已发送", timeout=15_000)
    assert CentrePoint.objects.get(check_of=check).met == "yes"
