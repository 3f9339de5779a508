"""The publishing lint finds what would trouble people, and says where."""

from __future__ import annotations

from typing import Any

import pytest

from linli.formkit.queries import told_finding
from linli.formkit.rules.comparing import compare
from linli.formkit.rules.edits import add_field, copy_field, move_field, remove_field
from linli.formkit.rules.edits_pages import add_page, rename
from linli.formkit.rules.lint import lint
from linli.formkit.rules.writing import write_spec
from linli.formkit.testing import demo_spec, field, make_spec, options
from linli.formkit.types import Audience, Kind

YES = {"op": "is", "field": "a", "value": True}


def codes(
    fields: dict[str, Any], audience: Audience = Audience.RESIDENTS, **more: Any
) -> set[tuple[str, str]]:
    found = lint(make_spec(fields, **more), audience)
    assert all(told_finding(one) for one in found)
    return {(one.code, one.path) for one in found}


def test_the_form_of_the_demo_has_no_fault() -> None:
    assert [one for one in lint(demo_spec(), Audience.RESIDENTS) if one.is_fault] == []


def test_long_pages_with_a_small_table_are_no_fault() -> None:
    table = field("table", max_rows=2, columns={"n": field("text")})
    many = {f"q{number}": field("text") for number in range(100)}

    assert ("too_many_cells", "") not in codes({"t": table, **many})


A = {"a": field("yesno")}


@pytest.mark.parametrize(
    ("finding", "fields", "more"),
    [
        (("no_words", "a"), {"a": field("text", help={"zh": "帮助", "en": ""})}, {}),
        (("unreachable", "b"), {**A, "b": field("text")}, {"pages": [["a"]]}),
        (("asked_twice", "a"), A, {"pages": [["a"], ["a"]]}),
        (("empty_page", ""), A, {"pages": [["a"], []]}),
        (("no_such_item", "z"), A, {"pages": [["a", "z"]]}),
        (
            ("later_page", "b"),
            {"b": field("text"), **A},
            {"pages": [["b"], ["a"]], "show": {"b": YES}},
        ),
        (("later_field", "b"), {"b": field("text"), **A}, {"show": {"b": YES}}),
        (("circle", "a"), A, {"show": {"a": YES}}),
        (("no_such_field", "a"), A, {"show": {"a": {"op": "filled", "field": "gone"}}}),
        (
            ("cannot_compare", "b"),
            {**A, "b": field("text")},
            {"show": {"b": {"op": "at_least", "field": "a", "value": 1}}},
        ),
        (
            ("no_such_answer", "b"),
            {"a": field("choice", options=options("x", "y")), "b": field("text")},
            {"show": {"b": {"op": "is", "field": "a", "value": "z"}}},
        ),
        (
            ("other_row", "b"),
            {"a": field("table", columns={"n": field("whole")}), "b": field("text")},
            {"show": {"b": {"op": "at_least", "field": "a.n", "value": 1}}},
        ),
        (("no_computation", "c"), {"c": field("computed")}, {}),
        (
            ("not_a_number", "c"),
            {"a": field("text"), "c": field("computed")},
            {"compute": {"c": {"op": "sum", "of": [{"field": "a"}]}}},
        ),
        (
            ("not_a_day", "c"),
            {"a": field("whole"), "c": field("computed")},
            {"compute": {"c": {"op": "age_on", "of": [{"field": "a"}, {"today": True}]}}},
        ),
        (
            ("mixed_money", "c"),
            {"a": field("whole"), "m": field("money"), "c": field("computed", result="money")},
            {"compute": {"c": {"op": "sum", "of": [{"field": "a"}, {"field": "m"}]}}},
        ),
        (
            ("other_result", "c"),
            {"m": field("money"), "c": field("computed")},
            {"compute": {"c": {"op": "sum", "of": [{"field": "m"}]}}},
        ),
        (
            ("many_rows", "c"),
            {"t": field("table", columns={"n": field("whole")}), "c": field("computed")},
            {"compute": {"c": {"op": "product", "of": [{"field": "t.n"}, {"value": 2}]}}},
        ),
        (
            ("computes_typed", "a"),
            {"a": field("whole")},
            {"compute": {"a": {"op": "sum", "of": [{"value": 1}]}}},
        ),
        (("one_option", "a"), {"a": field("choice", options=options("x"))}, {}),
        (("double_option", "a"), {"a": field("choice", options=options("x", "x"))}, {}),
        (("unsealed", "a"), {"a": field("identity")}, {}),
        (("unsealed", "t.p"), {"t": field("table", columns={"p": field("phone")})}, {}),
        (("no_root", "a"), {"a": field("place")}, {}),
        (
            ("required_in_empty", "t.n"),
            {"t": field("table", columns={"n": field("text", required=True)})},
            {},
        ),
        (("reserved_key", "page"), {"page": field("text")}, {}),
        (("no_columns", "t"), {"t": field("table")}, {}),
        (("crossed_bounds", "a"), {"a": field("whole", least=5, most=1)}, {}),
        (("bad_bound", "a"), {"a": field("date", least="soon")}, {}),
        (("no_decimals", "a"), {"a": field("decimal")}, {}),
        (("hukou_early", "a"), {"a": field("yesno", "您的户口在本村吗？")}, {}),
        (("asks_known", "a"), {"a": field("text", known_from="person.name")}, {}),
        (("same_label", "b"), {"a": field("text", "同"), "b": field("text", "同")}, {}),
        (("many_on_page", ""), {f"q{n}": field("text", f"q{n}") for n in range(13)}, {}),
        (("many_questions", ""), {f"q{n}": field("text", f"q{n}") for n in range(41)}, {}),
        (
            ("too_many_cells", ""),
            {"t": field("table", max_rows=200, columns={f"c{n}": field("text") for n in range(5)})},
            {},
        ),
    ],
)
def test_the_lint_finds(finding: Any, fields: Any, more: Any) -> None:
    assert finding in codes(fields, **more)


def test_hukou_may_be_asked_once_an_answer_makes_it_matter() -> None:
    fields = {"a": field("yesno", "a"), "h": field("yesno", "hukou")}

    assert ("hukou_early", "h") in codes(fields)
    assert ("hukou_early", "h") not in codes(fields, show={"h": YES})
    assert ("hukou_early", "h") not in codes(fields, pages=[["a"], ["h"]])


def test_a_photo_is_demanded_of_staff_only_in_a_special_scene_and_with_its_basis() -> None:
    """BU-12, BU-13, BU-15."""
    plain, scene = (
        field("photos", required=True),
        field("photos", required=True, scene="fire", basis="x"),
    )

    assert {("no_basis", "p"), ("no_scene", "p")} <= codes({"p": plain}, Audience.STAFF)
    assert codes({"p": scene}, Audience.STAFF) == set()
    assert codes({"p": plain}) == set()
    assert codes({"p": field("point", basis="x")}, Audience.STAFF) == set()


def test_what_the_register_knows_may_be_asked_if_some_app_fills_it_in() -> None:
    spec = make_spec({"a": field("text", known_from="person.name")})

    assert lint(spec, Audience.RESIDENTS, frozenset({"person.name"})) == []


def test_building_steps_give_forms_that_can_be_written() -> None:
    spec = demo_spec()
    for kind in Kind:
        spec, key = add_field(spec, kind, page="you", section=0)
        write_spec(spec)
    spec, copied = copy_field(spec, "things.price")
    spec, page = add_page(spec)
    spec = remove_field(move_field(spec, "gas", 1), "phone")

    assert copied == "things.price2"
    assert page == "page"
    assert spec.pages[1].sections[0].items == ("gas_hose", "gas")
    assert "phone" not in spec.fields
    assert [c.path for c in compare(demo_spec(), spec, "en") if c.what == "removed"] == ["phone"]


def test_a_question_moves_over_the_edge_of_its_section_and_page() -> None:
    spec = demo_spec()

    assert move_field(spec, "people", 1).pages[1].sections[0].items[0] == "people"
    assert move_field(spec, "gas", -1).pages[0].items[-1] == "gas"
    assert move_field(spec, "home_kind", -1) == spec
    assert move_field(spec, "sign", 1) == spec


def test_a_new_short_name_goes_everywhere_where_the_old_one_stood() -> None:
    spec = rename(
        rename(rename(demo_spec(), "gas", "bottled"), "things", "kit"), "kit.count", "pieces"
    )

    assert [one for one in lint(spec, Audience.RESIDENTS) if one.is_fault] == []
    assert "gas" not in str(write_spec(spec)["logic"]).replace("gas_hose", "")
