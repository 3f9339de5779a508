"""`linli workdays` and `linli import workdays`: due dates, and the calendar of a year."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

import click
from django.utils import timezone

from linli.cli.base import json_option, say
from linli.cli.transfers import import_
from linli.config.language import listed, words

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("file", type=FILE)
def workdays(file: Path) -> None:
    """Add working days to dates. 按工作日历推算到期日。

    FILE is a CSV with the columns start (2026-09-28) and n (5); other columns are ignored.
    Prints CSV: start,n,due,provisional. The day of the start is not counted, make-up days are.
    provisional is true beyond the published calendar. A bad row refuses the whole file (exit 3).
    """
    from linli.rulebook import imports, queries

    questions = imports.read_questions(imports.text_of(file.read_bytes()))
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["start", "n", "due", "provisional"])
    for due in imports.answer(questions, queries.calendar()):
        out.writerow(
            [due.start.isoformat(), due.n, due.due.isoformat(), str(due.provisional).lower()]
        )


@import_.command(name="workdays")
@click.argument("file", type=FILE)
@click.option(
    "--dry-run", is_flag=True, help="Check the file and change nothing. 只检查文件，不作改动。"
)
@json_option
def import_workdays(file: Path, dry_run: bool, as_json: bool) -> None:
    """Load the working-day calendar of a year. 导入某年的工作日历。

    FILE is a CSV with the columns date, is_work (1 or 0), name, source: the days off and the
    make-up days of the State Council's notice. A year loaded again is replaced.
    """
    from django.db import transaction

    from linli.kernel.permits import system_actor
    from linli.rulebook import imports, services

    days = imports.read_workdays(imports.text_of(file.read_bytes()))
    with transaction.atomic():
        loaded = services.load_calendar(
            days, actor=system_actor("linli import workdays"), now=timezone.now()
        )
        if dry_run:
            transaction.set_rollback(True)
    body = {"years": list(loaded.years), "days": loaded.days, "changed": loaded.changed}
    if as_json:
        click.echo(json.dumps({**body, "dry_run": dry_run}))
        return
    years = listed(loaded.years)
    done = words("would be loaded", "可以导入") if dry_run else words("is loaded", "已导入")
    say(
        words(
            f"The calendar of {years} {done}: {loaded.days} days, {loaded.changed} of them changed.",
            f"{years} 年的工作日历{done}：{loaded.days} 天，其中 {loaded.changed} 天有变化。",
        )
    )


commands = [workdays, import_]
