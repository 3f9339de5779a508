"""Papers of a place that ended stay with it, and whoever looks after what followed it reads them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from linli.documents import permits, queries
from linli.documents.testing import CLERK, make_document, make_seal_use
from linli.kernel.errors import NotFound
from linli.kernel.permits import PERSONAL
from linli.kernel.registries import FORMER_PATHS
from linli.kernel.testing import TOWN, VILLAGE, make_actor
from linli.places import permits as place_permits
from linli.places import services as places
from linli.places.models import Place
from linli.places.services.changes import Decree, NewPlace
from linli.places.testing import make_town

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
LEAD = make_actor("city lead", place_permits.CHANGE, at="441900/")
BY = {"actor": LEAD, "now": NOON, "decree": Decree("示民发〔2026〕1号", date(2026, 11, 1))}
MERGED, EAST, WEST = (f"{TOWN}44190000590{n}/" for n in (0, 1, 2))


def reader(path: str, *, ceiling: int = 5) -> object:
    return make_actor("reader", permits.READ, at=path, account_id=77, ceiling=ceiling)


def numbers(actor: object) -> list[str]:
    return [one.number for one in queries.list_documents(actor, queries.Filter()).items]  # type: ignore[arg-type]


def merged() -> None:
    olds = list(Place.objects.filter(level="village").order_by("code")[:2])
    places.merge_places(olds, into=NewPlace("441900005900", "新村", "New", "新村"), **BY)  # type: ignore[arg-type]


def split(of: str, east: int, west: int) -> None:
    parts = [
        NewPlace("441900005901", "东村", "East", "东村", weight=east),
        NewPlace("441900005902", "西村", "West", "西村", weight=west),
    ]
    places.split_place(Place.objects.get(path=of), parts=parts, **BY)  # type: ignore[arg-type]


def test_the_clerk_of_a_merged_village_reads_the_papers_of_those_before() -> None:
    make_town(villages=3)
    paper, use = make_document(now=NOON), make_seal_use(now=NOON)
    clerk = reader(MERGED)

    before = numbers(clerk)
    merged()

    assert (before, numbers(clerk)) == ([], [paper.number])
    assert queries.get_document(clerk, paper.code) == paper  # type: ignore[arg-type]
    assert queries.may_see_file(clerk, paper.pk)  # type: ignore[arg-type]
    assert use in queries.visible_seal_uses(clerk)  # type: ignore[arg-type]
    for other in (reader(f"{TOWN}441900005003/"), reader("441900/441900006/")):
        assert numbers(other) == []
        with pytest.raises(NotFound):
            queries.get_document(other, paper.code)  # type: ignore[arg-type]


def test_personal_papers_of_before_take_the_level_that_they_took_there() -> None:
    make_town()
    paper = make_document(now=NOON, level=PERSONAL)
    merged()

    assert numbers(reader(MERGED)) == [paper.number]
    assert numbers(reader(MERGED, ceiling=3)) == []
    with pytest.raises(NotFound):
        queries.get_document(reader(MERGED, ceiling=3), paper.code)  # type: ignore[arg-type]


def test_after_a_split_the_larger_part_has_the_papers_and_the_other_none() -> None:
    make_town()
    paper = make_document(now=NOON)

    split(VILLAGE, 1, 2)

    assert (numbers(reader(WEST)), numbers(reader(EAST))) == ([paper.number], [])


def test_papers_follow_through_every_change_and_are_told_once_to_those_above() -> None:
    make_town()
    paper = make_document(now=NOON)
    merged()
    later = {**BY, "decree": Decree("示民发〔2026〕2号", date(2026, 11, 10))}
    places.split_place(
        Place.objects.get(path=MERGED), **later,  # type: ignore[arg-type]
        parts=[NewPlace("441900005901", "东", "E", "东", 2), NewPlace("441900005902", "西", "W", "西")],
    )  # fmt: skip

    assert FORMER_PATHS.call([EAST]) == [VILLAGE, f"{TOWN}441900005002/", MERGED]
    assert FORMER_PATHS.call([WEST]) == FORMER_PATHS.call([TOWN]) == FORMER_PATHS.call([]) == []
    assert numbers(reader(EAST)) == numbers(reader(TOWN)) == [paper.number]


def test_who_reads_nothing_asks_nothing() -> None:
    make_town()
    make_document(now=NOON, actor=CLERK)
    merged()

    assert numbers(make_actor("nobody", at=MERGED, account_id=78)) == []
