"""The pictures in docs/screens: `make screens` takes them of the demo city, one viewport each."""

from __future__ import annotations

import os
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import ViewportSize

from linli.demo.cast import VILLAGE_1
from tests.browser.conftest import Site
from tests.browser.test_pages import filled

FOLDER = Path(__file__).parents[2] / "docs" / "screens"
MOST = 150_000
PHONE, LAPTOP, HALL, WALL = (360, 800), (1280, 900), (1080, 1920), (1920, 1080)
VILLAGE = f"places/{VILLAGE_1}/"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not os.environ.get("LINLI_SCREENS"), reason="pictures are taken by `make screens`"
    ),
]


@dataclass(frozen=True)
class Shot:
    """One picture: of a page, in a size, as somebody sees it. A phone is taken twice as sharp."""

    name: str
    path: str
    size: tuple[int, int] = LAPTOP
    who: str = ""
    is_large: bool = False

    @property
    def scale(self) -> float:
        return {PHONE[0]: 2, HALL[0]: 0.5, WALL[0]: 2 / 3}.get(self.size[0], 1)


BOTH = [
    Shot("village_home", VILLAGE, PHONE),
    Shot("desk", "desk/", who="ye.shaofen"),
    Shot("plan_board", "plan/"),
]
CHINESE = [
    Shot("village_home", VILLAGE),
    Shot("village_home_large", VILLAGE, PHONE, is_large=True),
    Shot("city_map", "places/441900/map/"),
    Shot("plan_board", "plan/", PHONE),
    Shot("plan_task", "plan/documents/{plan/documents/ code}/tasks/12/"),
    Shot("plan_text", "plan/documents/{plan/documents/ code}/reading/"),
    Shot("rulebook", "rulebook/"),
    Shot("people", "people/?q=chenchongbu", who="ye.shaofen"),
    Shot("person", "people/{people/ person_id}/", who="ye.shaofen"),
    Shot("person", "people/{people/ person_id}/", PHONE, "ye.shaofen"),
    Shot("organisations", f"{VILLAGE}organisations/"),
    Shot("rights", "access/rights/", who="he.weiming"),
    Shot("trail", "trail/", who="auditor"),
    Shot("feedback", "feedback/", PHONE),
    Shot("touch", f"{VILLAGE}touch/", HALL),
    Shot("screen", f"{VILLAGE}screen/", WALL),
]
SHOTS = [(shot, code) for shot in BOTH for code in ("zh", "en")] + [(s, "zh") for s in CHINESE]
LANGUAGES = {"zh": "zh-hans", "en": "en"}


@pytest.mark.parametrize(("shot", "language"), SHOTS, ids=lambda part: getattr(part, "name", part))
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
    page.wait_for_load_state("networkidle")

    picture = small(page.screenshot())

    context.close()
    (FOLDER / f"{shot.name}_{language}_{shot.size[0]}.png").write_bytes(picture)
    assert len(picture) <= MOST


def small(png: bytes) -> bytes:
    """Return a picture in few bytes: its own palette, if the whole one is too big."""
    whole = _saved(Image.open(BytesIO(png)).convert("RGB"))
    if len(whole) <= MOST:
        return whole
    return _saved(Image.open(BytesIO(png)).convert("RGB").quantize(128, dither=Image.Dither.NONE))


def _saved(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()
