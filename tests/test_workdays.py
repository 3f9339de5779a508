"""`linli workdays` and `linli import workdays`, as a script calls them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from linli.cli.rulebook import import_, workdays
from linli.kernel.errors import Invalid
from linli.rulebook import queries

pytestmark = pytest.mark.django_db
NOTICE = "date,is_work,name,source\n" + "".join(
    f"2027-{day},0,春节,国务院办公厅通知\n"
    for day in ("01-01", "02-05", "02-08", "02-09", "02-10", "02-11", "02-12", "10-01")
)


def write(folder: Path, text: str) -> str:
    file = folder / "in.csv"
    file.write_text(text, encoding="utf-8")
    return str(file)


def test_due_dates_come_as_csv(tmp_path: Path) -> None:
    asked = "id,start,n\n1,2026-09-28,5\n2,2026-02-13,1\n3,2026-12-30,3\n"

    found = CliRunner().invoke(workdays, [write(tmp_path, asked)], catch_exceptions=False)

    assert found.exit_code == 0
    assert found.stdout.splitlines() == [
        "start,n,due,provisional",
        "2026-09-28,5,2026-10-10,false",
        "2026-02-13,1,2026-02-14,false",
        "2026-12-30,3,2027-01-04,true",
    ]


def test_a_bad_row_gives_no_half_answer(tmp_path: Path) -> None:
    found = CliRunner().invoke(workdays, [write(tmp_path, "start,n\n2026-09-28,5\nsoon,5\n")])

    assert found.exit_code != 0
    assert isinstance(found.exception, Invalid)
    assert found.stdout == ""


def test_a_notice_is_loaded_and_a_dry_run_is_not(tmp_path: Path) -> None:
    path = write(tmp_path, NOTICE)

    dry = CliRunner().invoke(import_, ["workdays", path, "--dry-run", "--json"])
    assert json.loads(dry.stdout) == {"years": [2027], "days": 8, "changed": 8, "dry_run": True}
    assert not queries.get_year(2027).is_published

    real = CliRunner().invoke(import_, ["workdays", path, "--json"])
    assert json.loads(real.stdout)["dry_run"] is False
    assert queries.get_year(2027).is_published
