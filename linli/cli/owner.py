"""Work that only the owner of the tables may do. Started by other commands in a process of its own."""

from __future__ import annotations

import sys

from linli.cli import proofs
from linli.cli.base import environment, setup_django
from linli.cli.embedded import roles
from linli.cli.schema import mark_current
from linli.config import secrets

MIGRATING = 44190000


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
        with quick_states():
            call_command("migrate", interactive=False, verbosity=0)
        roles.apply_table_grants(owner, TABLE_GRANTS, app.user)
        proofs.ensure_keys(env)
        mark_current(owner)


def main() -> None:
    setup_django()
    if sys.argv[1:] == ["migrate"]:
        migrate()
    else:
        from django.core.management import execute_from_command_line

        execute_from_command_line(["linli", *sys.argv[1:]])


if __name__ == "__main__":
    main()
