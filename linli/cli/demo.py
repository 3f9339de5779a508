"""`linli demo`: the demo town, its sign-ins and their present codes."""

from __future__ import annotations

import json

import click

from linli.cli.base import say
from linli.config.language import words


@click.command()
@click.option(
    "--json", "as_json", is_flag=True, help="One JSON list on stdout. 输出一个 JSON 列表。"
)
def demo(as_json: bool) -> None:
    """Make the demo town if it is not there, and print its sign-ins. 演示。

    Everything that judges or names is invented; every page says so.
    """
    from linli.demo import city
    from linli.demo.greeting import said

    rows = city.make_demo(say)
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        code = present_code(row["totp_secret"]) if row["totp_secret"] else ""
        secret = row.get("token") or row.get("open311_key") or row["password"]
        click.echo(f"{row['username']:<16} {secret:<24} {code:<7} {said(row)}")
    click.echo(
        words(
            "The six digits are the second factor of this half minute.",
            "六位数字是这半分钟的第二验证码。",
        )
    )


def present_code(secret: str) -> str:
    """Return the six digits of a TOTP secret now."""
    from allauth.mfa.totp.internal.auth import (
        format_hotp_value,
        hotp_value,
        yield_hotp_counters_from_time,
    )

    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))


commands = [demo]
