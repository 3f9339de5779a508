"""One way to write a value as bytes."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.kernel.canonical import canonical


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ({"b": 1, "a": [True, None, -0]}, b'{"a":[true,null,0],"b":1}'),
        ({"名": '𠮷\n\u0001\x7f/"\\'}, '{"名":"𠮷\\n\\u0001\x7f/\\"\\\\"}'.encode()),
        ((1, 2), b"[1,2]"),
        ("", b'""'),
        ({"a": {"z": {}, "b": []}}, b'{"a":{"b":[],"z":{}}}'),
    ],
)
def test_a_value_has_one_form(value: object, written: bytes) -> None:
    assert canonical(value) == written


@pytest.mark.parametrize(
    "value",
    [
        1.5,
        2**53,
        {"a": 2**53},
        {"a": [-(2**53)]},
        {1: "a"},
        b"x",
        {"a": {2, 3}},
        {"\U00020bb7": 1},
        "\ud800",
    ],
)
def test_a_value_without_one_form_is_refused(value: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        canonical(value)


@given(
    st.dictionaries(st.from_regex(r"[a-z]{1,5}", fullmatch=True), st.text() | st.integers(-9, 9))
)
def test_reading_it_gives_the_value_and_the_order_of_keys_does_not_matter(
    value: dict[str, object],
) -> None:
    turned = dict(reversed(list(value.items())))

    assert canonical(value) == canonical(turned)
    assert json.loads(canonical(value)) == value


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(st.text("abAZ_中文", max_size=4), inner, max_size=4)
        ),
    )
)
def test_it_is_what_the_language_itself_writes_with_sorted_keys(value: object) -> None:
    """Chains that were begun with another writer go on."""
    told = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert canonical(value) == told.encode()
