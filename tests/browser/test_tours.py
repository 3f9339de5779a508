"""The tour itself: what it is to find it finds, in a tab that draws nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Route

from tests.browser.axe import AXE, Axe
from tests.browser.tours import Tour, for_a_tour
from tests.browser.visits import LAPTOP

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

# one thing wrong by many of axe's rules
FAULTY = """<img src="data:,x"><a href="/a"></a><button></button><input type="text"><select><option>一</select>
<h3>跳</h3><h2></h2><ul><p>一</p></ul><li>二</li><dl><div>三</div></dl><dt>四</dt><div role="checkbox">五</div>
<div role="nothing">六</div><div aria-what="x">七</div><div role="list"><b>八</b></div><p lang="xx-none">九</p>
<div aria-hidden="true"><a href="/b">十</a></div><button><a href="/c">套</a></button><div id="d" tabindex="3">序</div>
<table><tr><th></th><td headers="none">格</td></tr></table><input id="e" aria-label="甲" autocomplete="nonsense">
<label for="f">一</label><label for="f">二</label><input id="f"><main></main><header role="banner"></header>
<div style="height:30px;width:90px;overflow:auto"><p style="height:900px">长</p></div><svg role="img"></svg>
<p style="color:#ccc">浅</p><iframe srcdoc="x"></iframe><p>看 <a href="/g" style="color:#333;text-decoration:none">此处</a> 吧</p>
<a href="/h" style="display:inline-block;width:9px;height:9px">丙</a><a href="/i" style="display:inline-block;width:9px;height:9px">丁</a>
<div aria-labelledby="zz" role="dialog">窗</div><details><summary></summary></details><nav></nav><nav></nav>
<button aria-label="保存">提交</button><div role="slider" tabindex="0" aria-label="条">条</div><meter></meter><object data="x"></object>"""


@pytest.fixture
def said() -> dict[str, str]:
    """What the server answers with."""
    return {"pale": "#222", "more": ""}


@pytest.fixture
def tour(chromium: Browser, said: dict[str, str]) -> Iterator[Tour]:
    def answer(route: Route) -> None:
        route.fulfill(body=PAGE.format(**said), content_type="text/html; charset=utf-8")

    context = for_a_tour(chromium)
    context.route("**/*", answer)
    yield Tour(context, BASE, "/plain")
    context.close()


def test_a_page_is_asked_for_by_whoever_goes_there(tour: Tour, said: dict[str, str]) -> None:
    asked = []
    tour.context.on("request", lambda one: asked.append(one.all_headers().get("cookie")))

    for cookies in ({"who": "a"}, {"who": "a"}, {"who": "b", "type": "large"}, {}):
        assert tour.be(cookies).faults("/zh-hans/") == []

    assert asked == ["who=a", "who=a", "who=b; type=large", None]


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


def test_axe_finds_around_a_frame_all_that_it_finds_in_a_page(
    chromium: Browser, tour: Tour, said: dict[str, str]
) -> None:
    said["more"] = FAULTY
    page = chromium.new_page(viewport={"width": LAPTOP[0], "height": LAPTOP[1]})
    page.set_content(PAGE.format(**said))
    page.evaluate(AXE)

    inside = [f"1280 px: {one}" for one in Axe().faults(page)]
    around = [
        one for one in tour.faults("/zh-hans/", (LAPTOP,)) if not one.startswith("what Enter does")
    ]
    page.close()

    # the mark of a text that is asked for its look, which a run asks once
    assert [one.replace(' data-look=""', "") for one in around] == [
        one.replace(' data-look=""', "") for one in inside
    ]
    assert len(inside) > 20


def test_english_on_an_english_page_and_another_status_are_told_apart(
    tour: Tour, said: dict[str, str]
) -> None:
    said["more"] = ENGLISH

    assert tour.faults("/en/") == []
    assert tour.faults("/en/", status=404) == ["status 200"]
