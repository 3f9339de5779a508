"""Keeping the text of a plan with its reading: all that was guessed and all that stayed unread."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from linli.kernel import events, locks
from linli.kernel.permits import Actor, require
from linli.plan import permits, queries
from linli.plan.events import PlanImported
from linli.plan.models import Group, PlanDocument
from linli.plan.models.rows import keep_items
from linli.plan.reading import account
from linli.plan.reading.asdata import as_data
from linli.plan.reading.shape import PlanRead
from linli.plan.rules.texts import sha256_of
from linli.plan.services.carrying import carry_corrections
from linli.plan.types import Origin
from linli.trail.services import record


@transaction.atomic
def import_plan(data: bytes, origin: Origin, *, actor: Actor, now: datetime) -> PlanDocument:
    """Read the text of a plan and keep it with its reading; the same text twice is kept once.

    What people corrected goes over to a new version where its sentence is unchanged. Refuses with NotAllowed, PlanUnreadable.
    """
    locks.hold("plan.import", origin.code)
    require(actor, permits.IMPORT, at=origin.path)
    read = queries.read_text(data)
    current = PlanDocument.objects.filter(code=origin.code, is_current=True).first()
    if current and current.sha256 == sha256_of(read.text):
        return current
    if current:
        PlanDocument.objects.filter(pk=current.pk).update(is_current=False)
    document = _document(read, origin, 1 + (current.version if current else 0))
    document.is_main = _becomes_main(origin)
    document.imported_at, document.imported_by = now, actor.label
    document.save()
    keep_items(document, read)
    if current:
        carry_corrections(current, document, actor=actor, now=now)
    record("plan.imported", on=document, actor=actor, now=now, place=origin.path)
    events.publish(PlanImported(document.pk))
    return document


def _becomes_main(origin: Origin) -> bool:
    """The city's own plan is the main one; before it is there, the first that came."""
    main = PlanDocument.objects.filter(path=origin.path, is_current=True, is_main=True)
    if origin.is_main:
        main.update(is_main=False)
    return origin.is_main or not main.exists()


def _document(read: PlanRead, origin: Origin, version: int) -> PlanDocument:
    data = as_data(read)
    return PlanDocument(
        code=origin.code,
        version=version,
        path=origin.path,
        title=read.title[:200],
        title_en=origin.name_en,
        document_number=read.document_number[:60],
        issued_on=read.issued_on,
        source=origin.source,
        text=read.text,
        sha256=sha256_of(read.text),
        guesses=data["guesses"],
        unread=data["unread"],
        characters_in_items=account.characters(read)["items"],
    )


@transaction.atomic
def name_groups(
    document: PlanDocument,
    names: Mapping[int, tuple[str, str, str]],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Give groups an English name and short names in both languages. Refuses with NotAllowed."""
    require(actor, permits.CORRECT, at=document.path)
    for group in Group.objects.select_for_update().filter(document=document).order_by("pk"):
        if group.number in names:
            group.name_en, group.short_name, group.short_name_en = names[group.number]
            group.save(update_fields=["name_en", "short_name", "short_name_en"])
    record("plan.groups_named", on=document, actor=actor, now=now, place=document.path)
