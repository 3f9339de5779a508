"""A disk that really fills up: told with 507, nothing half done, and it works again once there is room."""

from __future__ import annotations

import os
import random
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from linli.files import testing
from linli.files.clients import store
from linli.files.models import StoredFile
from linli.files.types import FileKind, Owner
from linli.kernel.testing import client_of, make_actor

ADD = "/api/v1/files/drafts/add"
MINE = make_actor("mine")
ROOM = 1024 * 1024
TEXT = "\n".join(str(random.Random(n).random()) for n in range(20_000)).encode()
pytestmark = pytest.mark.django_db


@pytest.fixture
def home(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """A home on a disk of its own, one megabyte large."""
    disk = tmp_path / "disk"
    disk.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", str(disk)],
        capture_output=True, text=True, check=False,
    ) if os.geteuid() == 0 else None  # fmt: skip
    if made is None or made.returncode:
        pytest.skip(f"a small disk takes the right to mount: {made.stderr if made else 'not root'}")
    try:
        with testing.own_home(disk, settings, timezone.now()):
            yield disk
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


def room_left(home: Path) -> int:
    found = os.statvfs(home)
    return found.f_bavail * found.f_frsize


def fill(home: Path, *, leave: int) -> Path:
    """Put so much onto the disk that no more than this is left."""
    ballast = home / "ballast"
    ballast.write_bytes(b"0" * (room_left(home) - leave))
    return ballast


def upload(client: Client, content: bytes, key: str) -> Any:
    file = SimpleUploadedFile("list.txt", content)
    return client.post(ADD, {"files": [file]}, headers={"Idempotency-Key": key})


def lying(home: Path) -> list[Path]:
    folders = (home / "files", home / "quarantine")
    return [path for folder in folders for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("leave", [8192, 300_000])
def test_an_upload_that_does_not_fit_is_told_and_is_taken_once_there_is_room(
    home: Path, leave: int
) -> None:
    client, key = client_of(MINE), str(uuid4())
    ballast = fill(home, leave=leave)

    full = upload(client, TEXT, key)
    left = lying(home)
    ballast.unlink()
    again = upload(client, TEXT, key)

    assert (full.status_code, full.json()["code"], left) == (507, "no_space", [])
    assert again.status_code == 200, again.content
    kept = StoredFile.objects.get()
    assert store.get(kept.storage_name) == TEXT


def test_an_export_that_does_not_fit_leaves_neither_row_nor_half_a_file(home: Path) -> None:
    from linli.files.services import Made, store_made

    made = Made(TEXT, "list.csv", FileKind.CSV)
    owner = Owner("test", 1)
    ballast = fill(home, leave=100_000)
    by = {"owner": owner, "place": "", "actor": MINE, "now": timezone.now()}

    with pytest.raises(store.NoSpace):
        store_made(made, **by)
    left = lying(home)
    ballast.unlink()
    kept = store_made(made, **by)

    assert left == []
    assert StoredFile.objects.get() == kept
    assert store.get(kept.storage_name) == TEXT


def test_half_a_file_that_a_crash_left_is_never_taken_for_the_whole(home: Path) -> None:
    client = client_of(MINE)
    upload(client, TEXT, str(uuid4()))
    kept = StoredFile.objects.get()
    half = home / "files" / kept.storage_name
    half.write_bytes(TEXT[:1000])

    upload(client, TEXT, str(uuid4()))

    assert store.get(kept.storage_name) == TEXT
