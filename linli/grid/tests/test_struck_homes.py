"""三防: the same home twice is asked about, and one entered by mistake is taken off the list and put back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from linli.grid import permits
from linli.grid.errors import Over, ShelterFull
from linli.grid.models import StormHome
from linli.grid.queries import storm_sheets
from linli.grid.queries import storms as queries
from linli.grid.services import homes, storms, striking
from linli.grid.testing import NOON
from linli.grid.tests.storm_samples import HALL, OFFICE, helper, home, storm
from linli.grid.types.storms import HomeFacts
from linli.kernel.errors import Invalid, NotAllowed, NotFound, Stale, WrongState
from linli.kernel.testing import client_of, make_actor, post_json
from linli.places.testing import make_village
from linli.trail.models import Entry

pytestmark = pytest.mark.django_db
LIKE = HomeFacts("Chen", "", " fig LANE８", 3, "none", 0)


@pytest.mark.parametrize(
    "like", [LIKE, replace(LIKE, address="Round the corner", phone="+8613800138001")]
)
def test_a_home_that_is_on_the_list_already_is_named_again_only_by_who_says_that_it_is_another(
    like: HomeFacts,
) -> None:
    at, (_worker, post) = storm(), helper()
    home(at, post)
    like, village = replace(like, helper_id=post), make_village()

    with pytest.raises(Invalid) as asked:
        homes.name_home(at, village, like, actor=OFFICE, now=NOON)
    assert set(asked.value.fields) == {"is_another"} and StormHome.objects.count() == 1
    assert "Fig lane" not in str(asked.value.fields)
    homes.name_home(at, village, like, is_another=True, actor=OFFICE, now=NOON)
    other = replace(like, address="Fig lane 80", phone="")
    homes.name_home(at, village, other, actor=OFFICE, now=NOON)
    with pytest.raises(Invalid):
        homes.change_home(StormHome.objects.latest("pk"), like, actor=OFFICE, now=NOON)

    assert StormHome.objects.count() == 3


def test_page_and_api_ask_and_take_the_answer() -> None:
    at, (_worker, post) = storm(), helper()
    home(at, post)
    client, code = client_of(OFFICE), make_village().code
    url, api = (
        f"/en/grid/{code}/storms/{at.pk}/homes/new/",
        f"/api/v1/grid/storms/{at.pk}/homes/{code}/",
    )
    typed = {
        "name": "Chen",
        "address": "Fig lane 8",
        "people": 3,
        "need": "none",
        "helper_id": post,
    }

    asked = client.post(url, {**typed, "key": "1"})
    told = post_json(client, api, typed)
    assert asked.status_code == told.status_code == 422 and StormHome.objects.count() == 1
    assert 'type="checkbox" id="id_is_another"' in asked.content.decode()
    assert 'type="checkbox" id="id_is_another"' not in client.get(url).content.decode()
    assert "is_another" in told.content.decode()

    client.post(url, {**typed, "is_another": "on", "key": "2"})
    assert post_json(client, api, {**typed, "is_another": True}).status_code == 201
    assert StormHome.objects.count() == 3


def test_a_home_entered_by_mistake_counts_nowhere_and_is_put_back_where_there_is_room() -> None:
    at, (worker, post) = storm(), helper()
    hall = storms.add_shelter(make_village(), HALL, actor=OFFICE, now=NOON)
    one = home(at, post, people=4, shelter=hall.pk)

    for who, fault in (
        (worker, NotAllowed),
        (make_actor("away", permits.STORM, at="4/"), NotFound),
    ):
        with pytest.raises(fault):
            striking.strike_home(one, "twice", actor=who, now=NOON)
    with pytest.raises(Invalid):
        striking.strike_home(one, " ", actor=OFFICE, now=NOON)
    with pytest.raises(Stale):
        striking.strike_home(one, "twice", edition=9, actor=OFFICE, now=NOON)
    assert StormHome.objects.get().state == "named"
    one = striking.strike_home(one, "entered twice", actor=OFFICE, now=NOON)

    assert storm_sheets.sheet_of(at, make_village()).people is None
    assert list(queries.own_homes(worker)) == []
    second = home(at, post, people=3, shelter=hall.pk)
    for act in (lambda: homes.mark_home(one, "move", actor=worker, now=NOON),
                lambda: homes.change_home(one, LIKE, actor=OFFICE, now=NOON)):  # fmt: skip
        with pytest.raises(WrongState):
            act()
    with pytest.raises(ShelterFull):
        striking.restore_home(one, actor=OFFICE, now=NOON)
    assert StormHome.objects.get(pk=one.pk).why == "entered twice"
    striking.strike_home(second, "nobody lives there", actor=OFFICE, now=NOON)
    back = striking.restore_home(one, actor=OFFICE, now=NOON)

    assert (back.state, back.why, storm_sheets.sheet_of(at, make_village()).people) == (
        "named",
        "",
        4,
    )
    assert Entry.objects.filter(verb__in=["grid.home_struck", "grid.home_restored"]).count() == 3
    storms.end_storm(at, anyway=True, actor=OFFICE, now=NOON)
    with pytest.raises(Over):
        striking.strike_home(back, "late", actor=OFFICE, now=NOON)


def test_it_is_struck_and_put_back_on_the_page_and_over_the_api() -> None:
    at, (_worker, post) = storm(), helper()
    one, client = home(at, post), client_of(OFFICE)
    page, api = (
        f"/en/grid/{make_village().code}/storms/{at.pk}/",
        f"/api/v1/grid/storms/homes/{one.pk}/",
    )
    own = f"/en/grid/storms/homes/{one.pk}/"

    client.post(f"{own}strike/", {"why": "entered twice", "edition": one.edition, "key": "1"})
    shown, paper = client.get(page).content.decode(), client.get(f"{page}print/").content.decode()
    assert "entered twice" in shown and f"{own}restore" in shown and f"{own}move" not in shown
    assert "Chen Ah Po" not in paper
    client.post(f"{own}restore", {"key": "2"})
    assert StormHome.objects.get().state == "named"

    assert post_json(client, f"{api}strike", {"why": ""}).status_code == 422
    assert post_json(client, f"{api}strike", {"why": "twice"}).json()["state"] == "struck"
    assert post_json(client, f"{api}restore", {}).json()["why"] == ""
