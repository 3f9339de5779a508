"""`linli import items`: items of service out of a spreadsheet or a file in YAML, as drafts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from linli.cli.base import json_option, keeping_nothing
from linli.cli.transfers import (
    dry_run_option,
    import_,
    no_place,
    place_option,
)
from linli.config.language import language, words


@import_.command(name="items")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@place_option("Code of the place that offers them. 由哪个地方提供（代码）。")
@dry_run_option
@json_option
def items(file: Path, place: str, dry_run: bool, as_json: bool) -> None:
    """Import items of service from FILE: xlsx, csv or yaml. 导入服务事项。

    Each becomes a draft that a second person publishes; a row that says what is known does nothing.
    """
    from django.utils import timezone
    from django.utils.translation import override

    from linli.kernel.permits import system_actor
    from linli.offerings.clients.item_files import read_items
    from linli.offerings.services.item_lists import take_items
    from linli.places import queries as places

    if places.path_of(place) is None:
        raise no_place(place)
    rows = read_items(file)
    with keeping_nothing(dry_run):
        taken = take_items(
            places.open_place(place), [row.data for row in rows], actor=system_actor("offerings.items"),
            now=timezone.now(),
        )  # fmt: skip
    with override(language()):
        result = _result(rows, taken, dry_run)
    click.echo(json.dumps(result, ensure_ascii=False, indent=2) if as_json else _told(result))


def _result(rows: list[Any], taken: Any, is_dry: bool) -> dict[str, Any]:
    from linli.offerings.types.item_faults import fault_words, place_words

    return {
        "dry_run": is_dry,
        "rows": len(rows),
        "fates": {fate: taken.count(fate) for fate in dict.fromkeys(taken.fates.values())},
        "refused": [
            {
                "line": rows[number].line, "key": str(rows[number].data.get("key", "")),
                "faults": [f"{place_words(one.where)}: {fault_words(one.code, one.word)}" for one in faults],
            }
            for number, faults in taken.faults.items()
        ],
    }  # fmt: skip


FATES = {
    "made": ("new drafts", "新草稿"), "changed": ("new versions", "新版本"), "same": ("as known", "无变化"),
    "refused": ("refused", "有误未导入"), "elsewhere": ("of another place, or ended", "属于别处或已取消"),
    "waiting": ("with a second person", "待第二人核对"),
}  # fmt: skip


def _told(result: dict[str, Any]) -> str:
    fates = words(", ", "，").join(
        f"{n:,} {words(*FATES[fate])}" for fate, n in result["fates"].items()
    )
    lines = [words(f"{result['rows']:,} rows: {fates}.", f"共 {result['rows']:,} 行：{fates}。")]
    for row in result["refused"][:100]:
        line = words(f"line {row['line']}", f"第 {row['line']} 行")
        lines.append(f"  {line} {row['key']} {words('; ', '；').join(row['faults'])}")
    return "\n".join(lines)


commands = [import_]
