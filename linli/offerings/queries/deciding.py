"""Which posts may decide on an application: whoever gives it away chooses among them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils import timezone

from linli.access.queries.rights import posts_that_may
from linli.cases.queries.candidates import Candidate
from linli.kernel.paths import chain_of_path
from linli.offerings.permits import DECIDE

if TYPE_CHECKING:
    from linli.cases.models import Case


def deciding(case: Case, found: Mapping[int, Candidate]) -> dict[int, Candidate]:
    """Return those of the posts that may decide at the place of a case or above it; all if none may."""
    held = posts_that_may(DECIDE, chain_of_path(case.path), now=timezone.now())
    able = {post for posts in held.values() for post in posts}
    return {post: one for post, one in found.items() if post in able} or dict(found)
