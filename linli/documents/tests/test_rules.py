"""Rules of papers. Basis: GB/T 9704-2012 (domain 15.1)."""

from datetime import date

import pytest

from linli.documents.rules import papers as rules
from linli.documents.types import Field
from linli.kernel.testing import CITY, TOWN, VILLAGE


def test_an_official_number_has_the_full_year_and_no_leading_zeros() -> None:
    assert rules.official_number("东委办发", 2016, 5) == "东委办发〔2016〕5号"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("东委办发〔2016〕5号", ("东委办发", 2016, 5)),
        ("东委办发〔2016〕号", ("东委办发", 2016, None)),
        ("东委办发〔2016〕05号", None),
        ("东委办发[2016]5号", None),
        ("东委办发〔2016〕第5号", None),
        ("东委办发〔16〕5号", None),
    ],
)
def test_reading_official_numbers(text: str, expected: tuple[str, int, int | None] | None) -> None:
    found = rules.read_official_number(text)
    assert (found and (found.org, found.year, found.no)) == expected
    assert found is None or str(found) == text


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (CITY, ("441900", "", "")),
        (TOWN, ("441900", "441900005", "")),
        (VILLAGE, ("441900", "441900005", "441900005001")),
        (VILLAGE + "441900005001001/", ("441900", "441900005", "441900005001")),
        ("", ("", "", "")),
    ],
)
def test_codes_of_a_path(path: str, expected: tuple[str, str, str]) -> None:
    assert rules.place_parts(path) == expected


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"text": ["a", "b"], "n": 5}, None),
        ({"logo": b"\x89PNG"}, "logo"),
        ({"seal": "data:image/png;base64,iVBOR"}, "seal"),
        ({"rows": [["a"], ["iVBORw0KGgoAAAANSUhEUg"]]}, "rows"),
        ({"facts": {"sign": "公章.PNG"}}, "facts.sign"),
        ({"people": [{"公章图": ""}]}, "people.公章图"),
        ({"note": "<svg onload=x>"}, "note"),
        ({"note": "请看 jpg 文件说明"}, None),
    ],
)
def test_a_picture_is_found_wherever_it_hides(data: dict, field: str | None) -> None:
    assert rules.picture_in(data) == field


SCHEMA = {"name": Field.TEXT, "count": Field.NUMBER, "on": Field.DAY, "rows": Field.ROWS}
GOOD = {"name": "a", "count": 1, "on": date(2026, 1, 1), "rows": [["x"]]}


@pytest.mark.parametrize(
    ("change", "faults"),
    [
        ({}, {}),
        ({"rows": None}, {}),
        ({"count": True}, {"count": "number"}),
        ({"on": "2026-01-01"}, {"on": "day"}),
        ({"rows": ["x"]}, {"rows": "rows"}),
        ({"more": 1}, {"more": "unknown"}),
        ({"name": "x" * 20_001}, {"name": "text"}),
    ],
)
def test_data_must_be_what_the_template_names(change: dict, faults: dict) -> None:
    assert rules.data_faults(SCHEMA, frozenset(), {**GOOD, **change}) == faults


def test_missing_data_are_named_unless_they_are_optional() -> None:
    assert rules.data_faults(SCHEMA, frozenset({"on"}), {"name": "a", "count": 1}) == {
        "rows": "missing"
    }


@pytest.mark.parametrize(
    ("source", "faults"),
    [
        ('#import "/documents/print/form.typ": *\n#form[x]', []),
        ('#image("seal.png")', ["image("]),
        ('#let x = read("/config/settings.py")', ["read("]),
        ('#import "@preview/seal:0.1.0": *', ['#import "@']),
    ],
)
def test_what_a_template_may_not_hold(source: str, faults: list[str]) -> None:
    assert rules.template_faults(source) == faults


def test_nobody_approves_her_own_application() -> None:
    assert rules.may_approve(1, 2)
    assert not rules.may_approve(1, 1)
    assert not rules.may_approve(1, None)
