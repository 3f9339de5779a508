"""`linli fill`: a sheet of an office filled from the registers, without a browser."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from linli.cli.base import NOT_WELL, say
from linli.cli.transfers import no_place
from linli.config.language import language, listed, words


@click.command()
@click.argument("template", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--place",
    required=True,
    help="Code of a village, or of a town for all its villages. 村（社区）代码；写镇街代码就是它的全部村。",
)
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="Where the filled sheet goes. 填好的表存到哪里。")  # fmt: skip
@click.option(
    "--sheet",
    default="",
    help="Name of the sheet; the first one if it is left out. 工作表名称，不写就是第一张。",
)
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="Print what was filled as one JSON object. 把填了什么输出为一个 JSON 对象。",
)
def fill(template: Path, place: str, out: Path, sheet: str, as_json: bool) -> None:
    """Fill TEMPLATE.xlsx from the registers. 按登记把表填好。

    Ends with 0 if every cell is filled, with 1 if cells stay empty, with 3 for a file that is refused.
    """
    from django.utils import timezone
    from django.utils.translation import override

    from linli.kernel.permits import system_actor
    from linli.offerings.services.reporting_offline import fill_at_once
    from linli.places import queries as places
    from linli.ui.demo import demo_note

    path = places.path_of(place)
    if path is None:
        raise no_place(place)
    with override(language()):
        made = fill_at_once(
            template.read_bytes(), path, sheet=sheet, note=demo_note(),
            actor=system_actor("offerings.reporting"), now=timezone.now(),
        )  # fmt: skip
    out.write_bytes(made.content)
    told = {
        "rows": made.rows, "cells": made.cells, "empty": made.empty, "unknown": list(made.unknown),
        "hidden": list(made.hidden), "out": str(out),
    }  # fmt: skip
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False))
    else:
        _tell(told)
    if made.empty:
        raise click.exceptions.Exit(NOT_WELL)


def _tell(told: dict[str, Any]) -> None:
    filled = told["cells"] - told["empty"]
    say(
        words(
            f"{told['out']}: {told['rows']} rows, {filled} of {told['cells']} cells filled.",
            f"{told['out']}：{told['rows']} 行，{told['cells']} 格中已填 {filled} 格。",
        )
    )
    if told["unknown"]:
        names = listed(told["unknown"])
        say(words(f"No register knows: {names}", f"登记里没有：{names}"))
    if told["hidden"]:
        names = listed(told["hidden"])
        say(words(f"Hidden in the file, shown here: {names}", f"原表中隐藏，这里照样列出：{names}"))


commands = [fill]
