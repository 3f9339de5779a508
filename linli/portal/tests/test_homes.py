"""Homes of places."""

from collections.abc import Callable
from datetime import date
from itertools import product
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from linli.kernel.errors import NotFound
from linli.kernel.permits import NOBODY
from linli.kernel.registries import HOME_SLOTS, HomeItem, HomeSlot
from linli.kernel.testing import make_actor
from linli.places.models import Outline, Place
from linli.places.queries import chain_of
from linli.places.testing import make_outline, make_town, make_village, seed
from linli.places.types import PlaceRow
from linli.portal import queries
from linli.portal.permits import ANSWER as DESK_RIGHT
from linli.portal.queries import mixing
from linli.portal.queries.mixing import SHOWN_PER_SLOT, home_of
from linli.portal.views import homes

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(
    "page", ["", "places/441900990/", "places/441900990201/", "places/441900/map/"]
)
def test_every_level_has_a_home_in_both_languages(language: str, page: str) -> None:
    seed(invented=True)

    assert Client().get(f"/{language}/{page}").status_code == 200


def test_the_bare_address_leads_to_the_language_of_the_browser() -> None:
    english = Client().get("/", headers={"Accept-Language": "en-GB,en;q=0.9"})
    other = Client().get("/", headers={"Accept-Language": "zh-CN"})

    assert (english["Location"], other["Location"]) == ("/en/", "/zh-hans/")


def test_a_village_home_takes_at_most_eight_queries(django_assert_max_num_queries) -> None:
    village = make_village()

    with django_assert_max_num_queries(8):
        page = Client().get("/zh-hans/places/441900005001/").content.decode()

    assert village.code in page


def test_a_map_says_where_its_surveyed_outlines_come_from_also_that_of_a_village_itself() -> None:
    village, client = make_village(), Client()
    bare = client.get("/zh-hans/places/441900005001/map/").content.decode()
    make_outline(village.code, 113.7, 22.9)
    Outline.objects.update(is_schematic=False, source="市自然资源局 2026")

    own = client.get("/zh-hans/places/441900005001/map/").content.decode()
    town = client.get("/zh-hans/places/441900005/map/").content.decode()

    assert "这里还没有地图" in bare and "边界来源" not in bare
    assert "边界来源：市自然资源局 2026" in own and "边界来源：市自然资源局 2026" in town


def test_a_towns_home_names_each_village_once() -> None:
    make_town(villages=3)

    html = Client().get("/zh-hans/places/441900005/").content.decode()

    assert html.count("/zh-hans/places/441900005002/") == 1


@pytest.mark.parametrize("address", ["places/441900999/", "places/441900005001/door/attic/"])
def test_what_does_not_exist_is_not_found(address: str) -> None:
    make_village()

    assert Client().get(f"/zh-hans/{address}").status_code == 404


def test_a_village_home_is_true_about_empty_notices_and_leads_to_the_plan() -> None:
    make_village()

    html = Client().get("/en/places/441900005001/").content.decode()

    assert "Nothing is posted here at the moment." in html
    assert 'href="/en/plan/?town=441900005"' in html
    assert 'href="/en/plan/documents/"' in html


@pytest.mark.parametrize(
    ("door", "leads"),
    [
        ("report", "/zh-hans/feedback/"),
        ("participate", "/zh-hans/plan/pilots/"),
        ("open", "/zh-hans/plan/funding/"),
    ],
)
@pytest.mark.parametrize("face", ["", "touch/"])
def test_behind_each_door_stands_what_can_be_done_here_already(
    door: str, leads: str, face: str
) -> None:
    make_village()
    ways = {"": f"door/{door}/", "touch/": f"touch/{door}/"}

    html = Client().get(f"/zh-hans/places/441900005001/{ways[face]}").content.decode()

    assert leads in html


EMPTY_DOORS = [("door/services/", "stand beside"), ("touch/services/", "stand below")]


@pytest.fixture
def _nothing_to_do_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """A door behind which no app has anything yet."""
    left = {key: slot for key, slot in HOME_SLOTS._items.items() if slot.slot != "door:services"}
    monkeypatch.setattr(HOME_SLOTS, "_items", left)


@pytest.mark.usefixtures("_nothing_to_do_there")
@pytest.mark.parametrize(("way", "promise"), EMPTY_DOORS)
def test_an_empty_door_promises_no_phone_where_none_is_entered(way: str, promise: str) -> None:
    make_village()

    html = Client().get(f"/en/places/441900005001/{way}").content.decode()

    assert promise not in html
    assert "hotline 12345 answers" in html


@pytest.mark.usefixtures("_nothing_to_do_there")
@pytest.mark.parametrize(("way", "promise"), EMPTY_DOORS)
def test_an_empty_door_points_to_the_phone_of_the_office(
    way: str, promise: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_village()
    office = SimpleNamespace(name="Office", phone="0769-55500123", hours="", address="")
    asked = SimpleNamespace(rows=lambda: [office])
    monkeypatch.setattr("linli.orgs.queries.homes.ask_office", lambda path, on: asked)

    html = Client().get(f"/en/places/441900005001/{way}").content.decode()

    assert promise in html


@pytest.mark.parametrize(
    ("language", "gone"),
    [
        ("zh-hans", ("参保", "志愿", "合同")),
        ("en", ("insurance", "volunteering")),
    ],
)
def test_no_entrance_promises_what_does_not_stand_behind_it(
    language: str, gone: tuple[str, ...]
) -> None:
    make_village()

    html = Client().get(f"/{language}/places/441900005001/").content.decode()

    assert [word for word in gone if word in html] == []


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_what_is_fixed_is_the_same_for_everybody_on_every_day(language: str) -> None:
    make_village()
    places = chain_of("441900005001")
    anybody: Any = SimpleNamespace(
        may=lambda *_args, **_more: True, is_staff=True, account_id=1, person_id=1
    )
    fixed = [slot for slot in HOME_SLOTS if slot.is_fixed]

    with translation.override(language):
        for slot, place in product(fixed, places):
            seen = slot.items(place, anybody, date(2026, 11, 24), SHOWN_PER_SLOT)
            assert list(seen) == list(slot.items(place, NOBODY, date.min, SHOWN_PER_SLOT))
    assert (len(fixed) > 4, len(places)) == (True, 3)


def test_what_is_fixed_is_told_in_the_language_of_each_reader() -> None:
    make_village()

    told = [
        Client().get(f"/{language}/places/441900005001/").content.decode()
        for language in ("en", "zh-hans", "en")
    ]

    assert ["Which post is in charge of what" in page for page in told] == [True, False, True]


def test_what_hangs_on_a_place_is_asked_by_what_it_is_now(monkeypatch: pytest.MonkeyPatch) -> None:
    village, asked = make_village(), []

    def ahead(place: PlaceRow, *_more: object) -> Callable[[], list[HomeItem]]:
        asked.append(place.path)
        return lambda: [HomeItem(place.name, place.path)]

    slot = HomeSlot("test.slot", "links", "测试", lambda *given: ahead(*given)(), ahead=ahead)
    monkeypatch.setattr(HOME_SLOTS, "_items", {"test.slot": slot})

    def seen() -> tuple[str, str]:
        home = home_of(village.code, NOBODY, date(2026, 11, 24))
        line = home.slots["links"][0].items[0]
        assert (home.place.name, home.place.path) == (line.title, line.url)
        return line.title, line.url

    first = seen()
    assert (seen(), asked) == (first, [village.path] * 2)
    Place.objects.filter(pk=village.pk).update(name="新名村民委员会")
    assert seen() == ("新名村民委员会", village.path)
    Place.objects.filter(pk=village.pk).update(path=f"{village.path}新/")
    assert [seen() for _ in range(2)] == [("新名村民委员会", f"{village.path}新/")] * 2
    # a guess that was wrong is asked once more, and no longer the next time
    assert asked[2:] == [
        village.path, village.path, village.path, f"{village.path}新/", f"{village.path}新/",
    ]  # fmt: skip
    Place.objects.filter(pk=village.pk).update(code="441900005999")
    with pytest.raises(NotFound):
        seen()


def test_a_home_takes_as_many_queries_whether_its_place_was_read_before_or_not() -> None:
    make_village()

    def look() -> int:
        with CaptureQueriesContext(connection) as read:
            assert Client().get("/zh-hans/places/441900005001/").status_code == 200
        return len(read)

    # what else is read once, is
    look()
    known = look()
    mixing.look_again()
    assert look() == known <= 8


@pytest.mark.parametrize("address", ["/", "/map/", "/door/open/", "/?turn=1"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_ends_that_are_drawn_ahead_are_those_of_the_page(
    monkeypatch: pytest.MonkeyPatch, language: str, address: str
) -> None:
    make_village()

    def look() -> str:
        answer = Client().get(f"/{language}/places/441900005001{address}")
        assert answer.status_code == 200
        return "".join(answer.content.decode().split())

    ahead = look()
    monkeypatch.setattr(homes, "ends_of", lambda *_given: {})

    assert look() == ahead
    assert 'aria-current="page"' in ahead.replace('aria-current="page"', "", 1)


def test_an_answer_that_nobody_waited_for_is_not_taken_for_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_village()
    client = Client(raise_request_exception=False)

    def look(code: str = "441900005001") -> tuple[int, bytes]:
        answer = client.get(f"/zh-hans/places/{code}/")
        return answer.status_code, answer.content

    look()
    right = look()

    def fails(*_given: object) -> dict[str, object]:
        raise RuntimeError("the frame could not be drawn")

    with monkeypatch.context() as broken:
        broken.setattr(homes, "ends_of", fails)
        assert look()[0] == 500

    assert look() == right


def test_a_home_whose_answer_is_lost_is_told_to_nobody_in_particular(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_village()
    staff = Client(raise_request_exception=False, **{"test.actor": make_actor("clerk", DESK_RIGHT)})

    def away(*_given: object, **_more: object) -> Callable[[], object]:
        def lost() -> object:
            raise OperationalError("the server is away")

        return lost

    monkeypatch.setattr(queries, "begin_home", away)
    answer = staff.get("/en/places/441900005001/")

    assert answer.status_code == 503 and answer["Retry-After"]
    # who asks is known from the server that is away: the page is not that of the clerk who asked
    html = answer.content.decode()
    assert "Staff sign-in" in html and '/en/desk/"' not in html
