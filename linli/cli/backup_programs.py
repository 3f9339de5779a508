"""PostgreSQL's own programs that write a backup and read it back, and the role they run as."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time

import click
from psycopg.conninfo import make_conninfo

from linli.cli.base import say
from linli.cli.embedded import programs, roles
from linli.config import secrets
from linli.config.env import Env
from linli.config.env_values import Database
from linli.config.language import words

TELL_SECONDS = 5


def run_program(env: Env, name: str, *arguments: str, at: str) -> None:
    """Run a program of PostgreSQL on the database `at`; end with its words if it fails.

    Tells every few seconds that it goes on.
    """
    admin = admin_of(env)
    link = {key: v for key, v in admin.conninfo(at).items() if key != "password"}
    code, told = _watched(
        [_client(env, name), f"--dbname={make_conninfo(**link)}", *arguments],
        {**os.environ, "PGPASSWORD": admin.password},
    )
    if code:
        raise click.ClickException(
            words(f"{name} failed:", f"{name} 没有成功：") + f"\n{told.strip()}"
        )


def _watched(command: list[str], env: dict[str, str]) -> tuple[int, str]:
    """Run a command; return its exit code and what it complained of."""
    began = time.monotonic()
    with subprocess.Popen(
        command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as running:
        try:
            while True:
                try:
                    _nothing, told = running.communicate(timeout=TELL_SECONDS)
                    return running.returncode, told
                except subprocess.TimeoutExpired:
                    seconds = time.monotonic() - began
                    say(words(f"… {seconds:.0f} s", f"…已用 {seconds:.0f} 秒"))
        finally:
            # nobody waits for what it would still write
            if running.poll() is None:
                running.kill()


def _client(env: Env, name: str) -> str:
    """Return the program that fits the server: that of the system if it is of the same version."""
    own, found = str(programs.find(env.home) / name), shutil.which(name)
    if env.is_embedded or found is None:
        return own
    with roles.connect(admin_of(env)) as link:
        major = link.info.server_version // 10_000
    told = subprocess.run([found, "--version"], capture_output=True, text=True, check=False).stdout
    fits = re.search(rf"\) {major}\b", told) is not None
    return found if fits or major > int(programs.MAJOR) else own


def admin_of(env: Env) -> Database:
    """The role that may read every row: row security binds the owner too, unless it passes it."""
    return secrets.database(env, "super" if env.is_embedded else "owner")


def refuse_weak_owner(env: Env) -> None:
    """End with what an administrator must run if the owner would see a part of the rows only."""
    lacking = [] if env.is_embedded else roles.owner_lacks(secrets.database(env, "owner"))
    if lacking:
        lines = "".join(f"\n  {statement};" for statement in lacking)
        raise click.ClickException(
            words(
                "The role of DATABASE_OWNER_URL cannot back up or restore. A superuser runs:",
                "DATABASE_OWNER_URL 的角色不能备份或恢复。请由超级用户执行：",
            )
            + lines
        )
