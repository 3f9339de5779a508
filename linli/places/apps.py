from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "linli.places"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from linli.documents.types import PLACE_NAME
        from linli.formkit.types import PLACES_UNDER
        from linli.kernel.list_files import LIST_FILES, ListFile
        from linli.kernel.registries import FORMER_PATHS, PATH_OF, PLACE_NAMES
        from linli.kernel.reporting import REPORT_SOURCES
        from linli.places import burden, desk, home, queries, retention
        from linli.places.queries import reporting, sheets, succession, tree

        PATH_OF.fill(queries.path_of)
        PLACE_NAMES.fill(tree.names_of_paths)
        FORMER_PATHS.fill(succession.former_paths)
        PLACE_NAME.fill(_name_of)
        PLACES_UNDER.fill(_choices_under)
        REPORT_SOURCES.add_all(reporting.SOURCES)
        LIST_FILES.add(ListFile("places.register", _("Places"), sheets.place_sheet))
        _declare_references()
        desk.register()
        burden.register()
        home.register()
        retention.register()


def _declare_references() -> None:
    """Name what stays with a place that ends: documents of its own say it, and only for it."""
    from django.utils.translation import gettext_lazy as _

    from linli.kernel.registries import REFERENCES, Reference
    from linli.places.queries import history, left_behind

    for key, title, count in (
        ("decisions", _("Decisions: rural or urban, category"), history.decided_for),
        ("values", _("Values of the rulebook of its own"), left_behind.values_at),
    ):
        REFERENCES.add(Reference(f"places.{key}", "place", title, count))


def _name_of(path: str) -> str:
    """Name the place of a path in the reader's language, for papers and choices below places."""
    from linli.places import queries
    from linli.ui.jinja import named

    code = path.rstrip("/").rpartition("/")[2]
    place = queries.all_places(with_invented=True).filter(code=code).first()
    return named(place) if place else path


def _choices_under(path: str) -> list[tuple[str, str]]:
    """Return codes and names of the places right under a path, for a choice in a form below places."""
    from linli.places import queries
    from linli.ui.jinja import named

    code = path.rstrip("/").rpartition("/")[2]
    return [
        (place.code, named(place))
        for place in queries.all_places(with_invented=True)
        .filter(parent__code=code, valid_to__isnull=True)
        .order_by("code")
    ]
