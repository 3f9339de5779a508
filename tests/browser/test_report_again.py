"""A report that is not taken at the first press: its photos travel once, and one that is broken is named."""

from __future__ import annotations

import pytest
from playwright.sync_api import FilePayload, Page, expect

from linli.cases.models import Case, CaseFile
from linli.demo.cast import VILLAGE_1
from linli.files.models import StoredFile
from linli.files.testing import photo
from linli.trail.models import Entry
from tests.browser.axe import faults_of
from tests.browser.conftest import Site
from tests.browser.visits import LAPTOP, PHONE, Visitor

pytestmark = pytest.mark.browser

FORM = f"/zh-hans/report/?place={VILLAGE_1}"
WORDS = "祠堂前的石阶塌了一级，打我电话13912345678。"
WHOLE: FilePayload = {"name": "step.jpg", "mimeType": "image/jpeg", "buffer": photo(96, 64)}
BROKEN: FilePayload = {"name": "torn.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8torn"}


@pytest.fixture
def phone(site: Site, visitor: Visitor) -> Page:
    return visitor.open(FORM, size=PHONE)


def write(page: Page, *photos: FilePayload) -> None:
    page.locator("[name=photos]").set_input_files(photos)
    page.locator("[name=where]").fill("祠堂前")
    page.locator("[name=text]").fill(WORDS)
    send(page)


def send(page: Page) -> None:
    page.locator("#report button.btn-primary").last.click()


def test_the_photo_of_a_report_that_is_asked_back_travels_once(phone: Page) -> None:
    stored = StoredFile.objects.count()
    write(phone, WHOLE)
    expect(phone.locator("[name=numbers_meant]")).to_be_visible()
    expect(phone.locator(".ll-photo")).to_have_count(1)
    assert StoredFile.objects.count() == stored + 1

    phone.locator("[name=numbers_meant]").check()
    send(phone)

    phone.wait_for_url("**/receipt/**")
    case = Case.objects.latest("pk")
    assert case.title.startswith(WORDS[:10])
    assert CaseFile.objects.filter(case=case).count() == 1
    assert StoredFile.objects.count() == stored + 1


def test_what_accuses_an_official_is_led_elsewhere_and_noted_once(phone: Page) -> None:
    noted = Entry.objects.filter(verb="cases.accusation_referred")
    before, cases = noted.count(), Case.objects.count()
    phone.locator("[name=matter]").select_option("official")
    write(phone, WHOLE)

    expect(phone.locator("#main")).to_contain_text("12388")
    assert noted.count() == before + 1
    assert Case.objects.count() == cases


def test_a_broken_photo_is_named_though_another_came_in(phone: Page) -> None:
    cases = Case.objects.count()
    write(phone, WHOLE, BROKEN)

    expect(phone.locator("[data-faults]")).to_contain_text("torn.jpg")
    assert Case.objects.count() == cases


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_report_that_came_back_for_its_sign_in_is_without_fault_and_goes_out(
    visitor: Visitor, language: str
) -> None:
    page = visitor.open(FORM.replace("zh-hans", language), size=PHONE)
    page.context.clear_cookies()
    page.locator("[name=where]").fill("祠堂前" * 12)
    page.locator("[name=text]").fill("祠堂前的石阶塌了一级。" * 8)
    cases = Case.objects.count()
    send(page)

    expect(page.locator("#typed")).to_be_visible()
    for width, height in (PHONE, LAPTOP):
        page.set_viewport_size({"width": width, "height": height})
        assert faults_of(page) == []
    assert Case.objects.count() == cases

    page.locator("#main form button").click()
    page.wait_for_url("**/receipt/**")
    assert Case.objects.count() == cases + 1
