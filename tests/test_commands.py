"""Small commands: what doctor takes for a fault, and whom a file with residents is readable to."""

from __future__ import annotations

import json
import os
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import click
import pytest

from linli.cli import doctor, people
from linli.cli.backup import LAST
from linli.cli.main import collect
from linli.config.env import WrongSettings, read_env
from linli.demo.cast import VILLAGE_1
from tests.conftest import City

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize(
    ("mark", "age", "is_well", "is_told"),
    [
        ("demo", None, True, True),
        ("real", None, False, True),
        ("real", 3, True, False),
        ("real", 49, False, True),
        ("demo", 49, True, True),
    ],
)
def test_a_backup_is_asked_for_where_a_loss_would_hurt(
    tmp_path: Path, mark: str, age: int | None, is_well: bool, is_told: bool
) -> None:
    (tmp_path / mark).touch()
    if age is not None:
        made_at = datetime.now(UTC) - timedelta(hours=age)
        # where it was put does not matter: the home remembers
        (tmp_path / LAST).write_text(json.dumps({"made_at": made_at.isoformat(), "at": "/mnt/x"}))

    (found,) = doctor.check_backup(read_env({"LINLI_HOME": str(tmp_path)}))

    assert (found.is_well, bool(found.fix)) == (is_well, is_told)


def test_a_real_city_without_a_sponsor_is_reminded_and_works(tmp_path: Path) -> None:
    env = read_env({"LINLI_HOME": str(tmp_path), "LINLI_SPONSOR": "", "LINLI_OPERATOR": "局"})
    assert list(doctor.check_footer(env)) == []
    (tmp_path / "real").touch()

    (found,) = doctor.check_footer(env)

    assert found.is_well
    assert "LINLI_SPONSOR:" in found.fix


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "还没有做过备份"),
        ({"LANG": "C.UTF-8"}, "还没有做过备份"),
        ({"LANG": "en_US.UTF-8"}, "no backup was made yet"),
        ({"LANG": "en_US.UTF-8", "LINLI_LANGUAGE": "zh-hans"}, "还没有做过备份"),
    ],
)
def test_doctor_speaks_the_language_of_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: dict[str, str], said: str
) -> None:
    for name in ("LINLI_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in given.items():
        monkeypatch.setenv(name, value)

    (found,) = doctor.check_backup(read_env({"LINLI_HOME": str(tmp_path)}))

    assert found.what == said


def test_wrong_settings_are_told_in_chinese_each_with_its_mend(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    given = {
        "LINLI_HOME": f"{tmp_path}/file/{'a' * 99},b", "PORT": "x", "SECRET_KEY": "short", "HTTPS": "yes",
        "HOST": "0.0.0.0", "EMAIL_HOST": "mail", "DATABASE_OWNER_URL": "postgresql://a:b@c/d",
    }  # fmt: skip
    told = {}
    for language in ("zh-hans", "en"):
        monkeypatch.setenv("LINLI_LANGUAGE", language)
        with pytest.raises(WrongSettings) as wrong:
            read_env(given)
        told[language] = wrong.value.faults

    assert len(told["zh-hans"]) == len(told["en"]) == 9
    assert all("请" in fault or "要" in fault or "可选" in fault for fault in told["zh-hans"])
    assert not any(re.search(r"[\u4e00-\u9fff]", fault) for fault in told["en"])
    mends = [doctor._mend_of(fault) for fault in told["zh-hans"]]
    assert "请填 1 到 65535 之间的数。" in mends


def test_the_help_of_import_names_every_importer() -> None:
    root = collect(click.Group())
    importers = root.commands["import"]

    said = importers.help or ""

    assert isinstance(importers, click.Group)
    assert {"hotline", "outlines", "people", "plan"} <= set(importers.commands)
    assert all(word in said for word in ("plan", "people", "hotline", "outlines", "working days"))


def test_a_file_with_residents_is_readable_to_its_owner_alone(
    city: City, tmp_path: Path, monkeypatch: Any
) -> None:
    out, modes = tmp_path / "residents.csv", []
    write = os.fdopen

    def watched(handle: int, *more: Any, **named: Any) -> Any:
        modes.append(os.fstat(handle).st_mode & 0o777)
        return write(handle, *more, **named)

    monkeypatch.setattr("os.fdopen", watched)
    before = os.umask(0)
    try:
        people.export_people.callback(out, VILLAGE_1)  # type: ignore[misc]
    finally:
        os.umask(before)

    assert modes[-1] == 0o600
    assert out.stat().st_mode & 0o777 == 0o600
    assert len(out.read_text("utf-8-sig").splitlines()) > 10


def test_the_settings_that_the_manual_names_exist() -> None:
    manual = (ROOT / "docs" / "howto" / "run-for-real.md").read_text()
    rows = [line for line in manual.splitlines() if line.startswith("| `")]
    named = {
        name for row in rows for name in re.findall(r"`([A-Z_]+)(?:=\w+)?`", row.split("|")[1])
    }
    code = "".join(path.read_text() for path in (ROOT / "linli" / "config").glob("*.py"))

    assert {"LINLI_PREPARE", "DATABASE_OWNER_URL", "LINLI_HOME"} <= named
    assert [name for name in sorted(named) if f'"{name}"' not in code] == []
