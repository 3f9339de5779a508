"""Arithmetic of places."""

from hypothesis import given
from hypothesis import strategies as st

from linli.places.rules import Part, apportion, may_hang, moved, restated


def test_only_one_step_down_may_hang() -> None:
    assert may_hang("village", "town")
    assert not may_hang("village", "city")
    assert not may_hang("town", "village")


def test_a_subtree_keeps_what_lies_below_its_root() -> None:
    assert moved("441900/441900005/441900005001/", "441900/441900005/", "441900/441900006/") == (
        "441900/441900006/441900005001/"
    )


@given(st.integers(0, 10**9), st.lists(st.integers(0, 10**6), min_size=1, max_size=30))
def test_the_parts_sum_to_the_whole(total: int, weights: list[int]) -> None:
    parts = apportion(total, weights)

    assert sum(parts) == total
    assert min(parts) >= 0


@given(st.integers(0, 10**6), st.lists(st.integers(1, 1000), min_size=1, max_size=10))
def test_a_part_differs_from_its_exact_share_by_less_than_one(
    total: int, weights: list[int]
) -> None:
    parts = apportion(total, weights)

    assert all(
        abs(part * sum(weights) - total * weight) < sum(weights)
        for part, weight in zip(parts, weights, strict=True)
    )


def test_a_merge_after_a_split_carries_everything_along() -> None:
    split = [Part(1, 11, 2), Part(1, 12, 1)]
    merge = [Part(12, 20, 1), Part(2, 20, 1)]

    assert restated({1: 100, 2: 5, 3: 7}, [split, merge]) == {11: 67, 20: 38, 3: 7}


@given(
    st.dictionaries(st.integers(1, 6), st.integers(0, 10**6), min_size=1),
    st.lists(
        st.tuples(st.integers(1, 6), st.integers(7, 12), st.integers(1, 9)),
        max_size=8,
        unique_by=lambda t: t[:2],
    ),
)
def test_restating_never_changes_the_sum(values, shares) -> None:
    assert sum(restated(values, [[Part(*share) for share in shares]]).values()) == sum(
        values.values()
    )
