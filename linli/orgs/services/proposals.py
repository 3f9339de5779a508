"""Set-up proposals: made from the numbers, submitted, decided. Level 6. Basis: PO-01 to PO-06."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid, Stale
from linli.kernel.locks import hold
from linli.kernel.permits import PROTECTED, Actor, open_to_all, require
from linli.orgs import permits
from linli.orgs.errors import NotThereYet
from linli.orgs.models import SetupProposal
from linli.orgs.models.party import OPEN_STATES
from linli.orgs.models.shapes import NOTE
from linli.orgs.queries import party
from linli.orgs.queries.verdicts import Found, verdicts_below
from linli.orgs.states import PROPOSAL, ProposalState
from linli.orgs.types import ProposalKind
from linli.places import services as places
from linli.trail.services import record

if TYPE_CHECKING:
    from linli.places.models import Place


# moves that are not made without saying why
WITH_REASON = frozenset({"return", "drop"})


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
    found = {each.key: each for each in verdicts_below(place.path, on, sizes)}
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
    if any(each.key == key for each in verdicts_below(proposal.path, on, sizes)):
        raise NotThereYet(move="carry_out", state=ProposalState.APPROVED)
    return moved


@open_to_all("called by what changes the register, which asked for the permit to keep it")
def note_carried_out(
    path: str,
    kinds: Collection[ProposalKind],
    *,
    organisation_id: int | None = None,
    spot_id: int | None = None,
    actor: Actor,
    now: datetime,
) -> list[SetupProposal]:
    """Note what was approved and stands in the register now, since what was just entered asks for it no longer.

    `kinds` are those that the entry can carry out, for the organisation or spot that it is about.
    """
    about: dict[str, Any] = {"organisation_id": organisation_id, "spot_id": spot_id}
    found = SetupProposal.objects.select_for_update().filter(
        path=path, state=ProposalState.APPROVED, kind__in=kinds, **about
    )
    approved = list(found.order_by("pk"))
    if not approved:
        return []
    on = localdate(now)
    asked = {each.key for each in verdicts_below(path, on, party.sizes_at(path, on)[0])}
    return [
        _moved(one, "carry_out", "", actor, now)
        for one in approved
        if (one.kind, one.organisation_id, one.spot_id) not in asked
    ]


@transaction.atomic
def drop_proposal(
    proposal: SetupProposal, *, note: str, edition: int, actor: Actor, now: datetime
) -> SetupProposal:
    """Drop a proposal, with the reason. Refuses with NotAllowed, Stale, WrongState, Invalid."""
    proposal = _locked(proposal, edition)
    require(actor, permits.PARTY_KEEP, at=proposal.path, level=PROTECTED)
    _needs_reason(note)
    return _moved(proposal, "drop", note, actor, now)


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


def _with(before: str, note: str) -> str:
    """Return what was remarked before and what is added, each on its line; nobody's words are replaced."""
    both = "\n".join(one for one in (before, note.strip()) if one)
    if len(both) > NOTE:
        left = max(0, NOTE - len(before) - 1)
        raise Invalid({"note": [_("Too long: at most %(count)s signs.") % {"count": left}]})
    return both


def _moved(
    proposal: SetupProposal, move: str, note: str, actor: Actor, now: datetime
) -> SetupProposal:
    proposal.state = PROPOSAL.after(proposal.state, move)
    proposal.note = _with(proposal.note, note)
    # handing it up decides nothing
    proposal.decided_on = None if move == "submit" else localdate(now)
    proposal.edition += 1
    proposal.save(update_fields=["state", "note", "decided_on", "edition"])
    record(
        f"orgs.proposal_{move}", on=proposal, actor=actor, now=now, place=proposal.path,
        level=PROTECTED,
    )  # fmt: skip
    return proposal
