"""What cannot follow a split by itself goes to the part that somebody names, in the same transaction."""

from datetime import date
from uuid import uuid4

import pytest

from linli.access.models import GivenRight
from linli.access.testing import make_account, make_right
from linli.kernel.registries import REFERENCES, Reference
from linli.kernel.testing import client_of, make_actor
from linli.orgs.models import Organisation
from linli.orgs.testing import make_organisation
from linli.people.models import Residency
from linli.people.queries.scopes import held
from linli.people.testing import make_person
from linli.places import permits, queries, services
from linli.places.models import Place, PlaceChange
from linli.places.queries.hanging import PATHS
from linli.places.services.changes import Decree, NewPlace
from linli.places.testing import NOON, make_group, make_town
from linli.runtime.models import LongJob
from linli.runtime.testing import make_long_job

pytestmark = pytest.mark.django_db
VILLAGE = "441900005001"
LEAD = make_actor("city lead", permits.CHANGE, at="441900/")
DECREE = Decree("示民〔2026〕1号", date(2026, 11, 1))
PARTS = (
    NewPlace("441900005901", "东村", "East", "东村", weight=1),
    NewPlace("441900005902", "西村", "West", "西村", weight=3),
)
ADDRESS = f"/zh-hans/register/places/{VILLAGE}/split/"
TYPED = {
    "document": "示民〔2026〕1号", "effective_on": "20261101", "reason": "",
    "parts": "441900005901|东村|东村|East|1\n441900005902|西村|西村|West|3",
}  # fmt: skip


@pytest.fixture
def village() -> Place:
    """A village with a body, an account, a right, somebody who lives there, and a job."""
    make_town()
    held.forget()
    place = Place.objects.get(code=VILLAGE)
    make_organisation(at=place)
    make_account(path=place.path)
    make_right("clerk", path=place.path, account=make_account(path=place.path))
    make_person(village=VILLAGE)
    make_long_job(now=NOON)
    return place


def whose() -> dict[str, str]:
    """Where each thing hangs now, by the code of its place."""
    return {
        "orgs": Organisation.objects.get().place.code,
        "access": GivenRight.objects.get().path.split("/")[2],
        "people": Residency.objects.get().path.split("/")[2],
        PATHS: LongJob.objects.get().place.split("/")[2],
    }


def test_each_kind_is_asked_once_whatever_moves_together(village: Place) -> None:
    keys = [estate.key for estate in queries.estates_of(village)]

    assert sorted(keys) == sorted(["orgs", "access", "people", PATHS])
    assert queries.estates_of(Place.objects.get(code="441900005002")) == []


def test_residents_of_a_town_go_with_their_villages_and_are_not_asked_for(village: Place) -> None:
    town = village.parent
    assert town is not None

    assert [e.key for e in queries.estates_of(town) if e.key == "people"] == []


def test_what_is_named_goes_where_it_is_named_and_the_rest_stays(village: Place) -> None:
    services.split_place(
        village, parts=PARTS, decree=DECREE, actor=LEAD, now=NOON,
        heirs={"orgs": 0, "people": 1, "access": 1},
    )  # fmt: skip

    assert whose() == {
        "orgs": "441900005901", "people": "441900005902", "access": "441900005902", PATHS: VILLAGE,
    }  # fmt: skip


def test_the_page_gives_everything_to_the_largest_part_unless_told_otherwise(
    village: Place,
) -> None:
    client = client_of(LEAD)

    page = client.get(ADDRESS).content.decode()
    done = client.post(
        ADDRESS, {"key": str(uuid4()), "version": 1, **TYPED, "heir_people": 0, "heir_orgs": 1}
    )

    assert 'name="heir_people"' in page
    assert 'name="heir_paths"' in page
    assert done.status_code == 303
    assert whose() == {
        "orgs": "441900005901", "people": VILLAGE, "access": "441900005902", PATHS: "441900005902",
    }  # fmt: skip


def test_a_line_that_is_not_there_is_refused_and_nothing_changes(village: Place) -> None:
    answer = client_of(LEAD).post(
        ADDRESS, {"key": str(uuid4()), "version": 1, **TYPED, "heir_people": 3}
    )

    assert answer.status_code == 422
    assert set(whose().values()) == {VILLAGE}
    assert not PlaceChange.objects.exists()


def test_a_fault_half_way_leaves_everything_where_it_was(
    village: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(old: int, new: int) -> int:
        raise RuntimeError("broken")

    entry = Reference("zz.breaks", "place", "zz", lambda pk: 1, breaks)
    monkeypatch.setitem(REFERENCES._items, entry.key, entry)

    with pytest.raises(RuntimeError):
        services.split_place(
            village, parts=PARTS, decree=DECREE, actor=LEAD, now=NOON,
            heirs={"orgs": 0, "people": 0, "zz": 0},
        )  # fmt: skip

    assert set(whose().values()) == {VILLAGE}
    assert Place.objects.get(code=VILLAGE).valid_to is None


def test_a_right_at_a_group_goes_with_its_group_not_with_the_rights_of_the_village(
    village: Place,
) -> None:
    group = make_group(village)
    right = make_right("clerk", path=group.path, account=make_account(path=group.path))
    parts = (
        NewPlace("441900005901", "东村", "East", "东村", weight=1, takes=(group.code,)),
        PARTS[1],
    )

    services.split_place(
        village, parts=parts, decree=DECREE, actor=LEAD, now=NOON, heirs={"access": 1}
    )

    right.refresh_from_db()
    group.refresh_from_db()
    assert right.path == group.path == f"{village.path[:-13]}441900005901/{group.code}/"


def test_what_stays_is_reached_from_the_page_of_each_part(village: Place) -> None:
    services.split_place(village, parts=PARTS, decree=DECREE, actor=LEAD, now=NOON)

    page = client_of(LEAD).get("/zh-hans/register/places/441900005901/").content.decode()

    assert f"/zh-hans/register/places/{VILLAGE}/" in page
    assert "前身" in page
