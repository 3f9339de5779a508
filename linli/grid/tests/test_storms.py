"""三防: homes are moved by a helper to a shelter with room, sealed, forgotten; numbers are typed once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection, transaction

from linli.grid import permits
from linli.grid.errors import Over, ShelterFull
from linli.grid.models import Storm, StormHome, StormHomeVault, StormSheet
from linli.grid.queries import storm_sheets
from linli.grid.queries import storms as queries
from linli.grid.services import homes, storms
from linli.grid.testing import NOON, SYSTEM, make_worker
from linli.grid.tests.storm_samples import HALL, OFFICE, helper, home, storm
from linli.grid.types.storms import HomeFacts
from linli.kernel import scope
from linli.kernel.errors import Invalid, NotAllowed, NotFound, Stale, WrongState
from linli.kernel.testing import VILLAGE, client_of, make_actor
from linli.places.testing import make_village
from linli.trail.models import Entry

pytestmark = pytest.mark.django_db
NUMBERS = {"houses": 2, "roads": 1, "rescuers": 20, "boats": 0}


def test_the_helper_marks_her_home_as_moved_and_back_and_the_sheet_counts_people() -> None:
    at, (worker, post) = storm(), helper()
    one = home(at, post)
    home(at, post, people=2)

    one = homes.mark_home(one, "move", actor=worker, now=NOON)
    moved = storm_sheets.sheet_of(at, make_village())
    homes.mark_home(one, "return", actor=worker, now=NOON)
    after = storm_sheets.sheet_of(at, make_village())

    assert (moved.homes, moved.people, moved.moved, moved.back) == (2, 5, 3, 0)
    assert (after.moved, after.back) == (3, 3)
    with pytest.raises(WrongState):
        homes.mark_home(one, "move", actor=worker, now=NOON)


def test_another_helper_neither_finds_the_home_nor_reads_it() -> None:
    at, (_worker, post) = storm(), helper()
    other, _post = helper()
    one = home(at, post)

    with pytest.raises(NotFound):
        homes.mark_home(one, "move", actor=other, now=NOON)
    with pytest.raises(NotFound):
        homes.read_homes([one], "typhoon", actor=other, now=NOON)

    assert StormHome.objects.get().state == "named"
    assert list(queries.homes_of(other, at, VILLAGE)) == []


def test_names_lie_sealed_and_every_reading_leaves_a_trace() -> None:
    at, (worker, post) = storm(), helper()
    one = home(at, post)

    told = homes.read_homes([one], "Number 12", actor=worker, now=NOON)

    assert told == {one.pk: ("Chen Ah Po", "+8613800138001", "Fig lane 8")}
    assert "Chen" not in StormHome.objects.get().masked_name[1:]
    assert Entry.objects.filter(details__reason="Number 12").count() == 1
    with scope.acting(SYSTEM):
        vault = StormHomeVault.objects.get()
    assert b"Chen" not in bytes(vault.name) and b"138" not in bytes(vault.phone)


def test_without_scope_the_vault_shows_nothing() -> None:
    at, (_worker, post) = storm(), helper()
    home(at, post)
    away = make_actor("away", permits.STORM, at="441900/441900006/")

    for who, seen in ((SYSTEM, 1), (OFFICE, 1), (away, 0)):
        with transaction.atomic(), scope.acting(who):
            assert StormHomeVault.objects.count() == seen
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM grid_stormhomevault")
        assert cursor.fetchone()[0] == 0


def test_a_shelter_takes_no_more_people_than_find_room() -> None:
    at, (worker, post) = storm(), helper()
    hall = storms.add_shelter(make_village(), HALL, actor=OFFICE, now=NOON)
    first = home(at, post, people=4, shelter=hall.pk)

    with pytest.raises(ShelterFull):
        home(at, post, people=2, shelter=hall.pk)
    assert StormHome.objects.count() == 1
    homes.mark_home(first, "stay", actor=worker, now=NOON)

    assert home(at, post, people=2, shelter=hall.pk).shelter_id == hall.pk


def test_a_home_is_given_to_no_post_that_nobody_holds() -> None:
    at = storm()
    _worker, vacant = make_worker(make_village())

    with pytest.raises(Invalid) as refused:
        home(at, vacant.pk)

    assert set(refused.value.fields) == {"helper_id"} and not StormHome.objects.exists()
    page = client_of(OFFICE).get(f"/en/grid/{make_village().code}/storms/{at.pk}/homes/new/")
    assert page.status_code == 200 and f'value="{vacant.pk}"' not in page.content.decode()


@pytest.mark.parametrize("move", ["move", "undo"])
def test_who_stayed_and_needs_a_place_after_all_needs_room_too(move: str) -> None:
    at, (worker, post) = storm(), helper()
    hall = storms.add_shelter(make_village(), HALL, actor=OFFICE, now=NOON)
    first = home(at, post, people=4, shelter=hall.pk)
    homes.mark_home(first, "stay", actor=worker, now=NOON)
    second = home(at, post, people=2, shelter=hall.pk)

    with pytest.raises(ShelterFull):
        homes.mark_home(first, move, actor=worker, now=NOON)
    first.refresh_from_db()
    assert first.state == "stays"
    homes.mark_home(second, "move", actor=worker, now=NOON)
    homes.mark_home(second, "return", actor=worker, now=NOON)

    assert homes.mark_home(first, move, actor=worker, now=NOON).state != "stays"


def test_30_days_after_the_end_who_was_moved_is_gone_and_the_numbers_stay() -> None:
    at, (_worker, post) = storm(), helper()
    home(at, post)
    storms.type_sheet(at, make_village(), NUMBERS, actor=OFFICE, now=NOON)
    storms.end_storm(at, anyway=True, actor=OFFICE, now=NOON)

    early = homes.let_go(NOON + timedelta(days=30), 100, actor=SYSTEM)
    late = homes.let_go(NOON + timedelta(days=31), 100, actor=SYSTEM)

    assert (early, late) == (0, 1)
    with scope.acting(SYSTEM):
        assert not StormHomeVault.objects.exists()
    assert storm_sheets.sheet_of(at, make_village()).houses == 2


def test_numbers_are_typed_once_and_summed_above_and_unknown_is_not_zero() -> None:
    at = storm()
    before = storm_sheets.sheet_of(at, make_village())
    first = storms.type_sheet(at, make_village(), NUMBERS, actor=OFFICE, now=NOON)

    with pytest.raises(Stale):
        storms.type_sheet(at, make_village(), NUMBERS, edition=9, actor=OFFICE, now=NOON)
    with pytest.raises(Invalid):
        storms.type_sheet(at, make_village(), {**NUMBERS, "houses": -1}, actor=OFFICE, now=NOON)
    again = {**NUMBERS, "houses": 5}
    storms.type_sheet(at, make_village(), again, edition=first.edition, actor=OFFICE, now=NOON)

    assert (before.houses, before.missing) == (None, 1)
    after = storm_sheets.sheet_of(at, make_village())
    assert (after.houses, after.boats, after.missing) == (5, 0, 0)
    assert StormSheet.objects.count() == 1


def test_only_who_keeps_lists_declares_names_and_ends() -> None:
    at, (worker, post) = storm(), helper()
    facts = HomeFacts("A", "", "B", 1, "none", post)

    with pytest.raises(NotAllowed):
        storms.begin_storm(make_village(), "flood", "X", actor=worker, now=NOON)
    with pytest.raises(NotAllowed):
        homes.name_home(at, make_village(), facts, actor=worker, now=NOON)
    with pytest.raises(NotAllowed):
        storms.end_storm(at, actor=worker, now=NOON)
    assert not StormHome.objects.exists() and Storm.objects.get().ended_on is None


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"name": " "}, "name"), ({"people": 0}, "people"), ({"need": "ill"}, "need"),
     ({"helper_id": 10**9}, "helper_id"), ({"shelter_id": 10**9}, "shelter_id")],
)  # fmt: skip
def test_a_home_that_nobody_could_find_or_move_is_refused(
    wrong: dict[str, object], field: str
) -> None:
    at, (_worker, post) = storm(), helper()
    facts = HomeFacts("Chen", "", "Fig lane 8", 2, "none", post)

    with pytest.raises(Invalid) as fault:
        homes.name_home(at, make_village(), replace(facts, **wrong), actor=OFFICE, now=NOON)  # type: ignore[arg-type]

    assert field in fault.value.fields
    assert not StormHome.objects.exists()


def test_after_the_end_no_home_is_named_any_more() -> None:
    at, (_worker, post) = storm(), helper()
    storms.end_storm(at, actor=OFFICE, now=NOON)

    with pytest.raises(Over):
        home(at, post)
    with pytest.raises(Over):
        storms.end_storm(at, actor=OFFICE, now=NOON)


def test_the_page_masks_and_the_paper_shows_in_full_only_what_one_may_see() -> None:
    at, (worker, post) = storm(), helper()
    home(at, post)
    code = make_village().code

    page = client_of(OFFICE).get(f"/en/grid/{code}/storms/{at.pk}/").content.decode()
    paper = client_of(worker).get(f"/en/grid/{code}/storms/{at.pk}/print/").content.decode()
    other, _post = helper()
    blank = client_of(other).get(f"/en/grid/{code}/storms/{at.pk}/print/").content.decode()

    assert "Chen Ah Po" not in page and "Fig lane" not in page
    assert "Chen Ah Po" in paper and "Fig lane 8" in paper
    assert "Chen" not in blank
