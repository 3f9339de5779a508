"""`linli verify rates`, `linli export rates`: published rates counted again by whoever doubts them."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from linli.cli.base import NOT_WELL, json_option, needs_nothing, say
from linli.cli.city_here import needs_city
from linli.cli.faults import told
from linli.config.language import words

if TYPE_CHECKING:
    from linli.cases.types.recounts import Recount

# faults that are told in words; --json tells them all
NAMED = 50


@click.group()
def verify() -> None:
    """Check what can be proved. 校验。"""


@click.group()
def export() -> None:
    """Write data of this city into files. 导出。"""


@verify.command(name="rates")
@click.argument(
    "files", nargs=-1, required=True, metavar="FILE...",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
)  # fmt: skip
@json_option
@needs_nothing
def verify_rates(files: tuple[Path, ...], as_json: bool) -> None:
    """Count published rates again from exported files, offline, with nothing but the files. 离线用导出的文件重新统计已公布的办理数据。

    Of several files the hashes of the same events must be the same, and no event may count in two
    weeks of a village.
    """
    from linli.cases.rules.recounting import differing

    found = [counted_again(file) for file in files]
    problems = [*(fault for one in found for fault in one.problems), *differing(found)]
    body = {
        "ok": not problems,
        "cases": sum(one.cases for one in found),
        "published": sum(one.published for one in found),
        "problems": problems,
        "weeks": [one.digest for one in found if one.digest],
    }
    for line in [json.dumps(body, ensure_ascii=False)] if as_json else _words(body):
        click.echo(line)
    if not body["ok"]:
        raise click.exceptions.Exit(NOT_WELL)


def counted_again(file: Path) -> Recount:
    """Return what a file comes to, packed or not."""
    from linli.cases.rules import published, recounting_sanitation
    from linli.cases.rules.recounting import recount
    from linli.cases.rules.recounting_week import recount_week
    from linli.grid.rules import recounting as grid

    opened = gzip.open if file.suffix == ".gz" else open
    with opened(file, "rb") as lines:
        first = lines.readline()
        lines.seek(0)
        if published.FORMAT.encode() in first:
            return recount_week(lines)
        if recounting_sanitation.FORMAT.encode() in first:
            return recounting_sanitation.recount_sanitation(lines)
        if grid.FORMAT.encode() in first:
            return grid.recount_grid(lines)
        return recount(lines)


def _words(body: dict[str, Any]) -> Iterator[str]:
    problems = body["problems"]
    yield from (words("WRONG: ", "有误：") + told(str(one)) for one in problems[:NAMED])
    if len(problems) > NAMED:
        yield words(
            f"There is more; only the first {NAMED} are named here, more with --json.",
            f"还有更多；这里只列出前 {NAMED} 条，用 --json 可看更多。",
        )
    yield words(
        f"{body['cases']:,} cases or events counted again, {body['published']:,} published lines compared.",
        f"重新计算了 {body['cases']:,} 个事项或事件，核对了 {body['published']:,} 行公布的数字。",
    )
    for digest in body["weeks"]:
        yield words(
            f"The report of the week has the hash {digest}: the one printed on it is the same.",
            f"周报的哈希值是 {digest}：应与周报上印的一致。",
        )
    if body["ok"]:
        yield words("The rates are what the events say.", "公布的数字与经过相符。")
    else:
        yield words("These rates do not hold.", "这些数字不成立。")


@export.command(name="rates")
@click.argument("place")
@click.argument("first", type=click.DateTime(["%Y-%m-%d"]))
@click.argument("last", type=click.DateTime(["%Y-%m-%d"]))
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--kind",
    help="The kind of case that is counted; reports without. A published week is of reports. 统计哪一种事项，不写就是居民反映；已公布的周数据都是居民反映。",
)
@click.option(
    "--public", "is_public", is_flag=True,
    help="What everybody gets: the file of a published week of a village, from Monday to Sunday. 谁都能拿到的：一个村已公布的一周文件，周一到周日。"
)  # fmt: skip
@needs_city
def export_rates(
    place: str, first: datetime, last: datetime, file: Path, kind: str | None, is_public: bool
) -> None:
    """Write the events behind the rates of PLACE (its code) into FILE, for `linli verify rates`. 把一个地方办理数据背后的记录写入文件。"""
    from linli.kernel import scope
    from linli.kernel.permits import system_actor

    if is_public and kind is not None:
        raise click.UsageError(
            words(
                "A published week is of all reports: leave --kind out.",
                "公布的周报包括全部诉求，请去掉 --kind。",
            )
        )
    with scope.acting(system_actor("verify")):
        if is_public:
            file.write_bytes(of_week(place, first, last))
        else:
            _write(place, first, last, kind or "report", file)
    say(words("The events and what was published are written.", "经过和公布的数字已写出。"))


def of_week(place: str, first: datetime, last: datetime) -> bytes:
    """Return a published week. Files of other days could be subtracted from it, so there are none."""
    from linli.cases.queries.weekly import events_of_week
    from linli.kernel.errors import NotFound

    try:
        if last - first != timedelta(days=6):
            raise NotFound()
        return gzip.decompress(events_of_week(place, first.date()))
    except NotFound:
        raise click.UsageError(
            words("No week of these days was published there.", "那里没有公布过这几天的周报。")
        ) from None


def _write(place: str, first: datetime, last: datetime, kind: str, file: Path) -> None:
    from linli.cases.queries.public import public_place
    from linli.cases.queries.rates import counted_as, figures_of
    from linli.cases.queries.rates_export import lines_of

    here = public_place(place)
    figures = figures_of(here, first.date(), last.date(), counted_as(kind))
    with file.open("w", encoding="utf-8") as out:
        out.writelines(lines_of(here, figures, datetime.now(UTC)))


commands = [verify, export]
