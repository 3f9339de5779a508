"""How far sealing is behind, and whether the keys are safe: for the metric and for doctor."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.kernel import metrics, sql
from linli.kernel.errors import Refusal
from linli.kernel.sealing import export

# the first row behind the last seal, in the order of seals
OLDEST = """
SELECT e.at FROM trail_entry e
WHERE (e.epoch, e.xid, e.id) > (
    SELECT coalesce(max(s.epoch), 0), coalesce(max(s.xid), 0), coalesce(max(s.entry_id), 0)
    FROM (SELECT epoch, xid, entry_id FROM trail_seal ORDER BY seq DESC LIMIT 1) s)
ORDER BY e.epoch, e.xid, e.id LIMIT 1
"""
STALE = timedelta(minutes=5)


def oldest_unsealed() -> datetime | None:
    """Return the moment of the first row that is not sealed yet, if there is one."""
    found = sql.tuples("trail.oldest", OLDEST)
    return found[0][0] if found else None


def unsealed_seconds(now: datetime) -> float:
    """Return how long the oldest unsealed row has been waiting."""
    oldest = oldest_unsealed()
    return max(0.0, (now - oldest).total_seconds()) if oldest else 0.0


def offer_metric() -> None:
    """Add the metric to /metrics."""
    metrics.offer(
        metrics.Gauge(
            "trail_unsealed_seconds",
            "Age of the oldest unsealed entry",
            lambda: [((), unsealed_seconds(timezone.now()))],
        )
    )


def check_sealing() -> Sequence[tuple[str, str]]:
    """Say if the sealer does not keep up, with the mend."""
    waiting = unsealed_seconds(timezone.now())
    if waiting < STALE.total_seconds():
        return []
    told = _("entries of the trail have waited %(minutes)s minutes for their seal") % {
        "minutes": int(waiting // 60)
    }
    return [(told, _("Start the job worker: linli worker. Look for a transaction left open."))]


def check_keys() -> Sequence[tuple[str, str]]:
    """Say if keys are missing or were never exported, with the mend."""
    home = Path(settings.LINLI_HOME)
    try:
        missing = export.not_exported(home)
    except Refusal as refusal:
        return [(str(refusal), "linli keys import FILE")]
    if not missing and export.is_outdated(home):
        told = _("the last export lacks the service's secret or persons erased since")
        return [(told, "linli keys export FILE --force")]
    if not missing:
        return []
    told = _("%(count)s keys are on this machine alone; without them sealed data are lost")
    return [(told % {"count": len(missing)}, "linli keys export FILE")]
