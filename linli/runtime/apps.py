"""The app's entry for Django."""

from __future__ import annotations

from datetime import date

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from linli.kernel.registries import TABLE_GRANTS, TableGrant


class RuntimeConfig(AppConfig):
    name = "linli.runtime"

    def ready(self) -> None:
        """Subscribe, and declare which rows may go."""
        from linli.kernel.events import subscribe
        from linli.kernel.registries import DESK, PATH_COLUMNS, RETENTION, PathColumn, Retention
        from linli.runtime import desk, listeners, queries
        from linli.runtime.events import LongJobQueued

        subscribe(LongJobQueued, listeners.on_long_job_queued)
        DESK.add(desk.JOBS)
        queries.offer_metrics()
        PATH_COLUMNS.add(PathColumn("runtime_longjob.place"))
        # a series goes on where its place hangs; a new place begins its own
        PATH_COLUMNS.add(PathColumn("runtime_numberseries.place", merges=False))
        RETENTION.add(
            Retention(
                "runtime.keys",
                _("Keys of requests, ended jobs"),
                "runtime_idempotencykey",
                "keys a week, ended jobs three months, then deleted",
                _forget_old,
            )
        )
        for table in ("idempotencykey", "ratelimit", "longjob", "savedview"):
            TABLE_GRANTS.add(TableGrant(f"runtime_{table}", delete=True))


def _forget_old(on: date) -> int:
    from django.utils import timezone

    from linli.runtime.services import idempotency, long_jobs

    now = timezone.now()
    return idempotency.forget_old(now=now) + long_jobs.forget_ended(now=now)
