"""Who may set what, which level's value holds, and what a lapsed one says."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.kernel.numbers import Op, Share
from linli.rulebook import rules
from linli.rulebook.errors import NotInForce, UnknownReading
from linli.rulebook.law.load import law
from linli.rulebook.law.model import Entry, Parameter
from linli.rulebook.types import AnyOf, Certainty, Level, Range, RuleValue, Tighten

TOWN, VILLAGE = "441900/441900990/", "441900/441900990/441900990201/"
ON = date(2026, 11, 24)


def entry(value: RuleValue, jurisdiction: str, start: str = "2020-01-01", **more: object) -> Entry:
    made = Entry(
        start=date.fromisoformat(start),
        value=value,
        jurisdiction=jurisdiction,
        level=rules.level_of(jurisdiction),
        source=("甲规定", "Rule A"),
        certainty=Certainty.SURE,
        checked_on=ON,
        place=TOWN,
    )
    return replace(made, **more)  # type: ignore[arg-type]


def parameter(
    tighten: Tighten, entries: Sequence[Entry], jurisdiction: str = "national"
) -> Parameter:
    real = law().parameters["village.notice"]
    return replace(real, tighten=tighten, entries=tuple(entries), jurisdiction=jurisdiction)


NOTICE = parameter(Tighten.UP, [entry(10, "national")])
DEADLINE = parameter(Tighten.DOWN, [entry(60, "national")])


@pytest.mark.parametrize(
    ("place", "body_id", "path"),
    [
        ("", None, ("national",)),
        ("441900/", None, ("national", "44", "441900")),
        (TOWN, None, ("national", "44", "441900", TOWN)),
        (VILLAGE, None, ("national", "44", "441900", TOWN, VILLAGE)),
        (VILLAGE, 7, ("national", "44", "441900", TOWN, VILLAGE, "org:7")),
    ],
)
def test_the_way_from_the_nation_to_the_body(
    place: str, body_id: int | None, path: tuple[str, ...]
) -> None:
    assert rules.chain(place, body_id) == path


@pytest.mark.parametrize(
    ("jurisdiction", "level"),
    [
        ("national", Level.NATIONAL),
        ("44", Level.PROVINCE),
        ("441900", Level.CITY),
        (TOWN, Level.TOWN),
        (VILLAGE, Level.VILLAGE),
        ("org:7", Level.BODY),
    ],
)
def test_the_level_of_a_jurisdiction(jurisdiction: str, level: Level) -> None:
    assert rules.level_of(jurisdiction) is level


SHARE = Share(Op.GE, 2, 3, "members")
ANY = AnyOf((Share(Op.GE, 1, 10, "villagers"), Share(Op.GE, 1, 3, "representatives")))


@pytest.mark.parametrize(
    ("tighten", "upper", "lower", "may"),
    [
        (Tighten.UP, 10, 15, True),
        (Tighten.UP, 10, 10, True),
        (Tighten.UP, 10, 9, False),
        (Tighten.DOWN, 60, 45, True),
        (Tighten.DOWN, 60, 61, False),
        (Tighten.UP, SHARE, Share(Op.GE, 3, 4, "members"), True),
        (Tighten.UP, SHARE, Share(Op.GT, 2, 3, "members"), True),
        (Tighten.UP, SHARE, Share(Op.GE, 1, 2, "members"), False),
        (Tighten.UP, SHARE, Share(Op.GE, 3, 4, "present"), False),
        (Tighten.DOWN, ANY, AnyOf((Share(Op.GE, 1, 20, "villagers"), ANY.options[1])), True),
        (Tighten.DOWN, ANY, AnyOf((Share(Op.GE, 1, 5, "villagers"), ANY.options[1])), False),
        (
            Tighten.DOWN,
            ANY,
            AnyOf((Share(Op.GE, 1, 5, "villagers"), Share(Op.GE, 1, 4, "representatives"))),
            False,
        ),
        (Tighten.DOWN, ANY, AnyOf((Share(Op.GE, 1, 20, "villagers"),)), False),
        (Tighten.INSIDE, Range(5, 15), Range(6, 12), True),
        (Tighten.INSIDE, Range(5, 15), Range(4, 12), False),
        (Tighten.INSIDE, ("a", "b", "c"), ("a",), True),
        (Tighten.INSIDE, ("a", "b"), ("a", "x"), False),
        (Tighten.INSIDE, ("a", "b"), (), False),
        (Tighten.NONE, 5, 5, True),
        (Tighten.NONE, 5, 6, False),
        (Tighten.FREE, 5, 1, True),
        (Tighten.UP, None, 1, True),
        (Tighten.UP, 5, True, False),
        (Tighten.UP, 5, SHARE, False),
        (Tighten.UP, False, True, True),
    ],
)
def test_a_lower_level_may_only_tighten(
    tighten: Tighten, upper: RuleValue, lower: RuleValue, may: bool
) -> None:
    assert rules.may_replace(tighten, upper, lower) is may


@given(st.integers(0, 100), st.integers(0, 100))
def test_what_is_tighter_one_way_is_looser_the_other(upper: int, lower: int) -> None:
    both = rules.may_replace(Tighten.UP, upper, lower) and rules.may_replace(
        Tighten.DOWN, upper, lower
    )
    assert both == (upper == lower)


def test_the_narrowest_tighter_value_holds() -> None:
    local = {
        "441900": [entry(12, "441900")],
        TOWN: [entry(15, TOWN)],
        "org:7": [entry(20, "org:7")],
    }

    assert rules.resolve(NOTICE, local, VILLAGE, ON).number == 15
    assert rules.resolve(NOTICE, local, VILLAGE, ON, body_id=7).number == 20
    assert rules.resolve(NOTICE, local, "441900/441900005/", ON).number == 12
    assert rules.resolve(NOTICE, local, "442000/442000100/", ON).number == 10


def test_a_looser_value_below_is_passed_over() -> None:
    """The law above became stricter after the town had set its value."""
    stricter = parameter(Tighten.UP, [entry(10, "national"), entry(20, "national", "2026-01-01")])
    local = {TOWN: [entry(15, TOWN)]}

    assert rules.resolve(stricter, local, TOWN, date(2025, 12, 31)).number == 15
    assert rules.resolve(stricter, local, TOWN, date(2026, 1, 1)).number == 20


def test_a_body_elsewhere_is_not_bound_by_a_value_set_for_its_number() -> None:
    """Somebody with the right at one village cannot set a value for a body of another."""
    local = {"org:7": [entry(20, "org:7")]}

    assert rules.resolve(NOTICE, local, "441900/441900005/", ON, body_id=7).number == 10


def test_a_lapsed_value_stays_provisionally_with_a_banner() -> None:
    local = {TOWN: [entry(15, TOWN, until=date(2025, 12, 31))]}

    before = rules.resolve(NOTICE, local, TOWN, date(2025, 12, 31))
    after = rules.resolve(NOTICE, local, TOWN, date(2026, 1, 1))

    assert (before.number, before.provisional, before.banner) == (15, False, ("", ""))
    assert (after.number, after.provisional) == (15, True)
    assert "2025年12月31日" in after.banner[0]
    assert "2025-12-31" in after.banner[1]


def test_a_withdrawn_value_gives_way_to_the_level_above() -> None:
    local = {TOWN: [entry(15, TOWN, ends=date(2026, 3, 1))]}

    assert rules.resolve(NOTICE, local, TOWN, date(2026, 2, 28)).number == 15
    assert rules.resolve(NOTICE, local, TOWN, date(2026, 3, 1)).number == 10
    assert not rules.resolve(NOTICE, local, TOWN, date(2026, 3, 1)).provisional


def test_the_city_replaces_its_own_earlier_value_even_with_a_looser_one() -> None:
    written = parameter(Tighten.DOWN, [entry(5, "441900")], jurisdiction="441900")
    local = {"441900": [entry(7, "441900", "2026-01-01")]}

    assert rules.resolve(written, local, TOWN, date(2025, 12, 31)).number == 5
    assert rules.resolve(written, local, TOWN, ON).number == 7
    assert rules.resolve(written, local, "", ON).number == 7


def test_after_the_citys_row_is_withdrawn_its_written_value_is_back() -> None:
    written = parameter(Tighten.DOWN, [entry(5, "441900")], jurisdiction="441900")
    local = {"441900": [entry(7, "441900", "2026-01-01", ends=date(2026, 6, 1))]}

    assert rules.resolve(written, local, TOWN, ON).number == 5


def test_before_the_first_day_there_is_no_value() -> None:
    with pytest.raises(NotInForce):
        rules.resolve(NOTICE, {}, TOWN, date(2019, 12, 31))


def test_a_rule_of_another_city_does_not_hold_here() -> None:
    written = parameter(Tighten.NONE, [entry(5, "442000")], jurisdiction="442000")

    with pytest.raises(NotInForce):
        rules.resolve(written, {}, TOWN, ON)


def test_where_the_law_sets_none_a_town_may_fill_the_gap() -> None:
    gap = parameter(Tighten.FREE, [entry(None, "national")])

    assert rules.resolve(gap, {}, TOWN, ON).value is None
    assert rules.resolve(gap, {TOWN: [entry(12, TOWN)]}, TOWN, ON).number == 12


def test_the_last_day_is_told_as_far_as_it_is_known() -> None:
    term = law().parameters["committee.term"]

    assert rules.resolve(term, {}, TOWN, date(2018, 1, 1)).valid_to == date(2018, 12, 28)
    assert rules.resolve(term, {}, TOWN, ON).valid_to is None


def test_a_disputed_value_names_its_reading_and_the_others() -> None:
    """VE-56: are void ballots part of the base?"""
    win = law().parameters["election.win_min"]

    usual = rules.resolve(win, {}, TOWN, ON)
    other = rules.resolve(win, {}, TOWN, ON, reading="valid_ballots")

    assert (usual.reading, usual.share.base) == ("all_ballots", "ballots_cast")
    assert [one.name for one in usual.alternatives] == ["valid_ballots"]
    assert (other.reading, other.share.base) == ("valid_ballots", "valid_ballots")
    assert [one.name for one in other.alternatives] == ["all_ballots"]
    with pytest.raises(UnknownReading):
        rules.resolve(win, {}, TOWN, ON, reading="moonlight")


def test_a_local_value_keeps_the_readings_of_the_law() -> None:
    win = replace(law().parameters["election.win_min"], tighten=Tighten.FREE)
    chosen = entry(Share(Op.GT, 1, 2, "valid_ballots"), "44", "2026-01-01", reading="valid_ballots")

    found = rules.resolve(win, {"44": [chosen]}, TOWN, ON)

    assert (found.reading, found.jurisdiction) == ("valid_ballots", "44")
    assert [one.name for one in found.alternatives] == ["all_ballots"]


def test_changes_tell_value_from_mere_renumbering() -> None:
    found = rules.changes(law().parameters["committee.term"], {})

    assert [(c.on.isoformat(), c.only_source) for c in found] == [
        ("1998-11-04", False),
        ("2018-12-29", False),
        ("2026-01-01", True),
    ]


values = st.one_of(st.none(), st.integers(1, 30))
starts = st.integers(0, 40).map(lambda n: date(2020, 1, 1) + timedelta(days=n))


def simple(levels: list[list[Entry]], tighten: Tighten, on: date) -> RuleValue:
    """Say the rule again in other words: the strictest step down from each level's last value."""
    standing = [
        sorted((e for e in entries if e.start <= on), key=lambda e: e.start)[-1:]
        for entries in levels
    ]
    kept: int | None = None
    for one in (e.value for entries in standing for e in entries):
        assert one is None or isinstance(one, int)
        if one is not None and (
            kept is None or (one >= kept if tighten is Tighten.UP else one <= kept)
        ):
            kept = one
    return kept


@given(
    st.lists(st.tuples(starts, values), min_size=1, max_size=4, unique_by=lambda x: x[0]),
    st.lists(st.tuples(starts, st.integers(1, 30)), max_size=4, unique_by=lambda x: x[0]),
    st.lists(st.tuples(starts, st.integers(1, 30)), max_size=4, unique_by=lambda x: x[0]),
    st.sampled_from([Tighten.UP, Tighten.DOWN]),
    starts,
)
def test_two_tellings_of_the_rule_agree(national, city, town, tighten, on) -> None:  # type: ignore[no-untyped-def]
    top = [entry(v, "national", s.isoformat()) for s, v in national]
    middle = [entry(v, "441900", s.isoformat()) for s, v in city]
    low = [entry(v, TOWN, s.isoformat()) for s, v in town]
    made = parameter(tighten, top)
    levels = [top, middle, low]

    if any(e.start <= on for entries in levels for e in entries):
        found = rules.resolve(made, {"441900": middle, TOWN: low}, VILLAGE, on)
        assert found.value == simple(levels, tighten, on)
    else:
        with pytest.raises(NotInForce):
            rules.resolve(made, {"441900": middle, TOWN: low}, VILLAGE, on)
