"""`linli import` and `linli export`: the two groups, and what their commands have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import click

from linli.config.language import words

F = TypeVar("F", bound=Callable[..., Any])

column_option = click.option(
    "--column", "columns", multiple=True, metavar="FIELD=HEADING",
    help="What a column means. 某一列是什么。",
)  # fmt: skip
dry_run_option = click.option(
    "--dry-run", is_flag=True, help="Check every row, take none. 逐行检查，一行也不导入。"
)


def place_option(told: str) -> Callable[[F], F]:
    """Return the option --place: the city, unless another code is given. `told` says what for."""
    return click.option("--place", default="441900", show_default=True, help=told)


@click.group(name="import")
def import_() -> None:
    """Bring data in: a plan, people, orders of the hotline, outlines, working days. 导入。"""


@click.group(name="export")
def export() -> None:
    """Take data out. 导出。"""


def no_place(code: str) -> click.ClickException:
    """Return the refusal of a code that names no place."""
    return click.ClickException(
        words(f"There is no place with the code {code}.", f"没有代码为 {code} 的地方。")
    )


def pairs_of(given: Iterable[str]) -> dict[str, str]:
    """Return options of the shape NAME=VALUE. Refuses one without the sign."""
    for pair in given:
        if "=" not in pair:
            raise click.BadParameter(words(f"{pair} lacks the sign =", f"{pair} 缺少等号 ="))
    return {name: value for name, _, value in (pair.partition("=") for pair in given)}


def columns_of(given: Iterable[str], headings: Sequence[str]) -> dict[str, int]:
    """Return the column of each field that FIELD=HEADING names. Refuses a heading that is not there."""
    found = {}
    for field, heading in pairs_of(given).items():
        if heading not in headings:
            raise click.ClickException(
                words(
                    f"The list has no column {heading}; it has {', '.join(headings)}.",
                    f"名单里没有“{heading}”这一列，只有：{'、'.join(headings)}。",
                )
            )
        found[field] = headings.index(heading)
    return found
