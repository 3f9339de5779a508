"""The app's entry for Django."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from linli.kernel.registries import (
    HEALTH,
    KEEP_FILE,
    PATH_COLUMNS,
    HealthCheck,
    PathColumn,
)
from linli.ui.formats import MIB

LEAST_FREE = 500 * MIB


class FilesConfig(AppConfig):
    name = "linli.files"

    def ready(self) -> None:
        """Declare what is sealed, what goes when, and what the doctor looks at."""
        from linli.files import kinds, retention
        from linli.files.services.keeping import keep_for_below
        from linli.kernel.sealing.rotation import SEALED, SealedColumn

        KEEP_FILE.fill(keep_for_below)
        SEALED.add(SealedColumn("files_storedfile", "content_key", row="code"))
        PATH_COLUMNS.add(PathColumn("files_storedfile.place"))
        retention.register()
        kinds.register()
        HEALTH.add(HealthCheck("files.store", _("Room for files"), _check_store))


def _check_store() -> Sequence[tuple[str, str]]:
    home = Path(settings.LINLI_HOME)
    free = shutil.disk_usage(home).free
    if free >= LEAST_FREE:
        return []
    return [(f"{free // MIB} MB are left in {home}", "free some space, or move LINLI_HOME")]
