"""What a proof found, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from linli.cli.faults import told
from linli.config.language import listed, words

# faults that are told in words; --json tells a thousand
NAMED = 50


def trail_words(body: dict[str, Any]) -> Iterator[str]:
    """Return the lines of `verify trail`."""
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
        named = listed(tail["entries"][:20]) + (" …" if tail["count"] > 20 else "")
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


def case_words(body: dict[str, Any]) -> Iterator[str]:
    """Return the lines of `verify cases`."""
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


def log_words(body: dict[str, Any]) -> Iterator[str]:
    """Return the lines of `verify translog`."""
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
