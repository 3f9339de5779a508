from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "linli.portal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from linli.kernel.events import subscribe
        from linli.kernel.registries import (
            PATH_COLUMNS,
            TABLE_GRANTS,
            THING_NAMES,
            PathColumn,
            TableGrant,
        )
        from linli.portal import burden, desk, doors, home, kinds, listeners, retention, search
        from linli.portal.queries.things import names_of_things
        from linli.rulebook.events import CalendarLoaded
        from linli.ui.context import TABS_OF

        burden.register()
        retention.register()
        desk.register()
        home.register()
        kinds.register()
        THING_NAMES.fill(names_of_things)
        search.register()
        PATH_COLUMNS.add(PathColumn("portal_feedback.path"))
        TABLE_GRANTS.add(TableGrant("portal_feedback", delete=True))
        subscribe(CalendarLoaded, listeners.on_calendar_loaded)
        TABS_OF.fill(doors.tabs_of)
