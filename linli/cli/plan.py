"""`linli import plan`: read a policy plan from its raw text, try first, then keep."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from linli.cli.base import REFUSED, json_option, say, with_database
from linli.cli.transfers import import_
from linli.config.language import ENGLISH, language, words


@import_.command(name="plan")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--dry-run",
    is_flag=True,
    help="Read and show, keep nothing; needs no database. 只读出来给你看，不保存，不需要数据库。",
)
@json_option
@click.option(
    "--code",
    default="",
    help="The name of this plan in addresses; else the file's. 这份方案在网址里的名称，不写就用文件名。",
)
@click.option(
    "--place",
    default="441900/",
    show_default=True,
    help="Path of the city it is for. 它属于哪个市（路径）。",
)
def plan(file: Path, dry_run: bool, as_json: bool, code: str, place: str) -> None:
    """Read a policy plan from the text FILE (UTF-8 or GB18030). 导入实施方案。

    Shows tasks, departments, targets and stages, what was guessed and what could not be read.
    """
    data = file.read_bytes()
    reading = _read(file, data)
    if not dry_run:
        # said at once for a bad file; the database starts only for one that can be kept
        kept = with_database(_keep)(file, data, code, place)
        say(words(f"Kept as {kept}.", f"已保存：{kept}。"))
    click.echo(json.dumps(reading, ensure_ascii=False, indent=2) if as_json else _told(reading))


# a dry run starts no database
plan.callback.wrapped_by_linli = True  # type: ignore[union-attr]
commands = [import_]


def _read(file: Path, data: bytes) -> dict[str, Any]:
    from linli.plan.reading import UnreadableText, decode, read_plan
    from linli.plan.reading.asdata import as_data
    from linli.plan.reading.intake import WORDS, WORDS_ZH

    try:
        read = read_plan(decode(data))
        if not read.tasks:
            raise UnreadableText("no_task")
    except UnreadableText as fault:
        said = words(WORDS[fault.code], WORDS_ZH[fault.code])
        click.echo(words(f"{file}: {said}", f"{file}：{said}"), err=True)
        raise click.exceptions.Exit(REFUSED) from None
    return as_data(read, english=language() == ENGLISH)


def _keep(file: Path, data: bytes, code: str, place: str) -> str:
    from dataclasses import replace

    from django.utils import timezone

    from linli.kernel.permits import system_actor
    from linli.plan import imports

    origin = replace(imports.origin_of(file.name), path=place)
    origin = replace(origin, code=code) if code else origin
    actor = system_actor("import plan")
    document = imports.import_file(data, origin, actor=actor, now=timezone.now())
    left = [one["raw"] for one in document.unread if one["code"] == "correction_left"]
    what = words("not carried over, its sentence has changed: ", "原句变了，这条更正没有沿用：")
    kept = words(
        f"{document.code}, version {document.version}",
        f"{document.code} 第 {document.version} 版",
    )
    return "\n".join([kept, *(f"  ! {what}{raw}" for raw in left)])


def _told(reading: dict[str, Any]) -> str:
    from linli.plan.reading.unit_words import amount_words

    lines = [
        f"{reading['title']} {reading['document_number']} {reading['issued_on'] or ''}".rstrip()
    ]
    for task in _rows(reading, "tasks"):
        others = "、".join(task["participants"])
        lines.append(
            f"{task['number']:>3} {task['title']} | {task['lead'] or '—'}"
            + (f" + {others}" if others else "")
        )
    for target in _rows(reading, "targets"):
        amount = (
            "—"
            if target["value"] is None
            else amount_words(target["operator"], target["value"], target["unit"])
        )
        lines.append(
            f"  {target['code']} {target['name']}: {amount}, {target['date'] or '—'} ({target['force']})"
        )
    for guess in _rows(reading, "guesses"):
        read = f" → {guess['reading']}" if guess["reading"] else ""
        lines.append(f"  ? {_line(guess)}{guess['raw']}{read} {guess['why']}")
    for unread in _rows(reading, "unread"):
        lines.append(f"  ! {_line(unread)}{unread['raw'][:50]} {unread['why']}")
    lines.append(_counted(reading))
    return "\n".join(lines)


def _line(one: dict[str, Any]) -> str:
    return words(f"line {one['line']}: ", f"第 {one['line']} 行：")


def _counted(reading: dict[str, Any]) -> str:
    """What was read, in one closing sentence."""
    signs = reading["characters"]
    tasks, targets = len(reading["tasks"]), len(reading["targets"])
    guesses, unread = len(reading["guesses"]), len(reading["unread"])
    return words(
        f"{tasks} tasks, {targets} targets, {guesses} guesses to check (?), {unread} places for a "
        f"person (!). {signs['items']} of {signs['total']} characters went into items, "
        f"{signs['rest']} did not.",
        f"任务 {tasks} 项，指标 {targets} 个；推测 {guesses} 处（?）请核对，{unread} 处（!）须人工处理。"
        f"全文 {signs['total']} 字，读入 {signs['items']} 字，未归入 {signs['rest']} 字。",
    )


def _rows(reading: dict[str, Any], key: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = reading[key]
    return found
