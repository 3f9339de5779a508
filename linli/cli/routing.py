"""`linli route`: where the rows of a list would go by the rules in force today."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

import click

from linli.cli.base import NOT_WELL, say
from linli.config.language import words

CHANNELS = ("hotline", "page", "qr", "counter", "phone", "open311", "patrol")
COLUMNS = ("number", "town", "village", "topic", "post", "rule", "rule_title", "by", "fault")
REASONS = {
    "empty": ("the file is empty.", "文件是空的。"),
    "broken": ("it cannot be read as a table.", "不能作为表格读取。"),
    "not_text": ("it is neither UTF-8 nor GB18030 text.", "既不是 UTF-8 也不是 GB18030 文本。"),
}


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="One JSON array on stdout instead of CSV. 输出 JSON 数组，不输出 CSV。",
)
@click.option(
    "--channel", type=click.Choice(CHANNELS), default="hotline", show_default=True,
    help="How the rows came in; rules may look at it. 这些行从哪个渠道来，规则会用到。"
)  # fmt: skip
def route(file: Path, as_json: bool, channel: str) -> None:
    """Say for each row of FILE (csv or xlsx: number, text, lon, lat) where it would go. 派单试算。

    lon and lat may be empty; then the place is taken from the words. Topic and place are
    suggestions: nothing is opened and nobody is told. Ends with 1 if a row was not understood.
    """
    from django.utils import timezone

    from linli.cases.queries.route_file import routed_rows
    from linli.cases.rules.route_file import NoColumns, route_rows
    from linli.kernel.paths import CITY_PATH
    from linli.kernel.tables import NotATable, read_table

    try:
        rows = route_rows(read_table(file.read_bytes()))
    except NotATable as error:
        raise click.ClickException(f"{file}: {words(*REASONS[error.reason])}") from None
    except NoColumns as error:
        raise click.ClickException(
            words(f"{file} lacks columns: {error}.", f"{file} 缺少这些列：{error}。")
        ) from None
    told: list[dict[str, object]] = []
    for batch in routed_rows(rows, channel=channel, city=CITY_PATH, now=timezone.now()):
        told += batch
        say(
            words(
                f"{len(told)} of {len(rows)} rows …", f"共 {len(rows)} 行，已完成 {len(told)} 行…"
            )
        )
    _print(told, as_json=as_json)
    faults = sum(1 for row in told if row["fault"])
    unreached = sum(1 for row in told if row["post"] is None)
    say(
        words(
            f"{len(told)} rows: {faults} not understood whole, {unreached} without a post.",
            f"{len(told)} 行：{faults} 行没有完全看懂，{unreached} 行没有岗位。",
        )
    )
    if faults:
        raise click.exceptions.Exit(NOT_WELL)


def _print(told: list[dict[str, object]], *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(COLUMNS)
    out.writerows([row[name] for name in COLUMNS] for row in told)


commands = [route]
