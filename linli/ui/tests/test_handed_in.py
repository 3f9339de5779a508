"""Lists that were handed in, as every app shows them: no row, no button; no cell becomes a formula."""

from __future__ import annotations

import csv
import io

import pytest
from django.template.loader import engines

from linli.kernel.errors import Busy, Invalid
from linli.ui import handed_in

DRAWN = """{% from "ui/parts.html" import take_list, columns_of_list %}
{{ take_list(counts, "/take", "", "Refused rows stay out.") }}
{{ columns_of_list(["A", ""], ["name"], {"0": "name"}, {"name": "Name"}) }}"""


def drawn(**counts: int) -> str:
    return engines["jinja2"].from_string(DRAWN).render({"counts": counts})


def test_a_list_without_a_good_row_is_not_offered_to_be_taken() -> None:
    some, none = drawn(rows=5, refused=3), drawn(rows=5, refused=5)

    assert 'action="/take"' in some
    assert 'action="/take"' not in none
    assert "Refused rows stay out." in none


def test_columns_are_read_back_as_they_were_shown() -> None:
    sent = {"column0": "name", "column1": "", "column2": "dragon", "column9": "name"}

    assert handed_in.columns_sent(sent, ["A", "B", "C"], ("name", "phone")) == {"name": 0}
    assert handed_in.fields_of_columns({"name": 0}) == {"0": "name"}


def test_reasons_come_the_most_frequent_first() -> None:
    counts = {"rows": 9, "fault:short": 2, "fault:long": 5}

    assert handed_in.reasons(counts, {"short": "too short", "long": "too long"}) == [
        (5, "too long"), (2, "too short"),
    ]  # fmt: skip


def test_a_cell_of_others_becomes_no_formula_in_the_file() -> None:
    answer = handed_in.rows_as_csv("refused-7", ["=A1", "line"], [["@SUM(A1)", 2]])

    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[-2:] == [["'=A1", "line"], ["'@SUM(A1)", "2"]]
    assert answer["Cache-Control"] == "no-store"
    assert "refused-7.csv" in answer["Content-Disposition"]


def test_only_what_is_wrong_with_the_file_stands_beside_its_field() -> None:
    assert handed_in.beside_the_file(Invalid({"file": ["It is empty."]})) == {
        "file": ["It is empty."]
    }
    with pytest.raises(Busy):
        handed_in.beside_the_file(Busy())
