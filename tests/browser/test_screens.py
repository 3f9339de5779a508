"""The pictures of docs/screens, of the demo city, one viewport each.

Every run takes those that README shows; `make screens` takes all and puts them into docs/screens.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import ViewportSize

from linli.demo.cast import VILLAGE_1
from tests.browser.conftest import Site
from tests.browser.pictures import keep
from tests.browser.test_pages import filled

PHONE, LAPTOP, HALL, WALL = (360, 800), (1280, 900), (1080, 1920), (1920, 1080)
PAPER = (794, 1123)
VILLAGE = f"places/{VILLAGE_1}/"

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Shot:
    """One picture: of a page, in a size, as somebody sees it. A phone is taken twice as sharp."""

    name: str
    path: str
    size: tuple[int, int] = LAPTOP
    who: str = ""
    is_large: bool = False

    def file(self, language: str) -> str:
        """Return the name of its file, without the ending."""
        return f"{self.name}_{language}_{self.size[0]}"

    @property
    def scale(self) -> float:
        return {PHONE[0]: 2, HALL[0]: 0.5, WALL[0]: 2 / 3}.get(self.size[0], 1)


BOTH = [
    Shot("village_home", VILLAGE, PHONE),
    Shot("desk", "desk/", who="ye.shaofen"),
    Shot("desk", "desk/", PHONE, "ye.shaofen"),
    Shot("plan_board", "plan/"),
    Shot("report", f"report/?place={VILLAGE_1}", PHONE),
    Shot("cases", "desk/cases/", who="he.weiming"),
    Shot("case_board", "desk/board/cases/", who="zeng.xianzhang"),
    Shot("touch", f"{VILLAGE}touch/", HALL),
    Shot("touch_feedback", f"{VILLAGE}touch/feedback/", HALL),
    Shot("screen", f"{VILLAGE}screen/", WALL),
    Shot("counter_face", "_kit/counter/?turn=1"),
    Shot("paper", f"people/month/print/?place={VILLAGE_1}", PAPER, "ye.shaofen"),
    Shot("kit", "_kit/"),
]
CHINESE = [
    Shot("village_home", VILLAGE),
    Shot("village_home_large", VILLAGE, PHONE, is_large=True),
    Shot("city_map", "places/441900/map/"),
    Shot("plan_board", "plan/", PHONE),
    Shot("plan_task", "plan/documents/{plan/documents/ code}/tasks/12/"),
    Shot("plan_text", "plan/documents/{plan/documents/ code}/reading/"),
    Shot("public_cases", f"{VILLAGE}cases/", PHONE),
    Shot("grid", "grid/today/", PHONE, who="mo.zhaoqiang"),
    Shot("rulebook", "rulebook/"),
    Shot("people", "people/?q=chenchongbu", who="ye.shaofen"),
    Shot("person", "people/{people/ person_id}/", who="ye.shaofen"),
    Shot("person", "people/{people/ person_id}/", PHONE, "ye.shaofen"),
    Shot("organisations", f"{VILLAGE}organisations/"),
    Shot("rights", "access/rights/", who="he.weiming"),
    Shot("trail", "trail/", who="auditor"),
    Shot("feedback", "feedback/", PHONE),
    Shot("messages", "inbox/choices/", who="ye.shaofen"),
    Shot("messages", "inbox/choices/", PHONE, who="ye.shaofen"),
]
SHOTS = [(shot, code) for shot in BOTH for code in ("zh", "en")] + [(s, "zh") for s in CHINESE]
README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
TAKEN = [
    (shot, code) for shot, code in SHOTS
    if os.environ.get("LINLI_SCREENS") or f"/{shot.file(code)}.png" in README
]  # fmt: skip
LANGUAGES = {"zh": "zh-hans", "en": "en"}


@pytest.mark.parametrize(("shot", "language"), TAKEN, ids=lambda part: getattr(part, "name", part))
def test_take(site: Site, shot: Shot, language: str) -> None:
    box: ViewportSize = {"width": shot.size[0], "height": shot.size[1]}
    context = site.browser.new_context(
        viewport=box, device_scale_factor=shot.scale, locale="zh-CN", timezone_id="Asia/Shanghai"
    )
    cookies = {"linli-type": "large"} if shot.is_large else {}
    cookies |= {"linli-session": site.session(shot.who)} if shot.who else {}
    context.add_cookies([{"name": n, "value": v, "url": site.base} for n, v in cookies.items()])
    page = context.new_page()
    page.goto(f"{site.base}/{LANGUAGES[language]}/{filled(shot.path, site.city.samples)}")
    page.evaluate("document.fonts.ready.then(() => true)")
    if shot.size == PAPER:
        page.emulate_media(media="print")
    # a form that shows faults has them in focus: the picture begins at the top
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")

    kept = keep(page, shot.file(language))

    context.close()
    assert kept.exists()


def test_every_picture_that_readme_shows_is_taken() -> None:
    shown = set(re.findall(r"docs/screens/(\w+)\.png", README))

    assert shown <= {shot.file(code) for shot, code in SHOTS}
