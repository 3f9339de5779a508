"""Lists of orders on the command line: looked at without a trace, taken, gone on with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from linli.cases.models import Case
from linli.cases.testing import NOON
from linli.cli import hotline
from linli.exchange.models import OrderLine, OrderList
from linli.exchange.services import order_lists
from linli.exchange.tests.orders import TOWN, as_csv, order
from linli.kernel.permits import system_actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("town")]
PLACE = TOWN.rstrip("/").rpartition("/")[2]
BAD = {"工单编号": "1"}


def written(tmp_path: Path, *rows: dict[str, Any]) -> Path:
    path = tmp_path / "orders.csv"
    path.write_bytes(as_csv(*rows))
    return path


def run(path: Path, *options: str) -> Result:
    given = ["hotline", str(path), "--place", PLACE, *options]
    return CliRunner().invoke(hotline.import_, given, catch_exceptions=False)


def test_a_dry_run_says_what_each_row_comes_to_and_leaves_nothing(tmp_path: Path) -> None:
    done = run(written(tmp_path, order(), order(**BAD)), "--dry-run", "--json")

    found = json.loads(done.stdout)
    assert (done.exit_code, found["rows"], found["fates"]) == (0, 2, {"new": 1, "refused": 1})
    assert [line["faults"][0]["code"] for line in found["lines"]] == ["no_number"]
    assert not OrderList.objects.exists() and not OrderLine.objects.exists()
    assert not Case.objects.exists()


def test_a_list_is_taken_and_told_in_the_language_of_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LINLI_LANGUAGE", "zh-hans")

    done = run(written(tmp_path, order(), order(**BAD)))

    assert done.stdout.startswith("共 2 行：")
    assert "第 3 行" in done.stdout
    assert "refused" not in done.stdout
    assert OrderList.objects.get().state == "done"
    assert Case.objects.count() == 1


def test_a_heading_that_is_not_there_and_a_place_without_a_village_are_told(
    tmp_path: Path,
) -> None:
    path = written(tmp_path, order())

    column = run(path, "--column", "number=龙")
    place = CliRunner().invoke(hotline.import_, ["hotline", str(path), "--place", "000000"])

    assert "龙" in column.output and "工单编号" in column.output
    assert "000000" in place.output
    assert column.exit_code and place.exit_code
    assert not OrderList.objects.filter(state="done").exists()


def test_a_run_that_goes_on_opens_the_rest_as_it_opened_the_first(tmp_path: Path) -> None:
    path, actor = written(tmp_path, order()), system_actor("test")
    found = order_lists.receive_path(path, "12345", place=TOWN, actor=actor, now=NOON)
    OrderList.objects.filter(pk=found.pk).update(state="running", by_words=True)

    run(path)

    found = OrderList.objects.get()
    assert (found.state, found.by_words) == ("done", True)
