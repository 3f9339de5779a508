"""`linli backup` and `linli restore`: database and files in one folder; keys stay out of it."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from linli import __version__
from linli.cli.backup_files import pack, put, unpack
from linli.cli.backup_programs import admin_of, refuse_weak_owner, run_program
from linli.cli.base import (
    NOT_WELL,
    environment,
    migrate_if_needed,
    needs_nothing,
    running_database,
    say,
    setup_django,
)
from linli.cli.city_here import needs_city
from linli.cli.first_start import nobody_serves
from linli.cli.older import refuse_older
from linli.cli.restored import after_restore, keep_erasures, names_of_keys, refuse_without_keys
from linli.cli.schema import fingerprint
from linli.cli.swapping import fresh_database, is_filled
from linli.config import secrets
from linli.config.env import Env
from linli.config.language import words
from linli.kernel.errors import NO_SPACE

FORMAT = 1
LAST = "last-backup.json"


def _digest(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def make_backup(env: Env, target: Path) -> dict[str, Any]:
    """Write a whole backup into a new folder; it appears under its name only when complete."""
    refuse_weak_owner(env)
    keep_erasures(env.home, admin_of(env), secrets.database(env, "app").name)
    fresh = target.with_name(target.name + ".making")
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        manifest = _write_backup(env, fresh)
        fresh.rename(target)
    except OSError as error:
        if not _is_of_target(error, fresh):
            raise
        raise click.ClickException(
            words(
                f"The backup could not be written to {target.parent}: {error.strerror or error}. "
                "Nothing of it was kept. Free some space there, or name another folder.",
                f"备份不能写到 {target.parent}：{error.strerror or error}。"
                "没有留下不完整的备份。请在那里腾出空间，或换一个文件夹。",
            )
        ) from error
    finally:
        # half a backup would be taken for a whole one by whoever finds it
        shutil.rmtree(fresh, ignore_errors=True)
    # a backup may lie elsewhere by now: the home remembers when it was made
    told = json.dumps({"made_at": manifest["made_at"], "at": str(target)})
    (env.home / LAST).write_text(told)
    return manifest


def _is_of_target(error: OSError, fresh: Path) -> bool:
    """Say whether the place of the backup is to blame: full, or not to be written to."""
    if error.errno in NO_SPACE:
        return True
    if error.filename is None:
        return False
    where, at = fresh.absolute(), Path(os.fsdecode(error.filename)).absolute()
    return at == where or where in at.parents or at in where.parents


def _write_backup(env: Env, fresh: Path) -> dict[str, Any]:
    fresh.mkdir(parents=True, mode=0o700)
    name = secrets.database(env, "app").name
    say(words("Reading the database …", "正在读取数据库…"))
    run_program(env, "pg_dump", "-Fc", "-f", str(fresh / "database.dump"), at=name)
    say(words("Reading the files …", "正在读取文件…"))
    pack(env.home, fresh / "files.tar")
    manifest = {
        "format": FORMAT,
        "linli": __version__,
        "tables": fingerprint(),
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "is_demo": (env.home / "demo").exists(),
        "keys": names_of_keys(env.home),
        "sha256": {p.name: _digest(p) for p in sorted(fresh.iterdir())},
    }
    (fresh / "manifest.json").write_text(json.dumps(manifest, indent=1))
    return manifest


def last_made(home: Path) -> float | None:
    """Return when the last backup of a home was made, in seconds since 1970."""
    try:
        text = json.loads((home / LAST).read_text())["made_at"]
        return datetime.fromisoformat(text).timestamp()
    except (OSError, ValueError, KeyError):
        return None


def read_manifest(source: Path) -> dict[str, Any]:
    """Return the manifest of a sound backup, or end with what is wrong with it."""
    try:
        manifest = json.loads((source / "manifest.json").read_text())
        wrong = [n for n, sha in manifest["sha256"].items() if _digest(source / n) != sha]
    except (OSError, ValueError, KeyError) as error:
        raise click.ClickException(
            words(f"{source} is no backup of Linli: {error}", f"{source} 不是邻里的备份：{error}")
        ) from None
    if manifest["format"] > FORMAT:
        raise click.ClickException(
            words(
                "This backup was made by a newer Linli. Update first.",
                "这份备份是更新版本的邻里做的。请先升级。",
            )
        )
    if wrong:
        raise click.ClickException(
            words(
                f"Damaged in this backup: {', '.join(wrong)}. Use another one.",
                f"这份备份有损坏：{'、'.join(wrong)}。请用另一份。",
            )
        )
    return dict(manifest)


def restore_backup(env: Env, source: Path, *, replace: bool) -> dict[str, Any]:
    """Put a backup in the place of this home's database and files."""
    manifest = read_manifest(source)
    refuse_weak_owner(env)
    app, owner = secrets.database(env, "app"), secrets.database(env, "owner")
    if is_filled(app) and not replace:
        raise click.ClickException(
            words(
                "There are data here. `--replace` puts the backup in their place; make a backup first.",
                "这里已有数据。`--replace` 会用备份代替它们；请先做一份备份。",
            )
        )
    keep_erasures(env.home, admin_of(env), app.name)
    say(words("Writing the files …", "正在写入文件…"))
    waiting = env.home / "files.restoring"
    shutil.rmtree(waiting, ignore_errors=True)
    unpack(source / "files.tar", waiting)
    say(words("Writing the database …", "正在写入数据库…"))
    admin = admin_of(env)
    with fresh_database(admin, app.name, owner.user) as fresh:
        run_program(env, "pg_restore", "--exit-on-error", str(source / "database.dump"), at=fresh)
        refuse_older(admin, fresh)
    put(waiting, env.home)
    mark, other = ("demo", "real") if manifest["is_demo"] else ("real", "demo")
    (env.home / other).unlink(missing_ok=True)
    (env.home / mark).touch(mode=0o600)
    return manifest


@click.command()
@click.argument("target", type=click.Path(path_type=Path), required=False)
@needs_city
def backup(target: Path | None) -> None:
    """Write database and files into a folder. 备份。

    TARGET is a new folder; by default LINLI_HOME/backups/<time>. Keys are not in it: without
    `linli keys export` sealed data cannot be read after the machine is lost.
    """
    env = environment(needs_owner=True)
    target = target or env.home / "backups" / datetime.now(UTC).strftime("%Y-%m-%dT%H%M%SZ")
    if target.exists():
        raise click.ClickException(
            words(f"{target} exists. Give a new folder.", f"{target} 已存在。请换一个新文件夹。")
        )
    make_backup(env, target)
    click.echo(str(target))


@click.command()
@click.argument("source", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--replace",
    is_flag=True,
    help="Put it in the place of the data that are here. 用它代替这里已有的数据。",
)
@click.option(
    "--without-keys",
    is_flag=True,
    help="Although keys are missing: what they sealed stays shut. 缺密钥也恢复：用它们加密的内容打不开。",
)
@needs_nothing
def restore(source: Path, replace: bool, without_keys: bool) -> None:
    """Put a backup into this home. 恢复。

    The present state stays until the backup was read completely. Stop `linli up` before, and
    bring the keys with `linli keys import FILE`.
    """
    env = environment(needs_owner=True)
    with nobody_serves(env):
        if not without_keys:
            refuse_without_keys(env.home, read_manifest(source))
    with nobody_serves(env), running_database(env):
        manifest = restore_backup(env, source, replace=replace)
        is_sound = _after_restore(env, datetime.fromisoformat(manifest["made_at"]))
    click.echo(
        words("Restored.", "已恢复。")
        if is_sound
        else words("Restored, but the trail does not hold.", "已恢复，但留痕记录对不上。")
    )
    if not is_sound:
        raise click.exceptions.Exit(NOT_WELL)


def _after_restore(env: Env, made_at: datetime) -> bool:
    migrate_if_needed(env)
    setup_django()
    return after_restore(env.home, made_at, say)


commands = [backup, restore]
