"""The app's entry for Django."""

from __future__ import annotations

from django.apps import AppConfig


class GridConfig(AppConfig):
    name = "linli.grid"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Give other apps what they show of the grid, and let its rows follow their places."""
        from linli.grid import burden, desk, home, indicators, kinds, retention
        from linli.grid.queries import reporting
        from linli.grid.views import figures, ground_files, list_files
        from linli.kernel.list_files import LIST_FILES
        from linli.kernel.reporting import REPORT_SOURCES

        REPORT_SOURCES.add_all(reporting.SOURCES)
        LIST_FILES.add_all((*list_files.FILES, *ground_files.FILES, figures.FILE))
        for part in (burden, desk, home, indicators, kinds, retention):
            part.register()
        _declare_rights()
        _declare_references()
        _declare_files()
        _listen()


def _listen() -> None:
    from linli.access.events import AccountErased
    from linli.grid import listeners
    from linli.grid.events import StormBegan
    from linli.kernel.events import subscribe
    from linli.orgs.events import PostsClosed
    from linli.people.events import PersonDied, PersonErased, PersonLeft
    from linli.places.events import CellsEnded, PlacesChanged

    subscribe(AccountErased, listeners.on_account_erased)
    subscribe(StormBegan, listeners.on_storm_began)
    subscribe(PersonDied, listeners.on_person_died)
    subscribe(PersonErased, listeners.on_person_erased)
    subscribe(PersonLeft, listeners.on_person_left)
    subscribe(CellsEnded, listeners.on_cells_ended)
    subscribe(PostsClosed, listeners.on_posts_closed)
    subscribe(PlacesChanged, listeners.on_places_changed)


def _declare_rights() -> None:
    from django.utils.translation import gettext_lazy as _

    from linli.grid.clients.envelopes import COLUMNS
    from linli.grid.models.tables import ROSTERS, TABLES
    from linli.kernel.joined import (
        ACCOUNT_COLUMNS,
        PERSON_COLUMNS,
        AccountColumn,
        PersonColumn,
    )
    from linli.kernel.registries import PATH_COLUMNS, TABLE_GRANTS, PathColumn, TableGrant
    from linli.kernel.sealing.rotation import SEALED, SealedColumn

    for table, (columns, row) in COLUMNS.items():
        for column in columns:
            SEALED.add(SealedColumn(table, column, row=row))
    for table in (
        *COLUMNS,
        "grid_cellcontact",
        "grid_cellpart",
        "grid_word",
        *ROSTERS,
        "grid_stormhome",
    ):
        TABLE_GRANTS.add(TableGrant(table, delete=True))
    ACCOUNT_COLUMNS.add(AccountColumn("grid_headship.account_id"))
    PERSON_COLUMNS.add_all(
        (
            PersonColumn("grid_headship.person_id", _("Heads of buildings, blocks and lanes")),
            PersonColumn("grid_cellcontact.person_id", _("Contact persons of households")),
        )
    )
    # what a village that ended had goes over by the reference below
    for table in TABLES:
        PATH_COLUMNS.add(PathColumn(f"{table}.path", merges=False))


def _declare_references() -> None:
    from django.utils.translation import gettext_lazy as _

    from linli.grid.queries.posts import posts_of_cells
    from linli.grid.queries.references import rows_at
    from linli.grid.services.moving import rehouse
    from linli.kernel.permits import system_actor
    from linli.kernel.registries import CELL_POSTS, REFERENCES, Reference

    def move(old_id: int, new_id: int) -> int:
        return rehouse(old_id, new_id, actor=system_actor("grid.rehouse"))

    CELL_POSTS.fill(posts_of_cells)
    REFERENCES.add(Reference("grid.work", "place", _("Entries of the grid"), rows_at, move))
    _declare_closing()


def _declare_closing() -> None:
    """Name what a post or body has in cells, rosters and storms when it ends."""
    from django.utils import timezone
    from django.utils.translation import gettext_lazy as _

    from linli.grid.queries import closed_posts as left
    from linli.grid.queries import left_homes as homes
    from linli.grid.services.left_homes import hand_homes_on
    from linli.kernel.falling import FALLS, Falls
    from linli.kernel.permits import system_actor
    from linli.kernel.registries import REFERENCES, Reference

    def hand_on(old_id: int, new_id: int) -> int:
        return hand_homes_on(old_id, new_id, actor=system_actor("grid.storm"), now=timezone.now())

    cells, shifts, moved = (
        _("Duties in cells of the grid; they end with the post"),
        _("Shifts to come in duty rosters; they are free again"),
        _("Homes to be moved in a storm under way, with the post as helper"),
    )
    REFERENCES.add_all(
        (
            Reference("grid.duties", "organisation", cells, left.duties_of_body),
            Reference("grid.duties_of_post", "post", cells, left.duties_of_post),
            Reference("grid.seats", "organisation", shifts, left.seats_of_body),
            Reference("grid.seats_of_post", "post", shifts, left.seats_of_post),
            Reference("grid.homes", "organisation", moved, homes.homes_of_body, hand_on),
            Reference("grid.homes_of_post", "post", moved, homes.homes_of_post),
        )
    )
    FALLS.add(Falls("grid.duties", left.falls_of_body))
    FALLS.add(Falls("grid.duties_of_post", left.falls_of_post))
    FALLS.add(Falls("grid.homes", homes.falls_of_body))
    FALLS.add(Falls("grid.homes_of_post", homes.falls_of_post))


def _declare_files() -> None:
    from linli.grid.queries.phones import sees_queued
    from linli.grid.queries.rounds import sees_check
    from linli.grid.services.checks import OWNER
    from linli.grid.services.queue_rows import OWNER as KEPT_PHOTOS
    from linli.kernel.registries import FILE_VISIBILITY, FileVisibility

    FILE_VISIBILITY.add(FileVisibility(OWNER, sees_check))
    FILE_VISIBILITY.add(FileVisibility(KEPT_PHOTOS, sees_queued))
