"""What must survive a restore and is in no backup: the last signed head, numbers given, what was ended since.

Read from the database that a backup is about to replace, at each backup and at each export of the keys, with which
it goes to another machine; kept beside the keys.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import click
import psycopg

from linli.cli.backup_programs import admin_of
from linli.cli.base import running_database, say
from linli.cli.city_here import has_city
from linli.cli.embedded import roles
from linli.config import secrets
from linli.config.env import Env
from linli.config.env_values import Database
from linli.config.language import words
from linli.kernel.sealing import files

FILE = "outside.json"
HEAD = "SELECT note FROM translog_treehead ORDER BY id DESC LIMIT 1"
NUMBERS = "SELECT series, place, year, last FROM runtime_numberseries"
# keys of programs, computers at the counter, rights, deputies, mandates, accounts that were closed
ENDED = """
SELECT 'token', id, revoked_at FROM access_apitoken WHERE revoked_at IS NOT NULL
UNION ALL SELECT 'device', id, revoked_at FROM access_counterdevice WHERE revoked_at IS NOT NULL
UNION ALL SELECT 'right', id, revoked_at FROM access_givenright WHERE revoked_at IS NOT NULL
UNION ALL SELECT 'deputy', id, revoked_at FROM access_deputy WHERE revoked_at IS NOT NULL
UNION ALL SELECT 'mandate', id, revoked_at FROM access_mandate WHERE revoked_at IS NOT NULL
UNION ALL SELECT 'account', id, disabled_at FROM access_account
    WHERE disabled_at IS NOT NULL AND state = 'disabled'
"""
# accounts alone open again; by the trail, as a restored database may have open what is to be closed
OPENED = """
SELECT key::bigint, max(at) FROM trail_entry
 WHERE kind = 'access.account' AND key = ANY(%s) AND verb IN ('access.enabled', 'access.opened_again')
 GROUP BY key
"""
# the names that a database gives to its log, one after another
NAMES = "SELECT origin FROM translog_logname"
# series, place, year
Series = tuple[str, str, int]


@dataclass(frozen=True)
class Outside:
    """The last head as a note, the last number of each series, and when each thing was ended.

    `is_brought`: it came with keys of another machine, and the city that it is about may not be here yet.
    """

    head: str = ""
    numbers: dict[Series, int] = field(default_factory=dict)
    ended: dict[tuple[str, int], str] = field(default_factory=dict)
    is_brought: bool = False


def keep(home: Path, reader: Database, name: str) -> None:
    """Bring what is kept up to date with a database; what it does not have any more stays.

    A restore that was broken off leaves the database of a backup: it knows less than what is kept. The empty
    city of a machine to which the keys were brought says nothing of the one that is to be restored there.
    """
    had = known(home)
    with roles.connect(reader, name) as link:
        try:
            head: Any = link.execute(HEAD).fetchone()
            numbers: Any = link.execute(NUMBERS).fetchall()
            ended: Any = link.execute(ENDED).fetchall()
            opened: Any = link.execute(OPENED, [_accounts(had)]).fetchall()
            names: Any = link.execute(NAMES).fetchall()
        except (psycopg.errors.UndefinedTable, psycopg.errors.UndefinedColumn):
            return
    if had.is_brought and _is_another({name for (name,) in names}, had):
        return
    new = Outside(
        _later(had.head, head[0]) if head else had.head,
        _highest(had.numbers, {(s, p, y): last for s, p, y, last in numbers}),
        {**_still(had, dict(opened)), **{(kind, key): at.isoformat() for kind, key, at in ended}},
    )
    if new != had:
        _write(home, new)


def _is_another(names: set[str], had: Outside) -> bool:
    from linli.translog.rules import read_note

    return bool(had.head) and read_note(had.head).origin not in names


def _later(had: str, found: str) -> str:
    """Return the head over more entries, if both are of one log; else the one that was found."""
    from linli.translog.rules import read_note

    if not had:
        return found
    one, other = read_note(had), read_note(found)
    return had if one.origin == other.origin and one.size > other.size else found


def _highest(had: Mapping[Series, int], found: Mapping[Series, int]) -> dict[Series, int]:
    return {key: max(had.get(key, 0), found.get(key, 0)) for key in {**had, **found}}


def _accounts(had: Outside) -> list[str]:
    return [str(key) for kind, key in had.ended if kind == "account"]


def _still(had: Outside, opened: dict[int, datetime]) -> dict[tuple[str, int], str]:
    """Return what was ended, without accounts that were opened again after it."""
    return {
        (kind, key): at
        for (kind, key), at in had.ended.items()
        if kind != "account" or key not in opened or opened[key] <= datetime.fromisoformat(at)
    }


def known(home: Path) -> Outside:
    """Return what is kept."""
    return _read(plain(home))


def known_here(home: Path) -> Outside:
    """Return what is kept, without accounts that the database of this process opened again after they were ended."""
    from django.db import connection

    had = known(home)
    with connection.cursor() as cursor:
        cursor.execute(OPENED, [_accounts(had)])
        return replace(had, ended=_still(had, dict(cursor.fetchall())))


def plain(home: Path) -> dict[str, Any]:
    """Return what is kept as it stands in its file; nothing of it in a home that keeps nothing yet."""
    try:
        return dict(json.loads((files.folder(home) / FILE).read_bytes()))
    except FileNotFoundError:
        return {}


def brought_up_to_date(env: Env) -> dict[str, Any]:
    """Return what is kept as `plain` does, as of now; as of the last backup where the database cannot be asked."""
    if has_city(env):
        try:
            with running_database(env):
                keep(env.home, admin_of(env), secrets.database(env, "app").name)
        except (psycopg.Error, click.ClickException) as error:
            why = error.message if isinstance(error, click.ClickException) else str(error).strip()
            say(
                words(
                    f"The database cannot be asked what was given out and ended since the last backup: {why}",
                    f"无法向数据库查询上次备份以来发出的编号和停用的东西：{why}",
                )
            )
    return plain(env.home)


def bring_in(home: Path, raw: Mapping[str, Any], *, is_new: bool) -> Outside:
    """Add what an export of keys brings, as `plain` returned it there; return it.

    A home that is not new knows itself which of its accounts are closed: one may be open again since.
    """
    brought, had = _read(raw), known(home)
    if brought != Outside():
        theirs = {
            key: at for key, at in brought.ended.items() if is_new or key[0] != "account"
        }  # fmt: skip
        numbers = _highest(had.numbers, brought.numbers)
        head = _head_with(brought.head, had.head, is_new=is_new)
        _write(home, Outside(head, numbers, {**theirs, **had.ended}, is_new or had.is_brought))
    return brought


def _head_with(brought: str, had: str, *, is_new: bool) -> str:
    if not brought or not had:
        return brought or had
    return brought if is_new else _later(brought, had)


def _read(raw: Mapping[str, Any]) -> Outside:
    numbers = {(s, p, y): last for s, p, y, last in raw.get("numbers", ())}
    ended = {(kind, key): at for kind, key, at in raw.get("ended", ())}
    return Outside(raw.get("head", ""), numbers, ended, bool(raw.get("brought")))


def _write(home: Path, what: Outside) -> None:
    plain = {
        "head": what.head,
        "numbers": [[*key, last] for key, last in sorted(what.numbers.items())],
        "ended": [[*key, at] for key, at in sorted(what.ended.items())],
        **({"brought": True} if what.is_brought else {}),
    }
    files.folder(home).mkdir(mode=0o700, parents=True, exist_ok=True)
    files.write_private(files.folder(home) / FILE, json.dumps(plain, indent=0).encode())
