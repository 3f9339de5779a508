"""The app's entry for Django."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from linli.kernel.registries import (
    HEALTH,
    KEEP_FILE,
    PATH_COLUMNS,
    RETENTION,
    HealthCheck,
    PathColumn,
    Retention,
)
from linli.ui.formats import MIB

LEAST_FREE = 500 * MIB


class FilesConfig(AppConfig):
    name = "linli.files"

    def ready(self) -> None:
        """Declare what is sealed, what goes when, and what the doctor looks at."""
        from linli.files.services.keeping import keep_for_below
        from linli.kernel.sealing.rotation import SEALED, SealedColumn

        KEEP_FILE.fill(keep_for_below)
        SEALED.add(SealedColumn("files_storedfile", "content_key", row="code"))
        PATH_COLUMNS.add(PathColumn("files_storedfile.place"))
        RETENTION.add(
            Retention(
                "files.due",
                _("Files whose time is over"),
                "files_storedfile",
                "each file is kept until the day that its form promised",
                _erase_due,
            )
        )
        HEALTH.add(HealthCheck("files.store", _("Room for files"), _check_store))


def _erase_due(on: date) -> int:
    from django.utils import timezone

    from linli.files import services
    from linli.kernel.permits import system_actor

    return services.erase_due(on=on, actor=system_actor("files.retention"), now=timezone.now())


def _check_store() -> Sequence[tuple[str, str]]:
    home = Path(settings.LINLI_HOME)
    free = shutil.disk_usage(home).free
    if free >= LEAST_FREE:
        return []
    return [(f"{free // MIB} MB are left in {home}", "free some space, or move LINLI_HOME")]
