"""The disk of the database really fills up: told with 507, nothing kept, and it works again with room."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.test import Client
from psycopg.errors import DiskFull

from linli.cases.models import Case, PublicWords
from linli.cli.embedded.cluster import Cluster
from linli.cli.embedded.roles import connect
from linli.config.test_home import HOME
from linli.places.testing import make_town
from linli.runtime.models import IdempotencyKey
from linli.trail.models import Entry

pytestmark = pytest.mark.django_db(transaction=True)

ADDRESS, FORM = "/zh-hans/feedback/", {"text": "灯坏了", "key": "full-of-data"}
TABLE = "cases_publicwords"
Admin = psycopg.Connection[Any]


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """Two megabytes that belong to whoever runs the database."""
    disk = Path("/dev/shm") / f"linli-small-{os.getpid()}"
    disk.mkdir()
    size = ["-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)]
    made = None
    if os.geteuid() == 0:
        made = subprocess.run(["mount", *size], capture_output=True, text=True, check=False)
    if made is None or made.returncode:
        disk.rmdir()
        pytest.skip(f"a small disk takes the right to mount: {made.stderr if made else 'not root'}")
    owner = (HOME / "pg").stat()
    os.chown(disk, owner.st_uid, owner.st_gid)
    try:
        yield disk
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)
        disk.rmdir()


@pytest.fixture
def admin(small_disk: Path, transactional_db: None) -> Iterator[Admin]:
    """A superuser, after the table of what is said was moved to the small disk."""
    name = settings.DATABASES["default"]["NAME"]
    with connect(Cluster(HOME, durable=False).database("super", name)) as link:
        link.execute(f"CREATE TABLESPACE small_{os.getpid()} LOCATION '{small_disk}'")
        link.execute(f"ALTER TABLE {TABLE} SET TABLESPACE small_{os.getpid()}")
        try:
            yield link
        finally:
            link.execute("DROP TABLE IF EXISTS ballast")
            link.execute(f"ALTER TABLE {TABLE} SET TABLESPACE pg_default")
            link.execute("CHECKPOINT")
            link.execute(f"DROP TABLESPACE small_{os.getpid()}")


def fill(admin: Admin) -> None:
    """Write until the disk takes no page more."""
    admin.execute(f"CREATE TABLE ballast (t text STORAGE PLAIN) TABLESPACE small_{os.getpid()}")
    with pytest.raises(DiskFull):
        for _ in range(2_000):
            admin.execute("INSERT INTO ballast VALUES (repeat('x', 7000))")


def rows() -> tuple[int, int, int]:
    return Case.objects.count(), IdempotencyKey.objects.count(), Entry.objects.count()


def test_what_does_not_fit_is_told_and_taken_once_there_is_room(admin: Admin) -> None:
    make_town()
    client = Client(raise_request_exception=False)
    before = rows()
    fill(admin)

    full = client.post(ADDRESS, FORM)
    left = rows()
    admin.execute("DROP TABLE ballast")
    again = client.post(ADDRESS, FORM)

    assert full.status_code == 507
    assert "没有空间" in full.content.decode()
    assert left == before == (0, 0, before[2])
    assert again.status_code == 303, again.content
    assert PublicWords.objects.get().said["text"] == FORM["text"]
