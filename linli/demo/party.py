"""Party work of the first village: branches by type, what they reach, proposals, a joint meeting.

Numbers alone, of an invented place; no member is named. Two people of the demo hold the right to see
this, on level 6 and for a time: one keeps it in the village, the other decides on it in the town.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from linli.access.models import Account, GivenRight
from linli.access.queries.actors import account_actor
from linli.access.services.rights import give_right
from linli.access.types import NewRight
from linli.demo.cast import PARTY_DECIDER, PARTY_KEEPER, TOWN, VILLAGE_1
from linli.demo.meeting import make_meeting
from linli.kernel.clock import add_months
from linli.kernel.permits import PROTECTED, Actor
from linli.orgs.models import Organisation, PartyOrganisation, PostHolding, SetupProposal
from linli.orgs.queries.party import WORKING_COMMITTEE
from linli.orgs.services import coverage, party, proposals
from linli.orgs.types import (
    CountKind,
    Details,
    Management,
    PartyForm,
    PartyType,
    ProposalKind,
    SpotKind,
)
from linli.places import queries as places
from linli.places.models import Place

SINCE = date(2026, 3, 1)
PURPOSE = "方案任务一至三：党组织设置、覆盖和联席会议（演示）"
NAMED_BY = "示范镇委发〔2026〕3号（演示）"
RENEWED_BEFORE = timedelta(days=30)
RIGHTS = ((PARTY_KEEPER, "party_work", VILLAGE_1), (PARTY_DECIDER, "party_decision", TOWN))
RESIDENTS, NEW, NETWORK = PartyType.RESIDENTS, PartyType.NEW_TYPE, PartyType.NETWORK
ONE, JOINT = PartyForm.BRANCH, PartyForm.JOINT_BRANCH
# name, type, form, units, has a committee, formal members (None: not counted yet), probationary ones
BRANCHES: tuple[tuple[str, PartyType, PartyForm, int, bool, int | None, int], ...] = (
    ("示范一村第一党支部", RESIDENTS, ONE, 1, True, 23, 2),
    ("示范一村第二党支部", RESIDENTS, ONE, 1, True, 17, 1),
    ("示范电子厂党支部", NEW, ONE, 1, True, 15, 2),
    ("示范工业园联合党支部", NEW, JOINT, 4, False, 9, 1),
    ("水边市场党支部", NEW, ONE, 1, False, 5, 0),
    ("示范物流党支部", NEW, ONE, 1, True, 11, 1),
    ("示范一村社会组织联合党支部", NEW, JOINT, 3, False, 6, 1),
    ("示范一村网上议事党支部", NETWORK, ONE, 1, False, None, 0),
)
# kind, name, the branch that reaches it, formal members counted where none does
SPOTS = (
    (SpotKind.GROUP, "第一村民小组", 0, None),
    (SpotKind.GROUP, "第二村民小组", 1, None),
    (SpotKind.GROUP, "第三村民小组", None, 4),
    (SpotKind.INDUSTRIAL_PARK, "示范工业园", 3, None),
    (SpotKind.COLLECTIVE, "示范一村经济联合社", 0, None),
    (SpotKind.SETTLEMENT, "水边新村", None, 2),
)


def make(security: Actor, *, now: datetime) -> None:
    """Give the dated rights where none is live, and let the Party work be there once."""
    for username, template, code in RIGHTS:
        _give(username, template, places.get_place(code).path, security, now)
    village = Place.objects.get(code=VILLAGE_1)
    if not PartyOrganisation.objects.filter(organisation__place=village).exists():
        _work(village, now)


def told_with_rights(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return sign-ins, with level, place and last day of those that hold a right for a time."""
    rights = GivenRight.objects.filter(
        account__username__in=[r[0] for r in RIGHTS], revoked_at=None
    )
    known = {
        right.account.username: {"level": right.ceiling, "until": str(localdate(right.ends_at))}
        for right in rights.select_related("account").order_by("ends_at")
        if right.account and right.ends_at
    }
    return [{**row, **known.get(row["username"], {})} for row in rows]


@transaction.atomic
def _work(village: Place, now: datetime) -> None:
    keeper, decider = (_actor(name, now) for name in (PARTY_KEEPER, PARTY_DECIDER))
    leader = Organisation.objects.get(place=village, kind_id=WORKING_COMMITTEE)
    branches = [_branch(village, leader, line, keeper, now) for line in BRANCHES]
    _cover(village, branches, keeper, now)
    party.name_for_non_local(village, since=SINCE, document=NAMED_BY, actor=decider, now=now)
    holding = PostHolding.objects.get(account_id=keeper.account_id, until=None)
    party.note_origin(holding, is_non_dongguan=True, actor=keeper, now=now)
    _propose(village, keeper, decider, now)
    make_meeting(leader, keeper, now=now)


def _give(username: str, template: str, path: str, security: Actor, now: datetime) -> None:
    """A right on level 6 always ends; a demo that is still in use gets it anew."""
    account = Account.objects.get(username=username)
    live = GivenRight.objects.filter(
        account=account, template=template, revoked_at=None, ends_at__gt=now + RENEWED_BEFORE
    )
    if live.exists():
        return
    new = NewRight(
        path, PROTECTED, template=template, account_id=account.pk, starts_at=now,
        ends_at=now + timedelta(days=300), purpose=PURPOSE,
    )  # fmt: skip
    give_right(new, actor=security, now=now)


def _actor(username: str, now: datetime) -> Actor:
    return account_actor(Account.objects.get(username=username).pk, now=now)


def _branch(
    village: Place,
    leader: Organisation,
    line: tuple[str, PartyType, PartyForm, int, bool, int | None, int],
    keeper: Actor,
    now: datetime,
) -> Organisation:
    name, kind, form, units, has_committee, formal, probationary = line
    facts = party.PartyFacts(kind, form, leader, units, has_committee)
    made = party.set_up_party_organisation(
        village, Details(name), facts, since=SINCE, actor=keeper, now=now
    )
    stands = Management.MANAGED if kind is RESIDENTS else Management.CO_MANAGED
    party.manage_party_organisation(made, leader, kind=stands, since=SINCE, actor=keeper, now=now)
    if formal is not None:
        numbers = {CountKind.FORMAL: formal, CountKind.PROBATIONARY: probationary}
        counted_on = add_months(localdate(now), -1)
        party.enter_counts(made, numbers, counted_on=counted_on, actor=keeper, now=now)
    return made


def _cover(village: Place, branches: list[Organisation], keeper: Actor, now: datetime) -> None:
    for kind, name, by, formal in SPOTS:
        spot = coverage.add_spot(village, kind=kind, name=name, since=SINCE, actor=keeper, now=now)
        if by is not None:
            coverage.cover_spot(spot, branches[by], since=SINCE, actor=keeper, now=now)
        if formal is not None:
            counted_on = add_months(localdate(now), -1)
            coverage.count_spot(spot, formal=formal, counted_on=counted_on, actor=keeper, now=now)


def _propose(village: Place, keeper: Actor, decider: Actor, now: datetime) -> None:
    """The numbers propose: one lies with the town, another is approved, the others wait here."""
    made = proposals.propose_setups(village, actor=keeper, now=now)
    by_kind = {proposal.kind: proposal for proposal in made}
    for kind in (ProposalKind.BRANCH_COMMITTEE, ProposalKind.FORM_BRANCH):
        _submit(by_kind[kind], keeper, now)
    approved = SetupProposal.objects.get(pk=by_kind[ProposalKind.FORM_BRANCH].pk)
    proposals.approve_proposal(
        approved,
        note="同意设立，请在年内选出书记。",
        edition=approved.edition,
        actor=decider,
        now=now,
    )


def _submit(proposal: SetupProposal, keeper: Actor, now: datetime) -> None:
    proposals.submit_proposal(
        proposal, note="党员大会已讨论。", edition=proposal.edition, actor=keeper, now=now
    )
