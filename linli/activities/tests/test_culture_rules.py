"""Seasons and counts of wishes in culture."""

from __future__ import annotations

from datetime import date

import pytest

from linli.activities.rules.culture import counted, read_season, season_of, seasons_before
from linli.activities.types.culture import Subject, SubjectCount

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("on", "season"),
    [(date(2026, 1, 1), "2026-1"), (date(2026, 3, 31), "2026-1"), (date(2028, 2, 29), "2028-1"),
     (date(2026, 12, 31), "2026-4")],
)  # fmt: skip
def test_a_season_is_a_quarter(on: date, season: str) -> None:
    assert season_of(on) == season


@pytest.mark.parametrize("typed", ["", "2026-5", "2027-1", "2026-4' --", "２０２６-1", "1999-1"])
def test_an_unknown_or_coming_season_is_that_of_today(typed: str) -> None:
    assert read_season(typed, TODAY) == "2026-4"
    assert read_season("2026-1", TODAY) == "2026-1"


def test_seasons_go_back_over_the_year() -> None:
    assert seasons_before("2026-2", 4) == ["2026-2", "2026-1", "2025-4", "2025-3"]


def test_wishes_are_counted_by_subject_and_an_offer_without_a_wish_is_told() -> None:
    wishes = [("film", True), ("film", False), ("sport", False)]

    assert counted(wishes, ["opera", "film"]) == [
        SubjectCount(Subject.FILM, 2, 1, 1),
        SubjectCount(Subject.SPORT, 1, 0, 0),
        SubjectCount(Subject.OPERA, 0, 0, 1),
    ]
