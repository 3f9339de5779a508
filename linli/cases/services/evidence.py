"""Files that show what was done: taken in before a move, tied to its step after it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from linli.cases import permits
from linli.cases.models import Case, CaseEvent, CaseFile
from linli.cases.types.acting import Typed
from linli.cases.types.filing import OF_CASE
from linli.files import services as files
from linli.files.types import ATTACHMENT, Owner
from linli.kernel.permits import Actor, Permit, open_to_all, require

if TYPE_CHECKING:
    from linli.files.models import StoredFile


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


@open_to_all("the move that they show was made in the same transaction, and asked for its permit")
def tie_files(
    kept: Sequence[StoredFile], *, case_id: int, seq: int, actor: Actor, now: datetime
) -> None:
    """Tie files to the step that they show."""
    event_id = CaseEvent.objects.values_list("pk", flat=True).get(case_id=case_id, seq=seq)
    CaseFile.objects.bulk_create(
        CaseFile(case_id=case_id, event_id=event_id, file=file) for file in kept
    )
