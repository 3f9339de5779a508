"""The usual posts that a city's bodies begin with, all vacant."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from linli.kernel.permits import Actor, open_to_all
from linli.orgs.clients import shipped
from linli.orgs.models import Organisation, Post, PostKind
from linli.orgs.models.rows import new_post
from linli.orgs.rules.bodies import nearest
from linli.orgs.types import PostDetails

Shelf = dict[tuple[str, str], Organisation]


@open_to_all("called by seeding alone, which asked for the permit")
def make_usual_posts(made: Sequence[Organisation], known: Shelf, *, actor: Actor) -> None:
    """Make the usual posts, vacant, with who stands above and in for whom."""
    wanted = [
        (organisation, usual)
        for organisation in made
        if organisation.closed_on is None
        for usual in shipped.usual_posts().get(organisation.kind_id, ())
    ]
    ids = _next_ids(len(wanted))
    own = {(o.pk, usual.kind): pk for (o, usual), pk in zip(wanted, ids, strict=True)}
    heads = {
        (organisation_id, kind): pk
        for organisation_id, kind, pk in Post.objects.filter(
            organisation__in=[o.pk for o in known.values()]
        ).values_list("organisation_id", "kind_id", "pk")
    } | own
    ranks = dict(PostKind.objects.values_list("code", "rank"))
    posts = []
    for (organisation, usual), pk in zip(wanted, ids, strict=True):
        post = new_post(
            organisation,
            PostDetails(
                title=usual.title, title_en=usual.title_en, kind=usual.kind, seats=usual.seats,
                is_public=usual.is_public, rank=ranks[usual.kind],
                above_id=_post_above(organisation, usual.above, heads, known),
                deputy_id=own.get((organisation.pk, usual.deputy)),
            ),
        )  # fmt: skip
        post.pk = pk
        posts.append(post)
    Post.objects.bulk_create(posts, batch_size=1000)


def _post_above(
    organisation: Organisation, above: str, heads: dict[tuple[int, str], int], known: Shelf
) -> int | None:
    if "/" not in above:
        return heads.get((organisation.pk, above))
    kind, post_kind = above.split("/")
    body = nearest(organisation.path, kind, known)
    return heads.get((body.pk, post_kind)) if body else None


def _next_ids(count: int) -> list[int]:
    """Take ids ahead, so that posts can name each other before they are written."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('orgs_post', 'id')) FROM generate_series(1, %s)",
            [count],
        )
        return [row[0] for row in cursor.fetchall()]
