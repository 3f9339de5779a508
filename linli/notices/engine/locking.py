"""Locking a notice with what is being written of it, so that two people cannot pass each other."""

from __future__ import annotations

from linli.kernel.errors import WrongState
from linli.notices.errors import SavedMeanwhile
from linli.notices.models import Posting, PostingVersion


def lock(posting: Posting) -> Posting:
    """Return a notice, locked."""
    return Posting.objects.select_for_update().get(pk=posting.pk)


def lock_open(posting: Posting) -> tuple[Posting, PostingVersion]:
    """Return a notice and what is being written of it, locked. Refuses with WrongState if nothing is."""
    locked = lock(posting)
    if locked.open_id is None:
        raise WrongState(move="save", state=locked.state)
    return locked, PostingVersion.objects.select_for_update().get(pk=locked.open_id)


def must_be_newest(version: PostingVersion, edition: int, move: str) -> None:
    """Refuse with SavedMeanwhile who has read an older save than the last."""
    if version.edition != edition:
        raise SavedMeanwhile(move=move, state=version.state, who=version.saved_by)
