"""Every kind of page in Chromium: axe finds nothing, nothing overflows, nobody else is asked."""

from __future__ import annotations

import pytest

from linli.demo.cast import TOWN, VILLAGE_1
from tests.browser.conftest import Site
from tests.samples import Samples

pytestmark = pytest.mark.browser

VILLAGE = f"places/{VILLAGE_1}/"
HALL, WALL = (1080, 1920), (1920, 1080)
# what is between braces is a thing of the city: beginning of a route, parameter
OPEN = [
    "", f"places/{TOWN}/", VILLAGE, "places/441900/map/", f"{VILLAGE}map/",
    f"{VILLAGE}door/services/", f"{VILLAGE}door/open/", "search/?q=示范", "search/?q=",
    "feedback/", "feedback/follow/", "feedback/{feedback/<str:code>/ code}/", "me/", "preferences/", "privacy/",
    "accessibility/", "objections/", "access/sign-in/", "access/sign-in/resident/",
    "access/sign-in/forgot/", f"{VILLAGE}organisations/", "organisations/{organisations/ code}/",
    f"{VILLAGE}centres/", "posts/{posts/ post_id}/", "plan/", "plan/?task=12",
    "plan/documents/", "plan/documents/{plan/documents/ code}/",
    "plan/documents/{plan/documents/ code}/measures/",
    "plan/documents/{plan/documents/ code}/targets/",
    "plan/documents/{plan/documents/ code}/tasks/12/", "plan/pilots/", "plan/practices/",
    "plan/funding/", "rulebook/", "rulebook/village.notice/", "rulebook/changes/",
    "rulebook/calendar/2026/", "register/places/", f"register/places/{VILLAGE_1}/",
    f"register/places/{VILLAGE_1}/cells/", "log/", "log/heads/", "log/0/",
    "check/{check/ code}/", "who-read-my-data/",
]  # fmt: skip
HERS = [
    VILLAGE, "desk/", "me/", "search/?q=chenchongbu", "people/", "people/?q=chenchongbu",
    "people/{people/ person_id}/", "people/{people/ person_id}/edit/", "people/new/",
    "people/households/", "people/households/{people/households/ household_id}/",
    "people/dwellings/", "people/dwellings/{people/dwellings/ dwelling_id}/", "people/rolls/",
    "people/rolls/{people/rolls/ roll_id}/", "people/imports/", "people/imports/new/",
    "people/imports/{people/imports/ run_id}/", "people/pairs/",
    "people/pairs/{people/pairs/ pair_id}/", "people/month/", "people/number/",
    f"{VILLAGE}staff/", f"{VILLAGE}certificates/", f"{VILLAGE}training/",
    f"{VILLAGE}organisations/new/", "organisations/{organisations/ code}/correct/", "documents/",
    "documents/{documents/ code}/", "seal-uses/", "seal-uses/{seal-uses/ use_id}/",
    "seal-uses/apply/", "jobs/", "jobs/{jobs/ code}/", "views/", "inbox/", "inbox/choices/",
    "inbox/{inbox/ code}/", "feedback/inbox/",
    "feedback/inbox/{feedback/ code}/", "access/security/", "access/posts/", "access/deputies/",
    "access/tokens/", "access/special/", "access/data-requests/",
    "access/data-requests/{access/data-requests/ number}/", "access/my-data/",
]  # fmt: skip
OTHERS = [
    ("he.weiming", "access/accounts/"), ("he.weiming", "access/accounts/new/"),
    ("he.weiming", "access/accounts/{access/accounts/ account_id}/"),
    ("he.weiming", "access/devices/"), ("he.weiming", "access/resets/"),
    ("he.weiming", "access/rights/"), ("he.weiming", "access/reviews/"),
    ("he.weiming", "access/residents/"), ("he.weiming", "holdings/{holdings/ holding_id}/end/"),
    ("he.weiming", "handovers/{handovers/ handover_id}/"),
    ("security", "access/rights/new/"), ("security", "access/templates/"),
    ("security", "access/import/"),
    ("auditor", "trail/"), ("auditor", "trail/{trail/ entry_id}/"),
    ("operator", "deliveries/"), ("operator", "rulebook/calendar/load"),
    ("zeng.xianzhang", "rulebook/village.notice/add"), ("zeng.xianzhang", "plan/pilots/new/"),
    ("city.plan", "plan/"), ("city.plan", "plan/filings/"),
    ("city.plan", "plan/filings/{plan/filings/ plan_id}/"),
    ("city.plan", "plan/reports/{plan/reports/ report_id}/"),
    ("city.plan", "plan/visits/{plan/visits/ visit_id}/"), ("city.plan", "plan/visits/new/"),
    ("city.plan", "plan/documents/{plan/documents/ code}/correct/task/1/departments/"),
    ("city.plan", f"register/places/{VILLAGE_1}/rename/"), ("city.plan", "desk/"),
]  # fmt: skip
KIT = ["_kit/", "_kit/resident/", "_kit/desk/", "_kit/counter/", "_kit/counter/?turn=1"]
FACES = [
    ("_kit/touch/", HALL), ("_kit/screen/", WALL), ("_kit/paper/", (1280, 900)),
    ("_kit/paper/", (360, 800)),
    (f"{VILLAGE}touch/", HALL), (f"{VILLAGE}touch/report/", HALL), (f"{VILLAGE}screen/", WALL),
    ("plan/print/", (1280, 900)),
]  # fmt: skip
MOST_USED = [("", VILLAGE), ("", "feedback/"), ("", "plan/"),
             ("ye.shaofen", "desk/"), ("ye.shaofen", "people/")]  # fmt: skip


def filled(path: str, things: Samples) -> str:
    """Return a path with the things of the city in it."""
    for (route, parameter), value in things.by_route.items():
        path = path.replace(f"{{{route} {parameter}}}", str(value))
    assert "{" not in path, path
    return path


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("path", [*OPEN, *KIT])
def test_a_page_for_everybody_is_without_fault(site: Site, path: str, language: str) -> None:
    where = f"/{language}/{filled(path, site.city.samples)}"

    assert site.tour().faults(where) == []


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("path", HERS)
def test_a_page_of_a_clerk_is_without_fault(site: Site, path: str, language: str) -> None:
    where = f"/{language}/{filled(path, site.city.samples)}"

    assert site.tour("ye.shaofen").faults(where) == []


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(("who", "path"), OTHERS)
def test_a_page_of_other_posts_is_without_fault(
    site: Site, who: str, path: str, language: str
) -> None:
    where = f"/{language}/{filled(path, site.city.samples)}"

    assert site.tour(who).faults(where) == []


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(("path", "size"), FACES)
def test_a_face_of_its_own_size_is_without_fault(
    site: Site, path: str, size: tuple[int, int], language: str
) -> None:
    assert site.tour().faults(f"/{language}/{path}", (size,)) == []


@pytest.mark.parametrize(("who", "path"), MOST_USED)
def test_large_type_and_high_contrast_lose_nothing_on_what_is_used_most(
    site: Site, who: str, path: str
) -> None:
    tour = site.tour(who, **{"linli-type": "large", "linli-contrast": "high"})

    assert tour.faults(f"/zh-hans/{path}") == []
