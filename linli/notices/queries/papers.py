"""Papers and photos of a notice: which belong to a version, and who may see them."""

from __future__ import annotations

from typing import Any

from django.utils.timezone import localdate

from linli.files import queries as files
from linli.files.types import Owner
from linli.kernel.permits import Actor
from linli.notices.models import Posting, PostingVersion
from linli.notices.queries.postings import may_work, public_postings
from linli.notices.states import VersionState
from linli.notices.types import POSTING_FILE, POSTING_PHOTO


def files_of(version: PostingVersion) -> list[Any]:
    """Return the papers of a version: those kept from the one before, then its own."""
    own = files.files_of(Owner(POSTING_FILE, version.pk))
    if not version.files:
        return own
    earlier = PostingVersion.objects.filter(
        posting_id=version.posting_id, number__lt=version.number
    ).values_list("pk", flat=True)
    held = files.files_of_many(POSTING_FILE, earlier)
    kept = {file.code: file for group in held.values() for file in group}
    return [*(kept[code] for code in version.files if code in kept), *own]


def photos_of(posting: Posting) -> list[Any]:
    """Return the photos of the paper notice on the board, oldest first."""
    return files.files_of(Owner(POSTING_PHOTO, posting.pk))


def may_see_paper(actor: Actor, version_id: int) -> bool:
    """Say whether a paper of a version is the actor's to see."""
    version = PostingVersion.objects.filter(pk=version_id).select_related("posting").first()
    if version is None:
        return False
    if may_work(actor, version.posting):
        return True
    is_out = version.state == VersionState.PUBLISHED and not version.posting.is_hidden
    return is_out and _is_public(version.posting_id)


def may_see_photo(actor: Actor, posting_id: int) -> bool:
    """Say whether a photo of a notice is the actor's to see."""
    posting = Posting.objects.filter(pk=posting_id).first()
    if posting is None:
        return False
    return may_work(actor, posting) or (not posting.is_hidden and _is_public(posting_id))


def may_see_print(actor: Actor, posting_id: int) -> bool:
    """Say whether a printed paper of a notice is the actor's to see."""
    return may_see_photo(actor, posting_id)


def _is_public(posting_id: int) -> bool:
    return public_postings(localdate()).filter(pk=posting_id).exists()
