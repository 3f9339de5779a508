"""Electronic seals: which are looked for, and what a paper, its entry and its check page show of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from linli.documents import permits
from linli.documents.models import Document, ElectronicSeal, SealUse
from linli.documents.states import SEAL_USE, ElectronicState
from linli.documents.types import HAS_SEAL_SERVICE
from linli.kernel.permits import Actor

AT_ONCE = 500


def seals_looked_for(now: datetime) -> list[str]:
    """Return the numbers of askings whose answer may be asked for, those longest waiting first."""
    found = ElectronicSeal.objects.filter(state=ElectronicState.ASKED, look_at__lte=now)
    return list(found.order_by("look_at", "pk").values_list("number", flat=True)[:AT_ONCE])


def seal_of_paper(document: Document) -> ElectronicSeal | None:
    """Return the electronic seal that a paper bears; none once it was withdrawn."""
    found = ElectronicSeal.objects.select_related("file").filter(document=document)
    return found.filter(state=ElectronicState.SEALED).first()


def latest_seal(use: SealUse) -> ElectronicSeal | None:
    """Return the latest asking of an entry of the seal book, however it ended."""
    return use.electronic.select_related("file").order_by("-pk").first()


def latest_seals(uses: Iterable[SealUse]) -> dict[int, ElectronicSeal]:
    """Return the latest askings of entries, by entry; one query."""
    found = ElectronicSeal.objects.select_related("file").filter(use__in=[one.pk for one in uses])
    return {one.use_id: one for one in found.order_by("pk")}


def may_ask_seal(actor: Actor, use: SealUse) -> bool:
    """Say whether somebody may ask for the electronic seal on an entry now: never where there is no service."""
    document = use.document
    if document is None or document.state != "issued" or not HAS_SEAL_SERVICE.call():
        return False
    is_open = any(move.name == "seal" for move in SEAL_USE.moves_from(use.state))
    may = actor.may(permits.KEEP_SEAL, at=use.place, level=document.level)
    return is_open and may and not use.electronic.filter(state=ElectronicState.ASKED).exists()
