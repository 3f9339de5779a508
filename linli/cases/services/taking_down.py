"""What every case has that the office opens for somebody: a sealed contact and attached papers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from linli.cases.errors import Missing
from linli.cases.models import Reporter
from linli.cases.models.contacts import as_kept, contact_of
from linli.cases.services.evidence import tie_files
from linli.cases.types.filing import OF_CASE, Contact, Naming
from linli.cases.types.moves import Held
from linli.cases.types.openings import Asker
from linli.files import services as files
from linli.files.types import ATTACHMENT, Owner
from linli.kernel import sql
from linli.kernel.errors import NotFound
from linli.kernel.permits import Actor, open_to_all

if TYPE_CHECKING:
    from linli.files.models import StoredFile

BY_OPENING = "part of opening a case, which was asked for its permit"


@open_to_all(BY_OPENING)
def note_asker(case_id: int, asker: Asker, *, actor: Actor, now: datetime) -> None:
    """Seal how somebody is reached whose matter the office took down."""
    contact = Contact(asker.contact.name.strip(), asker.contact.phone)
    kept = as_kept(contact, case_id)
    sql.insert_later([
        Reporter(
            case_id=case_id,
            naming=asker.naming if kept["contact"] else Naming.ANONYMOUS,
            **kept,
            account_id=asker.account_id,
            person_id=asker.person_id,
            by_sms=asker.by_sms and bool(contact.phone),
            language=asker.language,
            is_on_behalf=asker.is_on_behalf,
            is_for_other=asker.is_for_other,
        )
    ])  # fmt: skip


@open_to_all(BY_OPENING)
def pass_asker_on(case_id: int, held: Held, *, actor: Actor, now: datetime) -> None:
    """Let a case that comes of another keep whoever asked and how she is told; nobody reads the contact for it."""
    row = Reporter.objects.filter(pk=case_id).first()
    if row is None:
        return
    asker = Asker(
        contact_of(row), Naming(row.naming), row.language, account_id=row.account_id,
        person_id=row.person_id, by_sms=row.by_sms, is_on_behalf=row.is_on_behalf,
        is_for_other=row.is_for_other,
    )  # fmt: skip
    note_asker(held.id, asker, actor=actor, now=now)


@open_to_all(BY_OPENING)
def attach(
    held: Held, codes: Sequence[str], *, actor: Actor, now: datetime, is_by_reporter: bool = False
) -> list[StoredFile]:
    """Hang papers that were uploaded with a form on the last step of a case.

    Refuses with Missing if one is gone.
    """
    if not codes:
        return []
    owner = Owner(OF_CASE, held.id)
    try:
        hung = files.adopt(
            codes, owner=owner, place=held.path, policy=ATTACHMENT, actor=actor, now=now
        )
    except NotFound as gone:
        raise Missing({"papers": [_("A file is gone. Choose it again.")]}) from gone
    seq = held.standing.seq
    tie_files(hung, case_id=held.id, seq=seq, actor=actor, now=now, is_by_reporter=is_by_reporter)
    return hung
