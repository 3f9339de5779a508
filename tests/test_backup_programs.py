"""PostgreSQL's own programs are run by ours: they are not silent for long, and end with us."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from linli.cli import backup_programs

COMPLAINS = [sys.executable, "-c", "import sys; print('no room', file=sys.stderr); sys.exit(4)"]


def test_what_takes_long_tells_that_it_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(backup_programs, "TELL_SECONDS", 0.1)
    monkeypatch.setattr(backup_programs, "say", said.append)

    ended = backup_programs._watched(["sleep", "0.5"], dict(os.environ))

    assert ended == (0, "")
    assert len(said) >= 2


def test_what_ends_at_once_tells_nothing_but_what_it_complained_of(
    capfd: pytest.CaptureFixture[str],
) -> None:
    assert backup_programs._watched(COMPLAINS, dict(os.environ)) == (4, "no room\n")
    assert capfd.readouterr() == ("", "")


def test_who_stops_waiting_leaves_nothing_running(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def stop(_told: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(backup_programs, "TELL_SECONDS", 0.3)
    monkeypatch.setattr(backup_programs, "say", stop)
    pid = tmp_path / "pid"

    with pytest.raises(KeyboardInterrupt):
        backup_programs._watched(["sh", "-c", f"echo $$ > {pid}; exec sleep 60"], dict(os.environ))

    assert not Path("/proc", pid.read_text().strip()).exists()
