"""How long files are kept, and how they go."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.files import queries
from linli.files.services import letting_go
from linli.kernel.permits import system_actor
from linli.kernel.registries import RETENTION, Retention
from linli.kernel.retention import Work

SYSTEM = system_actor("files.retention")


def register() -> None:
    """Tell the nightly job. Called at start."""
    RETENTION.add(
        Retention(
            "files.due", _("Files whose time is over, with their smaller copies"),
            ("files_storedfile", "files_derivative"),
            _("until the day that the form promised, else as long as the thing they hang on"),
            "PIPL art. 19; ours (check)",
            Work(
                lambda now, limit: letting_go.erase_due(actor=SYSTEM, now=now, limit=limit),
                queries.count_due,
            ),
        )
    )  # fmt: skip
