"""What is believed of supplements and withdrawals of the hall; no table is touched."""

from __future__ import annotations

from base64 import b64encode
from datetime import datetime, timedelta
from typing import Any

import pytest

from linli.exchange.rules import hall_changes as rules
from linli.exchange.rules.hall import NoSense
from linli.exchange.types.hall import Change, Unreadable

AT = "2026-08-11T09:00:00+08:00"
FILE = {"material": "lease", "file": "F-1", "name": "a.jpg", "sha256": "A" * 64}
ROW = {"number": "BZ1", "application": "YS1", "kind": "supplement", "at": AT, "files": [FILE]}
BACK = {"number": "CH1", "application": "YS1", "kind": "withdrawal", "at": AT, "why": "搬走了"}


def test_steps_are_read_and_kept_as_they_came() -> None:
    for row in (ROW, BACK):
        found = rules.read_change({**row, "more": "left out"})

        assert isinstance(found, Change) and found.number == row["number"]
        assert rules.read_back(rules.written(found)) == found
    assert rules.read_change(ROW).files[0].sha256 == "a" * 64  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "row",
    [
        None, [], {**ROW, "kind": "payment"}, {**ROW, "kind": None}, {**ROW, "files": []},
        {**ROW, "files": [7]}, {**ROW, "files": [FILE] * 41}, {**BACK, "files": [FILE]},
        {**ROW, "at": "2026-08-11T09:00:00"}, {**ROW, "application": ""}, {**ROW, "number": "?1"},
        {**ROW, "number": 7}, {**BACK, "why": "x" * 301}, {**ROW, "files": [{**FILE, "file": "../x"}]},
        {**ROW, "files": [{**FILE, "sha256": "g" * 64}]}, {**ROW, "files": [{**FILE, "sha256": "a"}]},
        {**ROW, "files": [{**FILE, "name": ""}]},
    ],
)  # fmt: skip
def test_a_step_that_makes_no_sense_is_kept_for_a_person(row: Any) -> None:
    found = rules.read_change(row)

    assert isinstance(found, Unreadable) and len(found.number) <= 64
    assert found == rules.read_change(row)


def test_a_file_is_read_piece_by_piece_and_never_too_large() -> None:
    content = b64encode(b"abc").decode()

    assert rules.read_piece({"size": 9, "content": content}, 10).content == b"abc"
    for wrong in (
        {"size": 11, "content": content}, {"size": 0, "content": content}, {"size": True, "content": content},
        {"size": 3, "content": ""}, {"size": 3, "content": "a*"}, {"size": 3}, {"content": content}, None,
    ):  # fmt: skip
        with pytest.raises(NoSense):
            rules.read_piece(wrong, 10)


def test_after_a_day_a_person_looks() -> None:
    came = datetime.fromisoformat(AT)

    assert not rules.is_out_of_patience(came, came + timedelta(hours=23))
    assert rules.is_out_of_patience(came, came + timedelta(days=1))
