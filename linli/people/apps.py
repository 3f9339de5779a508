"""The app's entry for Django: what people give to the apps above and below."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from linli.kernel import registries
from linli.kernel.events import subscribe
from linli.kernel.registries import Generator, Reference, TableGrant


class PeopleConfig(AppConfig):
    name = "linli.people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register jobs, search, desk entries, sealed columns, rights on tables, retention."""
        from linli.people import burden, desk, kinds, listeners, retention, search
        from linli.people.events import PeopleImported
        from linli.places.events import PathsChanged, PlacesChanged
        from linli.runtime.types import JOB_KINDS

        JOB_KINDS.add_all((kinds.CHECK, kinds.IMPORT, kinds.EXPORT))
        registries.SEARCH.add(search.PEOPLE)
        registries.DESK.add(desk.REGISTER)
        registries.DESK.add(desk.PAIRS)
        burden.register()
        retention.register()
        _declare_sealed()
        _declare_rights()
        _declare_columns()
        _declare_work()
        subscribe(PeopleImported, listeners.look_for_pairs)
        subscribe(PathsChanged, listeners.follow_paths)
        subscribe(PlacesChanged, listeners.follow_merge)


def _declare_sealed() -> None:
    from linli.kernel.sealing.rotation import SEALED, SealedColumn
    from linli.people.services.mass.vault_rows import NUMBER_PURPOSE, VALUE_PURPOSE

    SEALED.add(
        SealedColumn(
            "people_persondocument", "number", index="number_index", purpose=NUMBER_PURPOSE
        )
    )
    SEALED.add(SealedColumn("people_contact", "value", index="value_index", purpose=VALUE_PURPOSE))
    SEALED.add(SealedColumn("people_personkey", "wrapped", use="master", row="person_id"))
    SEALED.add(SealedColumn("people_importrow", "cells"))


def _declare_rights() -> None:
    for table in ("people_nameterm", "people_importrow", "people_importrun", "people_importsource"):
        registries.TABLE_GRANTS.add(TableGrant(table, delete=True))
    for table in ("people_persondocument", "people_contact", "people_personkey"):
        registries.TABLE_GRANTS.add(TableGrant(table, retention=True))
    registries.PATH_COLUMNS.add(registries.PathColumn("people_importrun.path"))
    registries.PATH_COLUMNS.add(registries.PathColumn("people_importsource.path", merges=False))


def _declare_columns() -> None:
    from linli.kernel.joined import PERSON_COLUMNS, PersonColumn

    for table, title in (
        ("residency", _("Residencies")),
        ("persondocument", _("Documents")),
        ("contact", _("Contacts")),
        ("householdmember", _("Memberships of households")),
        ("dwellingparty", _("Dwellings")),
        ("rollentry", _("Entries on rolls")),
    ):
        PERSON_COLUMNS.add(PersonColumn(f"people_{table}.person_id", title))


def _declare_work() -> None:
    from linli.kernel.reporting import REPORT_LISTS, REPORT_SOURCES
    from linli.people.imports import generate, merge_place
    from linli.people.queries import report_lists, reporting, visibility
    from linli.people.queries.persons import ids_of_one

    registries.GENERATORS.add(Generator("people", _("Synthetic residents"), generate, order=10))
    registries.REFERENCES.add(
        Reference(
            "people.residencies",
            "place",
            _("residents"),
            visibility.residents_at,
            merge_place,
            levels=("village",),
        )
    )
    registries.IDS_OF_PERSON.fill(ids_of_one)
    REPORT_SOURCES.add_all(reporting.SOURCES)
    REPORT_LISTS.add_all(report_lists.LISTS)
    registries.FILE_VISIBILITY.add(
        registries.FileVisibility("people.import", visibility.may_see_list)
    )
    registries.FILE_VISIBILITY.add(
        registries.FileVisibility("people.export", visibility.may_see_export)
    )
