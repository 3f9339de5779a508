"""What of a typed text is kept, and what a program is told about."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.kernel import texts
from linli.kernel.errors import Invalid
from linli.kernel.texts import clean_json, clean_text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("环卫服务合同", "环卫服务合同"),
        ("一\u202e二\u202c三", "一二三"),
        ("a\u2066b\u2069c\u200bd\ufeffe", "abcde"),
        ("a\x07b\x1b[31m\x9dc", "ab[31mc"),
        ("第一行\r\n第二行\t完", "第一行\r\n第二行\t完"),
        ("一\u2028二", "一\n二"),
        (
            "\U0001f468\u200d\U0001f469\u200d\U0001f467",
            "\U0001f468\u200d\U0001f469\u200d\U0001f467",
        ),
        ("Zoë　示范村 ·", "Zoë　示范村 ·"),
        ("", ""),
    ],
)
def test_what_nobody_sees_is_dropped_and_the_rest_stays(typed: str, kept: str) -> None:
    assert clean_text(typed) == kept


def test_a_body_is_cleaned_to_its_depth_and_other_values_stay() -> None:
    sent = {"a": ["x\u202ey", {"b": "\u200b路"}], "n": 3, "f": 1.5, "t": True, "z": None}

    assert clean_json(json.dumps(sent).encode()) == {
        "a": ["xy", {"b": "路"}], "n": 3, "f": 1.5, "t": True, "z": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        (rb'{"text": "a\u0000b"}', ["text"]),
        (rb'{"a": {"b": ["x", "\ud800"]}, "c": "\udc00x"}', ["a.b.1", "c"]),
        (rb'{"a\u0000": "x"}', ["body"]),
        (rb'"\u0000"', ["body"]),
    ],
)
def test_what_no_database_keeps_is_refused_where_it_stands(body: bytes, fields: list[str]) -> None:
    with pytest.raises(Invalid) as refused:
        clean_json(body)

    assert list(refused.value.fields) == fields


def test_a_whole_pair_of_surrogates_is_a_sign() -> None:
    assert clean_json(rb'{"text": "\ud83d\ude00"}') == {"text": "\U0001f600"}


ODD_ONES = "\x00\x07\x1f\x7f\x85\xad\u200b\u202e\u2028\u2029\ufeff\ud800\U000e0001"
SIGNS = st.text(st.sampled_from('a路\\u"\n\t\r\b\f\U0001f600' + ODD_ONES), max_size=6)


@given(
    st.recursive(
        SIGNS | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(SIGNS, inner)
    ),
    st.booleans(),
)
def test_one_look_spares_nothing_that_is_to_be_cleaned(sent: Any, is_escaped: bool) -> None:
    body = json.dumps(sent, ensure_ascii=is_escaped).encode("utf-8", "surrogatepass")

    def told() -> object:
        try:
            return clean_json(body)
        except Invalid as refusal:
            return list(refusal.fields)

    quick = told()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(texts, "_plain", lambda _body: None)
        assert told() == quick


@pytest.mark.parametrize("code", ["utf-8-sig", "utf-16", "utf-32-be"])
def test_a_body_in_another_code_is_read_as_before(code: str) -> None:
    assert clean_json('{"text": "一\u200b二"}'.encode(code)) == {"text": "一二"}


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"{'a': 1}"])
def test_what_is_no_json_is_told_as_before(body: bytes) -> None:
    with pytest.raises(ValueError):
        clean_json(body)
