"""What commands stand on: the environment, the database they need, progress, exit codes.

Exit codes: 0 well, 1 the thing asked about is not well, 2 wrong use, 3 refused or impossible.
"""

from __future__ import annotations

import functools
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import click

from linli.cli.city_here import refuse_without_city
from linli.cli.embedded import account, roles, sharing
from linli.cli.embedded.cluster import Cluster
from linli.config import secrets
from linli.config.env import Env, WrongSettings, read_env
from linli.config.language import language, words
from linli.config.loading import in_one_go
from linli.config.wrong import listed

NOT_WELL, REFUSED = 1, 3
F = TypeVar("F", bound=Callable[..., Any])


def environment(*, needs_owner: bool = False) -> Env:
    """Return the settings, or end with all that is wrong with them."""
    try:
        return read_env(needs_owner=needs_owner)
    except WrongSettings as wrong:
        raise click.ClickException(listed(wrong.faults)) from None


json_option = click.option(
    "--json", "as_json", is_flag=True, help="One JSON object on stdout. 输出一个 JSON 对象。"
)


def say(text: str) -> None:
    """Tell progress; stdout stays free for results."""
    click.echo(text, err=True)


def told_every(count: int, tell: Callable[[str], None] = say) -> Callable[[int], None]:
    """Return what tells of every so many entries that they were checked."""

    def step(number: int) -> None:
        if number % count == 0:
            tell(words(f"{number:,} entries checked …", f"已核对 {number:,} 条…"))

    return step


@contextmanager
def running_database(env: Env) -> Iterator[Cluster | None]:
    """Keep the database reachable inside the block: started here if it is the embedded one."""
    if not env.is_embedded:
        yield None
        return
    with sharing.shared(Cluster(env.home)) as cluster:
        with cluster.locked():  # two first starts at once make one database
            roles.ensure(*(secrets.database(env, role) for role in ("super", "owner", "app")))
        yield cluster


def setup_django() -> None:
    import django
    from django.apps import apps

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.config.settings")
    if apps.ready:
        return
    try:
        with in_one_go():
            django.setup()
    except OSError as error:
        # the settings keep a secret in the home
        home = environment().home
        if not str(error.filename or "").startswith(str(home)):
            raise
        raise account.unusable(home, error.strerror or str(error)) from None


def refuse_unsound() -> None:
    """End if one of our own start-up checks fails, such as an unfounded demand on staff."""
    from importlib import import_module

    from django.conf import settings
    from django.core import checks

    with in_one_go():
        import_module("linli.kernel.burden")
        import_module(settings.ROOT_URLCONF)  # with the pages come their forms
    faults = checks.run_checks(tags=["linli"])
    if faults:
        lines = "\n".join(f"  - {fault.msg}\n    {fault.hint}" for fault in faults)
        failed = words("The start-up check failed:", "启动检查没有通过：")
        raise click.ClickException(f"{failed}\n{lines}")


def as_owner(*arguments: str) -> None:
    """Run a command of ours in a process that owns the tables; end if it fails."""
    environment(needs_owner=True)
    done = subprocess.run(
        [sys.executable, "-m", "linli.cli.owner", *arguments],
        env={**os.environ, "LINLI_DB_ROLE": "owner"},
        stdout=sys.stderr,
        check=False,
    )
    if done.returncode:
        raise click.ClickException(
            words(
                "The tables could not be brought up to date; see above.",
                "数据表没能升级，原因见上。",
            )
        )


def refuse_faulty_roles(env: Env) -> None:
    """Refuse a database whose roles would not hold what the tables promise."""
    faults = roles.role_faults(secrets.database(env, "app"))
    if faults:
        raise click.ClickException(
            words("The service will not start: ", "服务不能启动：")
            + "; ".join(faults)
            + words(".\nSee `linli doctor --sql`.", "。\n请看 `linli doctor --sql`。")
        )


def migrate_if_needed(env: Env) -> None:
    """Bring the tables up to date; a quick look first, since most starts have nothing to do."""
    from linli.cli.schema import is_current

    refuse_faulty_roles(env)
    if not is_current(secrets.database(env, "app")):
        say(words("Bringing the tables up to date …", "正在升级数据表…"))
        as_owner("migrate")


@contextmanager
def keeping_nothing(is_dry: bool) -> Iterator[None]:
    """A dry run: what it wrote while it looked is taken back, so that no list of anybody shows it."""
    from django.db import transaction

    if not is_dry:
        yield
        return
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def needs_nothing(function: F) -> F:
    """Mark a command that runs without a database."""
    function.needs_nothing = True  # type: ignore[attr-defined]
    return function


def with_database(function: F, *, migrate: bool = True) -> F:
    """Wrap a command: database up and migrated, Django set up, refusals told in words."""

    @functools.wraps(function)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        if getattr(function, "needs_nothing", False):
            return _told(function, *args, **kwargs)
        env = environment()
        if getattr(function, "needs_city", False):
            refuse_without_city(env)
        with running_database(env):
            if migrate:
                migrate_if_needed(env)
            setup_django()
            return _told(function, *args, **kwargs)

    wrapped.wrapped_by_linli = True  # type: ignore[attr-defined]
    return wrapped  # type: ignore[return-value]


def _told(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    from django.utils.translation import override

    from linli.kernel.errors import Refusal

    try:
        return function(*args, **kwargs)
    except Refusal as refusal:
        fields = getattr(refusal, "fields", {})
        with override(language()):
            lines = [
                str(refusal),
                *(f"  {name}: {' '.join(map(str, m))}" for name, m in fields.items()),
            ]
        click.echo("\n".join(lines), err=True)
        raise click.exceptions.Exit(REFUSED) from None
