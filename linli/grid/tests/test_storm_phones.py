"""三防 without network: homes that a helper moves, shelters and numbers on her phone, and what she did."""

from __future__ import annotations

from datetime import timedelta

import pytest

from linli.grid import permits
from linli.grid.models import Queued, StormHome, StormSheet
from linli.grid.queries.day import day_of
from linli.grid.queries.entry_words import lines_of
from linli.grid.services import homes, kept, storms
from linli.grid.testing import NOON, make_cell
from linli.grid.tests.queues import Phone
from linli.grid.tests.storm_samples import HALL, OFFICE, helper, home, storm
from linli.kernel.permits import Actor
from linli.kernel.testing import VILLAGE, client_of, make_actor
from linli.places.testing import make_village

pytestmark = pytest.mark.django_db
CODE = VILLAGE.rstrip("/").rpartition("/")[2]
NUMBERS = {"houses": 2, "roads": 0, "rescuers": 20, "boats": 1}


def keeper() -> Actor:
    """Somebody with a phone who keeps the lists of the village."""
    return make_actor("keeper", permits.WORK, permits.STORM, permits.SEE, account_id=31)


def test_the_day_holds_the_helpers_own_homes_masked_and_shelters_with_their_room() -> None:
    make_cell(make_village())
    at, (worker, post), (other, _post) = storm(), helper(), helper()
    hall = storms.add_shelter(make_village(), HALL, actor=OFFICE, now=NOON)
    one = home(at, post, shelter=hall.pk)

    mine, hers = day_of(worker, NOON), day_of(other, NOON)

    (row,) = mine["homes"]
    assert (row["id"], row["people"], row["state"]) == (one.pk, 3, "named")
    assert HALL.title in row["shelter"]
    for secret in ("Chen Ah Po", "13800138001", "Fig lane"):
        assert secret not in str(mine)
    assert {each["move"] for each in mine["home_states"]["named"]["moves"]} == {"move", "stay"}
    (place,) = mine["storms"]
    assert (place["shelters"][0]["left"], place["may_type"], place["edition"]) == (2, False, 0)
    assert place["numbers"] == dict.fromkeys(NUMBERS)
    assert hers["homes"] == [] and len(hers["storms"]) == 1
    assert client_of(worker).get("/api/v1/grid/day/").json()["homes"][0]["id"] == one.pk
    storms.end_storm(at, anyway=True, actor=OFFICE, now=NOON)
    over = day_of(worker, NOON)
    assert over["homes"] == [] and over["storms"] == []


def test_marks_of_the_phone_are_made_once_in_their_order() -> None:
    at, (worker, post) = storm(), helper()
    one, phone = home(at, post), Phone(worker)
    phone.does("home", home=one.pk, move="stay", state="named")
    phone.does("home", home=one.pk, move="move", state="stays")

    first, again = phone.sends(), phone.sends()

    assert [each.state for each in first] == ["done", "done"]
    assert all(each.is_repeated for each in again)
    one.refresh_from_db()
    assert (one.state, one.edition) == ("moved", 3)


def test_a_home_that_the_office_marked_meanwhile_waits_for_a_person() -> None:
    at, (worker, post) = storm(), helper()
    one, phone = home(at, post), Phone(worker)
    homes.mark_home(one, "stay", actor=OFFICE, now=NOON)
    phone.does("home", home=one.pk, move="move", state="named")

    (result,) = phone.sends()

    assert (result.state, result.reason) == ("conflict", "moved_meanwhile")
    one.refresh_from_db()
    assert one.state == "stays"
    row = Queued.objects.get()
    assert row.path == VILLAGE
    kept.apply_anew(row, actor=worker, now=NOON + timedelta(hours=1))
    one.refresh_from_db()
    assert one.state == "moved"


def test_who_decides_reads_how_many_people_and_no_name() -> None:
    at, (worker, post) = storm(), helper()
    one, phone = home(at, post), Phone(worker)

    lines = dict(lines_of(phone.does("home", home=one.pk, move="move", state="named")))

    assert "3" in str(lines) and one.masked_name not in str(lines)


@pytest.mark.parametrize("wrong", [{"home": 0}, {"home": "1"}, {"move": "fly"}, {"move": "return"}])
def test_what_cannot_be_is_kept_and_changes_nothing(wrong: dict[str, object]) -> None:
    at, (worker, post) = storm(), helper()
    one, phone = home(at, post), Phone(worker)
    phone.does("home", **{"home": one.pk, "move": "move", "state": "named", **wrong})

    (result,) = phone.sends()

    assert result.state in ("refused", "conflict")
    assert StormHome.objects.get().state == "named"


def test_another_helpers_home_is_not_found_by_the_phone() -> None:
    at, (_worker, post), (other, _post) = storm(), helper(), helper()
    one, phone = home(at, post), Phone(other)
    phone.does("home", home=one.pk, move="move", state="named")

    (result,) = phone.sends()

    assert (result.state, result.reason) == ("refused", "not_found")
    assert StormHome.objects.get().state == "named"


def test_numbers_of_the_phone_are_typed_and_overwrite_nobodys_later_ones() -> None:
    at, actor = storm(), keeper()
    phone = Phone(actor)
    phone.does("numbers", storm=at.pk, village=CODE, edition=0, **NUMBERS)
    phone.does("numbers", storm=at.pk, village=CODE, edition=0, **{**NUMBERS, "houses": 9})

    first, late = phone.sends()

    assert (first.state, late.state) == ("done", "conflict")
    assert (StormSheet.objects.get().houses, StormSheet.objects.get().boats) == (2, 1)
    assert ("9" in str(lines_of(phone.entries[1]))) is True


@pytest.mark.parametrize(
    "wrong", [{"houses": -1}, {"roads": "x"}, {"boats": False}, {"storm": 9999}]
)
def test_numbers_that_cannot_be_are_refused(wrong: dict[str, object]) -> None:
    at, phone = storm(), Phone(keeper())
    phone.does("numbers", **{"storm": at.pk, "village": CODE, "edition": 0, **NUMBERS, **wrong})

    (result,) = phone.sends()

    assert result.state == "refused" and not StormSheet.objects.exists()


def test_who_keeps_no_lists_types_no_numbers() -> None:
    at, (worker, _post) = storm(), helper()
    phone = Phone(worker)
    phone.does("numbers", storm=at.pk, village=CODE, edition=0, **NUMBERS)

    (result,) = phone.sends()

    assert result.state == "refused" and not StormSheet.objects.exists()
