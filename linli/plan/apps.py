from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "linli.plan"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from linli.plan import desk, indicators, search

        indicators.register()
        desk.register()
        search.register()
