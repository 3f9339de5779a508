"""Ten sheets as towns send them out, filled from the registers of the demo village."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from django.utils import timezone

from linli.cli.reporting import fill
from linli.demo.cast import TOWN, VILLAGE_1
from linli.kernel import scope
from linli.kernel.permits import system_actor
from linli.kernel.tables import read_table
from linli.offerings.clients.reporting_templates import blank_sheet, shipped_templates
from linli.offerings.queries.reporting_values import list_called
from linli.offerings.services.reporting_offline import FilledSheet, fill_at_once
from linli.places import queries as places
from tests.conftest import City

SYSTEM = system_actor("test")
LEAST_PERCENT = 95


def filled(key: str, place: str = VILLAGE_1) -> FilledSheet:
    path, content = places.path_of(place) or "", blank_sheet(shipped_templates()[key])
    return fill_at_once(content, path, actor=SYSTEM, now=timezone.now())


def test_the_system_fills_nearly_all_cells_of_ten_sheets(city: City) -> None:
    """Goal: at least 95 of 100 cells of ten real sheets need nobody."""
    sheets = {key: filled(key) for key, one in shipped_templates().items() if not one.list}

    lists = [one for one in shipped_templates().values() if one.list]
    with scope.acting(SYSTEM):
        rows = [row for one in lists for row in list_called(one.list).read(  # type: ignore[union-attr]
            places.path_of(VILLAGE_1) or "", timezone.localdate(), 500)]  # fmt: skip
    cells = sum(one.cells for one in sheets.values()) + 8 * len(rows)
    empty = sum(one.empty for one in sheets.values())

    assert len(shipped_templates()) == 10
    assert rows
    # a list counts as its columns once, else it would hide what the others lack
    alone = sum(one.cells for one in sheets.values()) + 8
    assert (alone - empty) * 100 >= LEAST_PERCENT * alone, {
        k: one.unknown for k, one in sheets.items()
    }
    assert (cells - empty) * 100 >= LEAST_PERCENT * cells


@pytest.mark.parametrize(("key", "code"), [("population", 0), ("culture", 1)])
def test_a_sheet_is_filled_from_the_command_line(city: City, tmp_path: Path, key: str, code: int) -> None:  # fmt: skip
    blank, out = tmp_path / "blank.xlsx", tmp_path / "filled.xlsx"
    blank.write_bytes(blank_sheet(shipped_templates()[key]))

    done = CliRunner().invoke(fill, [str(blank), "--place", TOWN, "--out", str(out)])

    assert done.exit_code == code, done.output
    texts = [cells for _line, cells in read_table(out.read_bytes())]
    assert any("示范一村" in " ".join(cells) for cells in texts)
