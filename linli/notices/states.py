"""The life of a posting and of its versions; whether it is shown is read off its days, not kept."""

from __future__ import annotations

from enum import StrEnum

from linli.kernel.states import Machine, Move
from linli.notices import permits


class PostingState(StrEnum):
    PREPARED = "prepared"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    DROPPED = "dropped"


class VersionState(StrEnum):
    DRAFT = "draft"
    WAITING = "waiting"
    PUBLISHED = "published"
    DROPPED = "dropped"


POSTING = Machine(
    PostingState.PREPARED,
    [
        Move("publish", (PostingState.PREPARED,), PostingState.PUBLISHED, permits.PUBLISH),
        Move("correct", (PostingState.PUBLISHED,), PostingState.PUBLISHED, permits.WRITE),
        Move("withdraw", (PostingState.PUBLISHED,), PostingState.WITHDRAWN, permits.PUBLISH),
        Move("drop", (PostingState.PREPARED,), PostingState.DROPPED, permits.WRITE),
    ],
    ends={PostingState.WITHDRAWN, PostingState.DROPPED},
)
VERSION = Machine(
    VersionState.DRAFT,
    [
        Move("save", (VersionState.DRAFT,), VersionState.DRAFT, permits.WRITE),
        Move("submit", (VersionState.DRAFT,), VersionState.WAITING, permits.WRITE),
        Move("return", (VersionState.WAITING,), VersionState.DRAFT, permits.PUBLISH),
        Move(
            "publish",
            (VersionState.DRAFT, VersionState.WAITING),
            VersionState.PUBLISHED,
            permits.PUBLISH,
        ),
        Move(
            "drop", (VersionState.DRAFT, VersionState.WAITING), VersionState.DROPPED, permits.WRITE
        ),
    ],
    ends={VersionState.PUBLISHED, VersionState.DROPPED},
)
