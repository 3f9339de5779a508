"""Where a report is: noted by a tap alone, taken out by the next, kept in no draft, and sent only so."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from linli.cases.models import Case
from linli.demo.cast import VILLAGE_1
from linli.demo.patrol import ALLEY
from tests.browser.axe import overflow
from tests.browser.conftest import Site
from tests.browser.visits import PHONE, Visitor

pytestmark = pytest.mark.browser

FORM = f"/zh-hans/report/?place={VILLAGE_1}"
WORDS = "巷口的栏杆松了，一推就倒，点位测试用。"


@pytest.fixture
def phone(site: Site, visitor: Visitor) -> Page:
    page = visitor.open(FORM, size=PHONE)
    page.context.grant_permissions(["geolocation"], origin=site.base)
    lon, lat = (part / 1e6 for part in ALLEY)
    page.context.set_geolocation({"longitude": lon, "latitude": lat})
    return page


def test_a_tap_notes_the_place_the_next_takes_it_out_and_it_is_sent(phone: Page) -> None:
    here, lon = phone.locator("[data-here]"), phone.locator("input[name=lon]")
    expect(here).to_be_visible()
    assert lon.input_value() == ""

    here.click()
    expect(here).to_contain_text("已记下位置")
    assert overflow(phone) == []
    here.click()
    expect(here).to_contain_text("就在我现在的位置")
    assert lon.input_value() == ""
    here.click()
    expect(here).to_contain_text("已记下位置")
    phone.locator("[name=text]").fill(WORDS)
    # longer than a draft takes to be kept
    phone.wait_for_timeout(800)
    kept = phone.evaluate("JSON.stringify(localStorage)")
    assert WORDS in kept and lon.input_value() not in kept
    phone.locator("#report button.btn-primary").last.click()
    phone.wait_for_url("**/receipt/**")

    case = Case.objects.get(title__startswith=WORDS[:10])
    assert (case.lon, case.lat) == tuple(ALLEY)


def test_a_phone_that_does_not_tell_says_so_and_words_are_enough(phone: Page) -> None:
    phone.context.clear_permissions()
    phone.reload()

    phone.locator("[data-here]").click()

    expect(phone.locator("[data-here]")).to_contain_text("手机没有提供位置")
    assert phone.locator("input[name=lon]").input_value() == ""
