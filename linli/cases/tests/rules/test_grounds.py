"""What a refusal can stand on: words that name a rule somebody else can look up."""

import pytest

from linli.cases.rules.grounds import is_ground, names_a_rule


@pytest.mark.parametrize(
    "words",
    [
        "《信访工作条例》第十九条",
        "国办发〔2020〕53号",
        "村规民约第三条",
        "条例第 3 条",
        "Regulation on petition work, art. 19",
        "GB/T 34300-2017",
    ],
)
def test_words_that_name_a_rule(words: str) -> None:
    assert names_a_rule(words)


@pytest.mark.parametrize(
    "words", ["", "x", "第三条", "依规", "art. 19", "领导说的", "《》", "hotline.advice"]
)
def test_words_that_name_none(words: str) -> None:
    assert not names_a_rule(words)


def test_a_ground_is_one_of_those_meant_for_the_move() -> None:
    grounds = ("refusal.report.", "refusal.review.late")

    assert is_ground("refusal.report.litigation", grounds)
    assert is_ground("refusal.review.late", grounds)
    assert not is_ground("hotline.advice", grounds)
    assert not is_ground("refusal.review.final", grounds)
    assert not is_ground("", grounds)
    assert not is_ground("refusal.report.litigation", ())
