"""One storm is declared once, however many hands declare it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from linli.grid import permits
from linli.grid.models import Storm
from linli.grid.services import storms
from linli.grid.testing import NOON
from linli.kernel.errors import Invalid
from linli.kernel.testing import TOWN, client_of, make_actor
from linli.places.testing import make_town, make_village
from linli.runtime.testing import at_once
from linli.trail.models import Entry

pytestmark = pytest.mark.django_db
LEAD = make_actor("lead", permits.SEE, permits.DECLARE, at=TOWN)


def begin(title: str = "Number 12", kind: str = "typhoon") -> Storm:
    return storms.begin_storm(make_town(villages=1), kind, title, actor=LEAD, now=NOON)


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
