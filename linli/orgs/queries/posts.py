"""Reads on posts and on those who hold them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from linli.kernel import sql
from linli.kernel.errors import NotFound
from linli.kernel.permits import PUBLIC, Actor
from linli.orgs import permits
from linli.orgs.models import Organisation, OrganisationVersion, Post, PostHolding, PostKind
from linli.orgs.queries.register import inside_any
from linli.orgs.types import HoldingView, PostDetails, PostView
from linli.people import queries as people

HOLDINGS = """
SELECT h.id AS holding_id, h.post_id, p.organisation_id, o.code AS organisation_code,
       o.kind_id AS organisation_kind, p.kind_id AS post_kind, p.title, p.path, h.holder_name,
       h.person_id, h.account_id, h.since, h.until, h.expected_until, h.came_by, p.rank, h.is_shut_out
  FROM orgs_postholding h
  JOIN orgs_post p ON p.id = h.post_id
  JOIN orgs_organisation o ON o.id = p.organisation_id
 WHERE h.since <= %s AND (h.until IS NULL OR h.until > %s)
"""


def _holdings(condition: str, params: Sequence[Any], on: date) -> list[HoldingView]:
    text = f"{HOLDINGS} AND {condition} ORDER BY p.rank, h.since, h.id"
    return sql.rows("orgs.holdings", text, [on, on, *params], HoldingView)


def holdings_of_person(person_id: int, on: date) -> list[HoldingView]:
    """Return the posts that a person holds on a day, by whichever of her joined entries."""
    return _holdings("h.person_id = ANY(%s)", [people.ids_of_one(person_id)], on)


def holdings_of_account(account_id: int, on: date) -> list[HoldingView]:
    """Return the posts that the owner of an account holds on a day."""
    return _holdings("h.account_id = %s", [account_id], on)


def holdings_by_ids(holding_ids: Sequence[int], on: date) -> list[HoldingView]:
    """Return those of the holdings that hold on a day."""
    return _holdings("h.id = ANY(%s)", [list(holding_ids)], on)


def holders_of_posts(post_ids: Iterable[int], on: date) -> dict[int, list[HoldingView]]:
    """Return who holds each of the posts on a day; one query."""
    found: dict[int, list[HoldingView]] = defaultdict(list)
    ids = list(post_ids)
    if ids:
        for view in _holdings("h.post_id = ANY(%s)", [ids], on):
            found[view.post_id].append(view)
    return found


def path_of_post(post_id: int) -> str | None:
    """Return the path of the place at which a post works, or None."""
    return Post.objects.filter(pk=post_id).values_list("path", flat=True).first()


def title_of_post(post_id: int) -> str:
    """Return what a post is called, or nothing."""
    return Post.objects.filter(pk=post_id).values_list("title", flat=True).first() or ""


def posts_with_holders(
    organisation: Organisation, on: date, *, public_only: bool = False
) -> list[PostView]:
    """Return the posts of an organisation with their holders; two queries."""
    posts = Post.objects.filter(organisation=organisation).filter(
        Q(closed_on__isnull=True) | Q(closed_on__gt=on)
    )
    if public_only:
        posts = posts.filter(is_public=True)
    rows = list(posts.order_by("rank", "pk"))
    held = holders_of_posts([post.pk for post in rows], on)
    return [post_view(post, held.get(post.pk, [])) for post in rows]


def closed_posts(actor: Actor, organisation: Organisation) -> QuerySet[Post]:
    """Return the posts of a body that were closed, or close on a day on record, as far as the actor sees them."""
    found = visible_posts(actor).filter(organisation=organisation, closed_on__isnull=False)
    return found.order_by("-closed_on", "rank", "pk")


def post_view(post: Post, holders: Sequence[HoldingView]) -> PostView:
    """Return a post as pages and other apps see it."""
    return PostView(
        post_id=post.pk,
        kind=post.kind_id,
        title=post.title,
        title_en=post.title_en,
        duties=post.duties,
        office_phone=post.office_phone,
        is_public=post.is_public,
        seats=post.seats,
        rank=post.rank,
        deputy_id=post.deputy_id,
        above_id=post.above_id,
        edition=post.edition,
        holders=tuple(holders),
    )


def visible_posts(actor: Actor) -> QuerySet[Post]:
    """Public posts of public bodies, all posts where the actor sees the staff list."""
    if actor.is_system:
        return Post.objects.all()
    shown = Q(organisation__level=PUBLIC, is_public=True)
    staff = inside_any(actor.paths(permits.STAFF_LIST)) & Q(organisation__level=PUBLIC)
    party = inside_any(actor.paths(permits.PARTY)) & Q(organisation__level__gt=PUBLIC)
    return Post.objects.filter(shown | staff | party)


def sees_all_posts(actor: Actor, organisation: Organisation) -> bool:
    """Say whether the actor sees posts that are not public in an organisation it may see."""
    if organisation.level > PUBLIC:
        return actor.may(permits.PARTY, at=organisation.path)
    return actor.may(permits.STAFF_LIST, at=organisation.path)


def get_post(actor: Actor, post_id: int) -> Post:
    """Return one post. Refuses with NotFound."""
    found = visible_posts(actor).select_related("organisation", "kind", "above", "deputy")
    post = found.filter(pk=post_id).first()
    if post is None:
        raise NotFound(id=post_id)
    return post


def get_holding(actor: Actor, holding_id: int) -> PostHolding:
    """Return one holding of a post that the actor sees. Refuses with NotFound."""
    found = PostHolding.objects.filter(pk=holding_id, post__in=visible_posts(actor))
    holding = found.select_related("post", "post__organisation").first()
    if holding is None:
        raise NotFound(id=holding_id)
    return holding


def history_of(post: Post) -> list[PostHolding]:
    """All who ever held a post, the latest first."""
    return list(PostHolding.objects.filter(post=post).order_by("-since", "-pk"))


def post_kinds() -> QuerySet[PostKind]:
    """Kinds of posts in the order of the register."""
    return PostKind.objects.order_by("rank", "code")


def vacant_posts(path: str, on: date) -> QuerySet[Post]:
    """Single posts of public bodies at a place that nobody holds on a day."""
    held = PostHolding.objects.filter(since__lte=on).filter(Q(until__isnull=True) | Q(until__gt=on))
    return (
        Post.objects.filter(path=path, seats=1, closed_on__isnull=True)
        .filter(organisation__level=PUBLIC)
        .exclude(pk__in=held.values("post_id"))
        .order_by("rank", "pk")
    )


# the columns of a post that its form shows
POST_COLUMNS = (
    "title", "title_en", "rank", "duties", "office_phone", "is_public", "seats", "above_id",
    "deputy_id",
)  # fmt: skip


def details_within(actor: Actor, post: Post, details: PostDetails) -> PostDetails:
    """Return what of a change the actor decides on: all if she keeps posts, else kind, above and deputy.

    The rest is the post's own: a form sends it back with other line ends, a program leaves it out.
    """
    if actor.may(permits.keeper_of(post.organisation.level), at=post.path):
        return details
    own = {name: getattr(post, name) for name in POST_COLUMNS if not name.endswith("_id")}
    return replace(details, **own)


def post_choices(
    organisation: Organisation, *, without: int | None = None
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return (posts that may stand above, posts that may be a deputy) of a post of a body.

    Above may stand heads of public bodies at the same place or over it; the deputy is of the body.
    """
    codes = organisation.path.strip("/").split("/")
    paths = ["/".join(codes[: n + 1]) + "/" for n in range(len(codes))]
    found = (
        Post.objects.filter(path__in=paths, closed_on__isnull=True, seats=1)
        .filter(Q(organisation__level=PUBLIC) | Q(organisation=organisation))
        .exclude(pk=without or 0)
        .select_related("organisation", "organisation__place")
        .order_by("-path", "rank", "pk")
    )
    names = _short_names({post.organisation_id for post in found})
    above = [(str(p.pk), f"{names.get(p.organisation_id, '')} {p.title}") for p in found]
    own = Post.objects.filter(organisation=organisation, closed_on__isnull=True).exclude(
        pk=without or 0
    )
    return above, [(str(p.pk), p.title) for p in own.order_by("rank", "pk")]


def _short_names(organisation_ids: set[int]) -> dict[int, str]:
    rows = OrganisationVersion.objects.filter(
        organisation_id__in=organisation_ids, until__isnull=True
    ).values_list("organisation_id", "short_name", "name")
    return {pk: short or name for pk, short, name in rows}


def holders_named(actor: Actor, words: str, *, on: date) -> QuerySet[PostHolding]:
    """Holdings of posts that the actor sees, by a part of the holder's name or of the title."""
    return (
        PostHolding.objects.filter(post__in=visible_posts(actor), since__lte=on)
        .filter(Q(until__isnull=True) | Q(until__gt=on))
        .filter(Q(holder_name__icontains=words) | Q(post__title__icontains=words))
        .select_related("post", "post__organisation", "post__organisation__place")
        .order_by("path", "rank", "pk")
    )
