"""Files that show what was done: taken in before a move, tied to its step after it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from linli.cases import permits
from linli.cases.models import Case
from linli.cases.models.intake import MOST_ASKED
from linli.cases.types.acting import Typed
from linli.cases.types.filing import OF_CASE
from linli.files import services as files
from linli.files.types import ATTACHMENT, Owner
from linli.kernel import sql
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


# a step that is not written yet has no number, which the column refuses: no file is lost in silence
TIE_FEW = "INSERT INTO cases_casefile (case_id, event_id, file_id, is_by_reporter, asked) VALUES "
ROW = """(%(case)s, (SELECT id FROM cases_caseevent WHERE case_id = %(case)s AND seq = %(seq)s),
    %(file{n})s, %(by_reporter)s, %(asked)s)"""
# each number of files is a statement of its own on the server
FEW = 4
TIE = """
INSERT INTO cases_casefile (case_id, event_id, file_id, is_by_reporter, asked)
SELECT %(case)s, e.id, file_id, %(by_reporter)s, %(asked)s
  FROM unnest(%(files)s::bigint[]) WITH ORDINALITY AS t(file_id, place)
  LEFT JOIN cases_caseevent e ON e.case_id = %(case)s AND e.seq = %(seq)s ORDER BY t.place
"""


@open_to_all("the step that they show was made in the same transaction, and asked for its permit")
def tie_files(
    kept: Sequence[StoredFile],
    *,
    case_id: int,
    seq: int,
    actor: Actor,
    now: datetime,
    is_by_reporter: bool = False,
    asked: str = "",
) -> None:
    """Tie files to the step that they show; `asked` is the question that they answer."""
    if not kept:
        return
    given: dict[str, Any] = {
        "case": case_id, "seq": seq, "by_reporter": is_by_reporter, "asked": asked[:MOST_ASKED],
    }  # fmt: skip
    if len(kept) > FEW:
        given["files"] = [file.pk for file in kept]
    else:
        given.update((f"file{n}", file.pk) for n, file in enumerate(kept))
    sql.later("cases.tie_files", _tying(len(kept)), given, waits=True)


@cache
def _tying(count: int) -> str:
    return TIE if count > FEW else TIE_FEW + ", ".join(ROW.format(n=n) for n in range(count))
