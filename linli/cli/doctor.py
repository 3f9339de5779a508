"""`linli doctor`: what is wrong with this installation, and the fix for each fault."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, replace

import click
import psycopg

from linli.cli.backup import last_made
from linli.cli.base import (
    NOT_WELL,
    environment,
    json_option,
    needs_nothing,
    running_database,
    setup_django,
)
from linli.cli.city_here import has_city, no_city
from linli.cli.doctor_home import (
    Finding,
    check_demo,
    check_disk,
    check_footer,
    check_home,
    check_https,
)
from linli.cli.embedded import roles
from linli.cli.older import mend
from linli.cli.schema import is_current
from linli.config import secrets
from linli.config.env import Env, WrongSettings, read_env
from linli.config.language import language, words
from linli.config.patience import settings_of_role

MOST_CLOCK_SECONDS = 5
STALE_BACKUP_HOURS = 48


Check = Callable[[Env], Iterable[Finding]]


def check_roles(env: Env) -> Iterable[Finding]:
    app = secrets.database(env, "app")
    faults = roles.role_faults(app)
    for fault in faults:
        fix = words(
            "Run the statements that `linli doctor --sql` prints.",
            "请执行 `linli doctor --sql` 列出的语句。",
        )
        yield Finding("roles", False, fault, fix)
    lacking = roles.without_limits(app)
    if lacking:
        what = words(
            f"{app.user} has no {', '.join(lacking)}: a page may wait without end, and hold others up",
            f"{app.user} 没有设置 {'、'.join(lacking)}：页面可能一直等下去，也会拖住别人",
        )
        fix = "; ".join(line for line in settings_of_role(app.user) if line.split()[4] in lacking)
        yield Finding("roles", False, what, words("As a superuser: ", "请以超级用户执行：") + fix)
    elif not faults:
        what = words(
            f"{app.user} serves, owns no table, is bound by row security",
            f"由 {app.user} 提供服务：不拥有任何表，受行级安全约束",
        )
        yield Finding("roles", True, what)


def check_owner(env: Env) -> Iterable[Finding]:
    """Whether an external database can be migrated and backed up from here."""
    if env.is_embedded:
        return
    if env.owner_database is None:
        fix = words(
            "Set DATABASE_OWNER_URL where `linli backup` runs.",
            "请在运行 `linli backup` 的机器上设置 DATABASE_OWNER_URL。",
        )
        what = words("this machine cannot migrate or back up", "本机不能升级数据表，也不能备份")
        yield Finding("owner", True, what, fix)
        return
    lacking = roles.owner_lacks(env.owner_database)
    fix = words("As a superuser: ", "请以超级用户执行：") + "; ".join(lacking) + ";"
    what = words("the owner's role can back up and restore", "数据表所有者可以备份和恢复")
    yield Finding("owner", not lacking, what, fix if lacking else "")


def check_schema(env: Env) -> Iterable[Finding]:
    app = secrets.database(env, "app")
    current = is_current(app)
    fix = "" if current else mend(app) or "linli migrate"
    what = words("tables fit this version of the code", "数据表与程序版本相符")
    yield Finding("tables", current, what, fix)


def check_clock(env: Env) -> Iterable[Finding]:
    with roles.connect(secrets.database(env, "app")) as link:
        row = link.execute("SELECT extract(epoch FROM clock_timestamp())").fetchone()
    drift = abs(time.time() - float(str(row[0]))) if row else 0.0
    well = drift <= MOST_CLOCK_SECONDS
    fix = words(
        "Set both clocks by NTP: chronyc makestep, or timedatectl set-ntp true.",
        "请用 NTP 校准两边的时钟：chronyc makestep，或 timedatectl set-ntp true。",
    )
    what = words(
        f"{drift:.1f} s between this machine and its database",
        f"本机与数据库的时钟相差 {drift:.1f} 秒",
    )
    yield Finding("clock", well, what, "" if well else fix)


def check_backup(env: Env) -> Iterable[Finding]:
    made_at = last_made(env.home)
    is_demo = (env.home / "demo").exists()
    if made_at is None:
        what = words("no backup was made yet", "还没有做过备份")
        yield Finding("backup", is_demo, what, "linli backup")
        return
    hours = (time.time() - made_at) / 3600
    fresh = hours <= STALE_BACKUP_HOURS
    told = words(f"the last backup is {hours:.0f} h old", f"上次备份在 {hours:.0f} 小时前")
    yield Finding("backup", fresh or is_demo, told, "" if fresh else "linli backup")


def check_apps(env: Env) -> Iterable[Finding]:
    """What the apps registered as checks of their own; they need tables that fit."""
    if not is_current(secrets.database(env, "app")):
        return
    from django.utils.translation import override

    from linli.kernel.registries import HEALTH

    for entry in HEALTH:
        with override(language()):
            faults = [(str(what), str(fix)) for what, fix in entry.check()]
            title = str(entry.title)
        for what, fix in faults:
            yield Finding(entry.key, False, what, fix)
        if not faults:
            yield Finding(entry.key, True, title)


BEFORE: tuple[Check, ...] = (check_disk, check_home, check_demo, check_https, check_footer)
WITH_DATABASE: tuple[Check, ...] = (
    check_roles, check_owner, check_schema, check_clock, check_backup, check_apps,
)  # fmt: skip


def examine() -> list[Finding]:
    """Look at everything that can be looked at; what cannot be reached is a finding too."""
    try:
        env = read_env()
    except WrongSettings as wrong:
        return [Finding("settings", False, fault, _mend_of(fault)) for fault in wrong.faults]
    if not has_city(env):
        # nothing to look at, and looking must not make anything
        return [*check_disk(env), Finding("city", False, *no_city(env))]
    found = [finding for check in BEFORE for finding in check(env)]
    try:
        with running_database(env):
            found.append(Finding("database", True, words("the database answers", "数据库有应答")))
            setup_django()
            found += [finding for check in WITH_DATABASE for finding in check(env)]
    except (psycopg.Error, click.ClickException) as error:
        what = error.message if isinstance(error, click.ClickException) else str(error).strip()
        found.append(Finding("database", False, what, _database_fix(env)))
    return found


def _mend_of(fault: str) -> str:
    """What is to be done stands in the last sentence of a fault of the settings."""
    return re.split(r"\. |。(?!$)", fault)[-1]


def _database_fix(env: Env) -> str:
    if env.is_embedded:
        log = env.home / "log"
        return words(
            f"Look at the last lines of {log}; then `linli up` again.",
            f"请看 {log} 的最后几行，然后重新 `linli up`。",
        )
    return words(
        "Check DATABASE_URL, that the server runs, and `linli doctor --sql`.",
        "请检查 DATABASE_URL、数据库是否在运行，以及 `linli doctor --sql`。",
    )


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
        *(f"{line};" for line in settings_of_role(app.user)),
        "CREATE ROLE linli_retention NOLOGIN NOSUPERUSER NOBYPASSRLS;",
        f"GRANT linli_retention TO {app.user};",
        f"CREATE DATABASE {app.name} OWNER {owner.user} TEMPLATE template0 ENCODING 'UTF8';",
        f"\\connect {app.name}",
        *(f"{line};" for line in roles.preparation(owner.user, app.user)),
    ]
    return "\n".join(lines)


def _standing(finding: Finding) -> str:
    if not finding.is_well:
        return words("WRONG", "有误")
    return words("note", "提示") if finding.fix else words("ok  ", "正常")


@click.command()
@json_option
@click.option(
    "--sql",
    is_flag=True,
    help="Print what a database administrator must run. 输出数据库管理员要执行的语句。",
)
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
            word = _standing(finding)
            click.echo(f"{word} {finding.check}: {finding.what}")
            if finding.fix:
                click.echo(f"      → {finding.fix}")
    if not all(finding.is_well for finding in found):
        raise click.exceptions.Exit(NOT_WELL)


commands = [doctor]
