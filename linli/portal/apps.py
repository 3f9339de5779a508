from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "linli.portal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from linli.portal import desk, doors, kinds
        from linli.ui.context import TABS_OF

        desk.register()
        kinds.register()
        TABS_OF.fill(doors.tabs_of)
