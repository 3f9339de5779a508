"""Ten sheets as towns send them out, filled from the registers of the demo village."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from django.utils import timezone

from linli.cli.reporting import fill
from linli.demo.cast import TOWN, VILLAGE_1
from linli.kernel.permits import system_actor
from linli.kernel.tables import read_table
from linli.offerings.clients.reporting_templates import blank_sheet, shipped_templates
from linli.offerings.queries.reporting_values import rows_of
from linli.offerings.services.reporting_offline import FilledSheet, fill_at_once
from linli.places import queries as places
from tests.conftest import City

SYSTEM = system_actor("test")
LEAST_PERCENT = 95
OF_THE_LIST = (
    "row.number", "person.name", "person.sex", "person.born_on", "person.age", "person.document",
    "person.address", "person.phone",
)  # fmt: skip


def filled(key: str, place: str = VILLAGE_1) -> FilledSheet:
    path, content = places.path_of(place) or "", blank_sheet(shipped_templates()[key])
    return fill_at_once(content, path, actor=SYSTEM, now=timezone.now())


def test_the_system_fills_nearly_all_cells_of_ten_sheets(city: City) -> None:
    """Goal: at least 95 of 100 cells of ten real sheets need nobody."""
    sheets = {key: filled(key) for key, one in shipped_templates().items() if not one.list}

    village, today = places.path_of(VILLAGE_1) or "", timezone.localdate()
    listed = [one for one in shipped_templates().values() if one.list]
    rows = [
        [bool(row.get(key)) for key in OF_THE_LIST]
        for one in listed
        for row in rows_of(one.list, village, today, actor=SYSTEM)
    ]
    cells = sum(one.cells for one in sheets.values()) + sum(map(len, rows))
    full = cells - sum(one.empty for one in sheets.values()) - sum(r.count(False) for r in rows)

    assert len(shipped_templates()) == 10
    assert rows
    assert full * 100 >= LEAST_PERCENT * cells, {key: one.unknown for key, one in sheets.items()}


@pytest.mark.parametrize(("key", "code"), [("population", 0), ("culture", 1)])
def test_a_sheet_is_filled_from_the_command_line(city: City, tmp_path: Path, key: str, code: int) -> None:  # fmt: skip
    blank, out = tmp_path / "blank.xlsx", tmp_path / "filled.xlsx"
    blank.write_bytes(blank_sheet(shipped_templates()[key]))

    done = CliRunner().invoke(fill, [str(blank), "--place", TOWN, "--out", str(out)])

    assert done.exit_code == code, done.output
    texts = [cells for _line, cells in read_table(out.read_bytes())]
    assert any("示范一村" in " ".join(cells) for cells in texts)
    # numbers of rows are no figures: the row of totals keeps its word
    assert any(cells[0] == "合计" for cells in texts) or key != "population"
