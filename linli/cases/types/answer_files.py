"""Files that answer what a category asks, while its report is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from linli.files.types import Upload

if TYPE_CHECKING:
    from linli.files.models import StoredFile


@dataclass(frozen=True, slots=True)
class SentFiles:
    """What a page sent: files by the key of their question, codes of those that came in before, parted
    by commas, and the one that is taken back as “key:code”."""

    uploads: Mapping[str, Sequence[Upload]] = field(default_factory=dict)
    kept: Mapping[str, str] = field(default_factory=dict)
    drop: str = ""


@dataclass(frozen=True, slots=True)
class HeldFiles:
    """The files of each question that are here, why others were not taken, and whether some came now."""

    files: Mapping[str, Sequence[StoredFile]] = field(default_factory=dict)
    refused: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    is_fresh: bool = False

    @property
    def codes(self) -> dict[str, list[str]]:
        return {key: [one.code for one in held] for key, held in self.files.items()}

    @property
    def by_code(self) -> dict[str, StoredFile]:
        return {one.code: one for held in self.files.values() for one in held}


NO_FILES = HeldFiles()
