"""Numbers and codes as people type them."""

from __future__ import annotations

import pytest

from linli.kernel.ids import number_typed


@pytest.mark.parametrize(
    "typed",
    [
        "JB-2026-0012", "JB20260012", "jb2026-0012", " jb 2026 0012 ", "JB–2026—0012",
        "ＪＢ－２０２６－００１２", "JB/2026/0012",
    ],
)  # fmt: skip
def test_a_number_is_read_however_it_was_typed(typed: str) -> None:
    assert number_typed(typed) == "JB-2026-0012"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("JB2026012345", "JB-2026-012345"), ("JB-2026-012", "JB-2026-012"), ("k7qm 3xrw", "K7QM3XRW"), ("JB22345678", "JB22345678"),
        ("", ""),
    ],
)  # fmt: skip
def test_a_longer_one_is_one_and_what_is_none_stays_what_it_is(typed: str, read: str) -> None:
    assert number_typed(typed) == read
