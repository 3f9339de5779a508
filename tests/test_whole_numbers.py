"""No text from outside that only looks like a number brings a page or a reader down."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.config.env_values import port_of
from linli.kernel.errors import Invalid
from linli.kernel.paging import _start_in, encode_cursor
from linli.people.views.frame import number_of as page_of_people
from linli.people.views.month import _month
from linli.plan.reading import read_plan
from linli.plan.reading.plain import number
from linli.plan.views.asking import number_of
from linli.translog.rules import read_note
from linli.translog.views import _number
from tests.trees import PACKAGE, that_name, tree

ODD = st.one_of(
    st.sampled_from(["²", "①", "٣", "９", "1²", "9" * 5000, "0" * 5000, "-", "", " 7 "]),
    st.text(max_size=30),
)
# digits that were matched by a pattern or are part of an identity number, not read as a number
BY_PATTERN = {
    "kernel/jobs.py", "kernel/dates.py", "people/rules/documents.py", "people/rules/asked.py",
    "people/services/exporting.py", "plan/reading/dates.py", "plan/reading/plain.py",
    "access/rules/terms.py", "places/services/cells.py", "notices/rules/guard.py",
    "access/queries/choices.py", "rulebook/law/model.py",
    "portal/doors.py", "portal/queries/feedback.py", "exchange/rules/orders.py", "kernel/wholes.py", "ui/context.py",
    "offerings/rules/item_codes.py", "people/rules/addresses.py",
}  # fmt: skip


@given(ODD)
def test_readers_of_numbers_take_one_or_none(text: str) -> None:
    for read in (page_of_people, number_of, number):
        found = read(text)
        assert found is None or found >= 0
    assert _month(f"{text}-{text}").day == 1
    assert 1 <= port_of(text, []) <= 65535


def _start(text: str) -> int:
    return _start_in(["row"], str, encode_cursor([text, "mark"]))


@given(ODD)
def test_readers_that_refuse_say_so(text: str) -> None:
    for refuse in (lambda: _number(text, 0), lambda: _start(text)):
        try:
            assert refuse() >= 0
        except Invalid as refusal:
            assert refusal.fields
    with pytest.raises(ValueError):
        read_note(f"linli\n{text}\nAAAA\n\n— a b\n")


@pytest.mark.parametrize("digits", ["²", "①", "9" * 5000])
def test_a_plan_with_impossible_numbers_is_read_to_its_end(digits: str) -> None:
    text = f"工作方案\n一、任务\n{digits}.整治环境。到20{digits}年，完成{digits}个。市民政局\n"

    assert read_plan(text).text == text


def test_nothing_else_asks_a_text_whether_it_is_digits() -> None:
    """`isdigit` is true for ²; what becomes a number goes through `whole_number`."""
    found = set()
    for path in that_name(PACKAGE.rglob("*.py"), "isdigit", "isdecimal"):
        if "tests" in path.parts or "migrations" in path.parts:
            continue
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Attribute) and node.attr in ("isdigit", "isdecimal"):
                found.add(str(path.relative_to(PACKAGE)))

    assert found - BY_PATTERN == set()
