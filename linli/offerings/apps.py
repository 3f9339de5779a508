"""The app's entry for Django."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig


class OfferingsConfig(AppConfig):
    name = "linli.offerings"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Give other apps what they show of what is offered."""
        from linli.offerings import burden, desk, home, indicators, kinds, retention, search
        from linli.offerings.clients import papers
        from linli.offerings.kinds import sections, ways

        for part in (
            burden, desk, home, indicators, kinds, retention, search, papers, sections, ways,
        ):  # fmt: skip
            part.register()
        _declare_columns()
        _declare_applications()
        _declare_items()
        _declare_visits()
        _declare_centres()
        _declare_reminders()
        _declare_reports()


def _declare_columns() -> None:
    from django.utils.translation import gettext_lazy as _

    from linli.cases.queries.over import OPENED_AT, SENDER
    from linli.kernel.joined import PERSON_COLUMNS, PersonColumn

    # ids of cases are handed out in blocks: they tell nothing of what came first
    of = "offerings_application.case_id"
    opened, sender = OPENED_AT.format(case=of), SENDER.format(case=of)
    PERSON_COLUMNS.add_all(
        (
            PersonColumn(
                "offerings_application.person_id", _("Applications"), sender, moment=opened
            ),
            PersonColumn("offerings_benefit.person_id", _("What they receive")),
            PersonColumn("offerings_agentmandate.person_id", _("Mandates on paper")),
        )
    )


def _declare_applications() -> None:
    from linli.access.events import AccountErased
    from linli.cases.events import CaseMoved
    from linli.documents.events import DocumentSealed
    from linli.exchange.events import ChangeCame, SentInCame
    from linli.exchange.types.payments import PAYABLES
    from linli.formkit.types import ASKED_AT, AskedAt
    from linli.kernel.events import subscribe
    from linli.kernel.registries import TABLE_GRANTS, TableGrant
    from linli.kernel.sealing.rotation import SEALED, SealedColumn
    from linli.offerings import listeners
    from linli.offerings.clients import agents
    from linli.offerings.clients.applicants import COLUMN, TABLE
    from linli.offerings.events import RecordAsked, RoundDrawn
    from linli.offerings.queries.item_forms import page_asking
    from linli.offerings.services.paying import PAID_FOR
    from linli.orgs.events import CentreChanged
    from linli.people.events import PersonErased

    ASKED_AT.add(AskedAt("offerings.items", page_asking))
    SEALED.add(SealedColumn(TABLE, COLUMN, row="case_id"))
    SEALED.add(SealedColumn(TABLE, "form_sealed", row="case_id"))
    SEALED.add_all(agents.COLUMNS)
    for table in ("offerings_payment", "offerings_refund"):
        TABLE_GRANTS.add(TableGrant(table, append_only=True))
    subscribe(CaseMoved, listeners.on_case_moved)
    subscribe(SentInCame, listeners.on_sent_in_came)
    subscribe(ChangeCame, listeners.on_change_came)
    PAYABLES.add(PAID_FOR)
    subscribe(DocumentSealed, listeners.on_document_sealed)
    subscribe(RecordAsked, listeners.on_record_asked)
    subscribe(RoundDrawn, listeners.on_round_drawn)
    TABLE_GRANTS.add(TableGrant("offerings_recordquestion", delete=True))
    subscribe(CentreChanged, listeners.on_centre_changed)
    subscribe(PersonErased, listeners.on_person_erased)
    _declare_own_data()
    subscribe(AccountErased, listeners.on_account_erased)
    _declare_succession()


def _declare_succession() -> None:
    from functools import partial

    from django.utils import timezone
    from django.utils.translation import gettext_lazy as _

    from linli.kernel.falling import FALLS, Falls
    from linli.kernel.permits import system_actor
    from linli.kernel.registries import REFERENCES, Reference
    from linli.offerings.queries import successors as hang
    from linli.offerings.queries.closed_centres import visits_ahead
    from linli.offerings.services import successors

    actor = system_actor("offerings.give_part")

    def handed(service: Any, old_id: int, new_id: int) -> int:
        moved: int = service(old_id, new_id, actor=actor, now=timezone.now())
        return moved

    for key, title, count, service in (
        (
            "items",
            _("Items of service that it answers for"),
            hang.items_of_body,
            successors.hand_items_on,
        ),
        (
            "parts",
            _("Parts of applications under way"),
            hang.parts_of_body,
            successors.hand_parts_on,
        ),
    ):
        entry = Reference(
            f"offerings.{key}", "organisation", title, count, partial(handed, service)
        )
        REFERENCES.add(entry)  # fmt: skip
    parts = _("Parts of applications under way; another post of the body goes on with them")
    REFERENCES.add(Reference("offerings.parts_of_post", "post", parts, hang.parts_of_post))
    FALLS.add(Falls("offerings.parts", hang.falls_of_body))
    FALLS.add(Falls("offerings.parts_of_post", hang.falls_of_post))
    ahead = Reference(
        "offerings.visits",
        "organisation",
        _("Visits booked ahead, which end with it"),
        visits_ahead,
    )
    REFERENCES.add(ahead)


def _declare_items() -> None:
    from linli.kernel.list_files import LIST_FILES
    from linli.kernel.registries import PATH_COLUMNS, TABLE_GRANTS, PathColumn, TableGrant
    from linli.offerings.views import list_files

    LIST_FILES.add_all(list_files.FILES)
    TABLE_GRANTS.add(TableGrant("offerings_itemterm", delete=True))
    PATH_COLUMNS.add(PathColumn("offerings_item.path"))
    PATH_COLUMNS.add(PathColumn("offerings_itemlist.path"))


def _declare_visits() -> None:
    from linli.kernel.list_files import LIST_FILES
    from linli.kernel.registries import PATH_COLUMNS, TABLE_GRANTS, PathColumn, TableGrant
    from linli.kernel.sealing.rotation import SEALED, SealedColumn
    from linli.offerings.views.visit_lists import FILE

    LIST_FILES.add(FILE)
    for table in (
        "offerings_servicewindow",
        "offerings_dayoff",
        "offerings_appointment",
        "offerings_ticket",
        "offerings_drawround",
        "offerings_visitrating",
        "offerings_homevisit",
    ):
        PATH_COLUMNS.add(PathColumn(f"{table}.path"))
    SEALED.add(SealedColumn("offerings_appointment", "contact", row="code"))
    PATH_COLUMNS.add(PathColumn("offerings_ratingtablet.path"))
    SEALED.add(SealedColumn("offerings_visitrating", "contact"))
    for table in ("offerings_ticket", "offerings_visitrating"):
        TABLE_GRANTS.add(TableGrant(table, delete=True))
    SEALED.add(SealedColumn("offerings_drawentry", "contact", row="code"))
    SEALED.add(SealedColumn("offerings_drawround", "seed", row="code"))
    SEALED.add(SealedColumn("offerings_homevisit", "door", row="code"))


def _declare_centres() -> None:
    from linli.kernel.registries import (
        FILE_VISIBILITY,
        PATH_COLUMNS,
        TABLE_GRANTS,
        FileVisibility,
        PathColumn,
        TableGrant,
    )
    from linli.kernel.sealing.rotation import SEALED, SealedColumn
    from linli.offerings.queries.centre_checks import sees_evidence
    from linli.offerings.types.centres import OF_POINT

    for table in ("centreplatform", "centredevice", "centrecost", "centrecheck"):
        PATH_COLUMNS.add(PathColumn(f"offerings_{table}.path"))
    FILE_VISIBILITY.add(FileVisibility(OF_POINT, sees_evidence))
    SEALED.add(SealedColumn("offerings_checkkey", "secret", row="code"))
    TABLE_GRANTS.add(TableGrant("offerings_checkkey", delete=True))


def _declare_reminders() -> None:
    from linli.kernel.events import subscribe
    from linli.kernel.registries import (
        FILE_VISIBILITY,
        PATH_COLUMNS,
        TABLE_GRANTS,
        FileVisibility,
        PathColumn,
        TableGrant,
    )
    from linli.offerings import listeners
    from linli.offerings.kinds.reminders import EXPORT
    from linli.offerings.services.reminder_files import OWNER
    from linli.people.events import DeathWithdrawn, PersonDied, PersonLeft
    from linli.people.queries.visibility import may_see_export
    from linli.runtime.types import JOB_KINDS

    JOB_KINDS.add(EXPORT)
    FILE_VISIBILITY.add(FileVisibility(OWNER, may_see_export))
    for table in ("offerings_benefit", "offerings_agentmandate"):
        PATH_COLUMNS.add(PathColumn(f"{table}.path"))
        TABLE_GRANTS.add(TableGrant(table, delete=True))
    subscribe(PersonDied, listeners.on_person_died)
    subscribe(DeathWithdrawn, listeners.on_death_withdrawn)
    subscribe(PersonLeft, listeners.on_person_left)


def _declare_reports() -> None:
    from linli.kernel.registries import PATH_COLUMNS, TABLE_GRANTS, PathColumn, TableGrant
    from linli.kernel.reporting import REPORT_SOURCES
    from linli.kernel.sealing.rotation import SEALED, SealedColumn
    from linli.offerings.clients.reporting_lists import COLUMN, OF_ROWS, TABLE
    from linli.offerings.queries import reporting_sources

    REPORT_SOURCES.add_all(reporting_sources.SOURCES)
    for table in (TABLE, OF_ROWS):
        SEALED.add(SealedColumn(table, COLUMN, row="code"))
    for table in ("offerings_reportingcolumn", "offerings_reportingcell", OF_ROWS):
        TABLE_GRANTS.add(TableGrant(table, delete=True))
    PATH_COLUMNS.add(PathColumn("offerings_reportingtask.path"))
    # a village that was merged keeps the sheets that it signed off
    PATH_COLUMNS.add(PathColumn("offerings_reportingsheet.path", merges=False))


def _declare_own_data() -> None:
    from linli.kernel.own_data import OWN_DATA, OwnData
    from linli.offerings.services import own_data

    OWN_DATA.add(OwnData("applications", own_data.applications))
    OWN_DATA.add(OwnData("benefits", own_data.benefits))
    OWN_DATA.add(OwnData("mandates_on_paper", own_data.mandates))
