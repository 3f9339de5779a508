"""Force rule, unknown is not zero, whole numbers are compared, six contents."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.plan.reading import read_plan
from linli.plan.rules import corrections
from linli.plan.rules.chart import columns
from linli.plan.rules.contents import lacking, level_of_values, suggested
from linli.plan.rules.progress import (
    Cell,
    Count,
    Goal,
    Pile,
    Standing,
    Tally,
    average_of,
    is_reached,
    measured_cell,
    percent_of,
    pile_of,
    reported_cell,
    standing_of,
    tally,
)
from linli.plan.rules.texts import sha256_of

PAST, TODAY, AHEAD = date(2017, 2, 28), date(2026, 11, 24), date(2027, 1, 1)


def goal(**more: object) -> Goal:
    fields: dict[str, object] = {
        "code": "T1", "kind": "milestone", "operator": "=", "value": "100",
        "unit": "percent of villages", "force": "require", "deadline": PAST,
    }  # fmt: skip
    return Goal(**{**fields, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("force", "deadline", "standing"),
    [
        ("require", PAST, Standing.LATE),
        ("require", TODAY, Standing.RUNNING),
        ("require", AHEAD, Standing.RUNNING),
        ("require", None, Standing.RUNNING),
        ("strive", PAST, Standing.SHORT),
        ("strive", AHEAD, Standing.RUNNING),
        ("encourage", PAST, Standing.ACTIVE),
        ("explore", PAST, Standing.ACTIVE),
        ("may", PAST, Standing.ACTIVE),
    ],
)
def test_only_a_requirement_past_its_date_is_red(
    force: str, deadline: date | None, standing: Standing
) -> None:
    short = Count(16, 19)
    assert standing_of(goal(force=force, deadline=deadline), short, TODAY) == standing


def test_the_tones_follow_the_standing() -> None:
    assert Cell(Standing.LATE).tone == "late"
    assert Cell(Standing.SHORT).tone == "try"
    assert {Cell(s).tone for s in (Standing.ACTIVE, Standing.RUNNING, Standing.SHOWN)} == {"q"}


@pytest.mark.parametrize("count", [Count(None, None), Count(None, 19)])
def test_unknown_is_neither_zero_nor_late(count: Count) -> None:
    assert standing_of(goal(), count, TODAY) == Standing.UNKNOWN
    assert percent_of(count) is None


def test_nothing_to_be_counted_does_not_apply() -> None:
    assert standing_of(goal(), Count(0, 0), TODAY) == Standing.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("value", "operator", "count", "reached"),
    [
        ("96.5", ">=", Count(1930, 2000), True),
        ("96.5", ">=", Count(1929, 2000), False),  # NUM-03: 96.45 % is not 96.5 %
        ("90", ">=", Count(18, 20), True),
        ("90", ">=", Count(17, 20), False),
        ("5", "<=", Count(1, 20), True),
        ("5", "<=", Count(2, 20), False),
        ("50", ">", Count(1, 2), False),
        ("100", "=", Count(19, 19), True),
    ],
)
def test_shares_are_compared_by_whole_numbers(
    value: str, operator: str, count: Count, reached: bool
) -> None:
    assert is_reached(goal(value=value, operator=operator, unit="percent"), count) is reached


def test_a_count_without_a_whole_is_compared_with_the_value() -> None:
    assert is_reached(goal(value="5", unit="organisations"), Count(5, None)) is True
    assert is_reached(goal(value=None, unit="organisations"), Count(5, None)) is None


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_percentage_is_never_rounded_up(numerator: int, denominator: int) -> None:
    percent = percent_of(Count(numerator, denominator))
    assert percent is not None
    assert percent * denominator <= numerator * 100


def test_an_average_is_no_share_and_is_compared_as_it_is() -> None:
    seconds = Count(680, 3, is_average=True)

    assert (percent_of(seconds), average_of(seconds)) == (None, 226.7)
    assert (percent_of(Count(1, 2)), average_of(Count(1, 2))) == (50, None)
    assert average_of(Count(0, 0, is_average=True)) is None
    few, many = (goal(operator="<=", unit="seconds", value=value) for value in ("227", "226"))
    assert (is_reached(few, seconds), is_reached(many, seconds)) == (True, False)
    assert is_reached(goal(unit="seconds", value=None), seconds) is None


def test_a_task_shows_the_gravest_of_its_targets() -> None:
    pairs = [(goal(code="a"), Count(19, 19)), (goal(code="b"), Count(16, 19))]
    cell = measured_cell(pairs, TODAY)
    assert (cell.standing, cell.percent, cell.goal and cell.goal.code) == (Standing.LATE, 84, "b")
    assert measured_cell([], TODAY).standing == Standing.UNKNOWN


@pytest.mark.parametrize(
    ("force", "state", "asked", "standing"),
    [
        ("require", "accepted", True, Standing.SHOWN),
        ("require", "filed", True, Standing.CHECKING),
        ("require", "", True, Standing.MISSING),
        ("require", "", False, Standing.UNKNOWN),
        ("may", "accepted", True, Standing.ACTIVE),
        ("encourage", "", True, Standing.INACTIVE),
        ("explore", "returned", True, Standing.INACTIVE),
    ],
)
def test_what_was_not_asked_is_unknown_and_not_missing(
    force: str, state: str, asked: bool, standing: Standing
) -> None:
    assert reported_cell(force, state, asked=asked).standing == standing


PAST, TO_COME = date(2017, 2, 28), date(2027, 1, 1)


@pytest.mark.parametrize(
    ("force", "due", "standing", "pile"),
    [
        ("require", PAST, Standing.REACHED, Pile.REQUIRED),
        ("require", PAST, Standing.LATE, Pile.REQUIRED),
        ("require", PAST, Standing.MISSING, Pile.REQUIRED),
        ("require", PAST, Standing.UNKNOWN, None),
        ("require", PAST, Standing.NOT_APPLICABLE, None),
        ("strive", PAST, Standing.SHORT, Pile.STRIVEN),
        ("require", None, Standing.MISSING, Pile.OPEN),
        ("strive", TO_COME, Standing.RUNNING, Pile.OPEN),
        ("may", PAST, Standing.ACTIVE, Pile.FREE),
        ("encourage", None, Standing.INACTIVE, Pile.FREE),
    ],
)
def test_a_cell_counts_in_the_number_whose_label_it_fits(force, due, standing, pile) -> None:
    assert pile_of(force, due, Cell(standing), TODAY) == pile


def test_the_target_of_a_cell_goes_before_its_task() -> None:
    goal = Goal("T", "milestone", "", None, "", "strive", PAST)

    assert pile_of("require", TO_COME, Cell(Standing.SHORT, 1, goal), TODAY) == Pile.STRIVEN


@pytest.mark.parametrize("force", ["require", "strive", "encourage", "may"])
def test_what_no_paper_shows_is_not_on_file_and_counts_as_known_and_not_well(force: str) -> None:
    cell = reported_cell(force, "accepted", asked=True, has_papers=False)

    assert cell.standing == Standing.UNPROVEN and cell.tone == "no"
    assert tally([cell]) == Tally(0, 1)
    assert reported_cell(force, "filed", asked=True, has_papers=False).standing == Standing.CHECKING


def test_a_number_is_what_is_well_of_what_is_known() -> None:
    cells = [Cell(s) for s in (Standing.REACHED, Standing.SHOWN, Standing.LATE, Standing.CHECKING)]

    assert tally(cells) == Tally(2, 4)


def test_six_contents_are_looked_for() -> None:
    assert lacking({"goals": "x", "approach": " "}) == [
        "approach", "tasks", "departments", "schedule", "steps",
    ]  # fmt: skip
    town = read_plan(
        "一、工作目标\n建成和谐社区。\n二、工作思路\n稳步推进。\n三、工作任务\n1.规范选举。2017年6月底前完成。（社会事务局、司法分局）\n"
        "四、实施步骤\n(一)动员(2017年3月)。开会。\n"
    )
    hints = suggested(town)
    assert lacking(hints) == []
    assert hints["tasks"] == "规范选举"
    assert hints["schedule"] == "2017-03-31；2017-06-30"


@pytest.mark.parametrize(
    ("lead", "level"), [("市委组织部", 6), ("区委组织部", 6), ("市民政局", 1), (None, 1)]
)
def test_values_of_tasks_led_by_the_organisation_department_are_protected(
    lead: str | None, level: int
) -> None:
    assert level_of_values(lead) == level


@pytest.mark.parametrize(
    ("kind", "field", "words", "value"),
    [
        ("target", "deadline", "2017-12-31", date(2017, 12, 31)),
        ("target", "deadline", "", None),
        ("task", "force", "力争", "strive"),
        ("task", "departments", "市民政局，市妇联、市民政局", ["市民政局", "市妇联"]),
        ("target", "name", "  甲  乙 ", "甲 乙"),
    ],
)
def test_the_words_of_a_correction_are_read(
    kind: str, field: str, words: str, value: object
) -> None:
    assert corrections.parsed(kind, field, words) == value


@pytest.mark.parametrize(
    ("kind", "field", "words", "code"),
    [
        ("target", "deadline", "年底", "no_date"),
        ("target", "value", "很多", "no_number"),
        ("target", "value", "Infinity", "no_number"),
        ("task", "force", "必须", "unknown_word"),
        ("task", "departments", " 、 ", "empty"),
        ("task", "name", "长" * 201, "long"),
        ("task", "level", "1", "unknown_field"),
        ("part", "name", "x", "unknown_field"),
    ],
)
def test_a_correction_that_cannot_be_read_says_why(
    kind: str, field: str, words: str, code: str
) -> None:
    with pytest.raises(corrections.NotThat) as refused:
        corrections.parsed(kind, field, words)
    assert refused.value.code == code


def test_columns_stand_in_the_order_given_and_unknown_draws_nothing() -> None:
    drawn = columns([("1", "东城", 50), ("2", "南城", None), ("3", "万江", 130)], goal=100, own="1")
    assert [c.key for c in drawn.columns] == ["1", "2", "3"]
    assert [c.height for c in drawn.columns] == [95.0, 0.0, 190.0]
    assert drawn.goal_y == 20
    assert [c.is_own for c in drawn.columns] == [True, False, False]


def test_a_text_is_known_again_whatever_its_line_ends() -> None:
    assert sha256_of("\ufeff一\r\n二") == sha256_of("一\n二")
    assert sha256_of("一\n二") != sha256_of("一\n三")
