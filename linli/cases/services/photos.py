"""Photos of a report: kept while it is being written, then hung on its case."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from linli.cases.errors import PhotoGone
from linli.cases.queries.intake import gone_words
from linli.cases.services.evidence import tie_files
from linli.cases.types.filing import (
    MOST_PHOTOS,
    OF_CASE,
    PAPER,
    PHOTO,
    UNDER_SEAL,
    UNSENT,
    UNSENT_PHOTO,
    AnsweredFiles,
)
from linli.files import services as files
from linli.files.services import FileRefused
from linli.files.types import Owner, Policy, Upload
from linli.kernel.errors import NotFound
from linli.kernel.permits import Actor, open_to_all

if TYPE_CHECKING:
    from linli.files.models import StoredFile

# a photo whose report was not sent hangs on nothing: its code alone leads to it
NO_CASE = Owner(UNSENT, 0)
OWN = "whoever has the code of the report or of the photo sent it"


@open_to_all("anybody may report; what is not sent goes after two days")
def keep_photos(
    uploads: Iterable[Upload], *,
    held: int = 0, most: int = MOST_PHOTOS, policy: Policy = UNSENT_PHOTO, actor: Actor, now: datetime,
) -> tuple[list[StoredFile], list[FileRefused]]:  # fmt: skip
    """Take photos in before their report is sent; return those kept, and why others were not.

    `policy` says what else is taken. A broken one is told and the others are kept; of at most `most`
    `held` are already there. Position and all other particulars of the camera are taken out.
    """
    kept: list[StoredFile] = []
    refused: list[FileRefused] = []
    for upload in uploads:
        if held + len(kept) >= most:
            refused.append(files.TooManyUploads(most=most))
            break
        try:
            kept.append(
                files.take_in(upload, policy=policy, owner=NO_CASE, place="", actor=actor, now=now)
            )
        except FileRefused as refusal:
            refused.append(refusal)
    return kept, refused


@dataclass(frozen=True, slots=True)
class Step:
    """The step of a case on which files hang, and the place of the case."""

    case_id: int
    seq: int
    place: str


@open_to_all(OWN)
def hang_photos(
    codes: Sequence[str],
    *,
    case_id: int,
    seq: int,
    place: str,
    actor: Actor,
    now: datetime,
    held: Owner | None = NO_CASE,
) -> list[StoredFile]:
    """Hang photos that were kept before on a step of a case. Refuses with PhotoGone.

    Without `held` they are drafts of the actor's own, who is staff and not the reporter.
    """
    return _hang(codes, Step(case_id, seq, place), PHOTO, held, actor, now)()


@open_to_all(OWN)
def begin_photos(
    codes: Sequence[str], step: Step, *, actor: Actor, now: datetime
) -> Callable[[], list[StoredFile]]:
    """Begin to hang photos of the reporter on a step to come, and go on.

    What is returned hangs them when the step is written, and refuses as `hang_photos` does.
    """
    return _hang(codes, step, PHOTO, NO_CASE, actor, now)


@open_to_all(OWN)
def hang_papers(
    codes: Sequence[str], step: Step, *, actor: Actor, now: datetime
) -> list[StoredFile]:
    """Hang papers, photographed or PDF, that were kept before on a step. Refuses with PhotoGone."""
    return _hang(codes, step, PAPER, NO_CASE, actor, now)()


@open_to_all(OWN)
def hang_answers(
    answered: Sequence[AnsweredFiles], step: Step, *, actor: Actor, now: datetime
) -> None:
    """Hang the files that answer questions of a category; those under seal where nobody sees them.

    Refuses with PhotoGone.
    """
    for one in answered:
        owner = Owner(UNDER_SEAL if one.is_sealed else OF_CASE, step.case_id)
        try:
            hung = files.adopt(
                one.codes,
                owner=owner,
                place=step.place,
                policy=replace(one.policy, keep_days=None),
                actor=actor,
                now=now,
                held=NO_CASE,
            )
        except NotFound as gone:
            raise PhotoGone({f"answers.{one.key}": [gone_words()]}) from gone
        if not one.is_sealed:
            tie_files(
                hung,
                case_id=step.case_id,
                seq=step.seq,
                actor=actor,
                now=now,
                is_by_reporter=True,
                asked=one.asked,
            )


def _hang(
    codes: Sequence[str], on: Step, policy: Policy, held: Owner | None, actor: Actor, now: datetime
) -> Callable[[], list[StoredFile]]:
    if not codes:
        return list
    if len(set(codes)) > MOST_PHOTOS:
        raise PhotoGone({"photos": [_("At most %(most)s photos.") % {"most": MOST_PHOTOS}]})
    adopted = files.begin_adopting(
        codes, owner=Owner(OF_CASE, on.case_id), place=on.place, policy=policy, actor=actor, now=now,
        held=held,
    )  # fmt: skip

    def hung() -> list[StoredFile]:
        try:
            kept = adopted()
        except NotFound as gone:
            words = _("A photo was not sent in time and is gone. Choose it again.")
            raise PhotoGone({"photos": [words]}) from gone
        is_hers = held is NO_CASE
        tie_files(
            kept, case_id=on.case_id, seq=on.seq, actor=actor, now=now, is_by_reporter=is_hers
        )
        return kept

    return hung
