"""The worker's process: a worker for each queue, side by side, so that none takes up the slots of another."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from procrastinate import signals
from procrastinate.contrib.django import app
from procrastinate.worker import Worker

from linli.cli.supervisor import PATIENCE_SECONDS


class LaneWorker(Worker):
    """Takes jobs of one queue. One of a process queues what is due by the clock, for all of them."""

    def __init__(self, queue: str, at_once: int, *, has_clock: bool) -> None:
        options: Any = {
            **app.worker_defaults,
            "queues": [queue], "concurrency": at_once, "delete_jobs": "successful",
            "shutdown_graceful_timeout": PATIENCE_SECONDS - 5, "install_signal_handlers": False,
        }  # fmt: skip
        super().__init__(app=app, name=queue, **options)
        self._has_clock = has_clock

    async def _periodic_deferrer(self) -> None:
        if self._has_clock:
            await super()._periodic_deferrer()  # type: ignore[no-untyped-call]
        else:
            await asyncio.Event().wait()


def run(lanes: Mapping[str, int]) -> None:
    """Take jobs until SIGINT or SIGTERM; those that run are ended first."""
    with app.replace_connector(app.connector.get_worker_connector()):  # type: ignore[attr-defined]
        asyncio.run(_run(lanes))


async def _run(lanes: Mapping[str, int]) -> None:
    # the loop's own pool has as many threads as processors and four, fewer than all may need
    threads = ThreadPoolExecutor(sum(lanes.values()), thread_name_prefix="job")
    asyncio.get_running_loop().set_default_executor(threads)
    async with app.open_async():
        app.perform_import_paths()  # type: ignore[no-untyped-call]
        workers = [
            LaneWorker(queue, at_once, has_clock=not number)
            for number, (queue, at_once) in enumerate(lanes.items())
        ]

        def stop() -> None:
            for worker in workers:
                worker.stop()  # type: ignore[no-untyped-call]

        with signals.on_stop(stop):
            runs: list[Coroutine[Any, Any, None]] = [worker.run() for worker in workers]  # type: ignore[no-untyped-call]
            running = [asyncio.create_task(run) for run in runs]
            # one that ends by itself has lost its database: all are begun anew
            await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
            stop()
            for ended in await asyncio.gather(*running, return_exceptions=True):
                if isinstance(ended, BaseException):
                    raise ended
