"""Rows are reached where one may do something and below, and nowhere else."""

from __future__ import annotations

from django.db.models import Q

from linli.kernel.permits import NOBODY, PERMITS, Actor, Grant, system_actor
from linli.kernel.reach import below, in_reach

TOWN, VILLAGE, OTHER = "1/2/", "1/2/3/", "1/4/5/"


def clerk(*grants: tuple[str, str, int]) -> Actor:
    return Actor(1, None, "clerk", tuple(Grant(*grant) for grant in grants))


def test_of_no_place_nothing_is_below() -> None:
    nothing = Q(pk__in=[])
    assert below([]) == nothing and in_reach(NOBODY, PERMITS["people.view"]) == nothing
    assert below([TOWN], "case__path") == nothing | Q(case__path__startswith=TOWN)


def test_one_reaches_where_she_holds_one_of_the_permits_each_place_named_once() -> None:
    see, edit = PERMITS["people.view"], PERMITS["people.edit"]
    actor = clerk((see.name, TOWN, 4), (see.name, VILLAGE, 4), (edit.name, OTHER, 4))
    assert in_reach(actor, see) == below([TOWN])
    assert in_reach(actor, see, edit, column="place__path") == below([TOWN, OTHER], "place__path")


def test_who_may_not_see_that_level_reaches_nothing_and_the_system_reaches_all() -> None:
    see = PERMITS["people.view"]
    low = clerk((see.name, TOWN, see.level))
    assert in_reach(low, see) == below([TOWN])
    assert in_reach(low, see, level=see.level + 1) == below([])
    assert in_reach(system_actor("job"), see) == Q()
