"""Papers and photos of a notice, and the notice on paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from linli.documents import queries as document_queries
from linli.documents import services as documents
from linli.documents.types import Issue
from linli.files import queries as file_queries
from linli.files import services as files
from linli.files.services import FileRefused
from linli.files.types import ATTACHMENT, PHOTO, Owner, Upload
from linli.kernel.errors import NotAllowed, NotFound, WrongState
from linli.kernel.permits import PUBLIC, Actor, open_to_all, require
from linli.notices import permits, queries
from linli.notices.engine.locking import lock, lock_open
from linli.notices.errors import TooManyThere
from linli.notices.models import Posting, PostingVersion
from linli.notices.rules.markup import blocks
from linli.notices.states import PostingState, VersionState
from linli.notices.types import (
    CATEGORIES,
    MOST_FILES,
    MOST_PHOTOS,
    POSTING,
    POSTING_FILE,
    POSTING_PHOTO,
    Category,
    Size,
)
from linli.trail.services import record
from linli.ui import formats

PAPER_POLICY = replace(ATTACHMENT, level=PUBLIC)
PHOTO_POLICY = replace(PHOTO, level=PUBLIC)
Refused = list[tuple[str, FileRefused]]


@transaction.atomic
def add_files(
    posting: Posting, uploads: Sequence[Upload], *, actor: Actor, now: datetime
) -> Refused:
    """Add papers to what is being written; return what was not taken.

    Refuses with NotAllowed, WrongState, TooManyThere, ScanFailed, NoSpace.
    """
    posting, version = lock_open(posting)
    require(actor, permits.WRITE, at=posting.place)
    if version.state != VersionState.DRAFT:
        raise WrongState(move="save", state=version.state)
    if len(queries.files_of(version)) + len(uploads) > MOST_FILES:
        raise TooManyThere(most=MOST_FILES)
    refused = []
    for upload in uploads:
        try:
            files.take_in(
                upload, policy=PAPER_POLICY, owner=Owner(POSTING_FILE, version.pk),
                place=posting.place, actor=actor, now=now,
            )  # fmt: skip
        except FileRefused as refusal:
            refused.append((upload.name or "", refusal))
    version.edition += 1
    version.save(update_fields=["edition"])
    record(
        "notices.files_added", on=posting, actor=actor, now=now, count=len(uploads) - len(refused)
    )
    return refused


@transaction.atomic
def add_photos(
    posting: Posting, uploads: Sequence[Upload], *, actor: Actor, now: datetime
) -> Refused:
    """Add photos of the paper on the board, which nobody has to take; return what was not taken.

    Refuses with NotAllowed, WrongState, TooManyThere, ScanFailed, NoSpace.
    """
    posting = lock(posting)
    require(actor, permits.WRITE, at=posting.place)
    if posting.state != PostingState.PUBLISHED:
        raise WrongState(move="photo", state=posting.state)
    if len(queries.photos_of(posting)) + len(uploads) > MOST_PHOTOS:
        raise TooManyThere(most=MOST_PHOTOS)
    refused = []
    for upload in uploads:
        try:
            files.take_in(
                upload, policy=PHOTO_POLICY, owner=Owner(POSTING_PHOTO, posting.pk),
                place=posting.place, actor=actor, now=now,
            )  # fmt: skip
        except FileRefused as refusal:
            refused.append((upload.name or "", refusal))
    record(
        "notices.photos_added", on=posting, actor=actor, now=now, count=len(uploads) - len(refused)
    )
    return refused


@transaction.atomic
def drop_file(posting: Posting, code: str, *, actor: Actor, now: datetime) -> None:
    """Take a photo away, or a paper of what is being written; what was published with a version stays.

    Refuses with NotAllowed, NotFound.
    """
    posting = lock(posting)
    require(actor, permits.WRITE, at=posting.place)
    found = {file.code: file for file in queries.photos_of(posting)}
    if posting.open_id is not None:
        version = PostingVersion.objects.select_for_update().get(pk=posting.open_id)
        if version.state == VersionState.DRAFT:
            own = file_queries.files_of(Owner(POSTING_FILE, version.pk))
            found |= {file.code: file for file in own}
    file = found.get(code.upper())
    if file is None:
        raise NotFound()
    files.erase_file(file, reason="taken_away", actor=actor, now=now)
    record("notices.file_dropped", on=posting, actor=actor, now=now)


@transaction.atomic
def print_posting(
    posting: Posting, *, size: Size, language: str, actor: Actor, now: datetime
) -> Any:
    """Issue a notice as a numbered paper with the code of its check page, and return the document.

    Refuses with NotAllowed, WrongState, TemplateBroken.
    """
    # held, so that a withdrawal at the same moment finds the paper, or the paper the withdrawal
    posting = lock(posting)
    require(actor, permits.WRITE, at=posting.place)
    version = posting.current
    if posting.state != PostingState.PUBLISHED or version is None:
        raise WrongState(move="print", state=posting.state)
    sealed = "_sealed" if CATEGORIES[Category(posting.category)].needs_seal else ""
    with translation.override(language):
        data = _data_of(posting, version)
    issue = Issue(
        place=posting.place, office=posting.office, language=language, title=version.title,
        about=(POSTING, posting.pk), purpose=version.title,
    )  # fmt: skip
    paper = documents.issue_document(
        f"notices.{size}{sealed}", data, issue=issue, actor=actor, now=now
    )
    record("notices.printed", on=posting, actor=actor, now=now, size=size, version=version.number)
    return paper


def _data_of(posting: Posting, version: PostingVersion) -> dict[str, Any]:
    assert posting.first_day is not None and posting.last_day is not None
    period = _("%(first)s to %(last)s (%(length)s)") % {
        "first": formats.day_plain(posting.first_day),
        "last": formats.day_plain(posting.last_day),
        "length": queries.length_words(posting.days, posting.unit),
    }
    return {
        "text": [{"is_list": one.is_list, "lines": list(one.lines)} for one in blocks(version.body)],
        "length": len(version.body), "number": posting.number, "period": period,
        "contact": version.contact, "objection": version.objection, "basis": version.basis,
        "corrected": version.reason,
    }  # fmt: skip


@open_to_all("follows a withdrawal, whose own service asked for the permit")
@transaction.atomic
def withdraw_papers(posting_id: int, *, actor: Actor, now: datetime) -> int:
    """Withdraw what was printed of a withdrawn notice, so that its check page says so; return how many.

    Refuses with NotAllowed.
    """
    if not actor.is_system:
        raise NotAllowed()
    posting = Posting.objects.get(pk=posting_id)
    papers = list(document_queries.valid_papers_of(POSTING, posting_id))
    for paper in papers:
        documents.withdraw_document(paper, reason=posting.withdrawn_reason, actor=actor, now=now)
    return len(papers)
