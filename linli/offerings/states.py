"""States of what is offered: items and their versions."""

from __future__ import annotations

from enum import StrEnum

from linli.kernel.states import Machine, Move
from linli.offerings import permits


class VersionState(StrEnum):
    """Being written, looked at by a second person, public, or put away."""

    DRAFT = "draft"
    REVIEW = "review"
    PUBLISHED = "published"
    DROPPED = "dropped"


VERSION = Machine(
    VersionState.DRAFT,
    [
        Move("submit", (VersionState.DRAFT,), VersionState.REVIEW, permits.WRITE_ITEMS),
        Move("return", (VersionState.REVIEW,), VersionState.DRAFT, permits.PUBLISH_ITEMS),
        Move("publish", (VersionState.REVIEW,), VersionState.PUBLISHED, permits.PUBLISH_ITEMS),
        Move("drop", (VersionState.DRAFT, VersionState.REVIEW), VersionState.DROPPED, permits.WRITE_ITEMS),
    ],
    ends={VersionState.PUBLISHED, VersionState.DROPPED},
)  # fmt: skip


class ItemState(StrEnum):
    """Not public yet, offered, not offered for a while, or not any more."""

    PLANNED = "planned"
    OFFERED = "offered"
    SUSPENDED = "suspended"
    ENDED = "ended"


ITEM = Machine(
    ItemState.PLANNED,
    [
        Move("publish", (ItemState.PLANNED, ItemState.OFFERED), ItemState.OFFERED, permits.PUBLISH_ITEMS),
        Move("suspend", (ItemState.OFFERED,), ItemState.SUSPENDED, permits.PUBLISH_ITEMS),
        Move("resume", (ItemState.SUSPENDED,), ItemState.OFFERED, permits.PUBLISH_ITEMS),
        Move("end", (ItemState.OFFERED, ItemState.SUSPENDED), ItemState.ENDED, permits.PUBLISH_ITEMS),
    ],
    ends={ItemState.ENDED},
)  # fmt: skip
