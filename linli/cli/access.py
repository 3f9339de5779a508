"""`linli access`: the first operator's link, and accounts in an emergency. 账号。"""

from __future__ import annotations

import json
from typing import Any

import click

from linli.cli.base import json_option
from linli.config.language import words

CITY = "441900"
STATES = {
    "invited": ("invited", "待启用"),
    "active": ("active", "可登录"),
    "disabled": ("disabled", "已停用"),
}


@click.group()
def access() -> None:
    """Accounts: the first operator, lists, closing somebody out. 账号与权限。

    Everyday work is done on the page “Accounts and rights”; this is for the first day, and for
    when nobody can sign in.
    """


@access.command(name="first-operator")
@click.option("--place", default=CITY, show_default=True, help="Code of the city. 市的代码。")
@json_option
def first_operator(place: str, as_json: bool) -> None:
    """Print the one-time link of the first operator, good for a day. 首位管理员的一次性链接。

    Asked again before it was used, it prints a new link and the old one dies. Once an operator
    has signed in, it refuses.
    """
    from django.conf import settings
    from django.urls import reverse
    from django.utils import timezone

    from linli.access.services import operators
    from linli.kernel.permits import system_actor

    account, link = operators.first_operator(
        _path(place), actor=system_actor("linli access first-operator"), now=timezone.now()
    )
    address = f"{settings.LINLI_PUBLIC_URL}{reverse('access:link', args=[link.secret])}"
    told = {"username": account.username, "link": address, "ends_at": _moment(link.expires_at)}
    said = words(
        f"Sign-in name {account.username}; good until {told['ends_at']}, once.",
        f"用户名 {account.username}；链接只能用一次，{told['ends_at']}前有效。",
    )
    lines = f"{address}\n{said}"
    click.echo(json.dumps(told, ensure_ascii=False) if as_json else lines)


@access.command()
@click.option(
    "--place",
    default=CITY,
    show_default=True,
    help="Code of the place and below. 地方代码，含下级。",
)
@click.option(
    "--state", type=click.Choice(list(STATES)), default=None, help="Only these. 只列这一种。"
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array. 输出一个 JSON 数组。")
def accounts(place: str, state: str | None, as_json: bool) -> None:
    """List staff accounts. 工作人员账号清单。"""
    from linli.access.queries.accounts import Wanted, filtered, visible_accounts
    from linli.kernel.permits import system_actor

    wanted = Wanted(path=_path(place), state=state or "")
    found = filtered(visible_accounts(system_actor("linli access accounts")), wanted)
    rows: list[dict[str, Any]] = [
        {
            "username": one.username,
            "name": one.display_name,
            "office": one.unit,
            "place": one.path,
            "state": one.state,
        }
        for one in found.order_by("path", "display_name", "pk")
    ]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        told = words(*STATES[row["state"]])
        click.echo("{username:24} {told:9} {name}  {office}".format(told=told, **row))


@access.command()
@click.argument("username")
@click.option("--reason", required=True, help="Why; it stands in the trail. 理由，会记入留痕。")
def disable(username: str, reason: str) -> None:
    """Close the account USERNAME at once: sessions, keys and links end. 停用账号。"""
    from django.utils import timezone

    from linli.access.services import accounts as services
    from linli.kernel.permits import system_actor

    actor = system_actor("linli access disable")
    account = services.disable_account(_account(username), reason, actor=actor, now=timezone.now())
    click.echo(words(f"{account.username} is closed.", f"{account.username} 已停用。"))


@access.command()
@click.argument("username")
def link(username: str) -> None:
    """Print a new first link for USERNAME, who has not begun yet. 重新生成首次登录链接。"""
    from django.conf import settings
    from django.urls import reverse
    from django.utils import timezone

    from linli.access.services import accounts as services
    from linli.kernel.permits import system_actor

    actor = system_actor("linli access link")
    issued = services.send_new_link(_account(username), actor=actor, now=timezone.now())
    click.echo(f"{settings.LINLI_PUBLIC_URL}{reverse('access:link', args=[issued.secret])}")


def _account(username: str) -> Any:
    from linli.access.queries.accounts import account_named

    found = account_named(username)
    if found is None:
        raise click.ClickException(
            words(
                f"Nobody signs in as {username}. `linli access accounts` lists all.",
                f"没有用户名为 {username} 的账号。用 `linli access accounts` 列出全部账号。",
            )
        )
    return found


def _path(code: str) -> str:
    from linli.kernel.registries import PATH_OF

    path = PATH_OF.call(code)
    if path is None:
        raise click.ClickException(
            words(f"There is no place with the code {code}.", f"没有代码为 {code} 的地方。")
        )
    return str(path)


def _moment(value: Any) -> str:
    from django.utils.timezone import localtime

    return f"{localtime(value):%Y-%m-%d %H:%M}"


commands = [access]
