"""Where somebody's own matters belong."""

from __future__ import annotations

import pytest

from linli.kernel.permits import NOBODY, Actor, Grant, system_actor

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
