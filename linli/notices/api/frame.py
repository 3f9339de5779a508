"""The shapes in which notices are told over the API."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localdate
from ninja import Router, Schema

from linli.kernel.api import plain
from linli.kernel.paths import code_of
from linli.notices import queries
from linli.notices.types import Text

if TYPE_CHECKING:
    from linli.notices.models import Posting, PostingVersion

# one router: an address that is read and written stays on one
router = Router(tags=["notices"])


class NoticeRowOut(Schema):
    """A line of the list. `phase`: displayed, over, withdrawn; at the desk also what was not public yet."""

    code: str
    number: str
    category: str
    title: str
    office: str
    place: str
    phase: str
    first_day: date | None
    last_day: date | None
    is_provisional: bool
    published_at: datetime | None


class NoticesOut(Schema):
    count: int
    items: list[NoticeRowOut]
    next: str | None


class NoticePaperOut(Schema):
    code: str
    name: str
    kind: str
    size: int
    sha256: str


class NoticeVersionOut(Schema):
    """What the notice said from a moment on; `reason` says why it was corrected."""

    number: int
    title: str
    text: str
    reason: str
    period_restarts: bool
    published_at: datetime
    sha256: str
    log_index: int | None


class NoticeOut(NoticeRowOut):
    """A notice whole; `versions` newest first. Of one whose text had to go, only the frame stays."""

    text: str
    basis: str
    contact: str
    objection: str
    days: int
    unit: str
    reach: str
    places: list[str]
    withdrawn_on: date | None
    withdrawn_reason: str
    is_hidden: bool
    version: int | None
    papers: list[NoticePaperOut]
    photos: list[NoticePaperOut]
    versions: list[NoticeVersionOut]


class NoticeFindingOut(Schema):
    """A place in the text that may be about a person; what is grave is never published."""

    field: str
    sign: str
    words: str
    is_grave: bool


class NoticeDeskOut(NoticeOut):
    """A notice for whoever works on it: what is being written stands in the fields of the text."""

    edition: int | None
    open_state: str
    returned: str
    findings: list[NoticeFindingOut]


def row_out(posting: Posting, *, at_desk: bool = False) -> dict[str, Any]:
    """Return a line of the list."""
    version = (posting.open if at_desk else None) or posting.current
    is_shown = version is not None and (at_desk or not posting.is_hidden)
    return {
        **plain(posting, "code", "number", "category", "office", "first_day", "last_day",
                "is_provisional", "published_at"),
        "title": version.title if is_shown and version else "",
        "place": code_of(posting.place),
        "phase": queries.phase_of(posting, localdate()),
    }  # fmt: skip


def notice_out(posting: Posting, *, at_desk: bool = False) -> dict[str, Any]:
    """Return a notice whole; at the desk with what is being written."""
    version = (posting.open if at_desk else None) or posting.current
    is_shown = version is not None and (at_desk or not posting.is_hidden)
    words = ("basis", "contact", "objection")
    return {
        **row_out(posting, at_desk=at_desk),
        **plain(posting, "days", "unit", "reach", "withdrawn_on", "withdrawn_reason", "is_hidden"),
        **{name: getattr(version, name) if is_shown else "" for name in words},
        "text": version.body if is_shown and version else "",
        "places": queries.listed_codes(posting),
        "version": version.number if version else None,
        "papers": _papers(queries.files_of(version)) if is_shown and version else [],
        "photos": _papers(queries.photos_of(posting)) if is_shown else [],
        "versions": [_version(one) for one in queries.published_versions(posting)],
    }  # fmt: skip


def desk_out(posting: Posting) -> dict[str, Any]:
    """Return a notice for whoever works on it."""
    one = posting.open
    found = (
        queries.findings_of(Text(one.title, one.body, one.contact, one.basis, one.objection))
        if one
        else []
    )
    return {
        **notice_out(posting, at_desk=True),
        "edition": one.edition if one else None, "open_state": one.state if one else "",
        "returned": one.returned if one else "",
        "findings": [plain(finding, "field", "sign", "words", "is_grave") for finding in found],
    }  # fmt: skip


def _version(version: PostingVersion) -> dict[str, Any]:
    return {
        **plain(version, "number", "title", "reason", "published_at", "log_index"),
        "text": version.body, "period_restarts": version.restarts, "sha256": version.checksum,
    }  # fmt: skip


def _papers(files: list[Any]) -> list[dict[str, Any]]:
    return [plain(file, "code", "name", "kind", "size", "sha256") for file in files]
