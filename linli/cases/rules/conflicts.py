"""Who stands too near to a case to see it: the post that it is about, and who held that post."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from linli.kernel.permits import Actor

# condition on a case `c`; parameters by `conflict_params`. Whoever held the post stays out, also
# after she went to another: what was said was said about her.
NOT_ABOUT = """(c.about_post_id IS NULL OR NOT (c.about_post_id = ANY(%s) OR EXISTS (
    SELECT 1 FROM orgs_postholding h WHERE h.post_id = c.about_post_id
       AND (h.account_id = %s OR h.person_id = %s))))"""


def conflict_params(actor: Actor) -> list[Any]:
    """Return the parameters of NOT_ABOUT."""
    return [sorted(actor.posts), actor.account_id, actor.person_id]


def is_about(columns: Mapping[str, Any], actor: Actor) -> bool:
    """Say whether a held case is about a post of the actor's."""
    return columns.get("about_post_id") in actor.posts
