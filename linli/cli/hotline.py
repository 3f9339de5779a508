"""`linli import hotline`, `linli export hotline`: orders of the hotline in, results out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from linli.cli.base import json_option, keeping_nothing, say
from linli.cli.transfers import (
    column_option,
    columns_of,
    dry_run_option,
    export,
    import_,
    no_place,
    place_option,
)
from linli.config.language import language, words


@import_.command(name="hotline")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@place_option("Code of the town or city. 镇街或市的代码。")
@click.option(
    "--sender",
    default="12345",
    show_default=True,
    help="Whose columns are remembered. 记住谁的列名对应。",
)
@column_option
@click.option(
    "--by-words",
    is_flag=True,
    help="Open orders also where their words suggest. 也按工单文字建议的地方立件。",
)
@dry_run_option
@json_option
def orders(
    file: Path, place: str, sender: str, columns: tuple[str, ...], by_words: bool, dry_run: bool,
    as_json: bool,
) -> None:  # fmt: skip
    """Import orders of the hotline from FILE: csv or xlsx. 导入热线工单。

    Every refused row is told with its reasons; an order that came before is not opened twice. A run
    that was broken off goes on when the same file is imported again.
    """
    from django.utils import timezone
    from django.utils.translation import override

    from linli.exchange.services import order_lists, order_runs
    from linli.kernel.handed_in import ListState
    from linli.kernel.permits import system_actor

    actor, now = system_actor("linli import hotline"), timezone.now()
    path = _path(place)
    with keeping_nothing(dry_run):
        found = order_lists.receive_path(file, sender, place=path, actor=actor, now=now)
        # a run that was broken off opens the rest as it opened the first
        if found.state != ListState.RUNNING:
            mapping = {**found.mapping, **columns_of(columns, found.headings)}
            found = order_lists.map_columns(found, mapping, actor=actor, now=now)
            found = order_runs.check_list(found, actor=actor, now=now, path=file)
            found.by_words = by_words
            found.save(update_fields=["by_words"])
        if not dry_run:
            found = order_runs.take_list(found, actor=actor, now=now, path=file, say=_said)
        with override(language()):
            result = _result(found, is_dry=dry_run)
    click.echo(json.dumps(result, ensure_ascii=False, indent=2) if as_json else _told(result))


@export.command(name="hotline")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@place_option("Code of the town or city. 镇街或市的代码。")
@click.option(
    "--with-open",
    is_flag=True,
    help="Also tell of orders that are being handled. 办理中的工单也一并回告。",
)
def results(file: Path, place: str, with_open: bool) -> None:
    """Write what the hotline was not told yet into FILE (xlsx), and mark it as returned. 回传结果。"""
    from django.utils import timezone

    from linli.exchange.services.results import write_results
    from linli.files import queries as stored
    from linli.files import services as files
    from linli.kernel.permits import system_actor

    actor, now = system_actor("linli export hotline"), timezone.now()
    made = write_results(
        place=_path(place), with_open=with_open, language="zh-hans", actor=actor, now=now
    )
    kept = stored.get_file(actor, made.file_code)
    file.write_bytes(files.read_content(kept, actor=actor, now=now))
    click.echo(
        words(
            f"{made.number}: {made.rows:,} orders in {file}.",
            f"{made.number}：{made.rows:,} 件工单已写入 {file}。",
        )
    )


def _path(place: str) -> str:
    from linli.places import queries as places

    path = places.path_of(place)
    if path is None:
        raise no_place(place)
    return path


def _said(done: int) -> None:
    if done % 1000 == 0:
        say(words(f"{done:,} rows taken", f"已导入 {done:,} 行"))


def _result(found: Any, *, is_dry: bool) -> dict[str, Any]:
    from linli.exchange.queries.lists import lines_of
    from linli.kernel.permits import system_actor

    fates = {k: n for k, n in found.counts.items() if ":" not in k and k != "rows"}
    return {
        "file": found.file_name,
        "dry_run": is_dry,
        "columns": {field: found.headings[column] for field, column in found.mapping.items()},
        "rows": found.counts.get("rows", 0),
        "fates": fates,
        "lines": [
            {
                "line": row.line, "fate": row.fate, "place": row.place,
                "faults": [
                    {"field": field, "title": str(title), "code": code, "text": str(text)}
                    for (field, code), (title, text) in zip(row.faults, row.reasons, strict=True)
                ],
            }
            for row in lines_of(system_actor("linli import hotline"), found)
        ],
    }  # fmt: skip


def _told(result: dict[str, Any]) -> str:
    fates = words(", ", "，").join(
        f"{count:,} {_fate(fate)}" for fate, count in result["fates"].items()
    )
    rows = result["rows"]
    lines = [
        words(f"{rows:,} rows: {fates or 'nothing'}.", f"共 {rows:,} 行：{fates or '无可办理'}。")
    ]
    for row in result["lines"][:100]:
        faults = words(" ", "；").join(
            f"{one['title']}{words(': ', '：')}{one['text']}" for one in row["faults"]
        )
        line = words(f"line {row['line']}", f"第 {row['line']} 行")
        lines.append(f"  {line} {_fate(row['fate'])} {faults or row['place']}".rstrip())
    return "\n".join(lines)


def _fate(code: str) -> str:
    """What became of a row, in the words of this run."""
    from django.utils.translation import override

    from linli.exchange.types.orders import Fate
    from linli.exchange.types.titles import FATE

    with override(language()):
        return str(FATE[Fate(code)]) if code in list(Fate) else code


commands = [import_, export]
