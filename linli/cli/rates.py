"""`linli verify rates`, `linli export rates`: published rates counted again by whoever doubts them."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from linli.cli.base import NOT_WELL, needs_nothing, say
from linli.cli.city_here import needs_city
from linli.cli.faults import told
from linli.config.language import words

# faults that are told in words; --json tells them all
NAMED = 50


@click.group()
def verify() -> None:
    """Check what can be proved. 校验。"""


@click.group()
def export() -> None:
    """Write data of this city into files. 导出。"""


@verify.command(name="rates")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
@needs_nothing
def verify_rates(file: Path, as_json: bool) -> None:
    """Count published rates again from an exported file, offline, with nothing but the file."""
    from linli.cases.rules.recounting import recount

    opened = gzip.open if file.suffix == ".gz" else open
    with opened(file, "rb") as lines:
        found = recount(lines)
    body = {
        "ok": not found.problems,
        "cases": found.cases,
        "published": found.published,
        "problems": found.problems,
    }
    for line in [json.dumps(body, ensure_ascii=False)] if as_json else _words(body):
        click.echo(line)
    if not body["ok"]:
        raise click.exceptions.Exit(NOT_WELL)


def _words(body: dict[str, Any]) -> Iterator[str]:
    problems = body["problems"]
    yield from (words("WRONG: ", "有误：") + told(str(one)) for one in problems[:NAMED])
    if len(problems) > NAMED:
        yield words(
            f"There is more; only the first {NAMED} are named here, more with --json.",
            f"还有更多；这里只列出前 {NAMED} 条，用 --json 可看更多。",
        )
    yield words(
        f"{body['cases']:,} cases counted again, {body['published']:,} published lines compared.",
        f"重新计算了 {body['cases']:,} 个事项，核对了 {body['published']:,} 行公布的数字。",
    )
    if body["ok"]:
        yield words("The rates are what the events say.", "公布的数字与经过相符。")
    else:
        yield words("These rates do not hold.", "这些数字不成立。")


@export.command(name="rates")
@click.argument("place")
@click.argument("first", type=click.DateTime(["%Y-%m-%d"]))
@click.argument("last", type=click.DateTime(["%Y-%m-%d"]))
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@needs_city
def export_rates(place: str, first: datetime, last: datetime, file: Path) -> None:
    """Write the events behind the rates of PLACE (its code) into FILE, for `linli verify rates`."""
    from linli.cases.queries.public import public_place
    from linli.cases.queries.rates import figures_of
    from linli.cases.queries.rates_export import lines_of
    from linli.kernel import scope
    from linli.kernel.permits import system_actor

    with scope.acting(system_actor("verify")), file.open("w", encoding="utf-8") as out:
        here = public_place(place)
        out.writelines(
            lines_of(here, figures_of(here, first.date(), last.date()), datetime.now(UTC))
        )
    say(words("The events and what was published are written.", "经过和公布的数字已写出。"))


commands = [verify, export]
