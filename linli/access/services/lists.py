"""The quarterly list of rights: printed, signed, kept as it was."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from linli.access import permits, rules
from linli.access.clients import papers
from linli.access.errors import NotForYourself
from linli.access.models import RightsList
from linli.access.queries.lists import as_plain, rights_list
from linli.kernel.errors import WrongState
from linli.kernel.permits import Actor, require
from linli.trail.services import record


@transaction.atomic
def make_list(path: str, *, actor: Actor, now: datetime) -> RightsList:
    """Freeze the list of rights of a place for this quarter and print it for signature.

    Refuses with NotAllowed.
    """
    require(actor, permits.REVIEW, at=path)
    assert actor.account_id is not None, "somebody makes the list"
    rows = as_plain(rights_list(actor, path, now=now, below_too=True))
    year, quarter = rules.quarter_of(localdate(now))
    text = json.dumps(rows, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    made = RightsList.objects.create(
        path=path,
        year=year,
        quarter=quarter,
        rows=rows,
        content_hash=hashlib.sha256(text.encode()).digest(),
        made_at=now,
        made_by_id=actor.account_id,
    )
    paper = papers.print_list(made, actor=actor, now=now)
    made.document_number, made.document_code = paper.number, paper.code
    made.save(update_fields=["document_number", "document_code"])
    record(
        "access.list_made", on=made, actor=actor, now=now, place=path, year=year, quarter=quarter
    )
    return made


@transaction.atomic
def note_signed(made: RightsList, *, actor: Actor, now: datetime) -> RightsList:
    """Note that the paper came back signed. Refuses with NotAllowed, NotForYourself, WrongState."""
    made = RightsList.objects.select_for_update().get(pk=made.pk)
    require(actor, permits.REVIEW, at=made.path)
    if made.made_by_id == actor.account_id:
        raise NotForYourself()
    if made.signed_at is not None:
        raise WrongState(move="sign", state="signed")
    made.signed_at, made.signed_by_id = now, actor.account_id
    made.save(update_fields=["signed_at", "signed_by"])
    record("access.list_signed", on=made, actor=actor, now=now, place=made.path)
    return made
