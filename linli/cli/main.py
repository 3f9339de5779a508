"""The `linli` command, put together from the modules beside it."""

from __future__ import annotations

import pkgutil
import sys
from importlib import import_module

import click

from linli import __version__, cli
from linli.cli.base import REFUSED, with_database
from linli.config import tracebacks

# Django's own tools that developers need; everything else has a command of ours
DJANGO_TOOLS = (
    "makemigrations", "shell", "dbshell", "sqlmigrate", "showmigrations", "check", "diffsettings",
)  # fmt: skip


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="linli")
def linli() -> None:
    """Linli 邻里: run a city's platform of self-government and public service.

    `linli up` starts everything. Each command explains itself with --help.
    """


def collect(root: click.Group) -> click.Group:
    """Hang the `commands` of each module on the root; groups of one name grow together."""
    for info in pkgutil.iter_modules(cli.__path__):
        module = import_module(f"linli.cli.{info.name}")
        for command in getattr(module, "commands", []):
            _hang(root, command)
    _wrap(root)
    return root


def _hang(parent: click.Group, command: click.Command) -> None:
    known = parent.commands.get(command.name or "")
    if known is command:
        return
    if isinstance(known, click.Group) and isinstance(command, click.Group):
        for inner in command.commands.values():
            _hang(known, inner)
    else:
        parent.add_command(command)


def _wrap(group: click.Group) -> None:
    for command in group.commands.values():
        if isinstance(command, click.Group):
            _wrap(command)
        elif command.callback and not getattr(command.callback, "wrapped_by_linli", False):
            command.callback = with_database(command.callback)


def main() -> None:
    click.ClickException.exit_code = REFUSED
    sys.excepthook = tracebacks.hook
    if len(sys.argv) > 1 and sys.argv[1] in DJANGO_TOOLS:
        with_database(_django_tool, migrate=False)()
        return
    collect(linli)(prog_name="linli")


def _django_tool() -> None:
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
