from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "linli.portal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from linli.kernel.registries import PATH_COLUMNS, PathColumn
        from linli.portal import desk, doors, kinds
        from linli.ui.context import TABS_OF

        desk.register()
        kinds.register()
        PATH_COLUMNS.add(PathColumn("portal_feedback.path"))
        TABS_OF.fill(doors.tabs_of)
