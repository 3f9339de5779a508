"""The files of a home go into a backup whole, and nothing but them comes out of one."""

from __future__ import annotations

import io
import re
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest

from linli.cli.backup_files import add, pack, put, unpack


def some_files(home: Path) -> Path:
    """Make a home with two files in it."""
    (home / "files" / "a").mkdir(parents=True)
    (home / "files" / "a" / "1").write_text("one")
    (home / "files" / "2").write_text("two")
    return home


def told(home: Path) -> dict[str, str]:
    files = home / "files"
    found = [path for path in files.rglob("*") if path.is_file()]
    return {str(path.relative_to(files)): path.read_text() for path in found}


def test_what_was_packed_comes_out_again_in_the_place_of_what_was_there(tmp_path: Path) -> None:
    home, other = some_files(tmp_path / "home"), tmp_path / "other"
    (home / "files" / "2").chmod(0o640)
    (other / "files").mkdir(parents=True)
    (other / "files" / "old").write_text("old")

    pack(home, tmp_path / "files.tar")
    unpack(tmp_path / "files.tar", other / "waiting")
    put(other / "waiting", other)

    assert told(other) == told(home) == {"a/1": "one", "2": "two"}
    assert (other / "files" / "2").stat().st_mode & 0o777 == 0o640
    assert not (other / "waiting").exists()


def test_files_that_a_link_puts_on_another_disk_are_packed_and_not_only_the_link(
    tmp_path: Path,
) -> None:
    elsewhere, home = some_files(tmp_path / "disk"), tmp_path / "home"
    home.mkdir()
    (home / "files").symlink_to(elsewhere / "files")

    pack(home, tmp_path / "files.tar")
    unpack(tmp_path / "files.tar", home / "waiting")
    (elsewhere / "files" / "2").write_text("since")
    put(home / "waiting", home)

    assert told(home) == {"a/1": "one", "2": "two"}
    assert (elsewhere / "files" / "2").read_text() == "since"


def _named(name: str) -> tarfile.TarInfo:
    one = tarfile.TarInfo(name)
    one.size = 3
    return one


def _link(kind: bytes, to: str) -> tarfile.TarInfo:
    one = tarfile.TarInfo("files/link")
    one.type, one.linkname = kind, to
    return one


@pytest.mark.parametrize(
    "bad",
    [
        lambda: _named("../out"), lambda: _named("/tmp/linli-out"), lambda: _named("files/../../out"),
        lambda: _link(tarfile.SYMTYPE, "/etc/passwd"), lambda: _link(tarfile.LNKTYPE, "files/ok"),
        lambda: _link(tarfile.FIFOTYPE, ""), lambda: _link(tarfile.CHRTYPE, ""),
    ],
    ids=["above", "absolute", "above from inside", "link", "second name", "pipe", "device"],
)  # fmt: skip
def test_what_no_backup_holds_is_refused_and_nothing_of_it_stays(
    tmp_path: Path, bad: Callable[[], tarfile.TarInfo]
) -> None:
    with tarfile.open(tmp_path / "files.tar", "w") as archive:
        archive.addfile(_named("files/ok"), io.BytesIO(b"abc"))
        one = bad()
        archive.addfile(one, io.BytesIO(b"abc") if one.size else None)
    before = sorted(tmp_path.iterdir())

    with pytest.raises(click.ClickException, match=re.escape(one.name)):
        unpack(tmp_path / "files.tar", tmp_path / "waiting")

    assert sorted(tmp_path.iterdir()) == before
    assert not Path("/tmp/linli-out").exists()


def test_a_file_that_is_let_go_while_a_backup_reads_is_left_out(tmp_path: Path) -> None:
    folder = tmp_path / "files"
    (folder / "a").mkdir(parents=True)
    for name in ("a/1", "b", "c"):
        (folder / name).write_text(name)

    class Letting(tarfile.TarFile):
        def add(self, name: Any, *given: Any, **named: Any) -> None:
            super().add(name, *given, **named)
            if named.get("arcname") == "files/a/1":
                (folder / "b").unlink()

    with Letting(tmp_path / "files.tar", "w") as archive:
        add(archive, folder, "files")
        add(archive, tmp_path / "nothing", "files")

    with tarfile.open(tmp_path / "files.tar") as archive:
        assert sorted(archive.getnames()) == ["files", "files/a", "files/a/1", "files/c"]
