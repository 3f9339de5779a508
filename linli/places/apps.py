from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "linli.places"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from linli.kernel.registries import PATH_OF
        from linli.places import desk, queries

        PATH_OF.fill(queries.path_of)
        desk.register()
