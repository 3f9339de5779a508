"""Keeping content that was checked, and what the system made itself."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from linli.files import rules
from linli.files.clients import cabinet, photos
from linli.files.models import StoredFile
from linli.files.services.reading import read_content
from linli.files.types import Box, FileKind, Owner
from linli.kernel.ids import public_code
from linli.kernel.permits import STAFF, Actor, open_to_all
from linli.kernel.registries import FileMade


@dataclass(frozen=True, slots=True)
class Made:
    """A file that the system made, and how confidential it is."""

    content: bytes
    name: str
    kind: FileKind
    level: int = STAFF
    retention_until: date | None = None


@open_to_all("the service that made the file has required its own permit")
@transaction.atomic
def store_made(made: Made, *, owner: Owner, place: str, actor: Actor, now: datetime) -> StoredFile:
    """Keep a file that the system made: a printed paper, an export. Refuses with NoSpace."""
    file = StoredFile(
        code=public_code(14),
        owner_kind=owner.kind,
        owner_id=owner.id,
        place=place,
        kind=made.kind,
        name=rules.clean_name(made.name, made.kind),
        size=len(made.content),
        sha256=hashlib.sha256(made.content).hexdigest(),
        level=made.level,
        account_id=actor.account_id,
        is_made=True,
        stored_at=now,
        retention_until=made.retention_until,
    )
    return cabinet.keep(file, made.content, {})


@open_to_all("the service that shows the photo to others has required its own permit")
@transaction.atomic
def store_shown(
    file: StoredFile,
    *,
    black: Sequence[Box],
    owner: Owner,
    level: int,
    actor: Actor,
    now: datetime,
) -> StoredFile:
    """Keep a copy of a photo for more people, with parts of it black; the first one stays as it is.

    The copy is a JPEG without a word about where or when, under an address of its own that tells
    nothing of the first one. Refuses with NotFound, FileDamaged, NoSpace.
    """
    content = read_content(file, actor=actor, now=now)
    made = photos.blackened(content, FileKind(file.kind), black, file.name)
    copy = StoredFile(
        code=public_code(14),
        owner_kind=owner.kind,
        owner_id=owner.id,
        place=file.place,
        kind=FileKind.JPEG,
        name="",
        size=len(made.whole.data),
        sha256=hashlib.sha256(made.whole.data).hexdigest(),
        width=made.whole.width,
        height=made.whole.height,
        level=level,
        account_id=actor.account_id,
        is_made=True,
        stored_at=now,
    )
    return cabinet.keep(copy, made.whole.data, made.smaller)


@open_to_all("the service that made the file has required its own permit")
def keep_for_below(made: FileMade, *, place: str, actor: Actor, now: datetime) -> str:
    """Keep a file of an app that cannot know this one, and return its code."""
    kind = FileKind.CSV if made.name.endswith(".csv") else FileKind.XLSX
    file = Made(made.content, made.name, kind, made.level, made.keep_until)
    owner = Owner(made.owner_kind, made.owner_id)
    return str(store_made(file, owner=owner, place=place, actor=actor, now=now).code)
