"""A number or a code is told from words, without a database."""

from __future__ import annotations

import pytest

from linli.offerings.rules.searching import is_number


@pytest.mark.parametrize(
    "text",
    ["BJ-2026-0001", "bj 2026 0001", "bj20260001", "XF－2026－12345", " K7QM-3XRW ", "k7qm3xrw"],
)
def test_a_number_of_a_case_and_a_code_are_no_words(text: str) -> None:
    assert is_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "居住证",
        "passport",
        "residence",
        "2026年社保",
        "441900005001",
        "CT检查",
        "65岁老人卡",
        "covid19",
    ],
)
def test_words_and_plain_figures_are_searched(text: str) -> None:
    assert not is_number(text)
