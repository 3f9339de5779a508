"""Pages on set-up proposals, with both sides of every condition. Level 6."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.kernel.permits import require
from linli.kernel.web import Request, done, page, page_asked
from linli.orgs import permits, queries
from linli.orgs.forms.party import NoteForm
from linli.orgs.queries import coverage
from linli.orgs.queries.naming import place_name
from linli.orgs.queries.register import must_keep_party
from linli.orgs.services import proposals
from linli.orgs.states import PROPOSAL, ProposalState
from linli.orgs.types import PartyForm, ProposalKind, title_of
from linli.orgs.views.answering import Asking, Fresh, answer
from linli.orgs.views.party import way_of
from linli.orgs.views.party_sheets import Sheet, as_asked, proposal_lines, state_words
from linli.places import queries as places
from linli.rulebook import queries as rulebook
from linli.ui.downloads import MOST

GET_POST = ["GET", "HEAD", "POST"]
STATES = {
    ProposalState.PROPOSED: "soon",
    ProposalState.SUBMITTED: "run",
    ProposalState.RETURNED: "late",
    ProposalState.APPROVED: "run",
    ProposalState.CARRIED_OUT: "done",
    ProposalState.DROPPED: "idle",
}


@require_safe
def proposal_list(request: Request, code: str) -> HttpResponse:
    """Set-up proposals of a place, with their conditions."""
    place, way = way_of(code, (_("Set-up proposals"), ""))
    title = _("Set-up proposals at %(place)s") % {"place": place_name(place)}
    every = coverage.proposals(request.actor, place.path)
    if request.GET.get("format"):
        rows = list(every[:MOST])
        names = queries.names_of([p.organisation_id or 0 for p in rows], localdate())
        sheet = Sheet("", proposal_lines(rows, names))
        answered = as_asked(request, title, place, [sheet], name=_("Set-up proposals"))
        if answered is not None:
            return answered
    found = page_asked(request, every, coverage.BY_PLACE)
    names = queries.names_of([p.organisation_id or 0 for p in found.items], localdate())
    context: dict[str, object] = {
        "place": place,
        "way": way,
        "title": title,
        "found": found,
        "names": names,
        "kind_of": lambda kind: title_of(ProposalKind, kind),
        "state_of": _state_of,
        "place_name": place_name,
        "may_propose": place.level == "village"
        and request.actor.may(permits.PARTY_KEEP, at=place.path),
    }
    return page(request, "orgs/proposals.html", context)


@require_POST
def propose(request: Request, code: str) -> HttpResponse:
    """Look through the numbers of a village."""
    place = places.open_place(code)
    must_keep_party(request.actor, place.path)
    proposals.propose_setups(place, actor=request.actor, now=timezone.now())
    return done(request, reverse("orgs:proposals", args=[code]))


@require_safe
def proposal_page(request: Request, proposal_id: int) -> HttpResponse:
    """One proposal: both sides of each condition, and where the numbers come from."""
    proposal = coverage.get_proposal(request.actor, proposal_id)
    title = title_of(ProposalKind, proposal.kind)
    place, way = way_of(
        proposal.place.code,
        (_("Set-up proposals"), reverse("orgs:proposals", args=[proposal.place.code])),
        (title, ""),
    )
    names = queries.names_of([proposal.organisation_id or 0], localdate())
    context: dict[str, object] = {
        "proposal": proposal,
        "place": place,
        "way": way,
        "title": title,
        "about": names.get(proposal.organisation_id or 0) or (proposal.spot and proposal.spot.name),
        "state": _state_of(proposal.state),
        "explanations": rulebook.explain(proposal.parameters),
        "moves": [
            move.name
            for move in PROPOSAL.moves_from(proposal.state)
            if move.permit and request.actor.may(move.permit, at=proposal.path)
        ],
        "move_words": move_words(),
        "to_enter": _to_enter(proposal)
        if proposal.state == ProposalState.APPROVED
        and request.actor.may(permits.PARTY_KEEP, at=proposal.path)
        else "",
    }
    return page(request, "orgs/proposal.html", context)


@require_http_methods(GET_POST)
def proposal_move(request: Request, proposal_id: int, move: str) -> HttpResponse:
    """Submit, approve, return or drop a proposal, or note it as carried out."""
    proposal = coverage.get_proposal(request.actor, proposal_id)
    permit = PROPOSAL.moves[move].permit
    if permit is not None:
        require(request.actor, permit, at=proposal.path)
    form = NoteForm(
        request.POST or None, initial={"edition": proposal.edition},
        needs_reason=move in proposals.WITH_REASON,
    )  # fmt: skip
    to = reverse("orgs:proposal", args=[proposal_id])

    def act() -> None:
        MOVES[move](
            proposal, note=form.cleaned_data["note"], edition=form.cleaned_data["edition"],
            actor=request.actor, now=timezone.now(),
        )  # fmt: skip

    def now() -> Any:
        return coverage.get_proposal(request.actor, proposal_id)

    title = str(move_words()[move])
    asking = Asking(
        title=title, form=form, to=to, submit=title, said=_("Saved."),
        way=way_of(proposal.place.code, (title_of(ProposalKind, proposal.kind), to), (title, ""))[1],
    )  # fmt: skip
    fresh = Fresh(
        said=lambda: [(_("State"), _state_of(now().state)[0]), (_("Remarks"), now().note)],
        edition=lambda: int(now().edition),
    )
    return answer(request, asking, act, fresh)


def _to_enter(proposal: Any) -> str:
    """Return the page on which what was approved is entered, filled in as far as it is known."""
    kind, place = ProposalKind(proposal.kind), [proposal.place.code]
    if kind is ProposalKind.JOIN_BRANCH and proposal.spot_id:
        return reverse("orgs:spot_cover", args=[proposal.spot_id])
    if proposal.organisation is None:
        is_new = kind is not ProposalKind.NON_LOCAL_MEMBER
        return reverse("orgs:party_add" if is_new else "orgs:party", args=place)
    to = reverse("orgs:party_form", args=[proposal.organisation.code])
    return f"{to}?{FILLS[kind]}"


FILLS = {
    ProposalKind.JOIN_BRANCH: f"form={PartyForm.JOINT_BRANCH}",
    ProposalKind.BRANCH_COMMITTEE: "has_committee=1",
    ProposalKind.GENERAL_BRANCH: f"form={PartyForm.GENERAL_BRANCH}",
    ProposalKind.PARTY_COMMITTEE: f"form={PartyForm.COMMITTEE}",
}
MOVES = {
    "submit": proposals.submit_proposal,
    "approve": proposals.approve_proposal,
    "return": proposals.return_proposal,
    "carry_out": proposals.carry_out_proposal,
    "drop": proposals.drop_proposal,
}


def move_words() -> dict[str, str]:
    return {
        "submit": _("Submit"),
        "approve": _("Approve"),
        "return": _("Return"),
        "carry_out": _("Note as carried out"),
        "drop": _("Drop"),
    }


def _state_of(state: str) -> tuple[str, str]:
    return state_words(state), STATES[ProposalState(state)]
