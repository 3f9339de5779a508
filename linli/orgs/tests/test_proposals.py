"""Set-up proposals on their way: submitted, decided, carried out by what is entered (PO-01 to PO-03)."""

from __future__ import annotations

import pytest

from linli.kernel.errors import Invalid, NotAllowed, Stale, WrongState
from linli.kernel.permits import PROTECTED
from linli.orgs import desk
from linli.orgs.errors import NotThereYet
from linli.orgs.forms.party import NoteForm
from linli.orgs.models import SetupProposal
from linli.orgs.queries import party
from linli.orgs.services import coverage as spots
from linli.orgs.services import proposals
from linli.orgs.services.party_forms import change_party_form
from linli.orgs.testing import NOON, TODAY, make_kind, make_party, place_at
from linli.orgs.tests.test_party import DECIDER, FAR, KEEPER, proposed
from linli.orgs.types import PartyForm, SpotKind


@pytest.mark.django_db
def test_a_proposal_is_decided_by_the_body_above_with_reasons() -> None:
    make_party(party_type="residents", formal=51)
    proposed()
    proposal = SetupProposal.objects.get(kind="general_branch")
    proposal = proposals.submit_proposal(proposal, edition=1, actor=KEEPER, now=NOON)
    assert [item.number for item in desk.due(DECIDER, TODAY, 10)] == ["PO-03"]
    assert desk.due(FAR, TODAY, 10) == []

    with pytest.raises(NotAllowed):
        proposals.approve_proposal(proposal, edition=2, actor=KEEPER, now=NOON)
    with pytest.raises(Invalid):
        proposals.return_proposal(proposal, note=" ", edition=2, actor=DECIDER, now=NOON)
    with pytest.raises(Stale):
        proposals.approve_proposal(proposal, edition=1, actor=DECIDER, now=NOON)
    proposal = proposals.return_proposal(
        proposal, note="补充党员名册核对情况", edition=2, actor=DECIDER, now=NOON
    )
    with pytest.raises(WrongState):
        proposals.approve_proposal(proposal, edition=3, actor=DECIDER, now=NOON)

    proposal.refresh_from_db()
    assert (proposal.state, proposal.edition) == ("returned", 3)


def decided(proposal: SetupProposal) -> SetupProposal:
    """Submit and approve a proposal."""
    proposal = proposals.submit_proposal(proposal, edition=proposal.edition, actor=KEEPER, now=NOON)
    return proposals.approve_proposal(proposal, edition=proposal.edition, actor=DECIDER, now=NOON)


@pytest.mark.django_db
def test_what_was_approved_is_not_proposed_again_and_is_carried_out_by_the_new_form() -> None:
    """PO-03: a branch of more than 50 becomes a general branch; it stays the same organisation."""
    branch = make_party(formal=60)
    make_kind("general_party_branch", level=PROTECTED)
    assert "general_branch" in proposed()
    approved = decided(SetupProposal.objects.get(kind="general_branch"))

    assert proposed() == []
    with pytest.raises(NotThereYet):
        proposals.carry_out_proposal(approved, edition=approved.edition, actor=KEEPER, now=NOON)
    approved.refresh_from_db()
    assert approved.state == "approved"
    change_party_form(
        branch, form=PartyForm.GENERAL_BRANCH, has_committee=False, units=1, actor=KEEPER, now=NOON
    )

    row = party.row_of(branch, TODAY)
    approved.refresh_from_db()
    assert (row.form, row.kind, row.formal) == ("general_branch", "general_party_branch", 60)
    assert (approved.state, approved.decided_on) == ("carried_out", TODAY)
    assert "general_branch" not in proposed()


@pytest.mark.django_db
def test_who_keeps_elsewhere_changes_no_form() -> None:
    branch = make_party()

    with pytest.raises(NotAllowed):
        change_party_form(
            branch, form=PartyForm.COMMITTEE, has_committee=False, units=1, actor=FAR, now=NOON
        )

    assert party.row_of(branch, TODAY).form == "branch"


@pytest.mark.django_db
def test_a_change_that_leaves_the_condition_open_carries_nothing_out() -> None:
    """PO-02: more units of a joint branch are no branch committee; with one, it is noted by itself."""
    branch = make_party(formal=9, has_committee=False)
    proposed()
    approved = decided(SetupProposal.objects.get(kind="branch_committee"))
    other = make_party(formal=9, has_committee=False)

    for organisation, has_committee in ((branch, False), (other, True)):
        change_party_form(
            organisation, form=PartyForm.BRANCH, has_committee=has_committee, units=1,
            actor=KEEPER, now=NOON,
        )  # fmt: skip
    before = SetupProposal.objects.get(pk=approved.pk).state
    change_party_form(
        branch, form=PartyForm.BRANCH, has_committee=True, units=1, actor=KEEPER, now=NOON
    )

    assert (before, SetupProposal.objects.get(pk=approved.pk).state) == ("approved", "carried_out")


@pytest.mark.django_db
def test_an_approved_branch_is_carried_out_once_it_reaches_its_spot() -> None:
    place = place_at()
    spot = spots.add_spot(
        place, kind=SpotKind.GROUP, name="三组", since=TODAY, actor=KEEPER, now=NOON
    )
    spots.count_spot(spot, formal=4, counted_on=TODAY, actor=KEEPER, now=NOON)
    assert proposed() == ["form_branch"]
    approved = decided(SetupProposal.objects.get())

    branch = make_party(place)
    spots.cover_spot(spot, branch, since=TODAY, actor=KEEPER, now=NOON)

    assert SetupProposal.objects.get(pk=approved.pk).state == "carried_out"


@pytest.mark.django_db
def test_nothing_is_decided_before_it_is_and_nobodys_remark_is_replaced() -> None:
    make_party(party_type="residents", formal=51)
    proposed()
    proposal = SetupProposal.objects.get(kind="general_branch")
    handed_up = proposals.submit_proposal(
        proposal, note="党员大会已讨论", edition=1, actor=KEEPER, now=NOON
    )
    assert handed_up.decided_on is None

    with pytest.raises(Invalid):
        proposals.approve_proposal(handed_up, note="长" * 495, edition=2, actor=DECIDER, now=NOON)
    approved = proposals.approve_proposal(
        handed_up, note="同意", edition=2, actor=DECIDER, now=NOON
    )

    assert (approved.note, approved.decided_on) == ("党员大会已讨论\n同意", TODAY)
    assert NoteForm(needs_reason=True).fields["note"].required
