"""The app's entry for Django."""

from __future__ import annotations

from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "linli.plan"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Subscribe, and give other apps what they ask of plan."""
        from django.utils.translation import gettext_lazy as _

        from linli.kernel.events import subscribe
        from linli.kernel.list_files import LIST_FILES, ListFile
        from linli.notify.types import TEMPLATES
        from linli.places.events import PathsChanged
        from linli.plan import (
            burden,
            desk,
            events,
            home,
            indicators,
            kinds,
            listeners,
            retention,
            search,
        )
        from linli.plan.queries.sheets import practice_sheet

        subscribe(PathsChanged, listeners.on_paths_changed)
        subscribe(events.TownsCalled, listeners.on_towns_called)
        subscribe(events.TownPlanReturned, listeners.on_town_plan_returned)
        subscribe(events.TownPlanAccepted, listeners.on_town_plan_accepted)
        subscribe(events.ReportChecked, listeners.on_report_checked)
        subscribe(events.VisitRecorded, listeners.on_visit_recorded)
        TEMPLATES.add_all(kinds.LETTERS)
        for part in (burden, retention, indicators, desk, home, search):
            part.register()
        LIST_FILES.add(ListFile("plan.practices", _("Good practice"), practice_sheet))
        _declare_references()


def _declare_references() -> None:
    from django.utils import timezone
    from django.utils.translation import gettext_lazy as _

    from linli.kernel.permits import system_actor
    from linli.kernel.registries import REFERENCES, Reference
    from linli.plan import queries, services

    def rehouse(old_id: int, new_id: int) -> int:
        return services.rehouse(
            old_id, new_id, actor=system_actor("plan.rehouse"), now=timezone.now()
        )

    work = _("Pilots, practice, visits and money for the plan")
    REFERENCES.add(Reference("plan.work", "place", work, queries.work_at, rehouse))
    filings = _("Town plans and reports")
    REFERENCES.add(Reference("plan.filings", "place", filings, queries.filings_at))
    # the plan names a body of its day; its successor is found by name and day, nothing is re-pointed
    tasks = _("Tasks of the plan that name it")
    REFERENCES.add(Reference("plan.tasks", "organisation", tasks, queries.tasks_with))
    visits = _("Supervision visits that it led")
    REFERENCES.add(Reference("plan.visits", "organisation", visits, queries.visits_by))
