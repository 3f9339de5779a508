"""Commands that run: web, worker, migrate, up."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import click

from linli.cli.base import (
    as_owner,
    environment,
    needs_nothing,
    refuse_faulty_roles,
    running_database,
    say,
)
from linli.cli.supervisor import Service, supervise
from linli.config import patience
from linli.config.env import Env
from linli.config.language import words
from linli.kernel.lanes import LANES, LONG, SHORT, chosen


def web_command(host: str, port: int, workers: int) -> list[str]:
    """Return the command line of the web server."""
    return [sys.executable, "-m", "linli.config.web_server", host, str(port), str(workers)]


def worker_command(*queues: str) -> list[str]:
    """Return the command line of a job worker."""
    return [sys.executable, "-m", "linli", "worker", "--queues", ",".join(queues)]


@click.command()
@click.option(
    "--workers", default=1, show_default=True, help="Processes that answer. 应答网页的进程数。"
)
@needs_nothing
def web(workers: int) -> None:
    """Run the web server alone. 只启动网页服务。"""
    from linli.cli import first_start

    os.environ[patience.PROCESS] = patience.WEB
    env = environment()
    with first_start.serving(env):
        first_start.refuse_taken_port(env)
        with first_start.prepared(env) as cluster:
            supervise(
                [web_service(env, workers)],
                cluster=cluster,
                is_ready=lambda: first_start.is_ready(env),
                greet=lambda: say(env.public_url or first_start.local_address(env)),
            )


def web_service(env: Env, workers: int) -> Service:
    """Return the web server as a service; its processes add up their metrics in one folder."""
    return Service("web", web_command(env.host, env.port, workers), env=metrics_env(env))


def metrics_env(env: Env) -> dict[str, str]:
    """Return where the processes of one home write their metrics; those of dead ones go."""
    folder = env.home / "metrics"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for path in folder.glob("*.db"):
        pid = path.stem.rsplit("_", 1)[-1]
        if not Path("/proc", pid).exists():
            path.unlink(missing_ok=True)
    return {"PROMETHEUS_MULTIPROC_DIR": str(folder)}


@click.command()
@click.option(
    "--concurrency",
    default=0,
    help="Jobs of each queue at the same time, in place of its own number. 每个队列同时执行几个任务，代替它自己的数。",
)
@click.option(
    "--queues",
    default="",
    help=f"Only these of {', '.join(LANES)}, comma between. 只处理这些队列，用逗号分开。",
)
@needs_nothing
def worker(concurrency: int, queues: str) -> None:
    """Run the job worker alone. 只启动后台任务。"""
    from linli.cli import first_start

    names = [name.strip() for name in queues.split(",") if name.strip()]
    if unknown := set(names) - set(LANES):
        raise click.BadParameter(", ".join(sorted(unknown)), param_hint="--queues")
    os.environ[patience.PROCESS] = patience.WORKER
    env = environment()
    os.environ.update(metrics_env(env))  # before anything counts
    with until_stopped(), first_start.serving(env), first_start.prepared(env, with_pages=False):
        work(chosen(names, concurrency))


@contextmanager
def until_stopped() -> Iterator[None]:
    """End as by Ctrl-C when asked to stop before the work began; the database is let go."""
    before = signal.signal(signal.SIGTERM, _stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _stop(number: int, frame: FrameType | None) -> None:
    raise click.exceptions.Exit(128 + number)


def work(queues: Mapping[str, int]) -> None:
    """Take jobs until SIGINT or SIGTERM; those that run are ended first."""
    from django.db import DatabaseError
    from procrastinate.exceptions import ConnectorException

    from linli.cli import lanes
    from linli.config.tracebacks import told

    try:
        lanes.run(queues)
    except (DatabaseError, ConnectorException) as error:
        raise click.ClickException(
            words(
                f"The worker lost its database: {told(error)}",
                f"后台任务连不上数据库：{told(error)}",
            )
        ) from None


@click.command()
@needs_nothing
def migrate() -> None:
    """Bring the tables up to date. 更新数据库结构。"""
    env = environment()
    with running_database(env):
        refuse_faulty_roles(env)
        as_owner("migrate")
    click.echo(words("The tables are up to date.", "数据表已是最新。"))


def prepare_static() -> None:
    """Collect and compress static files if any changed since the last time."""
    from django.conf import settings
    from django.core.management import call_command

    from linli.ui import words as catalogues

    catalogues.compile_stale()
    marker = Path(settings.STATIC_ROOT) / ".collected"
    state = _static_state()
    if not marker.exists() or marker.read_text() != state:
        call_command("collectstatic", interactive=False, verbosity=0)
        marker.write_text(state)


def _static_state() -> str:
    from django.contrib.staticfiles.finders import get_finders

    newest, count = 0.0, 0
    for finder in get_finders():
        for name, storage in finder.list([]):
            newest = max(newest, Path(storage.path(name)).stat().st_mtime)
            count += 1
    return f"{count} {newest}"


@click.command()
@click.option(
    "--empty",
    is_flag=True,
    help="A real city without demo; prints a one-time link. 正式城市，不要演示；会打印一次性链接。",
)
@click.option("--workers", default=1, show_default=True, help="Web processes. 网页进程数。")
@needs_nothing
def up(empty: bool, workers: int) -> None:
    """Start everything: database, tables, city, web server, job worker. 启动全部。

    The first start makes Dongguan with its plan and demo residents. Ctrl-C stops all.
    Another port: PORT=8001 linli up (or PORT=8001 make up). 换端口：PORT=8001 linli up。
    """
    from linli.cli import first_start

    env = environment(needs_owner=True)
    with first_start.alone(env), first_start.serving(env):
        first_start.refuse_taken_port(env)
        with first_start.started(env, empty=empty) as (cluster, greet):
            supervise(
                [web_service(env, workers)],
                cluster=cluster,
                is_ready=lambda: first_start.is_ready(env),
                greet=greet,
                # pages answer first: jobs may wait for a few seconds, people should not
                then=[
                    Service(words("worker", "后台任务"), worker_command(*SHORT)),
                    Service(words("worker for long jobs", "长任务"), worker_command(LONG)),
                ],
            )


commands = [web, worker, migrate, up]
