"""What access registers with other apps: sealed columns, its paper, its long job."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.access import permits
from linli.access.clients.papers import RIGHTS_LIST
from linli.access.clients.receipts import RECEIPT
from linli.access.clients.sheets import rows_of
from linli.access.models import Account
from linli.access.queries import references
from linli.access.queries.imports import get_import, may_see_import
from linli.access.queries.rights import operators_of, starters_of
from linli.access.secrets import BADGE, PHONE, open_phone
from linli.access.services import imports, moving
from linli.access.types import BY_DEATH, IMPORT_OWNER, Issued
from linli.access.xlsx import links_file
from linli.files import queries as files
from linli.files import services as file_services
from linli.files.services import Made
from linli.files.types import FileKind, Owner
from linli.kernel.joined import AccountColumn, PersonColumn
from linli.kernel.permits import VAULT, system_actor
from linli.kernel.registries import FileVisibility, HealthCheck, Reference
from linli.kernel.sealing.rotation import SealedColumn
from linli.places.queries.rows_of_others import path_of_id
from linli.runtime.types import JobKind, JobLink, JobRun

__all__ = [
    "ACCOUNT_COLUMNS",
    "HEALTH",
    "IMPORT_FILES",
    "PERSON_COLUMNS",
    "RECEIPT",
    "REFERENCES",
    "RIGHTS_LIST",
    "SEALED_COLUMNS",
    "STAFF_IMPORT",
    "phone_of_account",
]
LINKS_KEPT = timedelta(days=14)

SEALED_COLUMNS = (
    SealedColumn("access_account", "phone_sealed", index="phone_index", purpose=PHONE),
    SealedColumn("access_account", "badge_sealed", index="badge_index", purpose=BADGE),
    SealedColumn("access_totpsecret", "secret_sealed", row="account_id"),
    SealedColumn("access_keptform", "body_sealed"),
)


def phone_of_account(account_id: int) -> str:
    """Return the number to which messages for an account go, or nothing: also of whoever died."""
    account = Account.objects.filter(pk=account_id).exclude(disabled_reason=BY_DEATH).first()
    return (open_phone(account) or "") if account is not None else ""


def run_import(run: JobRun) -> JobLink:
    """Bring in a file of staff, and keep the workbook of first links for two weeks."""
    now = timezone.now()
    with translation.override(str(run.params["language"])):
        found = get_import(run.actor, int(run.params["import_id"]))
        file = files.get_file(run.actor, str(run.params["file"]))
        content = file_services.read_content(file, actor=run.actor, now=now)
        rows = rows_of(content)
        imports.bring_in(
            found,
            rows,
            lambda done: run.progress(done, len(rows), _("Rows brought in")),
            actor=run.actor,
            now=now,
        )
        if not found.is_dry_run:
            _keep_links(run, found.pk)
    return JobLink("access:import_done", (found.pk,), _("Result of the file"))


def _keep_links(run: JobRun, import_id: int) -> None:
    now = timezone.now()
    found = get_import(run.actor, import_id)
    pairs = imports.first_links(found, actor=run.actor, now=now)
    language = str(run.params["language"])
    with translation.override(language):
        content = links_file(link_rows(pairs, _address))
    made = Made(content, "first-links.xlsx", FileKind.XLSX, VAULT, localdate(now + LINKS_KEPT))
    file_services.store_made(
        made, owner=Owner(IMPORT_OWNER, found.pk), place=found.path, actor=run.actor, now=now
    )


def _address(secret: str) -> str:
    return f"{settings.LINLI_PUBLIC_URL}{reverse('access:link', args=[secret])}"


STAFF_IMPORT = JobKind(
    "access.staff_import", gettext_lazy("Staff and posts from a file"), run_import, permits.IMPORT
)
IMPORT_FILES = FileVisibility(IMPORT_OWNER, may_see_import)


def _move(old_id: int, new_id: int) -> int:
    old, new = path_of_id(old_id), path_of_id(new_id)
    return moving.rehouse(old, new, actor=system_actor("access.move"), now=timezone.now())


REFERENCES = (
    Reference(
        "access.accounts", "place", gettext_lazy("Staff accounts"), references.accounts_at, _move
    ),
    Reference("access.rights", "place", gettext_lazy("Rights"), references.rights_at, _move),
    Reference(
        "access.devices", "place", gettext_lazy("Counter computers"), references.devices_at, _move
    ),
    Reference("access.person", "person", gettext_lazy("Sign-in"), references.in_use_of),
)

PERSON_COLUMNS = (
    PersonColumn("access_mandate.principal_id", gettext_lazy("Mandates")),
    PersonColumn(
        "access_datarequest.person_id", gettext_lazy("Requests about personal data"), "account_id"
    ),
)

ACCOUNT_COLUMNS = (
    AccountColumn("access_mandate.agent_id"),
    AccountColumn("access_datarequest.account_id"),
)


def faults() -> Sequence[tuple[str, str]]:
    """Return what is wrong with who runs this installation, each with its mend."""
    now = timezone.now()
    found = []
    if not operators_of(now):
        found.append(("nobody runs this installation", "linli access first-operator prints a link"))
    if starters_of(now):
        found.append(
            (
                "the first operator still holds the rights of the first set-up",
                "name a security administrator, then end “First set-up” on the page Rights",
            )
        )
    return found


HEALTH = HealthCheck("access.operators", gettext_lazy("Who runs the system"), faults)


def link_rows(
    pairs: list[tuple[Account, Issued]], address: Callable[[str], str]
) -> list[list[Any]]:
    """Return the lines of the workbook that hands out the first links."""
    return [
        [account.path, account.unit, account.display_name, account.username, address(link.secret)]
        for account, link in pairs
    ]
