"""How long runtime keeps what it holds, and how it goes."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from linli.kernel.registries import KEPT_FOR_GOOD, RETENTION, Kept, Retention
from linli.kernel.retention import Rows, ago
from linli.runtime import rules

OURS = "ours (check)"
KEEP_LIMITS, KEEP_ENDED = timedelta(days=2), timedelta(days=90)
# the queue deletes what went well; what failed stays to be looked at
FAILED = """status::text NOT IN ('todo', 'doing') AND id IN (
    SELECT job_id FROM procrastinate_events GROUP BY job_id HAVING max(at) < %(before)s)"""

ENTRIES = (
    Retention(
        "runtime.keys", _("Keys by which a request is done once"), ("runtime_idempotencykey",),
        _("a week"), OURS,
        Rows("runtime_idempotencykey", "at < %(before)s", ago(rules.KEEP_KEYS)),
    ),
    Retention(
        "runtime.limits", _("Limits against floods"), ("runtime_ratelimit",), _("two days"), OURS,
        Rows("runtime_ratelimit", "arrival < %(before)s", ago(KEEP_LIMITS)),
    ),
    Retention(
        "runtime.jobs", _("Ended long jobs and their results"), ("runtime_longjob",),
        _("three months after the end"), OURS,
        Rows("runtime_longjob", "ended_at < %(before)s", ago(KEEP_ENDED)),
    ),
    Retention(
        "runtime.failed", _("Jobs of the queue that failed"), ("procrastinate_jobs",),
        _("three months after the last try"), OURS,
        Rows("procrastinate_jobs", FAILED, ago(KEEP_ENDED)),
    ),
)  # fmt: skip
KEPT = (Kept("runtime_numberseries", _("numbers of papers must never be given twice")),)


def register() -> None:
    """Tell the nightly job. Called at start."""
    RETENTION.add_all(ENTRIES)
    KEPT_FOR_GOOD.add_all(KEPT)
