"""Makers of files, good and bad, for everybody's tests."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from linli.files import services
from linli.files.models import StoredFile
from linli.files.services import Made
from linli.files.types import FileKind, Owner
from linli.kernel.permits import STAFF, Actor
from linli.kernel.sealing import create_keyring, ring
from linli.kernel.testing import VILLAGE, make_actor

CLERK = make_actor("clerk", account_id=1)


@contextmanager
def own_home(path: Path, settings: Any, now: datetime) -> Iterator[Path]:
    """Keep files and keys in a folder of the test's own. `settings` is pytest-django's fixture."""
    settings.LINLI_HOME = path
    store = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(path / "files")},
    }
    settings.STORAGES = {**settings.STORAGES, "default": store}
    create_keyring(path, suite="intl", now=now)
    ring.forget()
    try:
        yield path
    finally:
        ring.forget()


class BytesUpload:
    """An upload as a form hands it in."""

    def __init__(self, content: bytes, name: str) -> None:
        self.content, self.name = content, name

    def chunks(self) -> Iterator[bytes]:
        for start in range(0, len(self.content), 65536):
            yield self.content[start : start + 65536]


def photo(
    width: int = 64, height: int = 48, kind: str = "JPEG", *, with_exif: bool = False
) -> bytes:
    """Return a photo; with EXIF it lies on its side and says where it was taken."""
    picture = Image.new("RGB", (width, height), (200, 30, 30))
    picture.paste((30, 30, 200), (0, 0, width // 2, height // 2))
    exif = Image.Exif()
    if with_exif:
        exif[0x0112] = 6
        exif[0x010F] = "SecretPhone"
        exif.get_ifd(0x8825)[1] = "N"
    out = BytesIO()
    picture.save(out, kind, exif=exif, quality=90)
    return out.getvalue()


def png_that_claims(width: int, height: int) -> bytes:
    """Return a tiny PNG whose head promises a giant picture of zeros."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes(1 + width // 8) * 200)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def xlsx(extra: dict[str, bytes] | None = None, sheet: bytes = b"<worksheet/>") -> bytes:
    """Return something that is an xlsx by its parts."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        for name, content in (extra or {}).items():
            archive.writestr(name, content)
    return out.getvalue()


def zip_bomb() -> bytes:
    """Return an xlsx of 100 KB that unpacks to 100 MB."""
    return xlsx({"xl/sharedStrings.xml": bytes(100 * 1024 * 1024)})


def pdf(body: bytes = b"") -> bytes:
    """Return the outline of a PDF."""
    return b"%PDF-1.7\n1 0 obj <</Type/Catalog " + body + b">> endobj\ntrailer <<>>\n%%EOF\n"


def make_file(
    *,
    now: datetime,
    content: bytes = b"a,b\n1,2\n",
    owner: Owner | None = None,
    level: int = STAFF,
    actor: Actor = CLERK,
) -> StoredFile:
    """Keep a small table that hangs on a test thing."""
    made = Made(content, "table.csv", FileKind.CSV, level)
    return services.store_made(
        made, owner=owner or Owner("test.thing", 1), place=VILLAGE, actor=actor, now=now
    )
