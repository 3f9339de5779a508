"""What access registers with other apps: sealed columns, its paper, its long job."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.access import permits
from linli.access.clients.papers import RIGHTS_LIST
from linli.access.clients.sheets import rows_of
from linli.access.models import Account
from linli.access.queries.imports import get_import, may_see_import
from linli.access.secrets import BADGE, PHONE, open_phone
from linli.access.services import imports
from linli.access.xlsx import links_file
from linli.files import queries as files
from linli.files import services as file_services
from linli.files.services import Made
from linli.files.types import FileKind, Owner
from linli.kernel.permits import VAULT
from linli.kernel.registries import FileVisibility
from linli.kernel.sealing.rotation import SealedColumn
from linli.runtime.types import JobKind, JobLink, JobRun

__all__ = ["IMPORT_FILES", "RIGHTS_LIST", "SEALED_COLUMNS", "STAFF_IMPORT", "phone_of_account"]
OWNER = "access.staff_import"
LINKS_KEPT = timedelta(days=14)

SEALED_COLUMNS = (
    SealedColumn("access_account", "phone_sealed", index="phone_index", purpose=PHONE),
    SealedColumn("access_account", "badge_sealed", index="badge_index", purpose=BADGE),
    SealedColumn("access_totpsecret", "secret_sealed", row="account_id"),
    SealedColumn("access_keptform", "body_sealed"),
)


def phone_of_account(account_id: int) -> str:
    """Return the number to which messages for an account go, or nothing."""
    account = Account.objects.filter(pk=account_id).first()
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
        content = links_file(imports.as_rows(pairs, _address))
    made = Made(content, "first-links.xlsx", FileKind.XLSX, VAULT, (now + LINKS_KEPT).date())
    file_services.store_made(
        made, owner=Owner(OWNER, found.pk), place=found.path, actor=run.actor, now=now
    )


def _address(secret: str) -> str:
    return f"{settings.LINLI_PUBLIC_URL}{reverse('access:link', args=[secret])}"


STAFF_IMPORT = JobKind(
    "access.staff_import", gettext_lazy("Staff and posts from a file"), run_import, permits.IMPORT
)
IMPORT_FILES = FileVisibility(OWNER, may_see_import)
