"""Putting content into the store together with its row."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from linli.files import rules
from linli.files.clients import store
from linli.files.clients.photos import Picture
from linli.files.events import FileStored
from linli.files.models import Derivative, StoredFile
from linli.kernel import locks
from linli.kernel.events import publish
from linli.kernel.permits import VAULT
from linli.kernel.sealing import seal_bytes


def keep(file: StoredFile, content: bytes, smaller: dict[str, Picture]) -> StoredFile:
    """Put content into the store and its row into the table.

    The row comes first in the transaction and the bytes before its end: if the end never comes,
    the sweep finds bytes without a row.
    """
    key = store.new_content_key() if file.level >= VAULT else None
    if key is not None:
        file.content_key = seal_bytes(
            key, table="files_storedfile", column="content_key", row=file.code
        )
    file.storage_name = _put(file, "whole", content, key)
    file.save()
    Derivative.objects.bulk_create(
        [
            Derivative(
                file=file,
                side=side,
                storage_name=_put(file, side, picture.data, key),
                width=picture.width,
                height=picture.height,
                size=len(picture.data),
            )
            for side, picture in smaller.items()
        ]
    )
    publish(FileStored(file.pk, file.owner_kind, file.owner_id, file.kind))
    return file


def _put(file: StoredFile, part: str, content: bytes, key: bytes | None) -> str:
    if key is not None:
        name = sealed_name(file.code, part)
        store.put(name, store.encrypt(key, content, name))
        return name
    name = rules.storage_name(hashlib.sha256(content).hexdigest())
    # whoever erases the last file with this content waits until this one is counted
    locks.hold("files.content", name)
    store.put(name, content)
    return name


def sealed_name(code: str, part: str) -> str:
    """Return where an encrypted content lies."""
    return f"sealed/{code[:2]}/{code}.{part}"


def until(now: datetime, keep_days: int | None) -> date | None:
    """Return the day until which a file is kept."""
    return None if keep_days is None else localdate(now + timedelta(days=keep_days))
