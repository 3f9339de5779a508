"""Taking in what people upload: quarantine, sniffing, decoding, limits, then the store."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import structlog
from django.db import transaction

from linli.files import rules
from linli.files.clients import cabinet, papers, photos, store
from linli.files.clients.photos import Picture
from linli.files.clients.store import Quarantined
from linli.files.errors import (
    FileKindNotWanted,
    FileKindUnknown,
    FileNotWhatItSays,
    FileRefused,
    FileTooLarge,
    MarkupRefused,
    ScanFailed,
    TooManyUploads,
    VirusFound,
)
from linli.files.models import StoredFile
from linli.files.types import (
    DRAFT,
    DRAFTS,
    MOST_UPLOADS,
    SCANNER,
    FileKind,
    Owner,
    Policy,
    ScanTrouble,
    Upload,
)
from linli.kernel.errors import NotAllowed
from linli.kernel.ids import public_code
from linli.kernel.permits import Actor, open_to_all
from linli.ui.formats import file_size

log = structlog.get_logger("linli.files")


@dataclass(frozen=True, slots=True)
class Examined:
    """What an upload is, and its content as it will be kept."""

    kind: FileKind
    content: bytes
    width: int | None = None
    height: int | None = None
    smaller: dict[str, Picture] = field(default_factory=dict)


@open_to_all("the service that owns the thing requires its permit before files are taken in")
def take_in(
    upload: Upload, *, policy: Policy, owner: Owner, place: str, actor: Actor, now: datetime
) -> StoredFile:
    """Check an upload and keep it. Refuses with FileRefused in its kinds, ScanFailed, NoSpace."""
    with store.quarantined(upload, policy.max_bytes) as held:
        found = _examine(held, upload.name or "", policy)
    return _keep(found, upload.name, policy, owner, place, actor, now)


@open_to_all("drafts are for the sender alone, who has to be signed in")
def take_drafts(
    uploads: Sequence[Upload], *, actor: Actor, now: datetime
) -> tuple[list[StoredFile], list[tuple[str, FileRefused]]]:
    """Keep for two days what is uploaded while a form is open; return what was kept and refused.

    Good files are kept though others are refused. Refuses with NotAllowed, TooManyUploads,
    ScanFailed, NoSpace.
    """
    if actor.account_id is None:
        raise NotAllowed()
    if len(uploads) > MOST_UPLOADS:
        raise TooManyUploads(most=MOST_UPLOADS)
    owner = Owner(DRAFT, actor.account_id)
    kept: list[StoredFile] = []
    refused: list[tuple[str, FileRefused]] = []
    for upload in uploads:
        try:
            kept.append(take_in(upload, policy=DRAFTS, owner=owner, place="", actor=actor, now=now))
        except FileRefused as refusal:
            refused.append((upload.name or "", refusal))
    return kept, refused


@open_to_all("looks at a file of the machine's own operator")
def inspect_path(path: Path, *, policy: Policy, actor: Actor) -> FileKind:
    """Say what a file on the disk is, without keeping it. Refuses as `take_in`."""
    size = path.stat().st_size
    if size > policy.max_bytes:
        raise FileTooLarge(name=path.name, most=file_size(policy.max_bytes))
    return _kind_of(Quarantined(path, size, ""), path.name, policy)


def _examine(held: Quarantined, name: str, policy: Policy) -> Examined:
    kind = _kind_of(held, name, policy)
    _scan(held.path, name)
    if kind.is_photo:
        photo = photos.clean_photo(held.path, kind, name)
        whole = photo.whole
        return Examined(kind, whole.data, whole.width, whole.height, photo.smaller)
    return Examined(kind, held.path.read_bytes())


def _kind_of(held: Quarantined, name: str, policy: Policy) -> FileKind:
    """Return what a file is by its content, after its reader found nothing wrong with it."""
    with held.path.open("rb") as opened:
        seen = rules.sniff(opened.read(rules.HEAD_BYTES))
    if seen == "markup":
        raise MarkupRefused(name=name)
    if seen == "zip":
        kind = papers.archive_kind(held.path, name)
    elif seen == "text":
        papers.check_text(held.path, name)
        kind = FileKind.CSV if rules.kind_by_name(name) is FileKind.CSV else FileKind.TXT
    else:
        kind = FileKind(seen) if seen in set(FileKind) else None
    if kind is None:
        raise FileKindUnknown(name=name, wanted=policy.wanted)
    _check_claim(name, kind)
    if kind not in policy.kinds:
        raise FileKindNotWanted(name=name, wanted=policy.wanted, found=kind.upper())
    if kind is FileKind.PDF:
        papers.check_pdf(held.path, name)
    return kind


def _check_claim(name: str, kind: FileKind) -> None:
    """A photo that says it is another kind of photo is harmless; anything else is a disguise."""
    claimed = rules.kind_by_name(name)
    if claimed in (None, kind) or (claimed.is_photo and kind.is_photo):
        return
    raise FileNotWhatItSays(name=name, found=kind.value.upper())


def _scan(path: Path, name: str) -> None:
    scanner = SCANNER.call()
    if scanner is None:
        return
    try:
        found = scanner.scan(path)
    except (ScanTrouble, OSError) as error:
        # an unscanned file must not pass as a scanned one
        log.exception("scan_failed")
        raise ScanFailed() from error
    if found:
        log.warning("virus_found", found=found)
        raise VirusFound(name=name, found=found)


@transaction.atomic
def _keep(
    found: Examined,
    name: str | None,
    policy: Policy,
    owner: Owner,
    place: str,
    actor: Actor,
    now: datetime,
) -> StoredFile:
    file = StoredFile(
        code=public_code(14),
        owner_kind=owner.kind,
        owner_id=owner.id,
        place=place,
        kind=found.kind,
        name=rules.clean_name(name, found.kind),
        size=len(found.content),
        sha256=hashlib.sha256(found.content).hexdigest(),
        width=found.width,
        height=found.height,
        level=policy.level,
        account_id=actor.account_id,
        stored_at=now,
        retention_until=cabinet.until(now, policy.keep_days),
    )
    return cabinet.keep(file, found.content, found.smaller)
