"""What crosses the edge of documents: templates, what a paper says, what a code leads to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, Protocol

from linli.kernel.permits import STAFF, Actor, Permit
from linli.kernel.registries import Hook, Registry

CHINESE, ENGLISH = "zh-hans", "en"


class Field(StrEnum):
    """What a place in a template takes. No kind takes a picture."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    DAY = "day"
    FLAG = "flag"
    LINES = "lines"
    PAIRS = "pairs"
    ROWS = "rows"
    RECORDS = "records"


@dataclass(frozen=True)
class DocumentTemplate:
    """A kind of paper. The app that owns it registers it in ready() and ships its Typst source.

    `source` is a path below the package, such as "orgs/print/handover.typ"; it begins with an
    import of one of /documents/print/{official,notice,form,list}.typ. `schema` names what the data
    must hold, `words` what the template says in the reader's language. `series` are the capitals
    of its number. `permit` is asked at the place instead of documents.issue.
    """

    key: str
    title: Any
    source: str
    schema: Mapping[str, Field]
    series: str
    words: Mapping[str, Any] = field(default_factory=dict)
    optional: frozenset[str] = frozenset()
    needs_seal: bool = False
    permit: Permit | None = None
    level: int = STAFF
    keep_years: int | None = 10


@dataclass(frozen=True, slots=True)
class Issue:
    """The facts of one issue besides the data: where, by which office, in which language.

    `title` replaces the template's own on the paper. `mark` gives an official number such as
    示范村发〔2026〕5号. `about` is the thing that the paper belongs to: who may see that may see it.
    `purpose` is written into the register of seal uses.
    """

    place: str
    office: str
    language: str = CHINESE
    title: str = ""
    mark: str = ""
    about: tuple[str, int] | None = None
    level: int | None = None
    purpose: str = ""
    copies: int = 1


@dataclass(frozen=True, slots=True)
class Sheet:
    """A printed page of the site: no number, nothing kept; its code leads to `address`, the live page."""

    title: str
    office: str
    address: str
    on: date
    words: Mapping[str, Any] = field(default_factory=dict)
    is_invented: bool = False


@dataclass(frozen=True)
class CodeKind:
    """What a printed code of one kind leads to: `address(target_id, code)` in the reader's language."""

    key: str
    address: Callable[[int, str], str]


TEMPLATES: Registry[DocumentTemplate] = Registry("document templates")
CODE_KINDS: Registry[CodeKind] = Registry("kinds of printed codes")
# the kinds of seal that villages and communities keep; the order of the form
SEALS = ("official", "finance", "contract", "office", "name")


class SealAct(StrEnum):
    """What the city's seal service is told of a paper."""

    ASK = "seal"
    END = "end_seal"


class Verdict(StrEnum):
    """What is to be thought of the certificate behind an electronic seal."""

    TRUSTED = "trusted"
    UNKNOWN = "unknown"
    FALSE = "false"


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict, a stable word for its reason, and what the certificate says: whose it is, by whom, its serial."""

    verdict: Verdict
    why: str
    holder: str = ""
    issuer: str = ""
    serial: str = ""


@dataclass(frozen=True, slots=True)
class Sealing:
    """What a seal service signed: the asking, both files, when; `chain` is DER, the seal's own first."""

    number: str
    sha256: str
    sealed_sha256: str
    sealed_at: datetime
    signature: str
    chain: tuple[bytes, ...] = ()

    @property
    def text(self) -> bytes:
        """The bytes under the signature (docs/contracts/seals.md)."""
        at = self.sealed_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return "".join(
            f"{one}\n" for one in (self.number, self.sha256, self.sealed_sha256, at)
        ).encode()


@dataclass(frozen=True, slots=True)
class Sealed:
    """What the seal service says it did: `sha256` is the file that it was sent, `pdf` the sealed one.

    `chain` are its certificates in DER, the one that sealed first; empty where it sends none.
    """

    number: str
    sha256: str
    seal: str
    certificate: str
    signature: str
    sealed_at: datetime
    pdf: bytes
    chain: tuple[bytes, ...] = ()


class TellSealService(Protocol):
    """Tell the seal service something in the running transaction."""

    def __call__(
        self, number: str, path: str, act: SealAct, said: Mapping[str, object], /, *,
        actor: Actor, now: datetime,
    ) -> None: ...  # fmt: skip


# () → whether the city has a seal service; filled by exchange, which lies above
HAS_SEAL_SERVICE: Hook[Callable[[], bool]] = Hook("has_seal_service", default=False)
# (number, path, act, said, *, actor, now) → tells it in the running transaction
TELL_SEAL_SERVICE: Hook[TellSealService] = Hook("tell_seal_service")
# path of a place → its name in the reader's language; filled by places, which lies above
PLACE_NAME: Hook[Callable[[str], str | None]] = Hook("place_name")
