"""Keeps several processes running together and stops them together."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType

import click

from linli.cli.base import say
from linli.cli.embedded.cluster import Cluster
from linli.config.language import words
from linli.config.processes import end_with_parent

READY_SECONDS = 60
PATIENCE_SECONDS = 15
LOOK_SECONDS = 0.2
QUICK_DEATH_SECONDS = 5
MOST_QUICK_DEATHS = 5


@dataclass
class Service:
    """A process that is started again when it ends by itself."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    quick_deaths: int = 0
    env: dict[str, str] = field(default_factory=dict)

    def start(self) -> None:
        # a session of its own: Ctrl-C reaches us first, and we end them in order
        self.process = subprocess.Popen(
            self.command,
            start_new_session=True,
            env={**os.environ, **self.env},
            preexec_fn=end_with_parent,
        )
        self.started = time.monotonic()

    def look(self) -> None:
        """Start the process again if it ended. Gives up after several deaths at birth."""
        if self.process is None or self.process.poll() is None:
            return
        quick = time.monotonic() - self.started < QUICK_DEATH_SECONDS
        self.quick_deaths = self.quick_deaths + 1 if quick else 0
        if self.quick_deaths >= MOST_QUICK_DEATHS:
            raise click.ClickException(
                words(
                    f"{self.name} ends as soon as it starts. Run `linli doctor`.",
                    f"{self.name}一启动就结束。请运行 `linli doctor`。",
                )
            )
        code = self.process.returncode
        say(
            words(
                f"{self.name} ended ({code}); starting it again.",
                f"{self.name}已结束（{code}），正在重新启动。",
            )
        )
        time.sleep(min(2.0, 0.2 * 2**self.quick_deaths))
        self.start()

    def ask_to_stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def wait(self, deadline: float) -> None:
        if self.process is None:
            return
        try:
            self.process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


class _Stop(Exception):
    pass


def _raise_stop(number: int, frame: FrameType | None) -> None:
    raise _Stop


def supervise(
    services: list[Service],
    *,
    cluster: Cluster | None,
    is_ready: Callable[[], bool],
    greet: Callable[[], None],
    then: Sequence[Service] = (),
) -> None:
    """Run the services until SIGINT or SIGTERM; those of `then` start once the others are ready.

    The database is started again if it dies.
    Ends as refused if they are not ready after a minute: nothing is said to be well that is not.
    """
    before = {
        s: signal.signal(s, _raise_stop) for s in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    }
    try:
        for service in services:
            service.start()
        _wait_ready(services, cluster, is_ready)
        for service in then:
            service.start()
        greet()
        while True:
            time.sleep(LOOK_SECONDS)
            _look([*services, *then], cluster)
    except _Stop:
        say(words("Stopping …", "正在停止…"))
    finally:
        for number in before:
            signal.signal(number, signal.SIG_IGN)
        _stop([*services, *then])
        for number, handler in before.items():
            signal.signal(number, handler)


def _wait_ready(
    services: list[Service], cluster: Cluster | None, is_ready: Callable[[], bool]
) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while not is_ready():
        if time.monotonic() > deadline:
            raise click.ClickException(
                words(
                    f"Not ready after {READY_SECONDS} seconds; stopping. Run `linli doctor`.",
                    f"{READY_SECONDS} 秒后仍未就绪，停止。请运行 `linli doctor`。",
                )
            )
        time.sleep(LOOK_SECONDS / 2)
        _look(services, cluster)


def _look(services: list[Service], cluster: Cluster | None) -> None:
    if cluster is not None and not cluster.is_running():
        say(words("The database ended; starting it again.", "数据库已停止，正在重新启动。"))
        try:
            cluster.start()
        except click.ClickException as error:
            say(error.message)
            time.sleep(1)
            return
    for service in services:
        service.look()


def _stop(services: list[Service]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    for service in services:
        service.ask_to_stop()
    for service in services:
        service.wait(deadline)
