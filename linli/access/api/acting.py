"""By which post one acts, for whom, and the mandates between residents."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from linli.access import entering
from linli.access.api.frame import herself
from linli.access.models import Mandate
from linli.access.queries.choices import post_choices
from linli.access.queries.residents import home_of
from linli.access.queries.rights import get_mandate, mandates_of
from linli.access.services import acting as services
from linli.access.services import mandates as mandate_services
from linli.kernel.api import PagedIn, paged
from linli.kernel.paging import Keyset
from linli.kernel.web import Request

router = Router()
SOONEST = Keyset("ends", ("ends_at", "pk"))


class OwnPostOut(Schema):
    id: int
    title: str


class ActingOut(Schema):
    """`chosen` is the one post by which the session acts, null for all; `acting_for` a person or null.

    A chosen post that is not among `posts` has ended: the session acts by none until another is chosen.
    """

    posts: list[OwnPostOut]
    chosen: int | None
    acting_for: int | None
    purpose: str


class ChooseIn(Schema):
    """One of the caller's posts, or null to act by all again."""

    post: int | None = None


class ActIn(Schema):
    person: int
    reason: str = Field(min_length=1, max_length=200)


class MovedOut(Schema):
    """It holds from the next request on."""

    done: bool = True


class MandateOut(Schema):
    """`is_mine`: the caller acts by it; otherwise the caller gave it."""

    id: int
    person: int
    principal: str
    agent: str
    basis: str
    starts_at: datetime
    ends_at: datetime
    is_mine: bool


class MandatesOut(Schema):
    count: int
    items: list[MandateOut]
    next: str | None


@router.get("/access/acting/", response=ActingOut)
def acting(request: Request) -> dict[str, Any]:
    """The caller's posts, the one by which the session acts, and for whom. Not by a key."""
    herself(request)
    held = post_choices(entering.held_posts(request))
    posts = [{"id": int(key), "title": title} for key, title in held]
    return {
        "posts": posts, "chosen": entering.chosen_post(request),
        "acting_for": request.actor.acting_for, "purpose": request.actor.purpose,
    }  # fmt: skip


@router.post("/access/acting/choose", response=MovedOut)
def choose(request: Request, given: ChooseIn) -> dict[str, Any]:
    """Act by one post alone from now on, or by all again. Not by a key."""
    herself(request)
    services.choose_post(
        entering.session_id(request), given.post, posts=entering.held_posts(request),
        actor=request.actor, now=timezone.now(),
    )  # fmt: skip
    return {"done": True}


@router.post("/access/acting/start", response=MovedOut)
def start(request: Request, given: ActIn) -> dict[str, Any]:
    """Act for a resident for an hour; it is recorded and the resident sees it. Not by a key."""
    herself(request)
    services.start_acting(
        entering.session_id(request), given.person, given.reason, actor=request.actor,
        now=timezone.now(),
    )  # fmt: skip
    return {"done": True}


@router.post("/access/acting/stop", response=MovedOut)
def stop(request: Request) -> dict[str, Any]:
    """Act for oneself again. Not by a key."""
    herself(request)
    session = entering.session_id(request)
    services.stop_acting(session, actor=request.actor, now=timezone.now())
    return {"done": True}


@router.get("/access/mandates/", response=MandatesOut)
def mandates(request: Request, asked: Query[PagedIn]) -> dict[str, Any]:
    """Mandates that hold now: by which the caller acts for others, and those that the caller gave. Not by a key."""
    herself(request)
    found = mandates_of(request.actor, now=timezone.now())
    return paged(found, SOONEST, asked, lambda one: mandate_out(one, request))


@router.post("/access/mandates/{int:mandate_id}/end", response=MovedOut)
def end_mandate(request: Request, mandate_id: int) -> dict[str, Any]:
    """End a mandate at once: by either of the two, or at the counter. Not by a key."""
    herself(request)
    found = get_mandate(request.actor, mandate_id)
    path = home_of(request.actor, found.principal_id)
    mandate_services.end_mandate(found, path=path, actor=request.actor, now=timezone.now())
    return {"done": True}


def mandate_out(one: Mandate, request: Request) -> dict[str, Any]:
    """Return a mandate as the API writes it."""
    return {
        "id": one.pk, "person": one.principal_id, "principal": one.principal.name,
        "agent": one.agent.display_name, "basis": one.basis, "starts_at": one.starts_at,
        "ends_at": one.ends_at, "is_mine": one.agent_id == request.actor.account_id,
    }  # fmt: skip
