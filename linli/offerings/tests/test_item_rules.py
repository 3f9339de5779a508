"""Items of service are read, checked and shortened without a database (PS-01, PS-02, PS-05 to PS-07, CE-21)."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.offerings.rules import guides
from linli.offerings.rules.item_codes import NotACode, code_fault, parse_code
from linli.offerings.rules.item_data import read_item, write_item
from linli.offerings.rules.item_lint import hindering, lint_item, promise_fault
from linli.offerings.testing import item_data, refused_data
from linli.offerings.types.items import ItemFacts, Limit


def facts(**more: Any) -> ItemFacts:
    return read_item(item_data(**more))[0]


def hinders(**more: Any) -> set[tuple[str, str]]:
    found, faults = read_item(item_data(**more))
    return {(one.where, one.code) for one in hindering([*faults, *lint_item(found)])}


def test_the_code_of_an_item_falls_into_its_parts() -> None:
    """PS-05 to PS-07, the example of the domain."""
    code = parse_code("11440100007482575H3440118009000")

    assert (code.body, code.level) == ("11440100007482575H", "3")
    assert (code.basic, code.region, code.sub) == ("440118009000", "44", "")
    assert parse_code("1144 0100 0074 8257 5h-3-440118009000-01").sub == "01"
    assert parse_code("440118009000").body == ""


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("11440100007482575H344011800900", "length"),
        ("11440100007482575X3440118009000", "body"),
        ("11440100007482575H7440118009000", "level"),
        ("11440100007482575H3330118009000", "region"),
        ("11440100007482575H344011800900A", "signs"),
        ("编码", "signs"),
        ("331180090001", "region"),
    ],
)
def test_a_wrong_code_is_told_by_what_is_wrong_with_it(text: str, reason: str) -> None:
    with pytest.raises(NotACode) as refused:
        parse_code(text)

    assert refused.value.reason == reason == code_fault(text)


def test_an_item_is_read_and_written_without_a_loss() -> None:
    for data in (item_data(), refused_data()):
        first, faults = read_item(data)

        assert faults == []
        assert read_item(write_item(first)) == (first, [])
    assert hinders() == set()


@given(
    st.dictionaries(
        st.sampled_from(["key", "kind", "name", "fee", "materials", "promised", "events", "refused"]),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(max_size=5),
            lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
            max_leaves=4,
        ),
    )
)  # fmt: skip
def test_whatever_stands_in_a_file_is_read_or_told(data: dict[str, Any]) -> None:
    found, faults = read_item(data)

    assert faults
    assert read_item(write_item(found))[0].key == found.key


def test_more_days_than_the_law_allows_cannot_be_promised() -> None:
    law = {"days": 10, "unit": "working", "source": "某条例", "certainty": "check"}

    assert hinders(statutory=law, promised={"days": 11, "unit": "working"}) == {
        ("promised", "promised_longer")
    }
    assert hinders(statutory=law, promised={"days": 10, "unit": "working"}) == set()
    assert hinders(statutory={**law, "source": ""}) == {("statutory", "limit_no_source")}


@pytest.mark.parametrize(
    ("promised", "statutory", "fault"),
    [
        (Limit(5, "working"), Limit(20, "calendar"), "promised_unit"),
        (Limit(14, "calendar"), Limit(10, "working"), "promised_unit"),
        (Limit(20, "calendar"), Limit(20, "calendar"), ""),
        (Limit(21, "calendar"), Limit(20, "calendar"), "promised_longer"),
        (None, Limit(20, "calendar"), ""),
        (Limit(5, "working"), None, ""),
    ],
)
def test_a_promise_counts_in_the_days_of_the_law_so_that_it_is_the_one_that_runs(
    promised: Limit | None, statutory: Limit | None, fault: str
) -> None:
    assert promise_fault(promised, statutory) == fault


def test_what_a_register_has_is_not_asked_of_the_applicant() -> None:
    """PS-02: 国务院令第716号 art. 7."""
    shared = {
        "key": "hukou",
        "zh": "户口簿",
        "en": "Household register",
        "by": "applicant",
        "source": "人口信息库",
    }

    assert hinders(materials=[shared], questions=[], conditions=[]) == {
        ("materials.1", "material_shared")
    }
    assert hinders(materials=[{**shared, "by": "sharing"}], questions=[]) == set()
    assert hinders(materials=[{**shared, "by": "sharing", "source": None}], questions=[]) == {
        ("materials.1", "sharing_no_source")
    }  # fmt: skip


def test_what_a_register_usually_has_is_asked_only_with_a_reason_that_everybody_reads() -> None:
    """PS-02: by how the paper is called, whether or not the author names the register."""
    held = {"户口簿": "户籍信息库", "社会保险": "社会保险信息库"}
    book = {"key": "book", "zh": "父母户口簿", "en": "Parents' register", "by": "applicant"}
    paper = {"key": "paid", "zh": "社会保险参保信息", "en": "Insurance", "by": "applicant"}
    lease = {"key": "lease", "zh": "租房合同", "en": "Lease", "by": "applicant"}

    def found(*materials: dict[str, Any]) -> list[tuple[str, str]]:
        facts = read_item(item_data(materials=list(materials), questions=[], conditions=[]))[0]
        return [(one.where, one.word) for one in lint_item(facts, (), held) if not one.is_warning]

    assert found(lease, book, paper) == [
        ("materials.2", "父母户口簿（户籍信息库）"),
        ("materials.3", "社会保险参保信息（社会保险信息库）"),
    ]
    why = {"zh": "外地登记的查不到", "en": "Not to be looked up"}
    assert found({**book, "why": why}, {**paper, "by": "sharing", "source": "社会保险信息库"}) == []
    assert (
        read_item(item_data(materials=[{**book, "why": why}]))[0].materials[0].why.en == why["en"]
    )


def test_a_code_names_the_level_where_it_is_decided_and_a_phone_can_be_dialled() -> None:
    city = "11440100007482575H3440118009000"

    assert hinders(code=city, level="city") == set()
    assert hinders(code=city, level="town") == {("code", "code_other_level")}
    assert hinders(code="440118009000", level="village") == set()
    for phone in ("12345", "0769-22811111", "", None):
        assert hinders(phone=phone) == set()
    for phone in ("ask the clerk", "123456789012345678901"):
        assert ("phone", "no_phone") in hinders(phone=phone)


def test_a_proof_without_a_basis_cannot_be_published() -> None:
    """CE-21."""
    assert hinders(kind="certificate", basis=[]) == {("basis", "proof_no_basis")}
    assert hinders(kind="administrative", basis=[]) == {("basis", "no_basis")}
    assert hinders(kind="public_service", basis=[]) == set()


def test_a_refused_proof_says_where_to_go_and_asks_for_nothing() -> None:
    """CE-01 to CE-20."""
    nowhere = {"rule": "CE-99", "instead": {"zh": ""}}
    found, faults = read_item(refused_data(refused=nowhere, materials=item_data()["materials"]))
    codes = {one.code for one in [*faults, *hindering(lint_item(found))]}

    assert codes >= {"refused_nowhere", "refused_no_rule", "refused_asks"}
    assert ("refused", "not_refused") in hinders(
        refused={"rule": "CE-01", "instead": {"zh": "去派出所"}}
    )


def test_what_hangs_on_a_question_that_is_not_asked_is_told() -> None:
    lost = {"key": "x", "zh": "材料", "en": "x", "when": {"nobody": ["a"], "home": ["castle"]}}

    assert hinders(materials=[lost]) == {
        ("materials.1", "when_question"), ("materials.1", "when_answer")
    }  # fmt: skip
    assert ("materials", "twice") in hinders(
        materials=[{"key": "x", "zh": "a"}, {"key": "x", "zh": "b"}]
    )
    assert hinders(fee={"fen": 500}) == {("fee", "fee_no_basis")}


def test_answers_shorten_the_list_to_ones_own_case() -> None:
    item = facts()

    def needed(**answers: str) -> list[tuple[str, bool]]:
        given = guides.answers_of(item, answers)
        return [(one.key, sure) for one, sure in guides.to_bring(item, given)]

    assert needed() == [("photo", True), ("lease", False)]
    assert needed(home="own") == [("photo", True)]
    assert needed(home="rented", register="no") == [("photo", True), ("lease", True)]
    assert needed(home="castle", x="y") == needed()
    assert [one.key for one, _sure in guides.looked_up(item, {})] == ["identity"]


def test_a_question_is_asked_only_while_its_answer_matters() -> None:
    item = facts()

    assert [one.key for one in guides.questions_that_matter(item, {})] == ["home", "register"]
    assert [one.key for one in guides.questions_that_matter(item, {"home": "own"})] == ["home"]
    assert guides.question_missing(item, {"home": "own"}) is None
    missing = guides.question_missing(item, {"home": "rented"})
    assert missing is not None and missing.key == "register"
