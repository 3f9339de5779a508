"""Paths of places are read from the city down."""

from __future__ import annotations

import pytest

from linli.kernel.paths import chain_of_path


@pytest.mark.parametrize(
    ("path", "chain"),
    [("441900/441900005/", ["441900/", "441900/441900005/"]), ("441900/", ["441900/"]), ("", [])],
)
def test_a_place_stands_below_all_that_its_path_names(path: str, chain: list[str]) -> None:
    assert chain_of_path(path) == chain
