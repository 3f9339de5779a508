"""What posts are called, for apps below this one that keep their ids."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import OuterRef, Subquery

from linli.kernel.permits import PUBLIC
from linli.orgs.models import OrganisationVersion, Post
from linli.ui.formats import is_chinese


def names_of_posts(post_ids: Iterable[int]) -> dict[int, str]:
    """Return body and title of posts in the reader's language; one query.

    Posts of bodies above the public level are left out: their names are not for everybody.
    """
    lately = OrganisationVersion.objects.filter(organisation_id=OuterRef("organisation_id"))
    body = lately.order_by("-since")[:1]
    found = Post.objects.filter(pk__in=set(post_ids), organisation__level=PUBLIC).values_list(
        "pk", "title", "title_en", Subquery(body.values("name")), Subquery(body.values("name_en"))
    )
    if is_chinese():
        return {pk: f"{name or ''}{title}" for pk, title, _, name, _ in found}
    return {
        pk: ", ".join(filter(None, (title_en or title, name_en or name)))
        for pk, title, title_en, name, name_en in found
    }
