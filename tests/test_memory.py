"""What the database takes of a machine's memory, and how much a container says that there is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from linli.cli.embedded import conf, memory


@pytest.mark.parametrize(
    ("machine", "taken"),
    [(300, 128), (512, 128), (2048, 512), (8192, 2048), (32_768, 8192), (1_000_000, 8192)],
)
def test_a_quarter_of_the_memory_is_taken_within_bounds(machine: int, taken: int) -> None:
    assert memory.buffers_mb(machine) == taken


@pytest.mark.parametrize(
    ("told", "counts"),
    [("max\n", False), ("536870912\n", True), ("", False), ("no number", False), (None, False)],
)
def test_a_container_counts_with_what_it_may_have(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, told: str | None, counts: bool
) -> None:
    limit = tmp_path / "memory.max"
    if told is not None:
        limit.write_text(told)
    monkeypatch.setattr(memory, "LIMITS", (limit,))
    whole = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // memory.MEGABYTE

    assert memory.memory_mb() == (min(512, whole) if counts else whole)


def test_a_server_is_told_what_it_may_take_and_one_of_the_tests_stays_small(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(memory, "memory_mb", lambda: 4096)
    told, small = (
        conf.text(Path("/h/run"), Path("/h/log"), 60, durable=durable) for durable in (True, False)
    )

    assert "shared_buffers = '1024MB'\neffective_cache_size = '2048MB'" in told
    assert "fsync" not in told and "full_page_writes" not in told
    # the last of two lines holds
    assert small.rindex("shared_buffers = '256MB'") > small.index("shared_buffers = '1024MB'")
