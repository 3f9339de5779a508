"""Tables of a version between two of those that were joined: the last one before brings them on (docs/adr/0025)."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import click
import psycopg

from linli.cli.embedded import roles
from linli.config.env_values import Database
from linli.config.language import words

PACKAGE = Path(__file__).resolve().parents[1]
Name = tuple[str, str]


def joined() -> dict[Name, list[Name]]:
    """Return each migration that stands for earlier ones, with those."""
    return {
        (path.parts[-3], path.stem): [(app, name) for app, name in earlier]
        for path in PACKAGE.glob("*/migrations/*.py")
        for earlier in _replaced(path)
    }


def _replaced(path: Path) -> Iterator[list[Name]]:
    # read, not run: a restore asks before the settings are there
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "replaces":
            yield ast.literal_eval(node.value)


def is_between(applied: set[Name], known: Mapping[Name, list[Name]]) -> bool:
    """Say whether some of the earlier migrations ran one by one, and others never did.

    Whoever makes a database anew notes with each file that ran also those that it stands for.
    """
    earlier = {name for new, names in known.items() if new not in applied for name in names}
    return bool(earlier & applied) and not earlier <= applied


def mend(db: Database, name: str = "") -> str:
    """Return what must be done before these tables can be brought up to date; empty if nothing."""
    with roles.connect(db, name) as link:
        try:
            rows = link.execute("SELECT app, name FROM django_migrations").fetchall()
        except psycopg.errors.UndefinedTable:
            return ""
    applied = {(str(app), str(migration)) for app, migration in rows}
    if not applied or not is_between(applied, joined()):
        return ""
    return words(
        "These tables are of an older version, which this one cannot bring up to date. Run "
        "`linli migrate` of the version before once (docs/adr/0025 says which), then this one, "
        "or begin anew in an empty home: LINLI_HOME=… linli up",
        "这些数据表是更早的版本建的，本版本不能直接升级。请先用前一个版本执行一次 `linli migrate`"
        "（哪个版本见 docs/adr/0025），再用本版本；或者另用一个空目录重新开始：LINLI_HOME=… linli up",
    )


def refuse_older(db: Database, name: str = "") -> None:
    """End with what is to be done about tables that this version cannot bring up to date."""
    if first := mend(db, name):
        untouched = words("Nothing was touched.", "什么都没有动。")
        raise click.ClickException(f"{first}\n{untouched}")
