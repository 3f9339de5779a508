"""Commands that run: web, worker, migrate, up."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click

from linli.cli.base import as_owner, environment, needs_nothing, refuse_unsound, say
from linli.cli.supervisor import Service, supervise

THREADS = 4


def web_command(host: str, port: int, workers: int) -> list[str]:
    """Return the command line of the web server."""
    granian = Path(sys.executable).with_name("granian")
    return [
        str(granian), "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", str(workers), "--blocking-threads", str(THREADS), "--no-ws",
        "--respawn-failed-workers", "--log-level", "warning", "linli.config.wsgi:application",
    ]  # fmt: skip


# long imports and exports never stand before seals, messages and short jobs
SHORT_QUEUES, LONG_QUEUES = "default,messages,trail", "long"


def worker_command(queues: str) -> list[str]:
    """Return the command line of a job worker."""
    return [sys.executable, "-m", "linli", "worker", "--queues", queues]


@click.command()
@click.option("--workers", default=1, show_default=True, help="Processes that answer.")
def web(workers: int) -> None:
    """Run the web server alone. 只启动网页服务。"""
    env = environment()
    refuse_unsound()
    prepare_static()
    say(f"http://{env.host}:{env.port}")
    raise SystemExit(subprocess.call(web_command(env.host, env.port, workers)))


@click.command()
@click.option("--concurrency", default=2, show_default=True, help="Jobs at the same time.")
@click.option("--queues", default="", help="Only these queues, comma between; all without.")
def worker(concurrency: int, queues: str) -> None:
    """Run the job worker alone. 只启动后台任务。"""
    from django.core.management import call_command

    chosen = ["--queues", queues] if queues else []
    call_command(
        "procrastinate", "worker", "--concurrency", str(concurrency),
        "--delete-jobs", "successful", *chosen,
    )  # fmt: skip


@click.command()
def migrate() -> None:
    """Bring the tables up to date. 更新数据库结构。"""
    as_owner("migrate")
    click.echo("The tables are up to date.")


def prepare_static() -> None:
    """Collect and compress static files if any changed since the last time."""
    from django.conf import settings
    from django.core.management import call_command

    from linli.ui import words

    words.compile_stale()
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
@click.option("--empty", is_flag=True, help="A real city without demo; prints a one-time link.")
@click.option("--workers", default=1, show_default=True, help="Web processes.")
@needs_nothing
def up(empty: bool, workers: int) -> None:
    """Start everything: database, tables, city, web server, job worker. 启动全部。

    The first start makes Dongguan with its plan and demo residents. Ctrl-C stops all.
    """
    from linli.cli import first_start

    env = environment()
    first_start.refuse_taken_port(env)
    with first_start.alone(env), first_start.prepared(env) as cluster:
        rows, link = first_start.fill(empty=empty)
        services = [
            Service("web", web_command(env.host, env.port, workers)),
            Service("worker", worker_command(SHORT_QUEUES)),
            Service("worker for long jobs", worker_command(LONG_QUEUES)),
        ]
        supervise(services, cluster=cluster, ready=lambda: first_start.greet(env, rows, link))


commands = [web, worker, migrate, up]
