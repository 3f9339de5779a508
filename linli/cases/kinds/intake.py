"""What intake and following give to other apps: messages, codes, files, what is sealed and moved."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.cases import permits
from linli.cases.kinds.letters import TEMPLATES as LETTERS
from linli.cases.models.contacts import ANSWERS, COLUMN, TABLE
from linli.cases.queries.intake import count_of_person, spot_by_id
from linli.cases.queries.public import everybody_sees
from linli.cases.queries.questions import report_asking
from linli.cases.queries.reading import cases_about, may_see_case
from linli.cases.services.spots import SPOT
from linli.cases.types.filing import OF_CASE, SHOWN, UNDER_SEAL, UNSENT
from linli.documents.types import CODE_KINDS, CodeKind
from linli.formkit.types import ASKED_AT, AskedAt
from linli.kernel.addresses import address_of
from linli.kernel.joined import ACCOUNT_COLUMNS, PERSON_COLUMNS, AccountColumn, PersonColumn
from linli.kernel.permits import Actor
from linli.kernel.registries import (
    DESK,
    FILE_VISIBILITY,
    PATH_COLUMNS,
    REFERENCES,
    DeskEntry,
    FileVisibility,
    PathColumn,
    Reference,
)
from linli.kernel.sealing.rotation import SEALED, SealedColumn
from linli.notify.types import TEMPLATES

ENTRIES = (
    DeskEntry(
        "cases.on_behalf", _("Take a report down"), "message-report", "cases:on_behalf",
        (permits.INTAKE,), 30, group="cases",
    ),
    DeskEntry(
        "cases.spots", _("Codes to report at a spot"), "qrcode", "cases:spots", (permits.SPOTS,), 740
    ),
)  # fmt: skip


def nobody_sees(actor: Actor, owner_id: int) -> bool:
    """Photos that were not sent yet are shown to nobody: their code alone leads to them; those under seal
    are opened with a reason."""
    return False


def sees_shown(actor: Actor, owner_id: int) -> bool:
    """Say whether an actor sees what was released of a case: everybody, while the case is public."""
    return everybody_sees(owner_id) or may_see_case(actor, owner_id)


def spot_address(spot_id: int, code: str) -> str:
    """Return the form with the spot filled in; of one that was taken down the empty form."""
    spot = spot_by_id(spot_id)
    form = address_of("cases:report")
    return f"{form}?spot={spot.code}" if spot else form


def register() -> None:
    """Tell the apps around. Called at start."""
    TEMPLATES.add_all(LETTERS)
    CODE_KINDS.add(CodeKind(SPOT, spot_address))
    FILE_VISIBILITY.add(FileVisibility(OF_CASE, may_see_case, cases_about))
    FILE_VISIBILITY.add_all(FileVisibility(one, nobody_sees) for one in (UNSENT, UNDER_SEAL))
    FILE_VISIBILITY.add(FileVisibility(SHOWN, sees_shown))
    SEALED.add_all(SealedColumn(TABLE, one, row="case_id") for one in (COLUMN, ANSWERS))
    ASKED_AT.add(AskedAt("cases.reports", report_asking))
    PATH_COLUMNS.add(PathColumn("cases_reportspot.path"))
    DESK.add_all(ENTRIES)
    PERSON_COLUMNS.add(
        PersonColumn(
            "cases_reporter.person_id", _("Residents' reports"), "account_id", is_own=True,
            moment="(SELECT c.opened_at FROM cases_case c WHERE c.id = cases_reporter.case_id)",
        )
    )  # fmt: skip
    ACCOUNT_COLUMNS.add(AccountColumn("cases_reporter.account_id"))
    REFERENCES.add(Reference("cases.reports", "person", _("Residents' reports"), count_of_person))
