"""The app's entry for Django."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig

APPEND_ONLY = ("orgs_partycount",)


class OrgsConfig(AppConfig):
    name = "linli.orgs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Subscribe, and give other apps what they ask of orgs."""
        from linli.kernel.events import subscribe
        from linli.kernel.registries import POST_NAMES, POST_TITLES
        from linli.kernel.reporting import REPORT_SOURCES
        from linli.orgs import burden, desk, home, indicators, kinds, listeners, retention, search
        from linli.orgs.clients import paper, shipped
        from linli.orgs.queries import reporting, titles
        from linli.places.events import PathsChanged

        subscribe(PathsChanged, listeners.on_paths_changed)
        for part in (burden, retention, desk, home, indicators, kinds, search):
            part.register()
        paper.register_templates()
        POST_NAMES.fill(titles.names_of_posts)
        POST_TITLES.fill(shipped.english_titles)
        _declare_lists()
        REPORT_SOURCES.add_all(reporting.SOURCES)
        _declare_references()
        _declare_succession()
        _declare_files()


def _declare_lists() -> None:
    from django.utils.translation import gettext_lazy as _

    from linli.kernel.list_files import LIST_FILES, ListFile
    from linli.orgs import permits
    from linli.orgs.queries import sheets, staff_sheets

    LIST_FILES.add(ListFile("orgs.register", _("Organisations"), sheets.register_sheet))
    LIST_FILES.add(ListFile("orgs.centres", _("Service centres"), sheets.centre_sheet))
    LIST_FILES.add(ListFile("orgs.pairings", _("Pairings"), sheets.pairing_sheet))
    for key, title, rows in (
        ("staff", _("Staff"), staff_sheets.staff_sheet),
        ("certificates", _("Certificates"), staff_sheets.certificate_sheet),
        ("training", _("Training"), staff_sheets.training_sheet),
    ):
        LIST_FILES.add(ListFile(f"orgs.{key}", title, rows, (permits.STAFF_LIST,)))


def _declare_references() -> None:
    from django.utils import timezone
    from django.utils.translation import gettext_lazy as _

    from linli.kernel.joined import PERSON_COLUMNS, PersonColumn
    from linli.kernel.permits import PROTECTED, system_actor
    from linli.kernel.registries import (
        PATH_COLUMNS,
        REFERENCES,
        TABLE_GRANTS,
        PathColumn,
        Reference,
        TableGrant,
    )
    from linli.orgs.queries import references
    from linli.orgs.services import moving

    def rehouse(old_id: int, new_id: int) -> int:
        return moving.rehouse(
            old_id, new_id, actor=system_actor("orgs.rehouse"), now=timezone.now()
        )

    for key, to, title, count, move in (
        ("organisations", "place", _("Organisations"), references.organisations_at, rehouse),
        ("areas", "place", _("Service areas of centres"), references.areas_at, rehouse),
        ("pairings", "place", _("Pairings"), references.pairings_at, None),
        ("holdings", "person", _("Posts held"), references.holdings_of, None),
        ("learnt", "person", _("Certificates and training"), references.learnt_by, None),
    ):
        entry: Any = Reference(f"orgs.{key}", to, title, count, move)  # type: ignore[arg-type]
        REFERENCES.add(entry)
    for key, title, count in (
        ("party", _("Party organisations"), references.party_at),
        ("spots", _("Spots on the coverage list"), references.spots_at),
    ):
        REFERENCES.add(Reference(f"orgs.{key}", "place", title, count, rehouse, level=PROTECTED))
    for table in APPEND_ONLY:
        TABLE_GRANTS.add(TableGrant(table, append_only=True))
    # what would only begin after a body has closed never comes about
    for table in ("orgs_orgedge", "orgs_partymanagement", "orgs_coveragelink"):
        TABLE_GRANTS.add(TableGrant(table, delete=True))
    PATH_COLUMNS.add(PathColumn("orgs_stafflist.path"))
    PERSON_COLUMNS.add_all(
        (
            PersonColumn("orgs_postholding.person_id", _("Posts held"), "account_id", is_own=True),
            PersonColumn("orgs_certificate.person_id", _("Certificates")),
            PersonColumn("orgs_traininghours.person_id", _("Training")),
        )
    )


def _declare_succession() -> None:
    from functools import partial

    from django.utils.translation import gettext_lazy as _

    from linli.kernel.permits import PROTECTED, PUBLIC, system_actor
    from linli.kernel.registries import REFERENCES, Reference
    from linli.orgs.queries import references as hang
    from linli.orgs.services import succession

    actor = system_actor("orgs.take_over")
    for level, key, title, count in (
        (PUBLIC, "posts", _("Posts"), hang.posts_in),
        (PUBLIC, "below", _("Bodies that stand under it"), hang.below),
        (PUBLIC, "served", _("Villages in its service area"), hang.served_by),
        (PUBLIC, "certificates", _("Certificates of those who work there"), hang.certified_in),
        (PUBLIC, "training", _("Entries of training"), hang.training_in),
        (PROTECTED, "party_below", _("Party organisations that stand under it"), hang.party_below),
        (PROTECTED, "managed", _("Party organisations that it manages"), hang.managed_in),
        (PROTECTED, "reached", _("Spots that it reaches"), hang.reached_by),
        (PROTECTED, "meetings", _("Joint meetings"), hang.meetings_with),
        (PROTECTED, "set_up", _("Set-up proposals"), hang.proposals_on),
    ):
        goes = key in succession.TAKEN
        move = partial(succession.take_over, key, actor=actor) if goes else None
        REFERENCES.add(Reference(f"orgs.{key}", "organisation", title, count, move, level=level))


def _declare_files() -> None:
    from linli.kernel.registries import FILE_VISIBILITY, FileVisibility
    from linli.orgs.clients.paper import KIND
    from linli.orgs.queries.seeing import sees_handover, sees_staff_list
    from linli.orgs.services.intake import OWNER

    FILE_VISIBILITY.add(FileVisibility(KIND, sees_handover))
    FILE_VISIBILITY.add(FileVisibility(OWNER, sees_staff_list))
