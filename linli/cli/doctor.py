"""`linli doctor`: what is wrong with this installation, and the fix for each fault."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace

import click
import psycopg

from linli.cli.backup import last_made
from linli.cli.base import NOT_WELL, environment, needs_nothing, running_database, setup_django
from linli.cli.city_here import has_city, no_city
from linli.cli.embedded import account, roles
from linli.cli.schema import is_current
from linli.config import secrets
from linli.config.env import Env, WrongSettings, read_env

LEAST_FREE_BYTES = 1024**3
MOST_CLOCK_SECONDS = 5
STALE_BACKUP_HOURS = 48


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `fix` is empty if it is well; one that is well with a fix is a notice."""

    check: str
    is_well: bool
    what: str
    fix: str = ""


Check = Callable[[Env], Iterable[Finding]]


def check_disk(env: Env) -> Iterable[Finding]:
    there = next(path for path in (env.home, *env.home.parents) if path.is_dir())
    free = shutil.disk_usage(there).free
    yield Finding(
        "disk",
        free >= LEAST_FREE_BYTES,
        f"{free // 1024**2:,} MB free where {env.home} lies",
        ""
        if free >= LEAST_FREE_BYTES
        else f"Free space on that disk, or move LINLI_HOME ({env.home}).",
    )


def check_home(env: Env) -> Iterable[Finding]:
    blocked = account.unreachable(env.home) if env.is_embedded and env.home.exists() else None
    fix = (
        f"chmod o+x {blocked}, or choose another LINLI_HOME such as /var/lib/linli"
        if blocked
        else ""
    )
    yield Finding("home", blocked is None, f"all state is in {env.home}", fix)
    keys = env.home / "keys"
    open_keys = [p.name for p in keys.glob("*") if p.is_file() and p.stat().st_mode & 0o077]
    fix = f"chmod 600 {' '.join(str(keys / name) for name in open_keys)}" if open_keys else ""
    yield Finding("keys", not open_keys, "keys are readable by their owner alone", fix)


def check_roles(env: Env) -> Iterable[Finding]:
    app = secrets.database(env, "app")
    faults = roles.role_faults(app)
    for fault in faults:
        yield Finding("roles", False, fault, "Run the statements that `linli doctor --sql` prints.")
    if not faults:
        yield Finding("roles", True, f"{app.user} serves, owns no table, is bound by row security")


def check_owner(env: Env) -> Iterable[Finding]:
    """Whether an external database can be migrated and backed up from here."""
    if env.is_embedded:
        return
    if env.owner_database is None:
        fix = "Set DATABASE_OWNER_URL where `linli backup` runs."
        yield Finding("owner", True, "this machine cannot migrate or back up", fix)
        return
    lacking = roles.owner_lacks(env.owner_database)
    fix = f"As a superuser: {'; '.join(lacking)};" if lacking else ""
    yield Finding("owner", not lacking, "the owner's role can back up and restore", fix)


def check_schema(env: Env) -> Iterable[Finding]:
    current = is_current(secrets.database(env, "app"))
    fix = "" if current else "linli migrate"
    yield Finding("tables", current, "tables fit this version of the code", fix)


def check_clock(env: Env) -> Iterable[Finding]:
    with roles.connect(secrets.database(env, "app")) as link:
        row = link.execute("SELECT extract(epoch FROM clock_timestamp())").fetchone()
    drift = abs(time.time() - float(str(row[0]))) if row else 0.0
    well = drift <= MOST_CLOCK_SECONDS
    fix = "" if well else "Set both clocks by NTP: chronyc makestep, or timedatectl set-ntp true."
    yield Finding("clock", well, f"{drift:.1f} s between this machine and its database", fix)


def check_backup(env: Env) -> Iterable[Finding]:
    made_at = last_made(env.home)
    is_demo = (env.home / "demo").exists()
    if made_at is None:
        yield Finding("backup", is_demo, "no backup was made yet", "linli backup")
        return
    hours = (time.time() - made_at) / 3600
    fresh = hours <= STALE_BACKUP_HOURS
    told = f"the last backup is {hours:.0f} h old"
    yield Finding("backup", fresh or is_demo, told, "" if fresh else "linli backup")


def check_footer(env: Env) -> Iterable[Finding]:
    lacking = [
        name
        for name, value in (("LINLI_SPONSOR", env.sponsor), ("LINLI_OPERATOR", env.operator))
        if not value.strip()
    ]
    if (env.home / "real").exists():
        fix = f"Set {' and '.join(lacking)}: every page's footer names them." if lacking else ""
        yield Finding("footer", True, "who answers for this platform stands in the footer", fix)


def check_demo(env: Env) -> Iterable[Finding]:
    risky = (env.home / "demo").exists() and env.host not in ("127.0.0.1", "::1", "localhost")
    fix = "Start a home of its own with `linli up --empty`." if risky else ""
    yield Finding("demo", not risky, "demo sign-ins are not reachable from other machines", fix)


def check_apps(env: Env) -> Iterable[Finding]:
    """What the apps registered as checks of their own; they need tables that fit."""
    if not is_current(secrets.database(env, "app")):
        return
    from linli.kernel.registries import HEALTH

    for entry in HEALTH:
        faults = list(entry.check())
        for what, fix in faults:
            yield Finding(entry.key, False, str(what), str(fix))
        if not faults:
            yield Finding(entry.key, True, str(entry.title))


BEFORE: tuple[Check, ...] = (check_disk, check_home, check_demo, check_footer)
WITH_DATABASE: tuple[Check, ...] = (
    check_roles, check_owner, check_schema, check_clock, check_backup, check_apps,
)  # fmt: skip


def examine() -> list[Finding]:
    """Look at everything that can be looked at; what cannot be reached is a finding too."""
    try:
        env = read_env()
    except WrongSettings as wrong:
        return [Finding("settings", False, fault, fault.split(". ")[-1]) for fault in wrong.faults]
    if not has_city(env):
        # nothing to look at, and looking must not make anything
        return [*check_disk(env), Finding("city", False, *no_city(env))]
    found = [finding for check in BEFORE for finding in check(env)]
    try:
        with running_database(env):
            found.append(Finding("database", True, "the database answers"))
            setup_django()
            found += [finding for check in WITH_DATABASE for finding in check(env)]
    except (psycopg.Error, click.ClickException) as error:
        words = error.message if isinstance(error, click.ClickException) else str(error).strip()
        found.append(Finding("database", False, words, _database_fix(env)))
    return found


def _database_fix(env: Env) -> str:
    if env.is_embedded:
        return f"Look at the last lines of {env.home / 'log'}; then `linli up` again."
    return "Check DATABASE_URL, that the server runs, and `linli doctor --sql`."


def sql_for_administrator(env: Env) -> str:
    """Return what a database administrator runs once for an external database."""
    app, owner = secrets.database(env, "app"), secrets.database(env, "owner")
    if env.database and not env.owner_database:
        owner = replace(owner, user="linli_owner")
    lines = [
        "-- as a superuser; choose the passwords that DATABASE_URL and DATABASE_OWNER_URL name",
        f"CREATE ROLE {owner.user} LOGIN NOSUPERUSER PASSWORD '…';",
        *(f"{line};" for line in roles.owner_needs(owner.user)),
        f"CREATE ROLE {app.user} LOGIN NOSUPERUSER NOBYPASSRLS NOINHERIT PASSWORD '…';",
        "CREATE ROLE linli_retention NOLOGIN NOSUPERUSER NOBYPASSRLS;",
        f"GRANT linli_retention TO {app.user};",
        f"CREATE DATABASE {app.name} OWNER {owner.user} TEMPLATE template0 ENCODING 'UTF8';",
        f"\\connect {app.name}",
        *(f"{line};" for line in roles.preparation(owner.user, app.user)),
    ]
    return "\n".join(lines)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
@click.option("--sql", is_flag=True, help="Print what a database administrator must run.")
@needs_nothing
def doctor(as_json: bool, sql: bool) -> None:
    """Say what is wrong here and how to fix it. 检查并说明怎样修复。

    Exit status 0 if all is well, 1 if something is not.
    """
    if sql:
        click.echo(sql_for_administrator(environment()))
        return
    found = examine()
    if as_json:
        well = all(finding.is_well for finding in found)
        body = {"ok": well, "findings": [asdict(finding) for finding in found]}
        click.echo(json.dumps(body, ensure_ascii=False))
    else:
        for finding in found:
            word = ("note" if finding.fix else "ok  ") if finding.is_well else "WRONG"
            click.echo(f"{word} {finding.check}: {finding.what}")
            if finding.fix:
                click.echo(f"      → {finding.fix}")
    if not all(finding.is_well for finding in found):
        raise click.exceptions.Exit(NOT_WELL)


commands = [doctor]
