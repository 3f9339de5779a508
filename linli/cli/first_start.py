"""What `linli up` does before and after it serves: one at a time, port free, city there, greeting."""

from __future__ import annotations

import fcntl
import socket
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.client import HTTPException
from typing import Any

import click

from linli.cli import as_left
from linli.cli.base import (
    REFUSED,
    migrate_if_needed,
    refuse_unsound,
    running_database,
    say,
    setup_django,
)
from linli.cli.embedded import account
from linli.cli.embedded.cluster import Cluster
from linli.cli.schema import fingerprint
from linli.config.env import Env
from linli.config.language import words

Greeting = Callable[[], None]


def refuse_taken_port(env: Env) -> None:
    """End with the mend if another program listens on our port."""
    with socket.socket(socket.AF_INET6 if ":" in env.host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((env.host, env.port))
        except OSError as error:
            click.echo(
                words(
                    f"Port {env.port} cannot be used: {error.strerror}.\nStop the program that "
                    f"uses it, or choose another: PORT={env.port + 1} make up",
                    f"端口 {env.port} 不能用：{error.strerror}。\n请停掉占用它的程序，"
                    f"或者换一个：PORT={env.port + 1} make up",
                ),
                err=True,
            )
            raise click.exceptions.Exit(REFUSED) from None


def _already(env: Env) -> str:
    return words(f"Linli is already running from {env.home}.", f"{env.home} 里的邻里已经在运行。")


@contextmanager
def alone(env: Env) -> Iterator[None]:
    """Let one `linli up` serve from a home; a second one is told so. A killed one leaves no lock."""
    with _locked(env, "alone.lock", fcntl.LOCK_EX, _already(env)):
        yield


@contextmanager
def serving(env: Env) -> Iterator[None]:
    """Keep restores away while something serves: `up`, or web servers and workers alone."""
    told = words(f"A backup is being restored into {env.home}.", f"正在把备份恢复到 {env.home}。")
    with _locked(env, "serving.lock", fcntl.LOCK_SH, told):
        yield


@contextmanager
def nobody_serves(env: Env) -> Iterator[None]:
    """Let a restore work while nothing serves from the home."""
    told = words(
        f"Linli is running from {env.home}. Stop `linli up`, `linli web` and `linli worker`.",
        f"{env.home} 里的邻里正在运行。请先停掉 `linli up`、`linli web` 和 `linli worker`。",
    )
    with _locked(env, "serving.lock", fcntl.LOCK_EX, told):
        yield


@contextmanager
def _locked(env: Env, name: str, way: int, told: str) -> Iterator[None]:
    account.open_home(env.home)
    with open(env.home / name, "a") as lock:
        try:
            fcntl.flock(lock, way | fcntl.LOCK_NB)
        except BlockingIOError:
            click.echo(
                words(
                    f"{told}\nUse that one, or start another city with its own LINLI_HOME and PORT.",
                    f"{told}\n请直接使用它，或者用另外的 LINLI_HOME 和 PORT 启动另一座城市。",
                ),
                err=True,
            )
            raise click.exceptions.Exit(REFUSED) from None
        yield


@contextmanager
def prepared(env: Env, *, with_pages: bool = True) -> Iterator[Cluster | None]:
    """Keep the database up, with tables; for pages also checks passed and static files collected."""
    with running_database(env) as cluster:
        migrate_if_needed(env)
        setup_django()
        ensure_epoch()
        if with_pages:
            ready_pages()
        yield cluster


@contextmanager
def started(env: Env, *, empty: bool) -> Iterator[tuple[Cluster | None, Greeting]]:
    """Keep the database up and have everything ready to be served; return how to greet.

    What the last start of just this code checked and made is neither checked nor made again.
    """
    with running_database(env) as cluster:
        migrate_if_needed(env)
        rows = left_rows(env, empty=empty)
        link = ""
        if rows is None:
            setup_django()
            ensure_epoch()
            ready_pages()
            rows, link = fill(empty=empty)
            as_left.keep(env)
        yield cluster, lambda: greet(env, rows, link)


def left_rows(env: Env, *, empty: bool) -> list[dict[str, Any]] | None:
    """Return the sign-ins of a demo that is as its last start left it; None asks for the long way."""
    if empty or (env.home / "real").exists():
        return None
    rows = as_left.demo_rows(env.home, fingerprint())
    return rows if rows and as_left.is_as_left(env) else None


def ready_pages() -> None:
    """Pass the checks and collect what pages need."""
    from linli.cli.serve import prepare_static

    refuse_unsound()
    prepare_static()


def ensure_epoch() -> None:
    """Begin an epoch of the trail if the tables came here by other ways than our restore."""
    from django.utils import timezone

    from linli.kernel import scope
    from linli.kernel.permits import system_actor
    from linli.trail import services as trail

    actor = system_actor("start")
    with scope.acting(actor):
        trail.ensure_epoch(actor=actor, now=timezone.now())


def fill(*, empty: bool) -> tuple[list[dict[str, Any]], str]:
    """Make the city, and the demo unless it is not wanted; return what is to be printed."""
    from django.conf import settings

    from linli.demo import city, operator, sign_ins

    if empty or city.is_real():
        if settings.LINLI_DEMO:
            raise click.ClickException(
                words(
                    "This home has a demo in it. Start a real city in another one: "
                    "LINLI_HOME=… linli up --empty",
                    "这个目录里是演示城市。正式的城市请另建一个：LINLI_HOME=… linli up --empty",
                )
            )
        city.mark_real()
        city.make_city(say)
        return [], operator.link()
    return sign_ins.known() or sign_ins.kept(city.make_demo(say)), ""


def is_ready(env: Env) -> bool:
    """Say whether our web server answers and reaches its tables."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(f"{local_address(env)}/readyz", timeout=2) as answer:
            return bool(answer.status == HTTPStatus.OK)
    except (OSError, HTTPException):
        return False


def local_address(env: Env) -> str:
    """Return where this machine reaches the server itself."""
    reached = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(env.host, env.host)  # noqa: S104
    return f"http://[{reached}]:{env.port}" if ":" in reached else f"http://{reached}:{env.port}"


def greet(env: Env, rows: list[dict[str, Any]], link: str) -> None:
    """Print addresses and how to sign in."""
    from linli.demo import greeting

    click.echo(greeting.text(env.public_url or local_address(env), rows, link))
    sys.stdout.flush()
