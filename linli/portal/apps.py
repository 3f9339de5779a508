from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "linli.portal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from linli.portal import desk

        desk.register()
