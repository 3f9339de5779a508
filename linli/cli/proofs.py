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

from linli.cli.base import NOT_WELL, needs_nothing, say
from linli.cli.city_here import needs_city
from linli.cli.faults import told
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


# faults that are told in words; --json tells a thousand
NAMED = 50


@click.group()
def verify() -> None:
    """Check what can be proved. 校验。

    Exit status 0 if all holds, 1 if something was tampered with.
    """


@verify.command(name="trail")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
@needs_city
def verify_trail(as_json: bool) -> None:
    """Check each entry of the trail against its seal, and the chain against the public log.

    Names every entry that was changed, is missing or was inserted, and those not sealed yet.
    """
    from linli.kernel import scope
    from linli.kernel.permits import system_actor
    from linli.trail.queries import chain
    from linli.translog import queries as log

    with scope.acting(system_actor("verify")):
        report = chain.verify(log.trail_heads(), progress=_told_every(100_000))
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
    _tell(body, as_json, _trail_words(body))


def _trail_words(body: dict[str, Any]) -> Iterator[str]:
    yield words(
        f"{body['sealed']:,} entries are sealed; {body['heads_compared']:,} heads of the public log agree.",
        f"{body['sealed']:,} 条记录已封存；与公开日志的 {body['heads_compared']:,} 个日志头一致。",
    )
    if body["marks_unknown"]:
        yield words(
            f"{body['marks_unknown']:,} marks could not be checked: their key is not here.",
            f"{body['marks_unknown']:,} 个标记不能核对：密钥不在这里。",
        )
    tail = body["unsealed"]
    if tail["count"]:
        named = ", ".join(map(str, tail["entries"][:20])) + (" …" if tail["count"] > 20 else "")
        yield words(
            f"{tail['count']:,} entries are not sealed yet: {named}",
            f"{tail['count']:,} 条记录还没有封存：{named}",
        )
    yield from (_wrong(_problem(problem)) for problem in body["problems"][:NAMED])
    if len(body["problems"]) > NAMED:
        yield _more()
    if body["ok"]:
        yield words("The trail is as it was written.", "留痕记录与写入时一致。")
    else:
        yield words("The trail was tampered with.", "留痕记录被改动过。")


PROBLEMS = {
    "changed": "内容被改动过",
    "inserted": "是后来插入的",
    "missing": "不见了",
    "seal_changed": "封存被改动过",
    "seal_missing": "封存不见了",
    "head_differs": "与公开日志的日志头不一致",
    "cut_off": "末尾被截掉了",
}


def _problem(problem: dict[str, Any]) -> str:
    """Return what is wrong with an entry or its seal; the English text names the same numbers."""
    at = [f"第 {problem['entry_id']} 条"] if problem["entry_id"] is not None else []
    at += [f"封存 {problem['seq']}"] if problem["seq"] is not None else []
    return words(problem["text"], f"{'，'.join(at)}：{PROBLEMS[problem['kind']]}")


def _wrong(what: str) -> str:
    return words("WRONG: ", "有误：") + what


def _more() -> str:
    return words(
        f"There is more; only the first {NAMED} are named here, more with --json.",
        f"还有更多；这里只列出前 {NAMED} 条，用 --json 可看更多。",
    )


@verify.command(name="cases")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
@click.option(
    "--rates", "files", multiple=True, type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Check that the events of this file of rates are those of the chains, too; may be repeated.",
)  # fmt: skip
@needs_city
def verify_cases(as_json: bool, files: tuple[Path, ...]) -> None:
    """Check the chain of every case, its words, and rebuild where it stands from its events."""
    from linli.cases.services.verifying import Fault, differing, verify_cases
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
            told_events = counted_again(file).events
            problems += [asdict(fault) for fault in differing(told_events, actor=actor)]
    body = {"ok": not problems, "cases": read, "problems": problems}
    _tell(body, as_json, _case_words(body))


def _case_words(body: dict[str, Any]) -> Iterator[str]:
    problems = body["problems"]
    for one in problems[:NAMED]:
        where = words(f"event {one['seq']}", f"第 {one['seq']} 步")
        yield _wrong(f"{one['number']}, {where}: {told(one['fault'])}")
    if len(problems) > NAMED:
        yield _more()
    if body["ok"]:
        yield words(
            f"{body['cases']:,} cases are as their events say.",
            f"{body['cases']:,} 个事项与其经过一致。",
        )
    else:
        yield words("Not as it was.", "与原来不一致。")


def _told_every(count: int) -> Any:
    def tell(number: int) -> None:
        if number % count == 0:
            say(words(f"{number:,} entries checked …", f"已核对 {number:,} 条…"))

    return tell


@verify.command(name="translog")
@click.argument(
    "exports", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False)
)
@click.option("--key", "keys", multiple=True, help="Public key that you trust: name+id+base64.")
@click.option(
    "--known",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="File with a signed head that you kept from before; the log must contain it.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
@needs_nothing
def verify_translog(
    exports: tuple[Path, ...], keys: tuple[str, ...], known: Path | None, as_json: bool
) -> None:
    """Check an exported transparency log, offline, with nothing but the file.

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
    _tell(body, as_json, _log_words(body))


def _lines(path: Path) -> Iterator[bytes]:
    step = _told_every(100_000)
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rb") as file:
        for number, line in enumerate(file, start=1):
            step(number)
            yield line


def _log_words(body: dict[str, Any]) -> Iterator[str]:
    yield words(
        f"Log {body['origin']}: {body['entries']:,} entries, {body['heads']:,} signed heads.",
        f"日志 {body['origin']}：{body['entries']:,} 条，{body['heads']:,} 个签名的日志头。",
    )
    yield words(
        f"{body['opened']:,} contents opened and fit; {body['forgotten']:,} were erased by law.",
        f"{body['opened']:,} 条内容已打开且相符；{body['forgotten']:,} 条已依法删除。",
    )
    yield words(
        f"Signed up to entry {body['signed_size'] - 1:,}, root {body['root']}",
        f"签名到第 {body['signed_size'] - 1:,} 条，根为 {body['root']}",
    )
    for item in body["problems"]:
        where = words(f"line {item['line']}", f"第 {item['line']} 行")
        yield _wrong(f"{where}: {told(item['text'])}")
    yield (
        words("The log is whole.", "日志完整。")
        if body["ok"]
        else words("This log does not hold.", "这份日志不成立。")
    )


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
    """Write the whole transparency log into FILE, for `linli verify translog`; “-” is stdout."""
    from linli.translog.queries.export import lines

    step, count = _told_every(100_000), 0
    with sys.stdout if str(file) == "-" else file.open("w", encoding="utf-8") as out:
        for count, line in enumerate(lines(), start=1):
            out.write(line)
            step(count)
    say(words(f"{count:,} lines written.", f"已写出 {count:,} 行。"))


commands = [verify, export]
