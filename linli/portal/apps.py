from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "linli.portal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from linli.kernel.registries import TABLE_GRANTS, THING_NAMES, TableGrant
        from linli.portal import burden, desk, doors, home, kinds, retention
        from linli.portal.queries.things import names_of_things
        from linli.ui.entries import TABS_OF

        burden.register()
        retention.register()
        desk.register()
        home.register()
        kinds.register()
        THING_NAMES.fill(names_of_things)
        TABLE_GRANTS.add(TableGrant("portal_earliercode", delete=True))
        TABS_OF.fill(doors.tabs_of)
