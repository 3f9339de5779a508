"""Party organisations of tasks 1 to 3: counts, relations, coverage, proposals with both conditions."""

from __future__ import annotations

from datetime import date

import pytest

from linli.kernel.errors import NotAllowed
from linli.kernel.permits import PROTECTED, STAFF
from linli.kernel.testing import OTHER_TOWN, TOWN, VILLAGE, make_actor
from linli.orgs import permits
from linli.orgs.errors import Overlap
from linli.orgs.models import CoverageSpot, PartyCount, PartyManagement, SetupProposal
from linli.orgs.queries import coverage, party
from linli.orgs.services import coverage as spots
from linli.orgs.services import party as services
from linli.orgs.services import proposals
from linli.orgs.testing import (
    NOON,
    TODAY,
    make_holding,
    make_organisation,
    make_party,
    make_post,
    place_at,
)
from linli.orgs.types import CountKind, Management, SpotKind
from linli.rulebook.testing import make_local_value

KEEPER = make_actor("keeper", permits.PARTY, permits.PARTY_KEEP, at=TOWN, ceiling=PROTECTED)
DECIDER = make_actor("decider", permits.PARTY, permits.PARTY_DECIDE, at=TOWN, ceiling=PROTECTED)
LOW = make_actor("low", permits.PARTY_KEEP, permits.PARTY_DECIDE, at=TOWN, ceiling=STAFF)
FAR = make_actor("far", permits.PARTY_KEEP, permits.PARTY_DECIDE, at=OTHER_TOWN, ceiling=PROTECTED)


def town_says(key: str, value: int) -> None:
    """Let the town set a number by a document of its own."""
    make_local_value(key, value, place=TOWN, issuer="示范镇党委")


def proposed() -> list[str]:
    made = proposals.propose_setups(place_at(), actor=KEEPER, now=NOON)
    return sorted(p.kind for p in made)


@pytest.mark.django_db
def test_counts_are_kept_and_the_latest_day_counts() -> None:
    branch = make_party()
    for day, number in ((date(2026, 3, 31), 20), (date(2026, 6, 30), 25), (date(2025, 12, 31), 90)):
        services.enter_counts(
            branch, {CountKind.FORMAL: number}, counted_on=day, actor=KEEPER, now=NOON
        )

    (row,) = party.party_register(KEEPER, branch.path, on=TODAY)

    assert (row.formal, row.counted_on) == (25, date(2026, 6, 30))
    assert PartyCount.objects.count() == 3


@pytest.mark.django_db
@pytest.mark.parametrize("actor", [LOW, FAR], ids=lambda a: a.label)
def test_who_lacks_the_level_or_the_place_enters_nothing(actor) -> None:  # type: ignore[no-untyped-def]
    branch = make_party()

    with pytest.raises(NotAllowed):
        services.enter_counts(
            branch, {CountKind.FORMAL: 3}, counted_on=TODAY, actor=actor, now=NOON
        )
    with pytest.raises(NotAllowed):
        services.name_for_non_local(place_at(), since=TODAY, document="x", actor=actor, now=NOON)

    assert not PartyCount.objects.exists()


@pytest.mark.django_db
def test_what_was_not_counted_is_unknown_and_not_zero() -> None:
    branch = make_party()

    (row,) = party.party_register(KEEPER, branch.path, on=TODAY)

    assert (row.formal, row.members) == (None, None)
    assert proposed() == []


@pytest.mark.django_db
def test_both_conditions_of_the_plan_with_the_numbers_of_the_town() -> None:
    """PO-04, NUM-05: nothing before the town said what many is; then many and over or near."""
    for _ in range(3):
        make_party(formal=15, probationary=1)
    assert proposed() == ["branch_committee"] * 3

    town_says("plan.party.many_orgs.general_branch", 3)
    assert proposed() == []

    town_says("plan.party.near_tolerance", 2)
    assert proposed() == ["new_type_general_branch"]

    proposal = SetupProposal.objects.get(kind="new_type_general_branch")
    assert [
        (c["key"], c["counted"], c["sign"], c["needed"], c["standing"]) for c in proposal.conditions
    ] == [
        ("organisations", 3, "≥", 3, "met"),
        ("members", 48, ">", 50, "near"),
    ]
    assert "plan.party.near_tolerance" in str(proposal.parameters)


@pytest.mark.django_db
def test_a_proposal_is_made_once_and_dropped_when_the_numbers_change() -> None:
    branch = make_party(party_type="residents", formal=51)
    assert proposed() == ["branch_committee", "general_branch"]
    assert proposed() == []

    services.enter_counts(
        branch, {CountKind.FORMAL: 40}, counted_on=date(2026, 9, 30), actor=KEEPER, now=NOON
    )
    assert proposed() == []

    states = dict(SetupProposal.objects.values_list("kind", "state"))
    assert states == {"branch_committee": "proposed", "general_branch": "dropped"}


@pytest.mark.django_db
def test_a_spot_with_three_formal_members_asks_for_a_branch() -> None:
    """PO-01, PO-05."""
    spot = spots.add_spot(
        place_at(),
        kind=SpotKind.INDUSTRIAL_PARK,
        name="示范工业园",
        since=TODAY,
        actor=KEEPER,
        now=NOON,
    )
    spots.count_spot(spot, formal=3, counted_on=TODAY, actor=KEEPER, now=NOON)

    assert proposed() == ["form_branch"]


@pytest.mark.django_db
def test_coverage_counts_spots_that_are_reached() -> None:
    branch = make_party()
    for name in ("和顺花园", "示范花园"):
        spots.add_spot(
            place_at(), kind=SpotKind.ESTATE, name=name, since=TODAY, actor=KEEPER, now=NOON
        )
    spots.cover_spot(
        CoverageSpot.objects.get(name="和顺花园"), branch, since=TODAY, actor=KEEPER, now=NOON
    )

    rows = coverage.spots(KEEPER, VILLAGE, on=TODAY)

    assert dict((kind, (there, every)) for kind, there, every in coverage.coverage(rows)) == {
        "group": (0, 0),
        "collective": (0, 0),
        "estate": (1, 2),
        "industrial_park": (0, 0),
        "settlement": (0, 0),
    }


@pytest.mark.django_db
def test_one_member_from_outside_settles_po_06() -> None:
    place = place_at()
    working = make_organisation("party_working_committee", at=place)
    holding = make_holding(make_post(working, kind="party_committee_member"))
    services.name_for_non_local(place, since=TODAY, document="x", actor=DECIDER, now=NOON)
    assert proposed() == ["non_local_member"]

    services.note_origin(holding, is_non_dongguan=True, actor=KEEPER, now=NOON)

    assert coverage.non_dongguan_serving(VILLAGE, TODAY) == {VILLAGE: 1}
    assert proposed() == []
    assert SetupProposal.objects.get().state == "dropped"


@pytest.mark.django_db
def test_managed_and_co_managed_do_not_overlap() -> None:
    """PO-07."""
    branch, working = make_party(), make_organisation("party_working_committee")
    services.manage_party_organisation(
        branch, working, kind=Management.MANAGED, since=date(2026, 1, 1), actor=KEEPER, now=NOON
    )

    with pytest.raises(Overlap):
        services.manage_party_organisation(
            branch,
            working,
            kind=Management.CO_MANAGED,
            since=date(2025, 1, 1),
            actor=KEEPER,
            now=NOON,
        )
    services.manage_party_organisation(
        branch, working, kind=Management.CO_MANAGED, since=date(2026, 6, 1), actor=KEEPER, now=NOON
    )

    rows = PartyManagement.objects.order_by("pk").values_list("kind", "until")
    assert list(rows) == [("managed", date(2026, 6, 1)), ("co_managed", None)]
