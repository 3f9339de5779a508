"""The six norms as data, how a check is counted, costs summed up, and open hours told."""

from __future__ import annotations

from datetime import date

import pytest

from linli.offerings.queries.norms import norms, platforms, points
from linli.offerings.rules.centres import cost_table, faults_of_point, merged, open_now, tally_of
from linli.offerings.types.centres import CostKind, Met, Said

TUESDAY, WEDNESDAY = date(2026, 11, 24), date(2026, 11, 25)
HOUSE = [(510, 720), (840, 1050)]


def test_there_are_six_norms_and_seven_platforms_as_the_plan_names_them() -> None:
    named = [one.zh for one in norms()]

    assert named == ["职能定位", "平台建设", "服务方式", "人员管理", "工作制度", "经费使用"]
    assert len(platforms()) == 7
    assert len(points()) == sum(len(one.points) for one in norms())
    assert all(one.zh and one.en and one.source for one in points().values())
    assert {one.certainty for one in points().values()} == {"sure", "check"}
    assert max(len(key) for key in points()) <= 20


def test_a_norm_is_met_when_every_point_that_applies_is_met() -> None:
    found = {one.key: "yes" for one in norms()[0].points}
    found[norms()[0].points[-1].key] = "none"
    found |= {one.key: "no" for one in norms()[1].points}
    found[norms()[2].points[0].key] = "yes"

    told = tally_of(norms(), found)

    first, second, third = (told[one.key] for one in norms()[:3])
    assert (first.met, first.applies, first.is_met) == (3, 3, True)
    assert (second.met, second.is_answered, second.is_met) == (0, True, False)
    assert (third.met, third.is_answered, third.is_met) == (1, False, False)


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        (Said(Met.YES), ""),
        (Said(Met.NONE), "words"),
        (Said(Met.NONE, "没有厕所"), ""),
        (Said(Met.NO, "  ", WEDNESDAY), "words"),
        (Said(Met.NO, "门口有台阶"), "due"),
        (Said(Met.NO, "门口有台阶", TUESDAY), ""),
        (Said(Met.NO, "门口有台阶", date(2026, 11, 23)), "past"),
    ],
)
def test_what_is_not_met_needs_words_and_a_day(said: Said, fault: str) -> None:
    assert faults_of_point(said, TUESDAY) == fault


def test_costs_are_summed_by_kind_and_year() -> None:
    rows = [(2026, "power", 100), (2026, "power", 50), (2025, "staff", 7), (2020, "staff", 9)]

    table = cost_table(rows, [2026, 2025])

    assert table.rows == ((CostKind.STAFF, (0, 7)), (CostKind.POWER, (150, 0)))
    assert table.sums == (150, 7)


def test_openings_of_windows_become_those_of_the_house() -> None:
    assert merged([(840, 900), (510, 530), (530, 720), (600, 700)]) == [(510, 720), (840, 900)]
    assert merged([]) == []


@pytest.mark.parametrize(
    ("minute", "is_open", "until", "next_on", "next_at"),
    [
        (509, False, "", TUESDAY, "08:30"),
        (510, True, "12:00", None, ""),
        (719, True, "12:00", None, ""),
        (720, False, "", TUESDAY, "14:00"),
        (1050, False, "", WEDNESDAY, "08:30"),
    ],
)
def test_a_house_says_until_when_or_when_next(
    minute: int, is_open: bool, until: str, next_on: date | None, next_at: str
) -> None:
    told = open_now([(TUESDAY, HOUSE), (WEDNESDAY, HOUSE)], minute)

    assert (told.is_open, told.until) == (is_open, until)
    assert (told.next_on, told.next_at) == (next_on, next_at)
    assert told.today == ((510, 720), (840, 1050))


def test_a_house_without_hours_says_that_nothing_is_known() -> None:
    told = open_now([(TUESDAY, [])], 600, is_known=False)

    assert not told.is_known
    assert not told.is_open
