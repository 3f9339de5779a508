"""The app's entry for Django."""

from __future__ import annotations

from collections.abc import Sequence

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from linli.kernel.list_files import LIST_FILES, ListFile
from linli.kernel.registries import (
    DESK,
    HEALTH,
    PATH_COLUMNS,
    REFERENCES,
    SEARCH,
    HealthCheck,
    PathColumn,
    Reference,
)


class RulebookConfig(AppConfig):
    name = "linli.rulebook"

    def ready(self) -> None:
        """Declare what the doctor looks at, and what desk and search show."""
        from linli.rulebook import burden, desk, queries, retention, search
        from linli.rulebook.views import exporting

        burden.register()
        retention.register()
        DESK.add(desk.ENTRY)
        LIST_FILES.add(ListFile("rulebook.changes", _("What changes when"), exporting.change_sheet))
        SEARCH.add(search.SOURCE)
        for column in ("place", "jurisdiction"):
            PATH_COLUMNS.add(PathColumn(f"rulebook_localvalue.{column}", merges=False))
        values = _("Values of the rulebook that it set")
        REFERENCES.add(Reference("rulebook.values", "organisation", values, queries.values_of_body))
        HEALTH.add(HealthCheck("rulebook.calendar", _("Working-day calendar"), _check_calendar))


def _check_calendar() -> Sequence[tuple[str, str]]:
    from django.utils.timezone import localdate

    from linli.rulebook import queries

    return queries.calendar_faults(on=localdate())
