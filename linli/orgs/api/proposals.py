"""Set-up proposals over the API, with both sides of every condition. Level 6."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from ninja import Query, Router, Schema

from linli.kernel.api import one_of, paged, plain
from linli.kernel.errors import NotFound
from linli.kernel.paths import code_of
from linli.kernel.permits import require
from linli.kernel.web import Request
from linli.orgs import permits
from linli.orgs.api.frame import ListIn, WithEdition, place_for
from linli.orgs.forms.party import NoteForm
from linli.orgs.models import SetupProposal
from linli.orgs.queries import coverage
from linli.orgs.queries.register import must_keep_party
from linli.orgs.services import proposals
from linli.orgs.states import PROPOSAL, ProposalState
from linli.places import queries as places

router = Router()
MOVES = {
    "submit": proposals.submit_proposal,
    "approve": proposals.approve_proposal,
    "return": proposals.return_proposal,
    "carry_out": proposals.carry_out_proposal,
    "drop": proposals.drop_proposal,
}


class ProposalOut(Schema):
    """`conditions` and `parameters` are what was found and by which numbers of the rulebook."""

    id: int
    edition: int
    place: str
    organisation: str | None
    spot: int | None
    kind: str
    rule: str
    state: str
    conditions: Any
    parameters: Any
    made_on: date
    decided_on: date | None
    note: str


class ProposalsOut(Schema):
    count: int
    items: list[ProposalOut]
    next: str | None


class ProposalsIn(ListIn):
    state: str = ""


class PlaceIn(Schema):
    place: str


@router.get("/proposals/", response=ProposalsOut)
def list_proposals(request: Request, asked: Query[ProposalsIn]) -> dict[str, Any]:
    """Set-up proposals at a place and below."""
    path = place_for(request.actor, asked.place, permits.PARTY)
    found = coverage.proposals(request.actor, path)
    if state := one_of("state", asked.state, ProposalState):
        found = found.filter(state=state)
    return paged(found, coverage.BY_PLACE, asked, _proposal)


@router.get("/proposals/{int:proposal_id}/", response=ProposalOut)
def get_proposal(request: Request, proposal_id: int) -> dict[str, Any]:
    """One proposal: both sides of each condition."""
    return _proposal(coverage.get_proposal(request.actor, proposal_id))


def _proposal(row: SetupProposal) -> dict[str, Any]:
    names = ("edition", "kind", "rule", "state", "conditions", "parameters", "made_on",
             "decided_on", "note")  # fmt: skip
    return {
        "id": row.pk, "place": code_of(row.path), "spot": row.spot_id,
        "organisation": row.organisation.code if row.organisation else None, **plain(row, *names),
    }  # fmt: skip


class MadeOut(Schema):
    made: list[int]


@router.post("/proposals/make", response=MadeOut)
def propose(request: Request, given: PlaceIn) -> dict[str, list[int]]:
    """Look through the numbers of a village, and propose what the rules say."""
    place = places.open_place(given.place)
    must_keep_party(request.actor, place.path)
    found = proposals.propose_setups(place, actor=request.actor, now=timezone.now())
    return {"made": [one.pk for one in found]}


class NoteIn(WithEdition):
    note: str = ""


@router.post("/proposals/{int:proposal_id}/{slug:move}", response=ProposalOut)
def move_proposal(request: Request, proposal_id: int, move: str, given: NoteIn) -> dict[str, Any]:
    """Submit, approve, return or drop a proposal, or note it as carried out (carry_out)."""
    proposal = coverage.get_proposal(request.actor, proposal_id)
    if move not in MOVES:
        raise NotFound(move=move)
    permit = PROPOSAL.moves[move].permit
    if permit is not None:
        require(request.actor, permit, at=proposal.path)
    data = NoteForm(given.dict()).accepted()
    MOVES[move](
        proposal, note=data["note"], edition=data["edition"], actor=request.actor,
        now=timezone.now(),
    )  # fmt: skip
    return _proposal(coverage.get_proposal(request.actor, proposal_id))
