"""Electronic seals: which are looked for, and what a paper, its entry and its check page show of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from linli.documents import permits
from linli.documents.models import Document, ElectronicSeal, SealUse
from linli.documents.queries.trust import as_der, trust
from linli.documents.rules.chains import judge
from linli.documents.states import SEAL_USE, DocumentState, ElectronicState
from linli.documents.types import HAS_SEAL_SERVICE, Judged, Sealing
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


def judged_seal(seal: ElectronicSeal) -> Judged:
    """Return what is to be thought of the certificate behind a seal, by the roots and lists of today."""
    sealed_at = seal.sealed_at or seal.asked_at
    return judge(
        Sealing(
            seal.number, seal.sha256, seal.sealed_sha256, sealed_at, seal.signature, as_der(seal.chain)
        ),
        trust(),
    )  # fmt: skip


def sealed_papers_of(about_kind: str, about_id: int) -> list[ElectronicSeal]:
    """Return the electronic seals on the valid papers about a thing, by day; the caller asked who may see it."""
    found = ElectronicSeal.objects.select_related("document", "file").filter(
        document__about_kind=about_kind, document__about_id=about_id,
        document__state=DocumentState.ISSUED, state=ElectronicState.SEALED,
    )  # fmt: skip
    return list(found.order_by("sealed_at", "pk"))


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
