"""`linli words`: find what is to be translated, compile it, tell what is missing."""

from __future__ import annotations

import click

from linli.cli.base import NOT_WELL, needs_nothing
from linli.ui import words as tool


@click.group()
def words() -> None:
    """Words in two languages (docs/howto/translate.md). 双语文字。"""


@words.command()
@click.argument("app", required=False)
@needs_nothing
def extract(app: str | None) -> None:
    """Bring the .po of APP, or of all apps, up to date with code and templates. 按代码和模板更新译文文件。"""
    for name in [app] if app else tool.apps():
        path = tool.extract(name)
        if path:
            missing = len(tool.faults(only=name))
            click.echo(f"{path.relative_to(tool.PACKAGE.parent)}: {missing} to do")


@words.command(name="compile")
@needs_nothing
def compile_() -> None:
    """Make every .mo that is older than its .po. 编译比 .po 旧的 .mo。"""
    for path in tool.compile_stale():
        click.echo(str(path.relative_to(tool.PACKAGE.parent)))


@words.command()
@click.argument("app", required=False)
@needs_nothing
def check(app: str | None) -> None:
    """List what has no Chinese, is outdated, or has other placeholders. 列出没有中文、过时或占位符不一致的译文。"""
    wrong = tool.faults(only=app or "")
    for fault in wrong:
        click.echo(str(fault))
    if wrong:
        raise SystemExit(NOT_WELL)


commands = [words]
