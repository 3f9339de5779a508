"""What a file tells of cases that its reader may not see: nothing small, nothing of a village."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from linli.cases.rules.unseen import told_above

CITY, FIVE = "441900/", 5
VILLAGES = [f"441900/44190000{town}/44190000{town}00{n}/" for town in (5, 6, 7) for n in (1, 2)]
COUNTS = st.fixed_dictionaries({"came": st.integers(0, 12), "open": st.integers(0, 12)})
UNSEEN = st.dictionaries(st.sampled_from([*VILLAGES, "441900/441900005/", CITY]), COUNTS)


@given(UNSEEN, st.sampled_from([CITY, "441900/441900005/", VILLAGES[0]]))
def test_no_number_is_small_none_is_of_a_village_and_none_is_too_much(
    unseen: dict[str, dict[str, int]], at: str
) -> None:
    here = {path: counts for path, counts in unseen.items() if path.startswith(at)}

    told = told_above(here, at, FIVE)

    assert all(path.count("/") < 3 for path in told)
    assert not any(0 < count < FIVE for counts in told.values() for count in counts.values())
    for name in ("came", "open"):
        whole = sum(counts[name] for counts in here.values())
        assert whole >= sum(counts[name] for counts in told.values())
    assert told == {} or at.count("/") < 3


def test_small_towns_are_told_together_under_the_city() -> None:
    unseen = {path: {"came": 3, "open": 0} for path in VILLAGES[::2]}

    assert told_above(unseen, CITY, FIVE) == {CITY: {"came": 9, "open": 0}}
    assert told_above({VILLAGES[0]: {"came": 4, "open": 0}}, CITY, FIVE) == {}
