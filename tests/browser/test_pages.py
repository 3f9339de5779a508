"""Every page in Chromium, on a phone and a laptop: axe finds nothing, nothing overflows, nobody else is asked.

The pages are those of `tests/walks.py`, which names every address that answers with one. The main
ones are walked in both languages with all rules of axe in both widths. Of the others each is opened
in one language; all rules are asked in one width, in the other contrast and what depends on the
layout, and nothing may be wider than the screen in either. Languages and widths change with the day
(`tests/turns.py`): in four days each page has had all. In Chinese no sentence may
be left in English. Faces of other sizes, addresses with questions and large type stand below.
"""

from __future__ import annotations

import pytest

from linli.demo.cast import TOWN, VILLAGE_1
from tests.addresses import Address
from tests.browser.conftest import Site
from tests.browser.visits import LAPTOP, PHONE
from tests.samples import Samples
from tests.walks import LANGUAGES, MAIN, WALKS, is_full_on_phone, languages_of

pytestmark = pytest.mark.browser

VILLAGE = f"places/{VILLAGE_1}/"
HALL, WALL = (1080, 1920), (1920, 1080)
SIZES = {
    "places/<str:code>/touch/": (HALL,), "places/<str:code>/touch/<slug:key>/": (HALL,),
    "places/<str:code>/touch/feedback/": (HALL,), "places/<str:code>/screen/": (WALL,),
    "places/<str:code>/notices/screen/": (WALL,), "screens/<slug:centre>/": (WALL,),
    "visits/<slug:centre>/touch/": (HALL,), "places/<str:code>/venues/touch/": (HALL,),
    "tickets/<slug:code>/touch/": (HALL,),
}  # fmt: skip
STEPS = [
    (who, route, language)
    for who, routes in WALKS.items()
    for route in routes
    for language in languages_of(route)
]
# the same addresses with other things or questions
MORE = [
    ("", f"places/{TOWN}/", "en"), ("", "places/441900/map/", "zh-hans"),
    ("", f"{VILLAGE}door/open/", "en"), ("", "search/?q=示范", "zh-hans"),
    ("", "search/?q=", "en"), ("", "plan/?task=12", "zh-hans"), ("", "_kit/counter/?turn=1", "en"),
    ("ye.shaofen", VILLAGE, "zh-hans"), ("ye.shaofen", "me/", "zh-hans"),
    ("ye.shaofen", "search/?q=chenchongbu", "zh-hans"), ("he.weiming", "access/rights/", "en"),
    ("ye.shaofen", "people/?q=chenchongbu", "en"), ("city.plan", "plan/", "zh-hans"),
    ("city.plan", "plan/filings/", "en"), ("city.plan", "desk/", "en"),
    ("zeng.xianzhang", f"grid/{TOWN}/storms/", "en"), ("zeng.xianzhang", f"grid/{TOWN}/storms/", "zh-hans"),
]  # fmt: skip
KIT = ["_kit/resident/", "_kit/desk/", "_kit/counter/"]
FACES = [
    ("_kit/touch/", HALL), ("_kit/screen/", WALL), ("_kit/paper/", LAPTOP), ("_kit/paper/", PHONE),
]  # fmt: skip
MOST_USED = [("", VILLAGE), ("", "feedback/"), ("", "plan/"),
             ("ye.shaofen", "desk/"), ("ye.shaofen", "people/")]  # fmt: skip


def filled(path: str, things: Samples) -> str:
    """Return a path with the things of the city in it."""
    for (route, parameter), value in things.by_route.items():
        path = path.replace(f"{{{route} {parameter}}}", str(value))
    assert "{" not in path, path
    return path


@pytest.mark.parametrize(("who", "route", "language"), STEPS)
def test_a_page_is_without_fault(site: Site, who: str, route: str, language: str) -> None:
    where = site.city.samples.fill(Address(route, has_language=True), language)
    sizes = SIZES.get(route, (PHONE, LAPTOP) if is_full_on_phone(route) else (LAPTOP, PHONE))

    assert site.tour(who).faults(where, sizes, full=route in MAIN) == []


@pytest.mark.parametrize(("who", "path", "language"), MORE)
def test_a_page_with_other_things_is_without_fault(
    site: Site, who: str, path: str, language: str
) -> None:
    assert site.tour(who).faults(f"/{language}/{path}") == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", KIT)
def test_a_part_of_the_kit_is_without_fault(site: Site, path: str, language: str) -> None:
    assert site.tour().faults(f"/{language}/{path}") == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("path", "size"), FACES)
def test_a_face_of_its_own_size_is_without_fault(
    site: Site, path: str, size: tuple[int, int], language: str
) -> None:
    assert site.tour().faults(f"/{language}/{path}", (size,)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_that_is_not_there_is_without_fault(site: Site, language: str) -> None:
    faults = site.tour().faults(f"/{language}/no/such/page/", status=404)

    assert [one for one in faults if "status of 404" not in one] == []


@pytest.mark.parametrize(("who", "path"), MOST_USED)
def test_large_type_and_high_contrast_lose_nothing_on_what_is_used_most(
    site: Site, who: str, path: str
) -> None:
    tour = site.tour(who, **{"linli-type": "large", "linli-contrast": "high"})

    assert tour.faults(f"/zh-hans/{path}") == []
