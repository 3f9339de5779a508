"""What the desk shows of orgs: its entry, and what waits for signatures or a decision."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.kernel.permits import Actor
from linli.kernel.registries import DESK, DeskEntry, DeskItem
from linli.orgs import permits, queries
from linli.orgs.queries import coverage
from linli.orgs.queries.vacated import held_by_dead
from linli.orgs.types import ProposalKind, title_of
from linli.ui.doers import doer
from linli.ui.jinja import named


def due(actor: Actor, on: date, limit: int) -> Sequence[DeskItem]:
    """Return what waits for the actor: posts of those who died, hand-over sheets, set-up proposals."""
    return [*_dead(actor, on, limit), *_sheets(actor, limit), *_proposals(actor, limit)][:limit]


def _dead(actor: Actor, on: date, limit: int) -> list[DeskItem]:
    return [
        DeskItem(
            title=_("%(name)s has died and still stands as “%(post)s”")
            % {"name": holding.holder_name, "post": named(holding.post)},
            url=reverse("orgs:end_at_once", args=[holding.pk]),
            due_on=None,
            kind=_("Post"),
            step=_("Record that somebody left"),
            number="",
            holder=holding.holder_name,
            stage=_("entered as died"),
        )
        for holding in held_by_dead(actor, on)[:limit]
    ]


def _proposals(actor: Actor, limit: int) -> list[DeskItem]:
    return [
        DeskItem(
            title=title_of(ProposalKind, proposal.kind),
            url=reverse("orgs:proposal", args=[proposal.pk]),
            due_on=None,
            kind=_("Set-up proposal"),
            step=_("Decide"),
            number=proposal.rule,
            holder=proposal.place.short_name,
            stage=_("submitted"),
        )
        for proposal in coverage.waiting_proposals(actor)[:limit]
    ]


def _sheets(actor: Actor, limit: int) -> list[DeskItem]:
    return [
        DeskItem(
            title=_("Hand-over: %(name)s, %(post)s")
            % {"name": sheet.holding.holder_name, "post": named(sheet.holding.post)},
            url=reverse("orgs:handover", args=[sheet.pk]),
            due_on=sheet.due_on,
            kind=_("Hand-over"),
            step=_("Record the signatures"),
            number=sheet.document_number,
            holder=doer(sheet.printed_by),
            stage=_("waiting for signatures"),
        )
        for sheet in queries.handovers_to_record(actor)[:limit]
    ]


def register() -> None:
    """Tell the desk about orgs. Called once at start."""
    DESK.add(
        DeskEntry(
            key="orgs",
            title=gettext_lazy("Organisations"),
            icon="building-community",
            url_name="orgs:start",
            permits=(
                permits.EDIT,
                permits.APPOINT,
                permits.STAFF_LIST,
                permits.PARTY,
                permits.PARTY_DECIDE,
            ),
            order=70,
            items=due,
            group="registers",
            # most lie below the place that they are about
            covers=("orgs:*",),
        )
    )
    DESK.add(
        DeskEntry(
            key="party",
            title=gettext_lazy("Party organisations"),
            icon="flag",
            url_name="orgs:party_start",
            permits=(permits.PARTY,),
            order=71,
            group="registers",
            covers=(
                "orgs:party*",
                "orgs:spot_*",
                "orgs:coverage",
                "orgs:propos*",
                "orgs:joint_*",
                "orgs:unit_*",
                "orgs:line_*",
            ),
        )
    )
