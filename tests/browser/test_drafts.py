"""Drafts on a phone that several use: what one wrote is back, and what accuses an official never was there."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from linli.demo.cast import VILLAGE_1
from tests.browser.visits import PHONE, Visitor

pytestmark = pytest.mark.browser

FORM = f"/zh-hans/report/?place={VILLAGE_1}"
KEPT = "() => Object.keys(localStorage).map(key => localStorage.getItem(key)).join()"
PLAIN = "举报流浪狗没有用，路灯也不亮，村主任说过要修。"
ACCUSES = ("举报村主任何伟明", "有人贪污集体的钱", "I report the secretary")


def typed(page: Page, words: str) -> str:
    page.locator("[name=text]").fill(words)
    page.wait_for_timeout(700)
    kept: str = page.evaluate(KEPT)
    return kept


def test_a_normal_draft_is_back_after_the_page_was_left(visitor: Visitor) -> None:
    page = visitor.open(FORM, size=PHONE)

    assert PLAIN in typed(page, PLAIN)
    page.reload()
    expect(page.locator("[name=text]")).to_have_value(PLAIN)


def test_a_telephone_number_is_not_kept_for_whoever_has_the_phone_next(visitor: Visitor) -> None:
    page = visitor.open(FORM, size=PHONE)
    page.locator("[name=reply]").first.check()
    page.locator("[name=phone]").fill("13912345678")

    kept = typed(page, PLAIN)

    assert PLAIN in kept and "13912345678" not in kept
    page.reload()
    expect(page.locator("[name=text]")).to_have_value(PLAIN)
    expect(page.locator("[name=phone]")).to_have_value("")


def test_who_leaves_at_once_finds_the_last_words_too(visitor: Visitor) -> None:
    page = visitor.open(FORM, size=PHONE)
    page.locator("[name=text]").fill(PLAIN)

    page.goto(page.url.replace("zh-hans", "en"))

    expect(page.locator("[name=text]")).to_have_value(PLAIN)


@pytest.mark.parametrize("words", ACCUSES)
def test_what_accuses_an_official_leaves_nothing_on_the_phone(visitor: Visitor, words: str) -> None:
    page = visitor.open(FORM, size=PHONE)
    # what was kept before the words turned is gone too
    assert "路灯不亮" in typed(page, "路灯不亮")

    kept = typed(page, f"路灯不亮。{words}")

    assert "路灯" not in kept and words not in kept
    page.reload()
    expect(page.locator("[name=text]")).to_have_value("")


def test_who_chooses_the_conduct_of_an_official_leaves_nothing_either(visitor: Visitor) -> None:
    page = visitor.open(FORM, size=PHONE)
    page.locator("[name=matter]").select_option("official")

    assert "没有点名" not in typed(page, "没有点名的话")
