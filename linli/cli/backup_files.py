"""The files of a home as one archive beside the database, and out of it again."""

from __future__ import annotations

import shutil
import tarfile
from pathlib import Path

import click

from linli.config.language import words

NAME = "files"


def pack(home: Path, target: Path) -> None:
    """Write the files of a home into a new archive, also those that a link puts on another disk."""
    with tarfile.open(target, "w") as archive:
        add(archive, (home / NAME).resolve(), NAME)


def add(archive: tarfile.TarFile, at: Path, name: str) -> None:
    """Add what lies there; a file that is let go in the middle is left out, as it was to go."""
    try:
        archive.add(at, arcname=name, recursive=False)
        inside = sorted(at.iterdir()) if at.is_dir() and not at.is_symlink() else []
    except FileNotFoundError:
        return
    for one in inside:
        add(archive, one, f"{name}/{one.name}")


def unpack(source: Path, into: Path) -> None:
    """Write plain files and folders of an archive below a folder that is not there yet.

    Done by hand: the filters of `tarfile` came with Python 3.11.4, and systems have older ones.
    Raises ClickException, with nothing left, for what no backup of ours holds.
    """
    into.mkdir(mode=0o700)
    root = into.resolve()
    with tarfile.open(source) as archive:
        for one in archive:
            path = (root / one.name).resolve()
            if not path.is_relative_to(root) or not (one.isfile() or one.isdir()):
                shutil.rmtree(into)
                raise click.ClickException(
                    words(
                        f"The backup holds what no backup of ours does: {one.name}. Nothing was changed.",
                        f"备份中有不应出现的内容：{one.name}。没有作任何更改。",
                    )
                )
            _write(archive, one, path)


def _write(archive: tarfile.TarFile, one: tarfile.TarInfo, path: Path) -> None:
    if one.isdir():
        path.mkdir(parents=True, exist_ok=True)
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        read = archive.extractfile(one)
        assert read is not None
        with read, open(path, "wb") as written:
            shutil.copyfileobj(read, written)
    # readable and writable for us, never more than readable for others
    path.chmod((one.mode & 0o755) | (0o700 if one.isdir() else 0o600))


def put(waiting: Path, home: Path) -> None:
    """Put unpacked files in the place of those of a home; a link that stood there goes, not what it leads to."""
    files = home / NAME
    if files.is_symlink():
        files.unlink()
    shutil.rmtree(files, ignore_errors=True)
    if (waiting / NAME).exists():
        (waiting / NAME).rename(files)
    shutil.rmtree(waiting, ignore_errors=True)
