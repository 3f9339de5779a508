"""`linli verify trail|translog|cases`: what can be proved. `linli export translog`."""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import UTC
from pathlib import Path
from typing import Any

import click

from linli.cli.base import NOT_WELL, json_option, needs_nothing, say, told_every
from linli.cli.city_here import needs_city
from linli.cli.proof_words import case_words, log_words, trail_words
from linli.config.env import Env
from linli.config.language import words


def ensure_keys(env: Env) -> None:
    """Make the keys of a new installation.

    Not for one that has a past: its keys are somewhere, and fresh ones would open nothing.
    """
    from django.utils import timezone

    from linli.kernel.sealing import create_keyring
    from linli.trail.queries import chain

    if chain.is_empty():
        create_keyring(env.home, suite=env.suite, now=timezone.now())


@click.group()
def verify() -> None:
    """Check what can be proved. 校验。

    Exit status 0 if all holds, 1 if something was tampered with.
    """


@verify.command(name="trail")
@json_option
@needs_city
def verify_trail(as_json: bool) -> None:
    """Check each entry of the trail against its seal, and the chain against the public log. 逐条核对留痕的封存，并与公开日志比对。

    Names every entry that was changed, is missing or was inserted, and those not sealed yet.
    """
    from linli.kernel import scope
    from linli.kernel.permits import system_actor
    from linli.trail.queries import chain
    from linli.translog import queries as log

    with scope.acting(system_actor("verify")):
        report = chain.verify(log.trail_heads(), progress=told_every(100_000))
    tail = report.tail
    body = {
        "ok": report.is_intact,
        "sealed": report.sealed,
        "head": report.head.hash.hex(),
        "heads_compared": report.heads_compared,
        "marks_unknown": report.marks_unknown,
        "unsealed": {
            "count": tail.count,
            "entries": list(tail.first),
            "oldest_at": tail.oldest_at and tail.oldest_at.astimezone(UTC).isoformat(),
        },
        "problems": [asdict(problem) for problem in report.problems],
        "is_cut_short": report.is_cut_short,
    }
    _tell(body, as_json, trail_words(body))


@verify.command(name="cases")
@json_option
@click.option(
    "--rates", "files", multiple=True, type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Check that the events of this file of rates are those of the chains, too; may be repeated. 同时核对这份办理数据里的事件与链上一致；可写多次。"
)  # fmt: skip
@needs_city
def verify_cases(as_json: bool, files: tuple[Path, ...]) -> None:
    """Check the chain of every case, its words, and rebuild where it stands from its events. 核对每件事项的链和文字，并从记录重建现状。"""
    from linli.cases.services.verifying import Fault, differing, in_no_chain, verify_cases
    from linli.cli.rates import counted_again
    from linli.kernel import scope
    from linli.kernel.permits import system_actor

    actor, read, problems = system_actor("verify"), 0, []
    with scope.acting(actor):
        for found in verify_cases(actor=actor):
            if isinstance(found, Fault):
                problems.append(asdict(found))
            else:
                read += found
                say(words(f"{read:,} cases checked …", f"已核对 {read:,} 个事项…"))
        for file in files:
            told_file = counted_again(file)
            faults = [
                *differing(told_file.events, actor=actor), *in_no_chain(told_file, actor=actor)
            ]  # fmt: skip
            problems += [asdict(fault) for fault in faults]
    body = {"ok": not problems, "cases": read, "problems": problems}
    _tell(body, as_json, case_words(body))


@verify.command(name="translog")
@click.argument(
    "exports", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False)
)
@click.option(
    "--key",
    "keys",
    multiple=True,
    help="Public key that you trust: name+id+base64. 你信任的公钥：名称+编号+base64。",
)
@click.option(
    "--known",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="File with a signed head that you kept from before; the log must contain it. 以前留存的签名日志头文件；日志必须包含它。",
)
@json_option
@needs_nothing
def verify_translog(
    exports: tuple[Path, ...], keys: tuple[str, ...], known: Path | None, as_json: bool
) -> None:
    """Check an exported transparency log, offline, with nothing but the file. 离线核对导出的公开日志，只要文件。

    Give the parts of a download in their order. Without --key the keys named in the file are
    believed: compare them with those that the city published elsewhere.
    """
    from linli.translog import offline, rules

    try:
        head = rules.read_note(known.read_text()) if known else None
    except ValueError as error:
        raise click.ClickException(
            words(f"{known} holds no signed head: {error}", f"{known} 里没有签名的日志头：{error}")
        ) from None
    reader = offline.Reader(keys, head)
    for path in exports:
        reader.read(_lines(path))
    found = reader.finish()
    body = {
        "ok": found.is_well,
        **{name: value for name, value in asdict(found).items() if name != "problems"},
        "problems": [{"line": number, "text": what} for number, what in found.problems],
    }
    _tell(body, as_json, log_words(body))


def _lines(path: Path) -> Iterator[bytes]:
    step = told_every(100_000)
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rb") as file:
        for number, line in enumerate(file, start=1):
            step(number)
            yield line


def _tell(body: dict[str, Any], as_json: bool, lines: Iterable[str]) -> None:
    if as_json:
        click.echo(json.dumps(body, ensure_ascii=False))
    else:
        for line in lines:
            click.echo(line)
    if not body["ok"]:
        raise click.exceptions.Exit(NOT_WELL)


@click.group()
def export() -> None:
    """Write data of this city into files. 导出。"""


@export.command(name="translog")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@needs_city
def export_translog(file: Path) -> None:
    """Write the whole transparency log into FILE, for `linli verify translog`; “-” is stdout. 把整个公开日志写入文件，“-”为屏幕。"""
    from linli.translog.queries.export import lines

    step, count = told_every(100_000), 0
    with sys.stdout if str(file) == "-" else file.open("w", encoding="utf-8") as out:
        for count, line in enumerate(lines(), start=1):
            out.write(line)
            step(count)
    say(words(f"{count:,} lines written.", f"已写出 {count:,} 行。"))


commands = [verify, export]
