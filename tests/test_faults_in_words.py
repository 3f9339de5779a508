"""Every fault that `linli verify` names is told in Chinese where the terminal is Chinese."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from linli.cli.faults import CHINESE, chinese, told

LINLI = Path(__file__).parents[1] / "linli"
# where faults are worded, and what in these files is none
SOURCES = (
    "cases/services/verifying.py",
    "cases/rules/recounting.py",
    "cases/types/recounts.py",
    "cases/rules/recounting_sanitation.py",
    "cases/rules/recounting_week.py",
    "grid/rules/recounting.py",
    "translog/offline.py",
)
WORDED = re.compile(
    r"(?:yield|append\(|Fault\([^)]*?,|ValueError\(|what =|_number,)\s*\(?f?\"([^\"\\]{6,})\""
)
COLUMNS = frozenset({"reopened", "in_time"})


def worded() -> list[str]:
    """Return the faults as they stand in the code, with what is filled in as a word."""
    found = []
    for source in SOURCES:
        for text in WORDED.findall((LINLI / source).read_text(encoding="utf-8")):
            found.append(re.sub(r"\{[^}]*\}", "7", text))
    return [text for text in found if text not in COLUMNS]


def test_each_fault_that_is_worded_in_the_code_has_its_chinese() -> None:
    found = worded()

    assert len(found) > 18
    assert [text for text in found if chinese(text) == text] == []


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("state is not what the events say", "state 与经过不一致"),
        ("line 3: cannot be read: KeyError 'x'", "第 3 行：读不出来：KeyError 'x'"),
        (
            "rate solved is 1/2 as published, 2/2 counted again",
            "比率 solved 公布为 1/2，重新计算为 2/2",
        ),
        ("entry 5 stands where entry 4 is expected", "这里应是第 4 条，却是第 5 条"),
        ("nobody knows this {0}", "nobody knows this {0}"),
    ],
)
def test_numbers_and_names_are_taken_over(
    fault: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LINLI_LANGUAGE", "zh")
    assert told(fault) == said
    monkeypatch.setenv("LINLI_LANGUAGE", "en")
    assert told(fault) == fault


def test_no_two_patterns_say_the_same() -> None:
    assert len({pattern for pattern, _text in CHINESE}) == len(CHINESE)
