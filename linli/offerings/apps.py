"""The app's entry for Django."""

from __future__ import annotations

from django.apps import AppConfig


class OfferingsConfig(AppConfig):
    name = "linli.offerings"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Give other apps what they show of what is offered."""
        from linli.offerings import kinds, retention
        from linli.offerings.clients import papers

        for part in (kinds, retention, papers):
            part.register()
        _declare_applications()


def _declare_applications() -> None:
    from linli.cases.events import CaseMoved
    from linli.kernel.events import subscribe
    from linli.kernel.registries import TABLE_GRANTS, TableGrant
    from linli.kernel.sealing.rotation import SEALED, SealedColumn
    from linli.offerings import listeners
    from linli.offerings.clients.applicants import COLUMN, TABLE
    from linli.people.events import PersonErased

    SEALED.add(SealedColumn(TABLE, COLUMN, row="case_id"))
    for table in ("offerings_payment", "offerings_refund"):
        TABLE_GRANTS.add(TableGrant(table, append_only=True))
    subscribe(CaseMoved, listeners.on_case_moved)
    subscribe(PersonErased, listeners.on_person_erased)
