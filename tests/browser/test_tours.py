"""The tour itself: what it is to find it finds, in a tab that draws nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Route

from tests.browser.tours import Tour

pytestmark = pytest.mark.browser
BASE = "http://city.test"
PAGE = """<!doctype html><html lang="zh-Hans"><head><title>示范村</title><meta name="viewport" content="width=device-width">
<style>@media (max-width: 400px) {{ p {{ color: {pale} }} }} p {{ transition: color 1s }}
@media (prefers-reduced-motion: reduce) {{ * {{ transition-duration: 0s !important }} }}</style></head>
<body><main><h1>示范村</h1><p>村务公开</p>{more}</main></body></html>"""
WIDE = '<div style="width:600px">宽</div>'
ENGLISH = "<p>nobody put this into Chinese</p>"
FORM = """<form method="post" action="/do/"><label>姓名 <input name="a"></label>
<button name="b" value="1">保存</button><button name="b" value="2">删除</button></form>"""
ELSEWHERE = '<img src="http://else.test/a.png" alt="图">'


@pytest.fixture
def said() -> dict[str, str]:
    """What the server answers with."""
    return {"pale": "#222", "more": ""}


@pytest.fixture
def tour(chromium: Browser, said: dict[str, str]) -> Iterator[Tour]:
    def answer(route: Route) -> None:
        route.fulfill(body=PAGE.format(**said), content_type="text/html; charset=utf-8")

    tour = Tour(chromium, BASE, {"who": "nobody"})
    tour.context.route("**/*", answer)
    yield tour
    tour.context.close()


def test_a_good_page_has_no_fault_in_either_width(tour: Tour) -> None:
    assert tour.faults("/zh-hans/") == []


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        (WIDE, '360 px: <div style="width:600px"'), (ENGLISH, "left in English: nobody put this into"),
        (FORM, f"what Enter does is open in {BASE}/do/"),
        (ELSEWHERE, "asked another host: http://else.test/a.png"),
        ('<img src="data:," alt="">' + "<main></main>", "1280 px: landmark-no-duplicate-main"),
        ("<script>console.warn('old')</script>", "old"), ("<script>throw Error('no')</script>", "no"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_found(tour: Tour, said: dict[str, str], more: str, fault: str) -> None:
    said["more"] = more

    assert [one for one in tour.faults("/zh-hans/") if one.startswith(fault)] != []


def test_what_is_wrong_on_a_phone_alone_is_found_there(tour: Tour, said: dict[str, str]) -> None:
    """Nothing is drawn between two widths, so what moves to its new colour has to be there at once."""
    said["pale"] = "#ddd"

    found = tour.faults("/zh-hans/", full=False)

    assert len(found) == 1
    assert found[0].startswith("360 px: color-contrast: p ")


def test_english_on_an_english_page_and_another_status_are_told_apart(
    tour: Tour, said: dict[str, str]
) -> None:
    said["more"] = ENGLISH

    assert tour.faults("/en/") == []
    assert tour.faults("/en/", status=404) == ["status 200"]
