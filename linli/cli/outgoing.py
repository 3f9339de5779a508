"""`linli outgoing …`: messages and letters that a restore stopped, since they may have gone already."""

from __future__ import annotations

import click

from linli.cli.base import NOT_WELL
from linli.cli.city_here import needs_city
from linli.config.language import words


@click.group()
def outgoing() -> None:
    """What waited to go out when the backup was made, and is held since the restore. 恢复后待发内容。

    Compare with the gateway and the other systems: what they have is let go, the rest is sent. One by one
    it is done on the pages “Messages sent out” and “Connections”.
    """


@outgoing.command()
@needs_city
def go() -> None:
    """Send all of it. A code or a warning of then stays given up. 全部发出。"""
    from django.utils import timezone

    from linli.exchange.services import stopped as letters
    from linli.kernel.permits import system_actor
    from linli.notify.services import stopped as messages

    actor, now = system_actor("restore"), timezone.now()
    _tell(
        messages.send_stopped(actor=actor, now=now),
        letters.send_stopped(actor=actor, now=now),
    )


@outgoing.command()
@click.option(
    "--why",
    required=True,
    help="Why, for the trail: such as that all had gone. 理由，会记入留痕，如都已发出。",
)
@needs_city
def drop(why: str) -> None:
    """Let all of it go unsent. 全部不再发送。"""
    from django.utils import timezone

    from linli.exchange.services import stopped as letters
    from linli.kernel.permits import system_actor
    from linli.notify.services import stopped as messages

    actor, now = system_actor("restore"), timezone.now()
    _tell(
        messages.drop_stopped(why, actor=actor, now=now),
        letters.drop_stopped(why, actor=actor, now=now),
    )


def _tell(messages: tuple[int, int], letters: tuple[int, int]) -> None:
    click.echo(
        words(
            f"{messages[0]} messages and {letters[0]} letters; {messages[1]} and {letters[1]} stay as they are.",
            f"已处理短信和邮件 {messages[0]} 条、函件 {letters[0]} 件；另有 {messages[1]} 条、{letters[1]} 件保持不变。",
        )
    )
    if letters[1]:
        raise click.exceptions.Exit(NOT_WELL)


commands = [outgoing]
