"""What others answered after a phone had seen a check is told apart from what it saw itself."""

from __future__ import annotations

import pytest

from linli.offerings.rules.check_answers import Answer, changed_meanwhile

YES, NO = ("yes", "", ""), ("no", "没有坡道", "2026-12-31")


@pytest.mark.parametrize(
    ("seen", "now", "changed"),
    [
        ({}, {}, []),
        ({"a": YES}, {"a": YES}, []),
        ({"a": ("", "", "")}, {}, []),
        ({}, {"a": YES}, ["a"]),
        ({"a": YES}, {"a": NO}, ["a"]),
        ({"a": NO}, {"a": ("no", "没有坡道", "2027-01-31")}, ["a"]),
        # what others did elsewhere hinders nothing
        ({"a": YES}, {"a": YES, "b": NO}, []),
    ],
)
def test_only_points_that_are_answered_now_and_changed_since_hinder(
    seen: dict[str, Answer], now: dict[str, Answer], changed: list[str]
) -> None:
    assert changed_meanwhile(["a"], seen, now) == changed
