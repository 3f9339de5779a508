"""The app's entry for Django."""

from __future__ import annotations

from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "linli.activities"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Give other apps what they show of venues, and let rows follow their places."""
        from linli.access.events import AccountErased
        from linli.activities import (
            burden,
            desk,
            home,
            indicators,
            kinds,
            listeners,
            retention,
            search,
        )
        from linli.activities.queries import reporting
        from linli.activities.services.paying import PAID_FOR
        from linli.activities.views import list_files
        from linli.exchange.types.payments import PAYABLES
        from linli.kernel.events import subscribe
        from linli.kernel.list_files import LIST_FILES
        from linli.kernel.reporting import REPORT_SOURCES

        REPORT_SOURCES.add_all(reporting.SOURCES)
        LIST_FILES.add_all(list_files.FILES)
        for part in (burden, desk, home, indicators, kinds, retention, search):
            part.register()
        _declare_rights()
        _declare_references()
        _declare_culture()
        PAYABLES.add_all(PAID_FOR)
        _declare_own_data()
        subscribe(AccountErased, listeners.on_account_erased)


def _declare_rights() -> None:
    from linli.activities.clients.envelopes import BOOKERS, COLUMNS, TAKERS
    from linli.activities.models.tables import TABLES
    from linli.activities.types.events import TAKER_PHONE
    from linli.activities.types.venues import BOOKER_PHONE
    from linli.kernel.joined import ACCOUNT_COLUMNS, AccountColumn
    from linli.kernel.registries import PATH_COLUMNS, TABLE_GRANTS, PathColumn, TableGrant
    from linli.kernel.sealing.rotation import SEALED, SealedColumn

    purposes = {BOOKERS: BOOKER_PHONE, TAKERS: TAKER_PHONE}
    for table, (columns, row) in COLUMNS.items():
        for column in columns:
            purpose = purposes.get(table, "") if column == "phone" else ""
            index = "phone_index" if purpose else ""
            SEALED.add(SealedColumn(table, column, row=row, index=index, purpose=purpose))
        TABLE_GRANTS.add(TableGrant(table, delete=True))
    SEALED.add(SealedColumn("activities_round", "seed"))
    for table in ("activities_weekhours", "activities_roundwish", "activities_eventsession"):
        TABLE_GRANTS.add(TableGrant(table, delete=True))
    for table in ("booking", "enrolment"):
        ACCOUNT_COLUMNS.add(AccountColumn(f"activities_{table}.account_id"))
    # what a village that ended had goes over by the reference below
    for table in TABLES:
        PATH_COLUMNS.add(PathColumn(f"{table}.path", merges=False))


def _declare_references() -> None:
    from django.utils.translation import gettext_lazy as _

    from linli.activities.queries.certificates import CERTIFICATE
    from linli.activities.queries.references import rows_at
    from linli.activities.services.moving import rehouse
    from linli.documents.types import CODE_KINDS, CodeKind
    from linli.kernel.addresses import address_of
    from linli.kernel.permits import system_actor
    from linli.kernel.registries import REFERENCES, Reference

    def move(old_id: int, new_id: int) -> int:
        return rehouse(old_id, new_id, actor=system_actor("activities.rehouse"))

    REFERENCES.add(Reference("activities.venues", "place", _("Venues and bookings"), rows_at, move))
    CODE_KINDS.add(
        CodeKind(
            "activities.venue", lambda venue_id, code: address_of("activities:venue", venue_id)
        )
    )
    CODE_KINDS.add(
        CodeKind(CERTIFICATE, lambda _id, code: address_of("activities:certificate", code))
    )


def _declare_culture() -> None:
    from linli.activities.kinds.talks import TALK
    from linli.activities.queries.care import sees_care, sees_event_photo
    from linli.activities.types.culture import AFTER, BEFORE, OF_EVENT
    from linli.cases.types.sections import SHEET_SECTIONS
    from linli.kernel.registries import FILE_VISIBILITY, FileVisibility

    for kind, sees in ((BEFORE, sees_care), (AFTER, sees_care), (OF_EVENT, sees_event_photo)):
        FILE_VISIBILITY.add(FileVisibility(kind, sees))
    SHEET_SECTIONS.add(TALK)


def _declare_own_data() -> None:
    from linli.activities.services import own_data
    from linli.kernel.own_data import OWN_DATA, OwnData

    OWN_DATA.add(OwnData("bookings", own_data.bookings))
    OWN_DATA.add(OwnData("events", own_data.enrolments))
