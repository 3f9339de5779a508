"""Makers of organisations, posts and holders for tests."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count
from typing import TYPE_CHECKING

from linli.kernel.permits import PROTECTED, PUBLIC, Actor, system_actor
from linli.kernel.testing import VILLAGE
from linli.orgs.models import (
    Organisation,
    OrganisationVersion,
    OrgKind,
    PartyCount,
    PartyOrganisation,
    Post,
    PostHolding,
    PostKind,
)
from linli.orgs.models.rows import new_holding, new_organisation, new_post
from linli.orgs.types import Appointment, PostDetails
from linli.places.testing import make_village

if TYPE_CHECKING:
    from linli.places.models import Place

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
SYSTEM: Actor = system_actor("test")
_numbers = count(1)


def place_at(path: str = VILLAGE) -> Place:
    """Return the village of a path; make it with its town and city if there is none."""
    return make_village(path.rstrip("/").rpartition("/")[2])


def make_kind(code: str = "villagers_committee", *, level: int = PUBLIC) -> OrgKind:
    """Return a kind of organisation."""
    kind, _made = OrgKind.objects.get_or_create(
        code=code,
        defaults={
            "name": code, "name_en": code, "family": "self_government", "rank": 210,
            "hierarchy": "party" if level == PROTECTED else "self_government", "level": level,
            "basis": "test", "certainty": "sure",
        },
    )  # fmt: skip
    return kind


def make_organisation(
    kind: str = "villagers_committee", *, at: Place | None = None, name: str = "", **fields: object
) -> Organisation:
    """Make an organisation with one open version."""
    number = next(_numbers)
    place = at or place_at()
    level = PROTECTED if kind in PARTY_KINDS else PUBLIC
    organisation = new_organisation(
        place, make_kind(kind, level=level), code=f"org-{number}", **fields
    )
    organisation.save()
    OrganisationVersion.objects.create(
        organisation=organisation, name=name or f"Body {number}", name_en=f"Body {number}"
    )
    return organisation


PARTY_KINDS = ("party_branch", "joint_party_branch", "general_party_branch", "party_committee")


def make_post(
    organisation: Organisation | None = None,
    *,
    kind: str = "committee_chair",
    title: str = "",
    **fields: object,
) -> Post:
    """Make a public post with one seat."""
    PostKind.objects.get_or_create(
        code=kind, defaults={"name": kind, "name_en": kind, "rank": 60, "is_head": True}
    )
    details = {"title": title or f"Post {next(_numbers)}", "kind": kind, "is_public": True}
    post = new_post(
        organisation or make_organisation(),
        PostDetails(**{**details, **fields}),  # type: ignore[arg-type]
    )
    post.save()
    return post


def make_holding(post: Post | None = None, name: str = "何伟明", **fields: object) -> PostHolding:
    """Put somebody into a post."""
    account_id = fields.pop("account_id", None)
    until = fields.pop("until", None)
    facts = {"holder_name": name, "since": date(2026, 1, 1), "came_by": "elected", **fields}
    holding = new_holding(post or make_post(), Appointment(**facts))  # type: ignore[arg-type]
    holding.account_id = account_id  # type: ignore[assignment]
    if until is not None:
        holding.until, holding.end_reason = until, "term_over"  # type: ignore[assignment]
    holding.save()
    return holding


def make_party(
    at: Place | None = None,
    *,
    party_type: str = "new_type",
    form: str = "branch",
    formal: int | None = None,
    probationary: int | None = None,
    **fields: object,
) -> Organisation:
    """Make a Party organisation with its numbers."""
    kinds = {"branch": "party_branch", "joint_branch": "joint_party_branch",
             "general_branch": "general_party_branch", "committee": "party_committee"}  # fmt: skip
    organisation = make_organisation(kinds[form], at=at)
    PartyOrganisation.objects.create(
        organisation=organisation, party_type=party_type, form=form, **fields
    )
    for kind, number in (("formal", formal), ("probationary", probationary)):
        if number is not None:
            PartyCount.objects.create(
                organisation=organisation, kind=kind, number=number, counted_on=date(2026, 6, 30),
                entered_at=NOON, entered_by="test",
            )  # fmt: skip
    return organisation
