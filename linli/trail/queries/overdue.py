"""Whether anything is kept longer than its term, for doctor."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from linli.kernel import scope
from linli.kernel.permits import system_actor
from linli.kernel.registries import RETENTION
from linli.kernel.retention import MOST_COUNTED

# the job runs at night: what ended since is not late yet
LATE = timedelta(days=2)


def check() -> Sequence[tuple[str, str]]:
    """Name each entry of which something should have gone two days ago, with the mend."""
    then = timezone.now() - LATE
    found = []
    with scope.acting(system_actor("trail.overdue")):
        for entry in RETENTION:
            left = entry.going.waiting(then)
            if left:
                count = f"{left}+" if left >= MOST_COUNTED else str(left)
                told = _("%(key)s: %(count)s rows are over their term (%(term)s)")
                said = told % {"key": entry.key, "count": count, "term": entry.term}
                found.append(
                    (said, _("Start the job worker: linli worker. It lets them go at night."))
                )
    return found
