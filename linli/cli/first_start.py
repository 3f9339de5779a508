"""What `linli up` does before and after it serves: one at a time, port free, city there, greeting."""

from __future__ import annotations

import fcntl
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

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
from linli.config.env import Env

READY_SECONDS = 60


def refuse_taken_port(env: Env) -> None:
    """End with the mend if another program listens on our port."""
    with socket.socket(socket.AF_INET6 if ":" in env.host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((env.host, env.port))
        except OSError as error:
            click.echo(
                f"Port {env.port} cannot be used: {error.strerror}.\n"
                f"Stop the program that uses it, or choose another: PORT={env.port + 1} make up",
                err=True,
            )
            raise click.exceptions.Exit(REFUSED) from None


@contextmanager
def alone(env: Env) -> Iterator[None]:
    """Let one `linli up` serve from a home; a second one is told so. A killed one leaves no lock."""
    account.open_home(env.home)
    with open(env.home / "serving.lock", "a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            click.echo(
                f"Linli is already running from {env.home}.\n"
                "Use that one, or start another city with its own LINLI_HOME and PORT.",
                err=True,
            )
            raise click.exceptions.Exit(REFUSED) from None
        yield


@contextmanager
def prepared(env: Env) -> Iterator[Cluster | None]:
    """Keep the database up, with tables, checks passed and static files collected."""
    with running_database(env) as cluster:
        migrate_if_needed(env)
        setup_django()
        refuse_unsound()
        from linli.cli.serve import prepare_static

        prepare_static()
        yield cluster


def fill(*, empty: bool) -> tuple[list[dict[str, Any]], str]:
    """Make the city, and the demo unless it is not wanted; return what is to be printed."""
    from django.conf import settings

    from linli.demo import city, operator, sign_ins

    if empty or city.is_real():
        if settings.LINLI_DEMO:
            raise click.ClickException(
                "This home has a demo in it. Start a real city in another one: LINLI_HOME=… linli up --empty"
            )
        city.mark_real()
        city.make_city(say)
        return [], operator.link()
    return sign_ins.known() or sign_ins.kept(city.make_demo(say)), ""


def greet(env: Env, rows: list[dict[str, Any]], link: str) -> None:
    """Wait until the web server is ready, then print addresses and how to sign in."""
    base = f"http://{env.host}:{env.port}"
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        try:
            with direct.open(f"{base}/readyz", timeout=2) as answer:
                if answer.status == 200:
                    break
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    from linli.demo import greeting

    click.echo(greeting.text(base, rows, link))
    sys.stdout.flush()
