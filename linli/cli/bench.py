"""`linli bench`: run a named benchmark beside its baseline."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import click

from linli.bench.measure import Result
from linli.bench.registry import BENCHES
from linli.cli.base import (
    NOT_WELL,
    json_option,
    migrate_if_needed,
    needs_nothing,
    running_database,
    say,
    setup_django,
)
from linli.config.env import ROOT, Env, read_env

PAGE = ROOT / "docs" / "benchmarks.md"


def _list(context: click.Context, parameter: click.Parameter, value: bool) -> None:
    if value:
        for entry in BENCHES:
            click.echo(f"{entry.name:10} {entry.about}")
        context.exit()


@click.command()
@click.argument("name", type=click.Choice([entry.name for entry in BENCHES]))
@json_option
@click.option(
    "--list",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_list,
    help="Name them. 列出名称。",
)
@needs_nothing
def bench(name: str, as_json: bool) -> None:
    """Measure ours and the baseline in one run. 性能对比。

    Exit status 0 only if the target is met. Without --json a line goes into docs/benchmarks.md.
    It works in a throw-away home below LINLI_HOME and never touches a city in use.
    """
    entry = next(e for e in BENCHES if e.name == name)
    env = own_home(entry.home)
    with running_database(env):
        migrate_if_needed(env)
        setup_django()
        result = entry.run(say)
    if as_json:
        click.echo(json.dumps(result.as_json(), ensure_ascii=False))
    else:
        click.echo(table(result))
        write_page(PAGE, result)
    if not result.is_ok:
        raise click.exceptions.Exit(NOT_WELL)


def own_home(folder: str) -> Env:
    """Lead this process and its children into a home of the benches alone."""
    os.environ["LINLI_HOME"] = str(read_env().home / folder)
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "LINLI_DB_NAME"):
        os.environ.pop(name, None)
    return read_env()


def table(result: Result) -> str:
    """Return the parts as lines for people."""
    lines = [f"{result.bench}: {result.work}"]
    for part in result.parts:
        mark = "ok" if part.ok else "SHORT"
        lines.append(
            f"  {part.name}: ours {part.ours:g}, baseline {part.baseline:g}, "
            f"ratio {part.ratio:g} (target {part.target:g}) {mark}"
        )
    return "\n".join(lines)


HEAD = """\
# Benchmarks

Each line is one run of `linli bench NAME`: ours and the baseline alternate in the same run, the
median of the ratios counts. How it measures: `linli/bench/measure.py`.

| day | bench | figure | ours | baseline | ratio | target | met | machine |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
"""


def write_page(page: Path, result: Result) -> None:
    """Put the result's lines into the page, in the place of the same bench's earlier ones."""
    old = page.read_text().splitlines() if page.exists() else HEAD.splitlines()
    kept = [line for line in old if f"| {result.bench} |" not in line]
    where = f"{result.machine.get('cpu', '')}, {result.machine.get('cores', '')} cores"
    for part in result.parts:
        kept.append(
            f"| {date.today().isoformat()} | {result.bench} | {part.name} | {part.ours:g} | "  # noqa: DTZ011
            f"{part.baseline:g} | {part.ratio:g} | {part.target:g} | "
            f"{'yes' if part.ok else 'no'} | {where} |"
        )
    page.write_text("\n".join(kept) + "\n")


commands = [bench]
