"""One storm is declared once, however many hands declare it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from linli.grid import permits
from linli.grid.errors import Over
from linli.grid.models import Storm, StormHome, StormSheet
from linli.grid.queries import storm_sheets
from linli.grid.services import homes, storms
from linli.grid.testing import NOON
from linli.grid.tests.storm_samples import helper, home, storm
from linli.grid.types.storms import HomeFacts
from linli.kernel.errors import Invalid, Stale
from linli.kernel.testing import TOWN, client_of, make_actor
from linli.places.testing import make_town, make_village
from linli.runtime.testing import at_once
from linli.trail.models import Entry

pytestmark = pytest.mark.django_db
LEAD = make_actor("lead", permits.SEE, permits.DECLARE, permits.STORM, at=TOWN)
FACTS = HomeFacts("Li", "+8613800138002", "Fig lane 9", 2, "carry", 0, None)
NUMBERS = {"houses": 2, "roads": 1, "rescuers": 20, "boats": 0}


def begin(title: str = "Number 12", kind: str = "typhoon", now: datetime = NOON) -> Storm:
    return storms.begin_storm(make_town(villages=1), kind, title, actor=LEAD, now=now)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_declare_the_same_at_once_one_is_told_that_it_is_under_way() -> None:
    make_town(villages=1)

    told = at_once(begin, begin)

    assert sorted(told) == ["", "invalid"]
    assert Storm.objects.count() == 1


def test_what_is_under_way_here_or_above_is_not_declared_again_and_another_one_is() -> None:
    first, village = begin(), make_village()
    entries = Entry.objects.count()

    with pytest.raises(Invalid) as refused:
        begin("number 12 ")
    with pytest.raises(Invalid):
        storms.begin_storm(village, "typhoon", "Number 12", actor=LEAD, now=NOON)
    page = client_of(LEAD).post(
        f"/en/grid/{first.path.strip('/').rpartition('/')[2]}/storms/new/",
        {"kind": "typhoon", "title": "Number 12", "key": "1"},
    )

    assert set(refused.value.fields) == {"title"}
    assert page.status_code == 422 and "It is under way already since" in page.content.decode()
    assert (Storm.objects.count(), Entry.objects.count()) == (1, entries)
    begin("Number 13")
    begin(kind="flood")
    storms.end_storm(first, actor=LEAD, now=NOON + timedelta(days=2))
    begin()
    assert Storm.objects.count() == 4


def test_what_villages_declared_first_goes_on_in_the_storm_of_the_town_with_homes_and_numbers() -> (
    None
):
    village, other = make_village(), make_village("441900005002")
    first = storm()
    one = home(first, helper()[1])
    storms.type_sheet(first, village, NUMBERS, actor=LEAD, now=NOON)
    second = storms.begin_storm(other, first.kind, "number 12", actor=LEAD, now=NOON)
    storms.type_sheet(second, other, NUMBERS, actor=LEAD, now=NOON)
    apart = storms.begin_storm(other, first.kind, "Number 13", actor=LEAD, now=NOON)

    whole = begin(first.title, first.kind)

    summed = storm_sheets.sheet_of(whole, make_town())
    assert (summed.houses, summed.homes) == (4, 1)
    assert StormHome.objects.get().storm_id == whole.pk
    under_way = Storm.objects.filter(ended_on__isnull=True)
    assert set(under_way.values_list("pk", flat=True)) == {whole.pk, apart.pk}
    homes.mark_home(one, "move", actor=LEAD, now=NOON)
    assert Entry.objects.filter(verb="grid.storm_went_on").count() == 2


def test_what_a_phone_still_enters_for_the_one_below_counts_in_the_one_of_the_town() -> None:
    village, first = make_village(), storm()
    storms.type_sheet(first, village, NUMBERS, actor=LEAD, now=NOON)
    whole = begin(first.title, first.kind)

    storms.type_sheet(first, village, {**NUMBERS, "houses": 7}, edition=1, actor=LEAD, now=NOON)
    first.refresh_from_db()
    with pytest.raises(Stale):
        storms.type_sheet(first, village, NUMBERS, edition=1, actor=LEAD, now=NOON)
    named = homes.name_home(
        first, village, replace(FACTS, helper_id=helper()[1]), actor=LEAD, now=NOON
    )

    assert StormSheet.objects.get().storm_id == named.storm_id == whole.pk
    assert StormSheet.objects.get().houses == 7
    storms.end_storm(whole, anyway=True, actor=LEAD, now=NOON)
    later = NOON + timedelta(days=300)
    begin(first.title, first.kind, later)
    with pytest.raises(Over):
        storms.type_sheet(first, village, NUMBERS, actor=LEAD, now=later)
