"""Work that only the owner of the tables may do. Started by other commands in a process of its own."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from functools import partial

import click

from linli.cli import proofs
from linli.cli.base import environment, say, setup_django
from linli.cli.embedded import roles
from linli.cli.older import refuse_older
from linli.cli.schema import mark_current
from linli.config import secrets
from linli.config.language import words

MIGRATING = 44190000
# with three seconds for each lock (config/patience.py) a busy table is waited for ten minutes in all
LOCK_NOT_GIVEN, TRIES, PAUSE = "55P03", 60, 7


def migrate() -> None:
    """Run migrations, then give the application's role its rights on each table."""
    from django.core.management import call_command

    from linli.cli.quick_states import quick_states
    from linli.kernel.registries import TABLE_GRANTS

    env = environment()
    owner, app = secrets.database(env, "owner"), secrets.database(env, "app")
    with roles.connect(owner) as link:
        # two starts at once, also from two machines, migrate one after the other
        link.execute("SELECT pg_advisory_lock(%s)", [MIGRATING])
        refuse_older(owner)
        with quick_states():
            patiently(partial(call_command, "migrate", interactive=False, verbosity=0))
        roles.apply_table_grants(owner, TABLE_GRANTS, app.user)
        proofs.ensure_keys(env)
        mark_current(owner)


def patiently(migrate: Callable[[], object]) -> None:
    """Migrate, again where somebody reads a table for long: what is done already stays done.

    A change that waited for them without end would itself hold up all who come after it.
    """
    from django.db import OperationalError

    for left in reversed(range(TRIES)):
        try:
            migrate()
            return
        except OperationalError as error:
            if not left or getattr(error.__cause__, "sqlstate", None) != LOCK_NOT_GIVEN:
                raise
        say(words("A table is in use; trying again …", "有一张表正在使用，稍后再试…"))
        time.sleep(PAUSE)


def main() -> None:
    setup_django()
    if sys.argv[1:] == ["migrate"]:
        try:
            migrate()
        except click.ClickException as refused:
            sys.exit(refused.message)
    else:
        from django.core.management import execute_from_command_line

        execute_from_command_line(["linli", *sys.argv[1:]])


if __name__ == "__main__":
    main()
