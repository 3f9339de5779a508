"""The app's entry for Django."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from linli.kernel.registries import TABLE_GRANTS, TableGrant


class RuntimeConfig(AppConfig):
    name = "linli.runtime"

    def ready(self) -> None:
        """Subscribe, and declare which rows may go."""
        from linli.kernel.events import subscribe
        from linli.kernel.registries import DESK, HEALTH, PATH_COLUMNS, HealthCheck, PathColumn
        from linli.runtime import desk, listeners, retention
        from linli.runtime.events import LongJobQueued
        from linli.runtime.queries import queue

        subscribe(LongJobQueued, listeners.on_long_job_queued)
        DESK.add(desk.JOBS)
        queue.offer_metrics()
        HEALTH.add(HealthCheck("runtime.jobs", _("Jobs"), queue.faults))
        PATH_COLUMNS.add(PathColumn("runtime_longjob.place"))
        # a series goes on where its place hangs; a new place begins its own
        PATH_COLUMNS.add(PathColumn("runtime_numberseries.place", merges=False))
        retention.register()
        for table in ("idempotencykey", "ratelimit", "longjob", "savedview"):
            TABLE_GRANTS.add(TableGrant(f"runtime_{table}", delete=True))
