"""NUM-01 to NUM-05: 以上, 超过, 过半数, 不少于, and "near"."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.kernel.numbers import Op, Share, Standing, Threshold, percent_text

HALF = Share(Op.GT, 1, 2, "ballots_cast")
TWO_THIRDS = Share(Op.GE, 2, 3, "members")
THIRD = Share(Op.GE, 1, 3, "ballots_cast")
OVER_FIFTY = Share(Op.GT, 50, 1, "members")

shares = st.builds(
    Share,
    op=st.sampled_from(list(Op)),
    num=st.integers(0, 1000),
    den=st.integers(1, 1000),
    base=st.just("voters"),
)
counts = st.integers(0, 10**7)


@pytest.mark.parametrize(
    ("rule", "share", "part", "whole", "met"),
    [
        ("NUM-01", TWO_THIRDS, 20, 30, True),
        ("NUM-01", TWO_THIRDS, 19, 30, False),
        ("NUM-01", OVER_FIFTY, 50, 1, False),
        ("NUM-01", OVER_FIFTY, 51, 1, True),
        ("NUM-02", HALF, 310, 620, False),
        ("NUM-02", HALF, 311, 620, True),
        ("NUM-03", Share(Op.GE, 965, 1000, "registered"), 1929, 2000, False),
        ("NUM-03", Share(Op.GE, 965, 1000, "registered"), 1930, 2000, True),
        ("NUM-04", THIRD, 200, 600, True),
        ("NUM-04", THIRD, 199, 600, False),
        ("RC-18", Share(Op.GT, 2, 3, "representatives"), 20, 30, False),
        ("RC-18", Share(Op.GT, 2, 3, "representatives"), 21, 30, True),
        ("RC-18", Share(Op.GT, 2, 3, "representatives"), 40, 60, False),
        ("DL-16", TWO_THIRDS, 30, 45, True),
        ("VE-55", HALF, 500, 1000, False),
        ("VE-55", HALF, 501, 1000, True),
        ("MD-01", Share(Op.LE, 9, 1, "members"), 9, 1, True),
        ("SO-01", Share(Op.LT, 50, 1, "members"), 50, 1, False),
    ],
)
def test_the_examples_of_the_law(rule: str, share: Share, part: int, whole: int, met: bool) -> None:
    assert share.met_by(part, whole) is met


@pytest.mark.parametrize(
    ("share", "whole", "least"),
    [
        (HALF, 900, 451),
        (HALF, 620, 311),
        (HALF, 901, 451),
        (TWO_THIRDS, 35, 24),
        (THIRD, 590, 197),
        (Share(Op.GE, 1, 5, "voters"), 1001, 201),
        (Share(Op.GE, 1, 10, "voters"), 1001, 101),
        (Share(Op.GT, 2, 3, "representatives"), 45, 31),
        (Share(Op.GT, 20, 1, "delegates"), 1, 21),
    ],
)
def test_the_smallest_count_that_is_enough(share: Share, whole: int, least: int) -> None:
    assert share.least(whole) == least


@given(shares, counts, counts)
def test_integers_agree_with_exact_fractions(share: Share, part: int, whole: int) -> None:
    exact = Fraction(share.num, share.den) * whole
    expected = {
        Op.GE: part >= exact,
        Op.GT: part > exact,
        Op.LE: part <= exact,
        Op.LT: part < exact,
    }[share.op]

    comparison = share.compare(part, whole)

    assert comparison.holds is expected
    assert comparison.op.holds(comparison.left, comparison.right) is expected


@given(shares.filter(lambda s: s.op in (Op.GE, Op.GT)), counts)
def test_one_less_than_the_least_is_not_enough(share: Share, whole: int) -> None:
    least = share.least(whole)

    assert share.met_by(least, whole)
    assert least == 0 or not share.met_by(least - 1, whole)


@given(shares.filter(lambda s: s.op in (Op.LE, Op.LT)), counts)
def test_one_more_than_the_most_is_too_much(share: Share, whole: int) -> None:
    most = share.most(whole)

    assert most == -1 or share.met_by(most, whole)
    assert not share.met_by(most + 1, whole)


@given(shares, shares)
def test_of_two_shares_one_is_larger_or_both_are_alike(one: Share, other: Share) -> None:
    assert one.size_compared(other) == -other.size_compared(one)
    assert one.size_compared(one) == 0


def test_a_strict_share_is_larger_than_the_same_share_that_includes_the_number() -> None:
    assert Share(Op.GT, 2, 3, "x").size_compared(TWO_THIRDS) == 1
    assert Share(Op.LT, 50, 1, "x").size_compared(Share(Op.LE, 50, 1, "x")) == -1


def test_the_minutes_show_both_sides() -> None:
    comparison = HALF.compare(311, 620)

    assert comparison.inequality == "311 × 2 > 620 × 1"
    assert (comparison.left, comparison.right) == (622, 620)
    assert comparison.text("zh-hans") == (
        "620 中的 311：要求过半数；311 × 2 > 620 × 1 (622 > 620)，符合。"
    )
    assert comparison.text("en") == (
        "311 of 620; required: more than half; 311 × 2 > 620 × 1 (622 > 620): met."
    )


def test_an_absolute_number_reads_without_a_whole() -> None:
    assert OVER_FIFTY.compare(50).text("zh-hans") == (
        "50：要求超过50；50 × 1 > 1 × 50 (50 > 50)，不符合。"
    )


@pytest.mark.parametrize(
    ("share", "zh", "en"),
    [
        (TWO_THIRDS, "三分之二以上（含本数）", "at least 2/3"),
        (Share(Op.GT, 2, 3, "x"), "超过三分之二", "more than 2/3"),
        (Share(Op.GE, 965, 1000, "x"), "96.5%以上（含本数）", "at least 96.5%"),
        (Share(Op.GE, 20, 100, "x"), "20%以上（含本数）", "at least 20%"),
        (Share(Op.LE, 9, 1, "x"), "9以下（含本数）", "at most 9"),
        (Share(Op.LT, 3, 11, "x"), "不足11分之3", "less than 3/11"),
    ],
)
def test_a_share_in_words(share: Share, zh: str, en: str) -> None:
    assert (share.words("zh-hans"), share.words("en")) == (zh, en)


@pytest.mark.parametrize(
    ("count", "standing"),
    [(46, Standing.BELOW), (47, Standing.NEAR), (50, Standing.NEAR), (51, Standing.MET)],
)
def test_near_fifty_with_a_tolerance_of_three(count: int, standing: Standing) -> None:
    """NUM-05, PO-04."""
    assert Threshold(OVER_FIFTY, near_tolerance=3).standing(count) is standing


def test_without_a_tolerance_nothing_is_near() -> None:
    assert Threshold(OVER_FIFTY).standing(50) is Standing.BELOW


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [(1929, 2000, "96.4%"), (1930, 2000, "96.5%"), (0, 0, "—"), (999, 1000, "99.9%")],
)
def test_a_percentage_is_cut_for_display(part: int, whole: int, text: str) -> None:
    assert percent_text(part, whole) == text


@pytest.mark.parametrize(("num", "den"), [(1, 0), (-1, 2), (1, -2)])
def test_what_is_not_a_share_is_refused(num: int, den: int) -> None:
    with pytest.raises(ValueError, match="not a share"):
        Share(Op.GE, num, den, "x")


def test_bounds_of_the_wrong_side_and_negative_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="least"):
        Share(Op.LE, 1, 2, "x").least(10)
    with pytest.raises(ValueError, match="largest"):
        HALF.most(10)
    with pytest.raises(ValueError, match="negative"):
        HALF.compare(-1, 10)
    with pytest.raises(ValueError, match="negative"):
        Threshold(HALF, near_tolerance=-1)


def test_the_form_of_the_interface() -> None:
    assert TWO_THIRDS.as_dict() == {"op": "ge", "num": 2, "den": 3, "base": "members"}
