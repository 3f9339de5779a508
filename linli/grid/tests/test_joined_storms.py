"""Storms of one name that meet on one ground become one, and no number is lost or counted twice."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from linli.grid import permits, tasks
from linli.grid.models import Storm, StormHome, StormSheet
from linli.grid.queries import storm_sheets
from linli.grid.services import joined_storms, storms
from linli.grid.testing import NOON
from linli.grid.tests.storm_samples import helper, home
from linli.kernel.errors import Stale
from linli.kernel.permits import system_actor
from linli.kernel.testing import TOWN, client_of, make_actor
from linli.places.models import Place
from linli.places.services import move_place
from linli.places.services.changes import Decree
from linli.places.testing import make_town
from linli.runtime.testing import Elsewhere
from linli.trail.models import Entry
from tests.two_villages import DAY, merge, villages
from tests.two_villages import LEAD as REGISTER
from tests.two_villages import NOON as DAY_OF_MERGE

pytestmark = pytest.mark.django_db
LEAD = make_actor("lead", permits.SEE, permits.DECLARE, permits.STORM, at=TOWN)
FIRST = {"houses": 2, "roads": 1, "rescuers": 20, "boats": 0}
SECOND = {"houses": 5, "roads": 0, "rescuers": 4, "boats": 3}
LATER = NOON + timedelta(hours=1)


def declared(at: Place, numbers: dict[str, int] | None = None) -> Storm:
    found = storms.begin_storm(at, "typhoon", "Number 12", actor=LEAD, now=NOON)
    if numbers is not None:
        storms.type_sheet(found, at, numbers, actor=LEAD, now=NOON)
    return found


def two_and_one() -> tuple[Storm, Storm, Place]:
    """Two villages that each declared the same storm and typed numbers become one village."""
    make_town()
    first, second = villages()
    kept, other = declared(first, FIRST), declared(second, SECOND)
    home(kept, helper()[1])
    return kept, other, merge()


def unite(at: Place) -> None:
    joined_storms.unite_storms(at.pk, actor=system_actor("test"), now=LATER)


def numbers(of: StormSheet) -> tuple[int, int, int, int]:
    return of.houses, of.roads, of.rescuers, of.boats


def test_numbers_of_two_villages_that_became_one_add_up_in_one_storm_and_in_that_of_the_town() -> (
    None
):
    kept, other, new = two_and_one()

    unite(new)
    unite(new)
    whole = declared(Place.objects.get(code="441900005"))

    other.refresh_from_db()
    assert other.ended_on and set(Storm.objects.filter(ended_on=None)) == {whole}
    sheet = StormSheet.objects.get(storm=whole, path=new.path)
    assert (numbers(sheet), sheet.is_whole) == ((7, 1, 24, 3), False)
    assert StormHome.objects.get().storm_id == whole.pk
    summed = storm_sheets.sheet_of(whole, Place.objects.get(code="441900005"))
    assert (summed.houses, summed.boats, summed.missing) == (7, 3, 0)
    assert Entry.objects.filter(verb="grid.storm_went_on").count() == 2
    assert kept.pk < other.pk < whole.pk


def test_the_town_takes_both_where_nothing_made_them_one_before() -> None:
    new = two_and_one()[2]

    whole = declared(Place.objects.get(code="441900005"))

    assert numbers(StormSheet.objects.get(storm=whole, path=new.path)) == (7, 1, 24, 3)


def test_what_is_typed_for_the_whole_village_takes_the_place_of_its_parts() -> None:
    kept, other, new = two_and_one()
    page = client_of(LEAD).get(f"/en/grid/{new.code}/storms/{kept.pk}/").content.decode()
    sheet = StormSheet.objects.get(storm=other, path=new.path)
    storms.type_sheet(other, new, SECOND, edition=sheet.edition, actor=LEAD, now=LATER)

    unite(new)

    mine = StormSheet.objects.get(storm=kept, path=new.path)
    assert (numbers(mine), mine.is_whole, mine.typed_at) == ((5, 0, 4, 3), True, LATER)
    with pytest.raises(Stale):
        storms.type_sheet(kept, new, FIRST, edition=1, actor=LEAD, now=LATER)
    after = client_of(LEAD).get(f"/en/grid/{new.code}/storms/{kept.pk}/").content.decode()
    assert "added up" in page and "added up" not in after
    told = client_of(LEAD).get(f"/api/v1/grid/storms/{kept.pk}/sheets/{new.code}/").json()
    assert (told["is_whole"], told["houses"]) == (True, 5)


@pytest.mark.django_db(transaction=True)
def test_what_is_typed_while_storms_become_one_is_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    kept, _other, new = two_and_one()
    join, typing = joined_storms._join, []

    def slowly(*sheets: StormSheet) -> None:
        typed = partial(storms.type_sheet, kept, new, FIRST, actor=LEAD, now=LATER)
        typing.append(Elsewhere(typed))
        assert typing[0].is_waiting()
        join(*sheets)

    monkeypatch.setattr(joined_storms, "_join", slowly)
    unite(new)
    for one in typing:
        one.result()

    sheet = StormSheet.objects.get(storm=kept, path=new.path)
    assert (numbers(sheet), sheet.is_whole, len(typing)) == ((2, 1, 20, 0), True, 1)


def test_of_numbers_that_a_village_typed_twice_the_last_ones_typed_count_whichever_storm_is_newer() -> (
    None
):
    make_town()
    village = villages()[0]
    first, second = declared(village, FIRST), declared(villages()[1])
    Storm.objects.filter(pk=second.pk).update(path=village.path)
    storms.type_sheet(second, village, SECOND, actor=LEAD, now=NOON - timedelta(days=1))

    whole = declared(Place.objects.get(code="441900005"))

    assert numbers(StormSheet.objects.get(storm=whole)) == (2, 1, 20, 0)
    assert set(Storm.objects.filter(ended_on=None)) == {whole} != {first}


def test_a_village_that_moves_goes_on_in_the_storm_of_its_new_town() -> None:
    make_town()
    moved = villages()[0]
    own = declared(moved, FIRST)
    other = make_town("441900006", villages=1)
    lead = make_actor("other", permits.SEE, permits.DECLARE, permits.STORM, at=other.path)
    whole = storms.begin_storm(other, "typhoon", "number 12", actor=lead, now=NOON)
    apart = storms.begin_storm(other, "typhoon", "Number 13", actor=lead, now=NOON)

    to = Decree("1", DAY)
    move_place(
        moved, under=other, decree=to, version=moved.version, actor=REGISTER, now=DAY_OF_MERGE
    )
    jobs = ProcrastinateJob.objects.filter(task_name="grid.unite_storms")
    assert [job.args for job in jobs] == [{"place_id": moved.pk}]
    tasks.unite_storms(place_id=moved.pk)

    assert numbers(StormSheet.objects.get(storm=whole)) == (2, 1, 20, 0)
    own.refresh_from_db()
    assert own.ended_on and set(Storm.objects.filter(ended_on=None)) == {whole, apart}
