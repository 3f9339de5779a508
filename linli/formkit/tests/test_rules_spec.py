"""Reading and writing forms: round trips, what is refused, and the schema that outsiders use."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from linli.formkit.rules.checking import schema_faults
from linli.formkit.rules.parsing import read_spec
from linli.formkit.rules.reading import read
from linli.formkit.rules.samples import sample
from linli.formkit.rules.shapes import SpecBroken
from linli.formkit.rules.typing_back import typed_of
from linli.formkit.rules.writing import write_spec
from linli.formkit.testing import demo_spec, field, make_spec, options, spec_json

TODAY = date(2026, 11, 24)


def test_a_form_that_is_written_is_read_as_the_same_form() -> None:
    spec = demo_spec()

    assert read_spec(json.loads(json.dumps(write_spec(spec)))) == spec


def test_its_schema_is_json_schema_2020_12() -> None:
    schema = write_spec(demo_spec())["schema"]

    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@given(st.integers(0, 10_000))
def test_random_answers_are_taken_by_the_form_and_by_its_schema_alone(seed: int) -> None:
    spec = demo_spec()
    values = sample(spec, seed=seed, today=TODAY)
    typed, files = typed_of(spec, values)

    reading = read(spec, typed, files, today=TODAY)

    assert reading.faults == {}
    assert reading.answers is not None
    assert reading.answers.whole == values
    assert schema_faults(write_spec(spec)["schema"], values) == []


def test_the_schema_alone_refuses_what_is_missing_or_not_asked() -> None:
    spec = make_spec(
        {"gas": field("yesno", required=True), "hose": field("whole", required=True)},
        show={"hose": {"op": "is", "field": "gas", "value": True}},
    )
    schema = write_spec(spec)["schema"]

    assert schema_faults(schema, {"gas": True, "hose": 3}) == []
    assert schema_faults(schema, {"gas": False}) == []
    assert schema_faults(schema, {"gas": True}) == [("hose", "required")]
    assert schema_faults(schema, {"gas": False, "hose": 3}) != []
    assert schema_faults(schema, {"gas": "yes"}) != []
    assert schema_faults(schema, {"gas": False, "new": 1}) == [("new", "unknown")]
    assert schema_faults(schema, []) != []


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (None, "no_object"),
        ([], "no_object"),
        ({"schema": []}, "no_object"),
        ({"schema": {"properties": {"Bad Key": field("text")}}}, "bad_key"),
        ({"schema": {"properties": {"a": {}}}}, "no_object"),
        ({"schema": {"properties": {"a": field("script")}}}, "unknown"),
        ({"schema": {"properties": {"a": field("text", longest=10**9)}}}, "bad_number"),
        ({"schema": {"properties": {"a": field("text", required="yes")}}}, "no_flag"),
        ({"schema": {"properties": {"a": field("whole", least="1")}}}, "bad_number"),
        ({"schema": {"properties": {"a": field("whole", least=True)}}}, "bad_number"),
        ({"schema": {"properties": {f"a{n}": field("text") for n in range(301)}}}, "too_many"),
        (spec_json({"t": field("table", columns={"x": field("table")})}), "unknown"),
        (
            spec_json({"a": field("text")}, show={"b": {"op": "filled", "field": "a"}}),
            "no_such_field",
        ),
        (spec_json({"a": field("text")}, show={"a": {"op": "eval", "field": "a"}}), "unknown"),
        (spec_json({"a": field("text")}, show={"a": {"op": "all", "of": []}}), "empty"),
        (spec_json({"a": field("computed")}, compute={"a": {"op": "sum", "of": []}}), "operands"),
        (
            spec_json(
                {"a": field("computed")}, compute={"a": {"op": "sum", "of": [{"value": "1e9"}]}}
            ),
            "bad_number",
        ),
        (
            {"schema": {"properties": {"a": field("text", help={"zh": "\ud800", "en": ""})}}},
            "bad_text",
        ),
    ],
)
def test_what_is_no_form_is_refused_with_its_place(data: Any, code: str) -> None:
    with pytest.raises(SpecBroken) as refusal:
        read_spec(data)

    assert refusal.value.code == code


def test_huge_nesting_is_refused_without_falling_over() -> None:
    deep: Any = {}
    for _level in range(100_000):
        deep = {"of": [deep]}
    condition: Any = {"op": "filled", "field": "a"}
    for _level in range(7):
        condition = {"op": "not", "of": [condition]}

    with pytest.raises(SpecBroken, match="too_deep"):
        read_spec({"schema": deep})
    with pytest.raises(SpecBroken, match="too_deep"):
        read_spec(spec_json({"a": field("text"), "b": field("text")}, show={"b": condition}))


def test_an_explanation_stands_in_the_layout_and_never_in_the_schema() -> None:
    data = spec_json({"a": field("text")})
    data["layout"]["pages"][0]["sections"][0]["items"] = [
        {"note": "hello", "text": {"zh": "您好", "en": "Hello"}}, "a",
    ]  # fmt: skip
    written = write_spec(read_spec(data))

    assert list(written["schema"]["properties"]) == ["a"]
    assert written["layout"]["pages"][0]["sections"][0]["items"][0]["note"] == "hello"


def test_a_condition_on_what_a_schema_cannot_say_leaves_the_branch_open() -> None:
    spec = make_spec(
        {"born": field("date"), "alarm": field("yesno", required=True)},
        show={"alarm": {"op": "at_most", "field": "born", "value": "1966-11-24"}},
    )
    schema = write_spec(spec)["schema"]

    assert "allOf" not in schema
    assert schema_faults(schema, {"born": "2000-01-01"}) == []


def test_the_schema_says_the_same_as_the_logic_about_several_answers() -> None:
    fields = {"risks": field("several", options=options("bars", "wires")), "plan": field("text")}
    for op, value in (("is", "bars"), ("is_not", "bars"), ("in", ["bars", "wires"])):
        spec = make_spec(fields, show={"plan": {"op": op, "field": "risks", "value": value}})
        schema = write_spec(spec)["schema"]
        for risks in ([], ["bars"], ["wires"], ["bars", "wires"]):
            typed = {"risks": risks, "plan": ["new frame"]}
            answers = read(spec, typed, {}, today=TODAY).answers
            assert answers is not None
            assert schema_faults(schema, answers.whole) == []
            if "plan" not in answers.whole:
                assert schema_faults(schema, {**answers.whole, "plan": "x"}) != []
