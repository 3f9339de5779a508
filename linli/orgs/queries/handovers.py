"""Reads on hand-over sheets."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q, QuerySet

from linli.kernel.errors import NotFound
from linli.kernel.permits import PUBLIC, Actor
from linli.orgs import permits
from linli.orgs.models import Handover, PostHolding
from linli.orgs.queries.register import inside_any
from linli.orgs.states import HandoverState
from linli.people.queries import entries_of


def get_handover(actor: Actor, handover_id: int) -> Handover:
    """Return one hand-over sheet. Refuses with NotFound."""
    found = Handover.objects.filter(pk=handover_id).select_related(
        "holding", "holding__post", "holding__post__organisation"
    )
    handover = found.first()
    if handover is None or not may_see_handover(actor, handover):
        raise NotFound(id=handover_id)
    return handover


def may_see_handover(actor: Actor, handover: Handover) -> bool:
    """Say whether the actor keeps holdings there, or is the one who leaves."""
    holding = handover.holding
    level = holding.post.organisation.level
    is_own = holding.person_id is not None and holding.person_id in entries_of(actor.person_id)
    return is_own or actor.may(permits.appointer_of(level), at=handover.path)


def waiting_sheet(holding: PostHolding) -> Handover | None:
    """Return the sheet of a holding that waits for its signatures."""
    return holding.handovers.filter(state=HandoverState.PRINTED.value).first()


def waiting_sheets(holding_ids: Collection[int]) -> dict[int, Handover]:
    """Return the sheets of some holdings that wait for their signatures, by holding; one query."""
    found = Handover.objects.filter(holding_id__in=holding_ids, state=HandoverState.PRINTED.value)
    return {one.holding_id: one for one in found.order_by("pk")} if holding_ids else {}


def open_handovers(actor: Actor) -> QuerySet[Handover]:
    """Sheets that wait for their signatures, where the actor records holdings; late first."""
    found = Handover.objects.filter(state=HandoverState.PRINTED.value)
    if not actor.is_system:
        shown = inside_any(actor.paths(permits.APPOINT)) & Q(
            holding__post__organisation__level=PUBLIC
        )
        party = inside_any(actor.paths(permits.PARTY_KEEP)) & Q(
            holding__post__organisation__level__gt=PUBLIC
        )
        found = found.filter(shown | party)
    return found.select_related("holding", "holding__post").order_by("due_on", "pk")


def handovers_to_record(actor: Actor) -> QuerySet[Handover]:
    """Open sheets that wait for the actor's desk: of its own places and those right below them.

    A village's sheet waits in the village and in its town; the city finds it in the list.
    """
    paths = {*actor.own_paths(permits.APPOINT), *actor.own_paths(permits.PARTY_KEEP)}
    near = Q(pk__in=[])
    for path in sorted(paths):
        near |= Q(path__regex=f"^{path}([^/]+/)?$")
    return open_handovers(actor).filter(near)
