"""What lies in a cell is counted by its groups and buildings, and is unknown while nobody said which."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest

from linli.cases import permits as cases
from linli.cases.services.spots import NewSpot, add_spots
from linli.grid import permits
from linli.grid.models import CellPart
from linli.grid.queries.cells import find_layer
from linli.grid.queries.objects import Objects, objects_of
from linli.grid.services import events, parts
from linli.grid.testing import CELL, NOON, SYSTEM, TODAY, make_cell, make_worker
from linli.grid.types import CellKey, Matter, Sight
from linli.kernel.errors import Invalid, NotAllowed, Stale
from linli.kernel.testing import client_of, make_actor, post_json
from linli.orgs.testing import make_organisation
from linli.people.testing import make_person
from linli.places.ground import point_in
from linli.places.models import Outline, Place
from linli.places.testing import make_village
from linli.places.tests.village_parts import add, building, group
from linli.trail.models import Entry

pytestmark = pytest.mark.django_db
KEEPER = make_actor("keeper", permits.SEE, permits.KEEP)
OTHER = CellKey("social", "G2")


@pytest.fixture
def village() -> Place:
    """A village with two cells, two buildings and a group, and people in them."""
    place = make_village()
    make_cell(place), make_cell(place, "G2")
    add(place, building(1, "榕树巷3号")), add(place, building(2, "榕树巷13号")), add(place, group())
    make_person("甲", address="榕树巷 3号502")
    make_person("乙", address="榕树巷３号601")
    make_person("丙", address="榕树巷13号")
    make_person("丁", group="第一小组", address="祠堂边")
    return place


def ids(*names: str) -> list[int]:
    return list(Place.objects.filter(name__in=names).values_list("pk", flat=True))


def seen(place: Place, cell: CellKey = CELL) -> Objects:
    from linli.places.models import Cell

    layer = find_layer(cell.layer)
    return objects_of(place, layer, Cell.objects.get(code=cell.code), TODAY, SYSTEM)


def put(place: Place, *names: str, cell: CellKey = CELL, **more: object) -> int:
    return parts.put_parts(place, cell, ids(*names), actor=KEEPER, now=NOON, **more)  # type: ignore[arg-type]


def test_people_and_homes_are_those_of_the_buildings_and_groups_of_the_cell(village: Place) -> None:
    assert seen(village) == Objects(None, None, None, 0, 0, 0)

    put(village, "榕树巷3号")
    one = seen(village)
    put(village, "榕树巷3号", "第一小组")
    both = seen(village)

    assert (one.people, one.homes, one.bodies) == (2, 2, 0)
    assert (both.people, both.homes) == (3, 3)
    assert seen(village, OTHER).people is None


def test_a_building_whose_ground_is_drawn_lies_in_the_cell_around_it_unless_somebody_said_otherwise(
    village: Place,
) -> None:
    from linli.places.models import Cell

    cell = Cell.objects.get(code="G1")
    lon, lat = point_in(cell.geometry)
    edge = 1e-5
    ring = [[lon, lat], [lon + edge, lat], [lon + edge, lat + edge], [lon, lat]]
    house = Place.objects.get(name="榕树巷3号")
    Outline.objects.create(
        place=house, geometry={"type": "Polygon", "coordinates": [ring]}, is_schematic=False,
        source="survey",
    )  # fmt: skip

    drawn = seen(village)
    put(village, "榕树巷3号", cell=OTHER)
    moved = seen(village)

    assert (drawn.people, drawn.homes) == (2, 2)
    assert (moved.people, seen(village, OTHER).people) == (None, 2)


def test_the_only_cell_of_a_village_has_all_of_it() -> None:
    place = make_village()
    make_cell(place)
    make_person("甲")
    make_organisation(at=place)

    found = seen(place)

    assert (found.people, found.bodies) == (1, 1)


def test_open_events_and_spots_with_a_point_count_where_they_lie(village: Place) -> None:
    worker, _post = make_worker(village)
    sight = Sight(Matter.FACILITY, "灯不亮")
    events.report_event(village, CELL, sight, actor=worker, now=NOON)
    keeper = make_actor("spots", cases.SPOTS, at=village.path)
    add_spots(village.code, [NewSpot("无坐标的灯杆")], actor=keeper, now=NOON)

    assert (seen(village).events, seen(village).things) == (1, 0)
    assert seen(village, OTHER).events == 0


def test_a_building_lies_in_one_cell_and_moves_to_the_other(village: Place) -> None:
    put(village, "榕树巷3号", "榕树巷13号")
    put(village, "榕树巷3号", cell=OTHER)

    at = dict(CellPart.objects.values_list("part__name", "cell_code"))
    assert at == {"榕树巷3号": "G2", "榕树巷13号": "G1"}
    verbs = Entry.objects.filter(verb="grid.parts_named")
    assert [row["count"] for row in verbs.order_by("pk").values_list("details", flat=True)] == [
        2,
        1,
    ]


def test_who_saw_other_parts_or_may_not_or_names_those_of_elsewhere_changes_nothing(
    village: Place,
) -> None:
    put(village, "榕树巷3号")
    away = add(make_village("441900005002"), building(9, "别村9号"), SYSTEM)

    with pytest.raises(Stale):
        put(village, "榕树巷13号", seen=[])
    with pytest.raises(Invalid):
        parts.put_parts(village, CELL, [away.pk], actor=KEEPER, now=NOON)
    with pytest.raises(Invalid):
        put(village, "榕树巷13号", cell=CellKey("social", "G9"))
    for actor in (
        make_actor("seer", permits.SEE),
        make_actor("x", permits.KEEP, at="441900/441900006/"),
    ):
        with pytest.raises(NotAllowed):
            parts.put_parts(village, CELL, [], actor=actor, now=NOON)

    assert CellPart.objects.get().part.name == "榕树巷3号"


def test_the_page_ticks_what_lies_there_and_the_api_says_the_same(village: Place) -> None:
    client, base = client_of(KEEPER), f"/zh-hans/grid/{village.code}/cells/social/G1/"
    form = client.get(f"{base}parts/").content.decode()
    (three,) = ids("榕树巷3号")
    assert f'value="{three}"' in form

    sent = client.post(f"{base}parts/", {"parts": [three], "seen": "", "key": str(uuid4())})
    behind = client.post(f"{base}parts/", {"parts": [], "seen": "", "key": str(uuid4())})
    page = client.get(base).content.decode()
    told = client.get(f"/api/v1/grid/villages/{village.code}/cells/social/G1/objects/").json()
    api = f"/api/v1/grid/villages/{village.code}/cells/social/G1/parts"
    code = Place.objects.get(name="榕树巷13号").code
    more = post_json(client, api, {"parts": [code]})
    odd = post_json(client, api, {"parts": ["no"]})

    assert (sent.status_code, behind.status_code) == (303, 422)
    assert re.search(r"<dt>登记人口</dt><dd>2</dd>", page) and "榕树巷3号" in page
    assert (told["people"], told["homes"]) == (2, 2)
    assert (more.status_code, more.json()["parts"], odd.status_code) == (200, [code], 422)
    seer = client_of(make_actor("seer", permits.SEE))
    assert (seer.get(base).status_code, seer.get(f"{base}parts/").status_code) == (200, 403)
