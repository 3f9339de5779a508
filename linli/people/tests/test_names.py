"""Names are cleaned, judged, cut into terms, and found as people type them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.people.rules.addresses import address_key, building_pattern
from linli.people.rules.names import (
    clean_name,
    name_fault,
    name_key,
    name_terms,
    same_name,
    search_terms,
    split_name,
)
from linli.people.rules.readings import family_syllables, readings_of
from linli.people.rules.romanise import families_written


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" 张 三 ", "张三"),
        ("买买提 • 艾力", "买买提·艾力"),
        ("JOHN　 SMITH", "JOHN SMITH"),
        ("𠮷田㛃", "𠮷田㛃"),
        ("O’Neil", "O'Neil"),
        ("阿" * 30, "阿" * 30),
    ],
)
def test_a_name_is_written_in_one_way(typed: str, kept: str) -> None:
    assert clean_name(typed) == kept
    assert name_fault(kept) is None


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("", "name_missing"),
        ("   ", "name_missing"),
        ("陈😀", "name_signs"),
        ("<script>", "name_signs"),
        ("陈%", "name_signs"),
        ("12345", "name_signs"),
        ("陈\u0000明", "name_signs"),
        ("x" * 61, "name_too_long"),
    ],
)
def test_what_is_no_name_is_told_by_one_word(typed: str, fault: str) -> None:
    assert name_fault(clean_name(typed)) == fault


@pytest.mark.parametrize(
    ("family", "reading"),
    [
        ("单", "shan"), ("解", "xie"), ("仇", "qiu"), ("曾", "zeng"), ("区", "ou"), ("冼", "xian"),
        ("盖", "ge"), ("查", "zha"), ("任", "ren"), ("华", "hua"), ("朴", "piao"), ("燕", "yan"),
        ("翟", "zhai"), ("缪", "miao"), ("种", "chong"), ("秘", "bi"), ("乐", "yue"), ("覃", "qin"),
        ("欧阳", "ouyang"), ("尉迟", "yuchi"), ("万俟", "moqi"), ("澹台", "tantai"), ("陈", "chen"),
    ],
)  # fmt: skip
def test_family_names_are_read_as_their_bearers_say_them(family: str, reading: str) -> None:
    assert family_syllables(family)[0] == reading


@pytest.mark.parametrize(
    ("sign", "reading"),
    [("涌", "chong"), ("滘", "jiao"), ("埗", "bu"), ("涡", "wo"), ("莞", "guan")],
)
def test_words_of_the_delta_are_read_as_here(sign: str, reading: str) -> None:
    assert readings_of(sign)[0] == reading


@pytest.mark.parametrize(
    ("written", "family"),
    [
        ("CHAN", "陈"), ("Wong", "黄"), ("WONG", "王"), ("LEUNG", "梁"), ("CHEUNG", "张"),
        ("LAM", "林"), ("NG", "吴"), ("NG", "伍"), ("Au-Yeung", "欧阳"), ("TSE", "谢"),
    ],
)  # fmt: skip
def test_romanised_family_names_stand_for_their_signs(written: str, family: str) -> None:
    assert family in families_written(written)


@pytest.mark.parametrize(
    ("name", "family", "given_name"),
    [
        ("陈晓明", "陈", "晓明"),
        ("欧阳娜", "欧阳", "娜"),
        ("欧阳", "欧", "阳"),
        ("明", "", "明"),
        ("John Smith", "", "John Smith"),
        ("买买提·艾力", "", "买买提·艾力"),
    ],
)
def test_family_and_given_name(name: str, family: str, given_name: str) -> None:
    assert split_name(name) == (family, given_name)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("陈晓明", "陈晓明"), ("陈晓明", "晓明"), ("陈晓明", "明"), ("陈晓明", "陈晓"),
        ("陈晓明", "chenxiaoming"), ("陈晓明", "Chen Xiaoming"), ("陈晓明", "xiaoming chen"),
        ("陈晓明", "xiaom"), ("陈晓明", "cxm"), ("陈晓明", "CX"), ("陈晓明", "CHAN"),
        ("单田芳", "shan"), ("单田芳", "stf"), ("区志涌", "ouzhichong"), ("区志涌", "zhiyong"),
        ("买买提·艾力", "艾力"), ("买买提·艾力", "买买提艾力"), ("John Smith", "smith"),
        ("John Smith", "Smith John"), ("CHAN Siu-ming", "chan siu ming"), ("吕绿", "lv"), ("吕绿", "lu"),
    ],
)  # fmt: skip
def test_every_part_of_a_name_finds_it(name: str, typed: str) -> None:
    terms = name_terms(clean_name(name))
    assert any(term.startswith(asked) for term in terms for asked in search_terms(typed))


@given(
    st.text(
        alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=30
    )
)
def test_every_run_of_signs_in_a_name_is_reached(name: str) -> None:
    terms = name_terms(name)

    assert all(
        any(term.startswith(name[start:][:48]) for term in terms) for start in range(len(name))
    )
    assert all(0 < len(term) <= 48 for term in terms)


@given(st.text(max_size=80))
def test_any_text_gives_a_verdict_and_a_question(text: str) -> None:
    name = clean_name(text)

    assert name_fault(name) in (None, "name_missing", "name_too_long", "name_signs")
    assert len(search_terms(text)) <= 6


def test_lists_are_ordered_by_reading() -> None:
    names = ["张三", "陈晓明", "区志", "单田芳", "安妮"]

    assert sorted(names, key=name_key) == ["安妮", "陈晓明", "区志", "单田芳", "张三"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("买买提·艾力", "买买提艾力", True),
        ("john smith", "JOHN SMITH", True),
        ("陈明", "陈敏", False),
    ],
)
def test_two_spellings_of_one_name(one: str, other: str, same: bool) -> None:
    assert same_name(one, other) is same


@pytest.mark.parametrize(
    ("name", "address", "is_there"),
    [
        ("3栋", "示范花园3栋502", True),
        ("3栋", "示范花园13栋502", False),
        ("榕树巷3号", "榕树巷３号 601", True),
        ("榕树巷3号", "榕树巷13号", False),
        ("A座1", "A座12", False),
        ("A.座", "AB座", False),
    ],
)
def test_a_building_is_found_by_its_name_and_not_in_a_longer_number(
    name: str, address: str, is_there: bool
) -> None:
    found = re.search(building_pattern(name), address_key(address))

    assert (found is not None) is is_there
