"""Where somebody's own matters belong, and what she holds anywhere."""

from __future__ import annotations

import pytest

from linli.kernel.errors import NotAllowed
from linli.kernel.permits import (
    NOBODY,
    PERMITS,
    Actor,
    Grant,
    outermost,
    require_somewhere,
    system_actor,
)

V1, V2 = "441900/441900005/441900005001/", "441900/441900005/441900005002/"
OTHER = "441900/441900006/441900006001/"


@pytest.mark.parametrize(
    ("paths", "place"),
    [
        ((V1,), V1),
        ((V1, V1), V1),
        ((V1, V2), "441900/441900005/"),
        ((V1, OTHER), "441900/"),
        ((V1, "441900/"), "441900/"),
        (("441900/441900005/", "441900/441900005/44190000500/"), "441900/441900005/"),
        ((), ""),
    ],
)
def test_ones_place_is_the_smallest_that_holds_all(paths: tuple[str, ...], place: str) -> None:
    actor = Actor(1, None, "x", tuple(Grant("people.view", path, 4) for path in paths))

    assert actor.place == place


def test_nobody_and_jobs_have_no_place() -> None:
    assert NOBODY.place == system_actor("job").place == ""


def test_what_is_held_anywhere_opens_a_list_and_a_system_actor_holds_all() -> None:
    one, other = PERMITS["people.view"], PERMITS["people.edit"]
    actor = Actor(1, None, "clerk", (Grant(one.name, V1, 4),))

    assert actor.holds(one) and actor.holds(other, one) and system_actor("job").holds(other)
    assert not actor.holds(other) and not NOBODY.holds(one)
    require_somewhere(actor, other, one)
    with pytest.raises(NotAllowed) as refused:
        require_somewhere(actor, other)
    assert refused.value.details["permit"] == other.name


def test_of_places_in_each_other_the_outermost_is_named_and_of_equal_ones_one() -> None:
    assert outermost([V1, OTHER, "441900/441900005/", V2, OTHER]) == ("441900/441900005/", OTHER)
    assert outermost([]) == ()
