"""`linli import people`, `linli export people`, `linli generate`: lists in and out, a synthetic city."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from linli.cli.base import REFUSED, json_option, keeping_nothing, say
from linli.cli.city_here import needs_city
from linli.cli.transfers import (
    column_option,
    columns_of,
    dry_run_option,
    export,
    import_,
    no_place,
    pairs_of,
    place_option,
)
from linli.config.language import language, words


@import_.command(name="people")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@place_option("Code of the place it is for. 属于哪个地方（代码）。")
@click.option(
    "--source",
    default="",
    help="Where the list comes from; its columns are remembered. 名单从哪里来，会记住它的列名对应。",
)
@column_option
@click.option(
    "--set",
    "defaults",
    multiple=True,
    metavar="FIELD=VALUE",
    help="What holds for all rows. 对全部行都适用的值。",
)
@dry_run_option
@json_option
def people(
    file: Path, place: str, source: str, columns: tuple[str, ...], defaults: tuple[str, ...],
    dry_run: bool, as_json: bool,
) -> None:  # fmt: skip
    """Import a list of people from FILE: csv, xlsx or parquet. 导入居民名单。

    Every refused row is told with its reasons. A run that was broken off goes on when the same
    file is imported again.
    """
    from django.utils import timezone
    from django.utils.translation import override

    from linli.kernel.handed_in import ListState
    from linli.kernel.permits import system_actor
    from linli.people.queries.scopes import node_of_code
    from linli.people.services import importing, running

    actor, now = system_actor("linli import people"), timezone.now()
    node = node_of_code(place)
    if node is None:
        raise no_place(place)
    with keeping_nothing(dry_run):
        run = importing.receive_path(file, source, place=node.path, actor=actor, now=now)
        if run.state != ListState.RUNNING:
            mapping = {**run.mapping, **columns_of(columns, run.headings)}
            given = {**run.defaults, **pairs_of(defaults)}
            run = importing.map_columns(run, mapping, given, actor=actor, now=now)
            run = running.check_run(run, actor=actor, now=now, path=file, say=_rows_said("checked"))
        if not dry_run:
            run = running.take_run(run, actor=actor, now=now, path=file, say=_rows_said("taken"))
        with override(language()):
            result = _result(run, is_dry=dry_run)
    click.echo(json.dumps(result, ensure_ascii=False, indent=2) if as_json else _told(result))


def _rows_said(verb: str) -> Any:
    chinese = {"checked": "已核对", "taken": "已导入", "written": "已写出"}[verb]

    def told(done: int) -> None:
        if done % 50_000 < 5000:
            say(words(f"{done:,} rows {verb}", f"{chinese} {done:,} 行"))

    return told


def _result(run: Any, *, is_dry: bool) -> dict[str, Any]:
    from linli.people.queries.imports import refused_rows

    counts = run.counts
    return {
        "file": run.file_name,
        "dry_run": is_dry,
        "columns": {field: run.headings[column] for field, column in run.mapping.items()},
        "set": run.defaults,
        "rows": counts.get("rows", 0),
        "accepted": counts.get("rows", 0) - counts.get("refused", 0),
        "new": counts.get("new", 0),
        "known": counts.get("known", 0),
        "rejected": counts.get("refused", 0),
        "reasons": {k[6:]: n for k, n in sorted(counts.items()) if k.startswith("fault:")},
        "rejects": [
            {
                "line": row.line,
                "cells": row.cells,
                "faults": [
                    {"field": field, "title": str(title), "code": code, "text": str(text)}
                    for (field, code), (title, text) in zip(row.faults, row.reasons, strict=True)
                ],
            }
            for row in refused_rows(run)
        ],
    }


def _told(result: dict[str, Any]) -> str:
    lines = [
        words(
            f"{result['rows']:,} rows: {result['accepted']:,} "
            f"{'would be taken' if result['dry_run'] else 'taken'} ({result['new']:,} new, "
            f"{result['known']:,} known), {result['rejected']:,} refused.",
            f"共 {result['rows']:,} 行：{'可导入' if result['dry_run'] else '已导入'} "
            f"{result['accepted']:,} 行（新增 {result['new']:,}，已有 {result['known']:,}），"
            f"不能导入 {result['rejected']:,} 行。",
        ),
        *(_line_told(row) for row in result["rejects"][:100]),
    ]
    if result["rejected"] > 100:
        more = result["rejected"] - 100
        lines.append(
            words(f"  … and {more:,} more; --json lists all.", f"  …另有 {more:,} 行，见 --json。")
        )
    return "\n".join(lines)


def _line_told(row: dict[str, Any]) -> str:
    faults = [(fault["title"], fault["text"]) for fault in row["faults"]]
    return words(
        f"  line {row['line']}: " + " ".join(f"{title}: {text}" for title, text in faults),
        f"  第 {row['line']} 行：" + "；".join(f"{title}：{text}" for title, text in faults),
    )


@export.command(name="people")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@place_option("Code of the place. 地方代码。")
@needs_city
def export_people(file: Path, place: str) -> None:
    """Write the residents of a place to FILE (csv or xlsx), numbers masked. 导出居民名单。"""
    from django.utils import timezone

    from linli.kernel.permits import system_actor
    from linli.kernel.sealing.files import write_private
    from linli.people.queries.scopes import node_of_code
    from linli.people.services.exporting import Order, export_content

    node = node_of_code(place)
    if node is None:
        raise no_place(place)
    form = file.suffix.lstrip(".").lower()
    if form not in ("csv", "xlsx"):
        click.echo(
            words("Name the file .csv or .xlsx.", "文件名请用 .csv 或 .xlsx 结尾。"), err=True
        )
        raise click.exceptions.Exit(REFUSED)
    order = Order("residents", node.path, form, {})
    content, rows = export_content(
        order,
        actor=system_actor("linli export people"),
        now=timezone.now(),
        say=_rows_said("written"),
    )
    write_private(file, content)
    click.echo(words(f"{rows:,} residents written to {file}.", f"{rows:,} 名居民已写入 {file}。"))


@click.command()
@click.option(
    "--people", type=click.IntRange(1, 20_000_000), required=True, help="How many. 多少人。"
)
@click.option(
    "--seed",
    type=int,
    default=1,
    show_default=True,
    help="The same seed, the same city. 种子相同，生成的城市相同。",
)
@click.option(
    "--place",
    default="",
    help="Code of a place; else all official villages. 地方代码，不写就是全部正式的村（社区）。",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 8),
    default=2,
    show_default=True,
    help="Processes that write. 写入的进程数。",
)
def generate(people: int, seed: int, place: str, workers: int) -> None:
    """Fill the register with synthetic residents for load tests. 生成模拟居民。

    They follow the published ages, sexes and households of Dongguan. Their identity numbers begin
    with 00, which no province has, so that no real person is meant.
    """
    from linli.kernel.registries import GENERATORS
    from linli.people.queries.scopes import node_of_code

    node = node_of_code(place) if place else None
    if place and node is None:
        raise no_place(place)
    generator = GENERATORS.get("people")
    assert generator is not None
    made = generator.run(
        people=people, seed=seed, below=node.path if node else "", workers=workers,
        say=lambda done, total: say(f"{done:,} / {total:,}"),
    )  # fmt: skip
    click.echo(words(f"{made:,} synthetic residents.", f"已生成 {made:,} 名模拟居民。"))


commands = [import_, export, generate]
