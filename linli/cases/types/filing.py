"""What somebody reports, by whichever way it comes in, and what she gets back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from linli.files.types import ATTACHMENT, PHOTOS, FileKind, Policy
from linli.kernel.ids import number_typed
from linli.kernel.permits import PERSONAL, VAULT
from linli.kernel.quick import quick
from linli.runtime.types import Rate

MOST_PHOTOS = 6
# photos that wait for their report: nobody sees them, two days
UNSENT, OF_CASE = "cases.unsent", "cases.case"
# files with which a question under seal was answered: opened with a reason alone
UNDER_SEAL = "cases.sealed"
# the copy of a photo that everybody sees
SHOWN = "cases.shown"
# how a photo as it came is handed out: nobody keeps a copy, nothing in it is run
UNKEPT = {
    "Content-Security-Policy": "default-src 'none'; sandbox", "Cache-Control": "private, no-store",
}  # fmt: skip
PHOTO = Policy(PHOTOS, 15 * 1024 * 1024, PERSONAL)
UNSENT_PHOTO = Policy(PHOTO.kinds, PHOTO.max_bytes, PERSONAL, keep_days=2)
# papers of a matter: photographed, or as the PDF that an office gave out
PAPER = Policy(PHOTOS | {FileKind.PDF}, PHOTO.max_bytes, PERSONAL)
UNSENT_PAPER = Policy(PAPER.kinds, PAPER.max_bytes, PERSONAL, keep_days=2)
# what may answer a question of a category, in the open and under seal
UNSENT_ANSWER = Policy(ATTACHMENT.kinds, ATTACHMENT.max_bytes, PERSONAL, keep_days=2)
UNSENT_SEALED = Policy(ATTACHMENT.kinds, ATTACHMENT.max_bytes, VAULT, keep_days=2)
# a village may stand behind one address; a machine meets a wall. Only what was taken counts here
REPORTS = Rate(90, timedelta(hours=1), burst=24)
# what is sent, also what comes back with faults or with something alike, and photos on their way
TRIES = Rate(120, timedelta(hours=1), burst=32)
LOOKS = Rate(120, timedelta(minutes=10))
# wrong codes for one number: the right one always opens
GUESSES = Rate(10, timedelta(hours=1))
# words and photos for one case, and wrong codes that come with them, whoever sends them
ACTS = Rate(60, GUESSES.per, burst=20)


def number_of(request: HttpRequest) -> str:
    """The number in the address, as the subject of a limit."""
    found = request.resolver_match
    return number_typed(str(found.kwargs["number"]))[:24] if found else ""


class Naming(StrEnum):
    """What those who handle a report may know of whoever wrote it."""

    NAMED = "named"
    WITHHELD = "withheld"
    ANONYMOUS = "anonymous"


@dataclass(frozen=True, slots=True)
class Contact:
    """How the reporter is reached; all of it is sealed."""

    name: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """How the reporter is reached, as whoever sent the case corrects it; the number as it is kept."""

    contact: Contact
    is_withheld: bool = False


@dataclass(frozen=True, slots=True)
class SealedAnswers:
    """Answers that neither words nor rules of a case carry: of which version of which form, by key.

    `lines` say them in words; only whether they accuse an official is looked at, they are not kept.
    """

    form: str
    version: int
    values: Mapping[str, Any]
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnsweredFiles:
    """Files with which one question was answered: its key and words, and how they are kept."""

    key: str
    asked: str
    codes: tuple[str, ...]
    policy: Policy
    is_sealed: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """What a category asked and was told: lines for those who read the report, codes for the rules that
    send it, files, and what is under seal."""

    lines: tuple[str, ...] = ()
    codes: Mapping[str, str] = field(default_factory=dict)
    files: tuple[AnsweredFiles, ...] = ()
    sealed: SealedAnswers | None = None

    @property
    def said(self) -> tuple[str, ...]:
        """All that was said, to look whether it accuses an official; never to be shown."""
        return (*self.lines, *(self.sealed.lines if self.sealed else ()))


@quick
@dataclass(frozen=True, slots=True)
class Filing:
    """One report as it comes in.

    `place` is a code, `point` (lon, lat) in degrees, `spot` the code of a lamp post or lift whose
    place and point are known. `photos` are codes of photos taken in before. `same_as` is the number
    of a public case that the reporter says is hers too. `uuid` is made where it was written. The lines
    of what the category asked follow the text and stand in no title.
    """

    text: str
    channel: str
    place: str = ""
    point: tuple[float, float] | None = None
    spot: str = ""
    where: str = ""
    matter: str = "help"
    category_id: int | None = None
    photos: tuple[str, ...] = ()
    contact: Contact = Contact()
    naming: Naming = Naming.ANONYMOUS
    by_sms: bool = False
    is_mine: bool = False
    numbers_meant: bool = False
    language: str = "zh-hans"
    answered: Answered = Answered()
    same_as: str = ""
    uuid: UUID | None = None


@dataclass(frozen=True, slots=True)
class Filed:
    """What the reporter gets: number and code, which open it, and by when the office acts: the
    first moment too late, and the last day in time. `is_offered`: it was handed to a post."""

    number: str
    code: str
    case_id: int
    accept_by: datetime | None = None
    settle_by: datetime | None = None
    accept_on: date | None = None
    settle_on: date | None = None
    is_offered: bool = False


@dataclass(frozen=True, slots=True)
class Added:
    """What the reporter adds later; `is_correction` if it sets right what she wrote before."""

    text: str
    photos: tuple[str, ...] = ()
    is_correction: bool = False
    numbers_meant: bool = False
