"""Where bytes lie: the quarantine on the local disk, and the store behind Django's storage API."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from linli.files.errors import FileEmpty, FileTooLarge, NoSpace
from linli.files.types import Upload
from linli.kernel.ids import public_code
from linli.kernel.sealing import ring as held
from linli.kernel.sealing.fields import nonces
from linli.kernel.sealing.suites import BY_CODE, NONCE
from linli.ui.formats import file_size

FULL = {errno.ENOSPC, errno.EDQUOT}


@dataclass(frozen=True, slots=True)
class Quarantined:
    """An upload on the local disk that nobody has looked into yet."""

    path: Path
    size: int
    sha256: str


def quarantine_folder() -> Path:
    """Return the folder for what was not checked yet; only this process's user enters it."""
    folder = Path(settings.LINLI_HOME) / "quarantine"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


@contextmanager
def quarantined(upload: Upload, max_bytes: int) -> Iterator[Quarantined]:
    """Write an upload into the quarantine and take it out again whatever happens.

    Refuses with FileEmpty, FileTooLarge, NoSpace.
    """
    path = quarantine_folder() / f"{public_code(16)}.part"
    name = upload.name or ""
    digest, size = hashlib.sha256(), 0
    try:
        with no_space(), path.open("xb") as out:
            for chunk in upload.chunks():
                size += len(chunk)
                if size > max_bytes:
                    raise FileTooLarge(name=name, most=file_size(max_bytes))
                digest.update(chunk)
                out.write(chunk)
        if not size:
            raise FileEmpty(name=name)
        yield Quarantined(path, size, digest.hexdigest())
    finally:
        path.unlink(missing_ok=True)


@contextmanager
def no_space() -> Iterator[None]:
    """Turn a full disk into words. Refuses with NoSpace."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise NoSpace() from error
        raise


def put(name: str, content: bytes) -> None:
    """Keep content under a name; what is there whole under that name is the same content.

    Refuses with NoSpace; nothing stays then that could be taken for the whole.
    """
    with no_space():
        if default_storage.exists(name):
            if default_storage.size(name) == len(content):
                return
            # a write that broke off: the disk was full, or the power went
            default_storage.delete(name)
        try:
            kept = default_storage.save(name, ContentFile(content))
        except OSError:
            default_storage.delete(name)
            raise
        if kept != name:
            # another transaction was quicker; its copy is as good
            default_storage.delete(kept)


def get(name: str) -> bytes:
    """Return what is kept under a name."""
    with default_storage.open(name, "rb") as kept:
        return bytes(kept.read())


def remove(name: str) -> None:
    """Remove what is kept under a name, if it is there."""
    default_storage.delete(name)


def new_content_key() -> bytes:
    """Return a fresh key for one file, the code of its family of algorithms in front."""
    suite = held.ring().suite
    return bytes([suite.code]) + os.urandom(suite.key_size)


def encrypt(key: bytes, content: bytes, where: str) -> bytes:
    """Return content sealed under a file's own key, for one place only."""
    nonce = nonces.take()
    return nonce + BY_CODE[key[0]].aead(key[1:]).encrypt(nonce, content, where.encode())


def decrypt(key: bytes, sealed: bytes, where: str) -> bytes:
    """Return the content. Raises InvalidTag if it was changed or moved."""
    return BY_CODE[key[0]].aead(key[1:]).decrypt(sealed[:NONCE], sealed[NONCE:], where.encode())


def walk(folder: str = "") -> Iterator[str]:
    """Return the names of everything kept, folder by folder."""
    try:
        folders, names = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in names:
        yield f"{folder}/{name}" if folder else name
    for inner in folders:
        yield from walk(f"{folder}/{inner}" if folder else inner)


def kept_since(name: str) -> datetime:
    """Return when something was put into the store."""
    return default_storage.get_modified_time(name)
