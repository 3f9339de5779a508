"""Files that show what was done: taken in with a move, named by its step."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from linli.cases import permits
from linli.cases.models import Case
from linli.cases.types.acting import Typed
from linli.files import services as files
from linli.files.types import ATTACHMENT, Owner
from linli.kernel.permits import Actor, Permit, require

if TYPE_CHECKING:
    from linli.files.models import StoredFile

OF_CASE = "cases.case"


def keep_files(
    case: Case, given: Typed, *, permit: Permit | None, actor: Actor, now: datetime
) -> list[StoredFile]:
    """Keep what came with a move, as files of the case. Refuses with NotAllowed, FileRefused.

    `permit` is that of the move; one that takes none is not made with files by hand.
    """
    require(actor, permit or permits.HANDLE, at=case.path, level=case.level)
    owner = Owner(OF_CASE, case.pk)
    kept = [
        files.take_in(upload, policy=ATTACHMENT, owner=owner, place=case.path, actor=actor, now=now)
        for upload in given.uploads
    ]
    if given.files:
        kept += files.adopt(
            given.files, owner=owner, place=case.path, policy=ATTACHMENT, actor=actor, now=now
        )
    return kept
