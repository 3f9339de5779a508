"""The life of a version of a form."""

from __future__ import annotations

from enum import StrEnum

from linli.formkit import permits
from linli.kernel.states import Machine, Move


class VersionState(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    RETIRED = "retired"


VERSION = Machine(
    VersionState.DRAFT,
    [
        Move("publish", (VersionState.DRAFT,), VersionState.PUBLISHED, permits.DESIGN),
        # by hand, or because a newer version takes its place
        Move("retire", (VersionState.PUBLISHED,), VersionState.RETIRED, permits.DESIGN),
    ],
    ends={VersionState.RETIRED},
)
