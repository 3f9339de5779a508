"""A home that cannot be, and one that holds no city: told in one sentence, and nothing is made."""

from __future__ import annotations

from pathlib import Path

import pytest

from linli.cli.city_here import no_city
from linli.config.env import WrongSettings, read_env
from tests.running.homes import linli

LOOKS = [
    ("verify", "trail"),
    ("verify", "trail", "--json"),
    ("backup",),
    ("export", "translog", "-"),
    ("export", "people", "people.csv"),
    ("keys", "status"),
    ("keys", "export", "keys.json"),
]


@pytest.mark.parametrize("command", [("up", "--empty"), ("migrate",), ("keys", "import", "x.json")])
def test_a_home_that_cannot_be_made_is_told_with_the_mend(
    command: tuple[str, ...], tmp_path: Path
) -> None:
    (tmp_path / "x.json").write_text("{}")
    given = [str(tmp_path / part) if part.endswith(".json") else part for part in command]

    done = linli(Path("/proc/x"), *given)

    assert done.returncode == 3
    assert "LINLI_HOME: the folder /proc/x cannot be used" in done.stderr
    assert "LINLI_HOME=/var/lib/linli" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("command", "code"), [(("doctor",), 1), (("up",), 3), (("verify", "trail"), 3)]
)
@pytest.mark.parametrize("below", ["", "/deeper/home"])
def test_a_file_for_a_home_is_told_as_other_wrong_settings(
    command: tuple[str, ...], code: int, below: str, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("x")

    done = linli(Path(f"{tmp_path}/file{below}"), *command)

    assert done.returncode == code
    assert f"LINLI_HOME: {tmp_path}/file is not a folder" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_for_a_home_is_refused_beside_a_database_of_others_too(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")

    with pytest.raises(WrongSettings) as wrong:
        read_env(
            {
                "LINLI_HOME": str(tmp_path / "file"),
                "DATABASE_URL": "postgresql://a@b/c",
                "PORT": "x",
            }
        )

    assert len(wrong.value.faults) == 2


@pytest.mark.parametrize("command", LOOKS, ids=" ".join)
def test_a_command_that_looks_at_a_city_makes_none(
    command: tuple[str, ...], tmp_path: Path
) -> None:
    given = [str(tmp_path / part) if "." in part else part for part in command]

    done = linli(tmp_path / "mistyped", *given)

    assert done.returncode == 3
    assert f"There is no city in {tmp_path / 'mistyped'}." in done.stderr
    assert "`linli up` makes one." in done.stderr
    assert done.stdout == ""
    assert list(tmp_path.iterdir()) == []


def test_doctor_finds_no_city_and_makes_none(tmp_path: Path) -> None:
    done = linli(tmp_path / "mistyped", "doctor")

    assert done.returncode == 1
    assert "WRONG city: There is no city in" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_a_city_of_nearly_the_same_name_is_what_was_meant(tmp_path: Path) -> None:
    (tmp_path / "linli" / "pg").mkdir(parents=True)
    (tmp_path / "linlj-old").mkdir()

    _what, fix = no_city(read_env({"LINLI_HOME": str(tmp_path / "linlii")}))

    assert f"Did you mean LINLI_HOME={tmp_path / 'linli'}?" in fix
