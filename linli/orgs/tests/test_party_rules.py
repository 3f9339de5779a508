"""When the Party's rules and the plan ask for another form of organisation (PO-01 to PO-06)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from linli.kernel.numbers import Op, Share, Standing, Threshold
from linli.orgs.rules import party
from linli.orgs.types import PartyForm, ProposalKind

OVER_50, OVER_100 = (Share(Op.GT, n, 1, "party_members") for n in (50, 100))
SIZES = party.Sizes(
    branch_min=3,
    committee_min=7,
    joint_units_max=5,
    general_branch=OVER_50,
    party_committee=OVER_100,
    new_type_general_branch=Threshold(OVER_50),
    new_type_committee=Threshold(OVER_100),
    many=20,
    relatively_many=8,
    non_local_min=1,
)
NEAR_3 = replace(
    SIZES,
    new_type_general_branch=Threshold(OVER_50, near_tolerance=3),
    new_type_committee=Threshold(OVER_100, near_tolerance=3),
)


@pytest.mark.parametrize(
    ("formal", "kind"),
    [
        (0, None),
        (1, ProposalKind.JOIN_BRANCH),
        (2, ProposalKind.JOIN_BRANCH),
        (3, ProposalKind.FORM_BRANCH),
        (4, ProposalKind.FORM_BRANCH),
    ],
)
def test_po_01_three_formal_members_make_a_branch(formal: int, kind: ProposalKind | None) -> None:
    verdict = party.set_up(formal, SIZES)

    assert (verdict.kind if verdict else None) == kind


@pytest.mark.parametrize(("units", "too_wide"), [(2, False), (5, False), (6, True)])
def test_po_01_a_joint_branch_covers_five_units_at_most(units: int, too_wide: bool) -> None:
    assert party.is_too_wide(PartyForm.JOINT_BRANCH, units, SIZES) is too_wide
    assert not party.is_too_wide(PartyForm.BRANCH, units, SIZES)


@pytest.mark.parametrize(
    ("formal", "has_committee", "proposed"),
    [(6, False, False), (7, False, True), (7, True, False)],
)
def test_po_02_seven_formal_members_make_a_committee(
    formal: int, has_committee: bool, proposed: bool
) -> None:
    verdict = party.needs_committee(formal, SIZES, has_committee=has_committee)

    assert (verdict is not None) is proposed


@pytest.mark.parametrize(
    ("form", "members", "kind"),
    [
        (PartyForm.BRANCH, 50, None),
        (PartyForm.BRANCH, 51, ProposalKind.GENERAL_BRANCH),
        (PartyForm.BRANCH, 100, ProposalKind.GENERAL_BRANCH),
        (PartyForm.BRANCH, 101, ProposalKind.PARTY_COMMITTEE),
        (PartyForm.GENERAL_BRANCH, 100, None),
        (PartyForm.GENERAL_BRANCH, 101, ProposalKind.PARTY_COMMITTEE),
        (PartyForm.COMMITTEE, 500, None),
    ],
)
def test_po_03_over_fifty_and_over_a_hundred(
    form: PartyForm, members: int, kind: ProposalKind | None
) -> None:
    verdict = party.grows(form, members, SIZES)

    assert (verdict.kind if verdict else None) == kind


@pytest.mark.parametrize(
    ("why", "organisations", "members", "sizes", "committee", "general"),
    [
        ("50 members are not over 50", 30, 50, SIZES, False, False),
        ("51 members are over 50", 30, 51, SIZES, False, True),
        ("47 are near 50 with a tolerance of 3", 30, 47, NEAR_3, False, True),
        ("46 are not near with a tolerance of 3", 30, 46, NEAR_3, False, False),
        ("47 are not near without a tolerance", 30, 47, SIZES, False, False),
        ("100 members are not over 100", 30, 100, SIZES, False, True),
        ("101 members are over 100", 30, 101, SIZES, True, True),
        ("97 are near 100 with a tolerance of 3", 30, 97, NEAR_3, True, True),
        ("members alone do not do: few organisations", 7, 300, SIZES, False, False),
        ("relatively many organisations do for a general branch", 8, 300, SIZES, False, True),
        ("19 organisations are not many", 19, 300, SIZES, False, True),
        ("20 organisations are many", 20, 300, SIZES, True, True),
        ("organisations alone do not do: few members", 300, 10, SIZES, False, False),
    ],
)
def test_po_04_both_conditions_count(
    why: str, organisations: int, members: int, sizes: party.Sizes, committee: bool, general: bool
) -> None:
    larger, smaller = party.new_type(organisations, members, sizes)

    assert larger.kind is ProposalKind.NEW_TYPE_COMMITTEE
    assert smaller.kind is ProposalKind.NEW_TYPE_GENERAL_BRANCH
    assert (larger.holds, smaller.holds) == (committee, general), why


def test_po_04_nothing_is_proposed_while_the_town_has_not_said_what_many_is() -> None:
    unset = replace(SIZES, many=None, relatively_many=None)

    assert [v.holds for v in party.new_type(500, 500, unset)] == [False, False]


def test_num_05_a_near_number_is_marked_as_near() -> None:
    _larger, smaller = party.new_type(30, 47, NEAR_3)

    assert smaller.conditions[1].as_dict() == {
        "key": "members",
        "counted": 47,
        "sign": ">",
        "needed": 50,
        "standing": Standing.NEAR.value,
        "tolerance": 3,
    }


@pytest.mark.parametrize(
    ("serving", "is_asked", "proposed"),
    [(0, True, True), (1, True, False), (0, False, False)],
)
def test_po_06_one_member_from_outside_where_the_town_asks_for_it(
    serving: int, is_asked: bool, proposed: bool
) -> None:
    assert (party.non_local(serving, SIZES, is_asked=is_asked) is not None) is proposed


@pytest.mark.parametrize(
    ("organisations", "members", "uncounted", "many", "asked"),
    [
        (20, 101, 0, 20, True),
        (20, 101, 3, 20, True),
        (19, 101, 0, 20, False),
        (20, 100, 0, 20, False),
        (20, 100, 1, 20, None),
        (19, 100, 1, 20, False),
        (20, 101, 0, None, None),
        (20, 100, 0, None, False),
    ],
)
def test_po_04_is_unknown_as_long_as_what_decides_it_is_not_counted_or_not_set(
    organisations: int, members: int, uncounted: int, many: int | None, asked: bool | None
) -> None:
    committee = party.new_type(organisations, members, replace(SIZES, many=many))[0]

    assert party.is_asked(committee, uncounted=uncounted) is asked
