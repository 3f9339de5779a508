"""`linli route`: rows of a list with town, topic, post and rule, and nothing changed by it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from linli.cases.models import Case, CaseEvent
from linli.cases.tests.test_routing import CITY, lamps, post_in, rule, rules_in_force
from linli.cli.routing import route
from linli.places.models import Outline, Place
from linli.places.testing import make_village

pytestmark = pytest.mark.django_db
ROWS = "number,text,lon,lat\n1,路灯坏了,113.755,22.955\n2,路灯坏了,,\n3,😀,1,1\n"


def run(tmp_path: Path, content: bytes, *options: str) -> Any:
    file = tmp_path / "orders.csv"
    file.write_bytes(content)
    return CliRunner().invoke(route, [str(file), *options])


def somewhere() -> Place:
    """Return a village with a square around the point of the first row."""
    village = make_village()
    ring = [[113.7, 22.9], [113.8, 22.9], [113.8, 23.0], [113.7, 23.0], [113.7, 22.9]]
    Outline.objects.create(
        place=village,
        geometry={"type": "Polygon", "coordinates": [ring]},
        source="test",
    )
    return village


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_each_row_says_where_it_would_go(tmp_path: Path, encoding: str) -> None:
    village = somewhere()
    clerk, crew = post_in(kind="clerk"), post_in(CITY, org="city_government", kind="head")
    only = rule(rules_in_force(), crew, categories=[lamps().pk], path=village.path)
    text = ROWS.replace("😀", "你好")

    done = run(tmp_path, text.encode(encoding), "--json")

    assert done.exit_code == 0, done.output
    first, second, third = json.loads(done.stdout)
    assert (first["number"], first["place_by"], first["topic"]) == ("1", "point", "路灯照明")
    assert (first["rule"], first["post_id"], first["by"]) == (only.pk, crew.pk, "rule")
    assert first["town"] and first["post"]
    assert (second["town"], second["rule"], second["post_id"]) == (None, None, crew.pk)
    assert (third["topic"], third["by"]) == (None, "office")
    assert clerk.pk and not Case.objects.exists() and not CaseEvent.objects.exists()


def test_without_json_it_is_a_list_again(tmp_path: Path) -> None:
    done = run(tmp_path, "number,text\n7,路灯坏了\n".encode())

    assert done.exit_code == 0
    assert done.stdout.splitlines()[0].startswith("number,town,village,topic,post,rule")
    assert done.stdout.splitlines()[1].startswith("7,,,路灯照明,")


def test_a_row_that_was_not_understood_whole_is_named_and_told_by_the_exit_code(
    tmp_path: Path,
) -> None:
    done = run(tmp_path, b"number,text,lon,lat\n7,x,a,b\n8,x,,\n", "--json")

    assert done.exit_code == 1
    assert [row["fault"] for row in json.loads(done.stdout)] == ["lon and lat are no numbers", None]


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"\xff\xfe\xff\x00\xd8"])
def test_what_is_no_list_is_refused(tmp_path: Path, content: bytes) -> None:
    done = run(tmp_path, content, "--json")

    assert done.exit_code != 0
    assert done.stdout == ""
