"""Set-up proposals: made from the numbers, submitted, decided. Level 6. Basis: PO-01 to PO-06."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid, Stale
from linli.kernel.locks import hold
from linli.kernel.permits import PROTECTED, Actor, require
from linli.orgs import permits
from linli.orgs.errors import NotThereYet
from linli.orgs.models import SetupProposal
from linli.orgs.models.party import OPEN_STATES
from linli.orgs.queries import coverage, party
from linli.orgs.queries.party import PartyRow
from linli.orgs.rules import party as rules
from linli.orgs.rules.party import Sizes, Verdict
from linli.orgs.states import PROPOSAL, ProposalState
from linli.orgs.types import PartyForm, ProposalKind
from linli.places import services as places
from linli.trail.services import record

if TYPE_CHECKING:
    from linli.places.models import Place


@dataclass(frozen=True, slots=True)
class Found:
    """A verdict and the thing that it is about."""

    verdict: Verdict
    organisation_id: int | None = None
    spot_id: int | None = None

    @property
    def key(self) -> tuple[str, int | None, int | None]:
        return self.verdict.kind.value, self.organisation_id, self.spot_id


@transaction.atomic
def propose_setups(place: Place, *, actor: Actor, now: datetime) -> list[SetupProposal]:
    """Look through the numbers of a village and propose what the rules ask for.

    What is proposed already is not proposed again; what no longer holds is dropped.
    Refuses with NotAllowed, Invalid.
    """
    hold("orgs.proposals", place.pk)
    require(actor, permits.PARTY_KEEP, at=place.path, level=PROTECTED)
    places.refuse_ended(place)
    if place.level != "village":
        raise Invalid({"place": [_("Proposals are made village by village.")]})
    on = localdate(now)
    sizes, frozen = party.sizes_at(place.path, on)
    found = {each.key: each for each in _verdicts(place.path, on, sizes)}
    waiting = SetupProposal.objects.filter(place=place, state__in=OPEN_STATES)
    known = {(p.kind, p.organisation_id, p.spot_id): p for p in waiting}
    _drop_stale(known, found, on)
    made = SetupProposal.objects.bulk_create(
        _proposal(place, each, frozen, on) for key, each in found.items() if key not in known
    )
    record(
        "orgs.setups_proposed", on=place, actor=actor, now=now, place=place.path,
        level=PROTECTED, made=len(made),
    )  # fmt: skip
    return made


@transaction.atomic
def submit_proposal(
    proposal: SetupProposal, *, note: str = "", edition: int, actor: Actor, now: datetime
) -> SetupProposal:
    """Submit a proposal to the body above. Refuses with NotAllowed, Stale, WrongState."""
    proposal = _locked(proposal, edition)
    require(actor, permits.PARTY_KEEP, at=proposal.path, level=PROTECTED)
    return _moved(proposal, "submit", note, actor, now)


@transaction.atomic
def approve_proposal(
    proposal: SetupProposal, *, note: str = "", edition: int, actor: Actor, now: datetime
) -> SetupProposal:
    """Approve a proposal: the set-up itself is then entered in the register, and noted as carried out.

    Refuses with NotAllowed, Stale, WrongState. Basis: PO-03 (approved by the body above).
    """
    proposal = _locked(proposal, edition)
    require(actor, permits.PARTY_DECIDE, at=proposal.path, level=PROTECTED)
    return _moved(proposal, "approve", note, actor, now)


@transaction.atomic
def return_proposal(
    proposal: SetupProposal, *, note: str, edition: int, actor: Actor, now: datetime
) -> SetupProposal:
    """Return a proposal with the reason. Refuses with NotAllowed, Stale, WrongState, Invalid."""
    proposal = _locked(proposal, edition)
    require(actor, permits.PARTY_DECIDE, at=proposal.path, level=PROTECTED)
    _needs_reason(note)
    return _moved(proposal, "return", note, actor, now)


@transaction.atomic
def carry_out_proposal(
    proposal: SetupProposal, *, note: str = "", edition: int, actor: Actor, now: datetime
) -> SetupProposal:
    """Note that what was approved stands in the register: the numbers ask for it no longer.

    Refuses with NotAllowed, Stale, WrongState, NotThereYet.
    """
    proposal = _locked(proposal, edition)
    require(actor, permits.PARTY_KEEP, at=proposal.path, level=PROTECTED)
    on = localdate(now)
    sizes = party.sizes_at(proposal.path, on)[0]
    key = (proposal.kind, proposal.organisation_id, proposal.spot_id)
    moved = _moved(proposal, "carry_out", note, actor, now)
    if any(each.key == key for each in _verdicts(proposal.path, on, sizes)):
        raise NotThereYet(move="carry_out", state=ProposalState.APPROVED)
    return moved


@transaction.atomic
def drop_proposal(
    proposal: SetupProposal, *, note: str, edition: int, actor: Actor, now: datetime
) -> SetupProposal:
    """Drop a proposal, with the reason. Refuses with NotAllowed, Stale, WrongState, Invalid."""
    proposal = _locked(proposal, edition)
    require(actor, permits.PARTY_KEEP, at=proposal.path, level=PROTECTED)
    _needs_reason(note)
    return _moved(proposal, "drop", note, actor, now)


def _verdicts(path: str, on: date, sizes: Sizes) -> Iterator[Found]:
    rows = party.rows_below(path, on)
    yield from _of_organisations(rows, sizes)
    yield from _of_new_type(rows, sizes)
    for spot in coverage.spots_below(path, on):
        if spot.by_code is None and (verdict := rules.set_up(spot.formal or 0, sizes)):
            yield Found(verdict, spot_id=spot.id)
    asked = coverage.named_villages(path, on).exists()
    serving = coverage.non_dongguan_serving(path, on).get(path, 0)
    if verdict := rules.non_local(serving, sizes, is_asked=asked):
        yield Found(verdict)


def _of_organisations(rows: Iterable[PartyRow], sizes: Sizes) -> Iterator[Found]:
    """PO-01 to PO-03 for organisations that stand already and were counted."""
    for row in rows:
        if row.formal is None or row.members is None:
            continue
        if row.form == PartyForm.BRANCH:
            few = rules.set_up(row.formal, sizes)
            if few and few.kind is ProposalKind.JOIN_BRANCH:
                yield Found(few, organisation_id=row.id)
        if row.form in (PartyForm.BRANCH, PartyForm.JOINT_BRANCH) and (
            verdict := rules.needs_committee(row.formal, sizes, has_committee=row.has_committee)
        ):
            yield Found(verdict, organisation_id=row.id)
        if verdict := rules.grows(row.form, row.members, sizes):
            yield Found(verdict, organisation_id=row.id)


def _of_new_type(rows: list[PartyRow], sizes: Sizes) -> Iterator[Found]:
    """PO-04 for the village as a whole: the larger form that holds and is not there yet."""
    for sums in party.new_type_sums(rows).values():
        committee, general = rules.new_type(sums.organisations, sums.members, sizes)
        if sums.has_committee:
            continue
        if committee.holds:
            yield Found(committee)
        elif general.holds and not sums.has_general_branch:
            yield Found(general)


def _proposal(place: Place, found: Found, frozen: dict[str, object], on: date) -> SetupProposal:
    verdict = found.verdict
    return SetupProposal(
        place=place,
        path=place.path,
        city_id=place.city_id or place.pk,
        town_id=place.town_id,
        village_id=place.village_id,
        organisation_id=found.organisation_id,
        spot_id=found.spot_id,
        kind=verdict.kind.value,
        rule=verdict.rule,
        conditions=[condition.as_dict() for condition in verdict.conditions],
        parameters=frozen,
        made_on=on,
    )


def _drop_stale(
    known: dict[tuple[str, int | None, int | None], SetupProposal],
    found: dict[tuple[str, int | None, int | None], Found],
    on: date,
) -> None:
    """Drop what was proposed, and not submitted, and no longer holds; it needs no note."""
    for key, proposal in known.items():
        if key not in found and proposal.state == PROPOSAL.start:
            proposal.state = PROPOSAL.after(proposal.state, "drop")
            proposal.decided_on = on
            proposal.edition += 1
            proposal.save(update_fields=["state", "decided_on", "edition"])


def _locked(proposal: SetupProposal, edition: int) -> SetupProposal:
    proposal = SetupProposal.objects.select_for_update().get(pk=proposal.pk)
    if proposal.edition != edition:
        raise Stale(move="decide", state=proposal.state)
    return proposal


def _needs_reason(note: str) -> None:
    if not note.strip():
        raise Invalid({"note": [_("Give the reason.")]})


def _moved(
    proposal: SetupProposal, move: str, note: str, actor: Actor, now: datetime
) -> SetupProposal:
    proposal.state = PROPOSAL.after(proposal.state, move)
    proposal.note = note or proposal.note
    proposal.decided_on = localdate(now)
    proposal.edition += 1
    proposal.save(update_fields=["state", "note", "decided_on", "edition"])
    record(
        f"orgs.proposal_{move}", on=proposal, actor=actor, now=now, place=proposal.path,
        level=PROTECTED,
    )  # fmt: skip
    return proposal
