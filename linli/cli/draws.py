"""`linli verify draw`: a published draw made again by whoever doubts it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click

from linli.cli.base import NOT_WELL, json_option, needs_nothing
from linli.config.language import words
from linli.kernel.draw_files import Checked, check

# faults that are told in words; --json tells them all
NAMED = 50


@click.group()
def verify() -> None:
    """Check what can be proved. 校验。"""


@verify.command(name="draw")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@json_option
@needs_nothing
def verify_draw(file: Path, as_json: bool) -> None:
    """Make a published draw again from its FILE, offline, with nothing but the file. 校验抽签。"""
    try:
        data = json.loads(file.read_bytes())
    except (ValueError, RecursionError):
        data = None
    found = check(data)
    body = {"ok": not found.problems, **asdict(found)}
    for line in [json.dumps(body, ensure_ascii=False)] if as_json else _words(found):
        click.echo(line)
    if found.problems:
        raise click.exceptions.Exit(NOT_WELL)


def _words(found: Checked) -> Iterator[str]:
    wrong = words("WRONG", "不符")
    yield from (f"{wrong}: {one}" for one in found.problems[:NAMED])
    if len(found.problems) > NAMED:
        yield words(
            f"There is more; only the first {NAMED} are named here, more with --json.",
            f"还有更多，这里只列前 {NAMED} 条；加 --json 可看全部。",
        )
    if found.problems:
        yield words("This draw does not hold.", "这次抽签与公布的规则不符。")
        return
    yield f"{found.name}: " + words(
        f"{found.entries:,} entries, {found.drawn:,} drawn.",
        f"{found.entries:,} 份登记，抽中 {found.drawn:,} 份。",
    )
    yield words("The draw is what the promised seed gives.", "结果与事先承诺的种子算出的一致。")


commands = [verify]
