"""A decision keeps what it used, and explains itself from that alone."""

import json
from datetime import date

from linli.kernel.numbers import Op
from linli.rulebook import rules
from linli.rulebook.law.explain import explain, freeze
from linli.rulebook.law.load import law
from linli.rulebook.types import Counted, Explanation, Value

VILLAGE = "441900/441900990/441900990201/"
ON = date(2026, 12, 20)


def value_of(key: str, on: date = ON) -> Value:
    return rules.resolve(law().parameters[key], {}, VILLAGE, on)


def explained(key: str, counted: Counted | None = None) -> Explanation:
    value = value_of(key)
    titles = {key: law().parameters[key].title}
    snapshot = freeze([value], {key: counted} if counted else {}, titles)
    kept = json.loads(json.dumps(snapshot))
    (found,) = explain(kept, law().glossary)
    return found


def test_both_sides_of_the_inequality_and_the_article() -> None:
    """VE-56 of the worked example: 620 cast, 311 needed."""
    found = explained("election.win_min", Counted(311, 620))

    assert found.outcome.holds is True
    assert (found.outcome.inequality, found.outcome.sides) == ("311 × 2 > 620 × 1", "622 > 620")
    assert found.source[0] == "中华人民共和国村民委员会组织法（2025年修正）第18条"
    assert found.sentence[0] == (
        "当选所需的赞成票：收回的选票的过半数；311 × 2 > 620 × 1（622 > 620），符合。"
        "依据：中华人民共和国村民委员会组织法（2025年修正）第18条。"
    )
    assert found.sentence[1] == (
        "Votes that a candidate needs to be elected: more than half of ballots cast; "
        "311 × 2 > 620 × 1 (622 > 620): met. "
        "Basis: Villagers' Committee Organic Law (amended 2025), art. 18."
    )


def test_the_other_reading_is_computed_when_its_base_was_counted() -> None:
    """620 cast, 12 of them void: 305 are half of the valid ones but not of all."""
    found = explained("election.win_min", Counted(305, 620, {"valid_ballots": 608}))

    assert found.outcome.holds is False
    (other,) = found.others
    assert (other.reading, other.holds) == ("valid_ballots", True)
    assert other.sides == "610 > 608"
    assert "仅供对照" in other.authority[0]


def test_without_the_other_base_the_other_reading_stays_open() -> None:
    (other,) = explained("election.win_min", Counted(305, 620)).others

    assert other.holds is None


def test_a_range_a_limit_and_an_absolute_number() -> None:
    assert explained("reps.households_per_rep", Counted(16)).outcome.holds is False
    assert explained("reps.households_per_rep", Counted(15)).outcome.inequality == "5 ≤ 15 ≤ 15"
    assert explained("petition.extend_max", Counted(31, op=Op.LE)).outcome.holds is False
    assert explained("petition.extend_max", Counted(30, op=Op.LE)).outcome.holds is True
    assert explained("ceo.delegates_min", Counted(20)).outcome.holds is False
    assert explained("ceo.delegates_min", Counted(21)).outcome.sides == "21 > 20"


def test_of_alternatives_the_counted_base_decides() -> None:
    """RC-18: representatives, more than two thirds."""
    counted = Counted(20, 30, {"resident_representatives": 30})

    assert explained("rc.recall.turnout", counted).outcome.holds is False


def test_a_value_without_counting_is_told_all_the_same() -> None:
    found = explained("rc.reps.women_share_min")

    assert found.outcome.holds is None
    assert found.outcome.words == ("法律未规定", "none in law")
    assert found.sentence[0].startswith("妇女居民代表的最低比例：法律未规定。依据：")


def test_the_frozen_form_holds_every_fact_of_provenance() -> None:
    value = value_of("plan.participation")

    (kept,) = freeze([value], {}, {value.key: law().parameters[value.key].title})["values"]

    assert kept["value"] == {"op": "ge", "num": 965, "den": 1000, "base": "registered_voters"}
    assert kept["jurisdiction"] == "441900"
    assert kept["valid_from"] == "2016-12-23"
    assert kept["certainty"] == "sure"
    assert kept["source"][0].endswith("任务4")
