"""The app's entry for Django."""

from __future__ import annotations

from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.kernel.permits import Actor


class DocumentsConfig(AppConfig):
    name = "linli.documents"

    def ready(self) -> None:
        """Register what others see of documents, and subscribe."""
        from linli.documents import burden, desk, kinds, listeners, queries, retention, search
        from linli.documents.events import DocumentIssued
        from linli.documents.tasks import exporting
        from linli.documents.types import CODE_KINDS, TEMPLATES, CodeKind
        from linli.kernel.events import subscribe
        from linli.kernel.registries import (
            DESK,
            FILE_VISIBILITY,
            HEALTH,
            SEARCH,
            FileVisibility,
            HealthCheck,
        )

        subscribe(DocumentIssued, listeners.on_document_issued)
        CODE_KINDS.add(CodeKind(queries.OWNER, _check_address))
        FILE_VISIBILITY.add(FileVisibility(queries.OWNER, queries.may_see_file))
        FILE_VISIBILITY.add(FileVisibility(exporting.EXPORT, _is_own_export))
        HEALTH.add(
            HealthCheck(
                "documents.seals", _("Certificates of electronic seals"), queries.unread_roots
            )
        )
        TEMPLATES.add_all(kinds.ALL)
        SEARCH.add(search.PAPERS)
        SEARCH.add(search.SEAL_USES)
        burden.register()
        retention.register()
        DESK.add(desk.PAPERS)
        DESK.add(desk.SEALS)
        _declare_tables()
        _declare_jobs()


def _declare_tables() -> None:
    from linli.kernel.registries import PATH_COLUMNS, TABLE_GRANTS, PathColumn, TableGrant

    TABLE_GRANTS.add(TableGrant("documents_documentprint", append_only=True))
    for table in ("document", "sealuse"):
        codes = (("town_code", 1), ("village_code", 2))
        # numbered within their place: papers of a merged one stay with it
        PATH_COLUMNS.add(PathColumn(f"documents_{table}.place", codes, merges=False))
    PATH_COLUMNS.add(PathColumn("documents_electronicseal.place", merges=False))


def _declare_jobs() -> None:
    from linli.documents import permits
    from linli.documents.tasks import exporting
    from linli.runtime.types import JOB_KINDS, JobKind

    JOB_KINDS.add(
        JobKind(
            "documents.export_register", _("Register of printed papers"),
            exporting.export_register, permits.READ,
        )
    )  # fmt: skip
    JOB_KINDS.add(
        JobKind(
            "documents.export_seal_book",
            _("Seal book"),
            exporting.export_seal_book,
        )
    )


def _check_address(target_id: int, code: str) -> str:
    return reverse("documents:check", args=[code])


def _is_own_export(actor: Actor, owner_id: int) -> bool:
    """Of what its holder exported a key sees nothing, and she herself nothing once she sees no register."""
    from linli.documents import permits

    is_hers = actor.account_id == owner_id and not actor.is_machine
    registers = (permits.READ, permits.APPLY_SEAL, permits.APPROVE_SEAL, permits.KEEP_SEAL)
    return is_hers and any(actor.paths(one) for one in registers)
