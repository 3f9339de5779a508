"""How an electronic seal ends: called off before the answer, revoked with its paper; the service is told."""

from __future__ import annotations

from datetime import datetime

from linli.documents.models import Document, ElectronicSeal, SealUse
from linli.documents.states import ELECTRONIC_SEAL, ElectronicState
from linli.documents.types import TELL_SEAL_SERVICE, SealAct
from linli.kernel.permits import Actor, open_to_all
from linli.trail.services import record


@open_to_all("part of stamping or taking back, whose service has required its own permit")
def end_asking(use: SealUse, *, actor: Actor, now: datetime) -> ElectronicSeal | None:
    """Call off what was asked of the seal service for an entry; None if nothing was. The entry is held."""
    found = ElectronicSeal.objects.select_for_update().filter(use=use, state=ElectronicState.ASKED)
    asked = found.first()
    return _ended(asked, "call_off", actor, now) if asked is not None else None


@open_to_all("part of withdrawing a paper, which has required its own permit")
def revoke_electronic_seal(
    document: Document, *, actor: Actor, now: datetime
) -> ElectronicSeal | None:
    """Tell the seal service that a sealed paper was withdrawn; None if it never sealed it."""
    found = ElectronicSeal.objects.select_for_update().filter(document=document)
    sealed = found.filter(state=ElectronicState.SEALED).first()
    return _ended(sealed, "revoke", actor, now) if sealed is not None else None


def _ended(seal: ElectronicSeal, move: str, actor: Actor, now: datetime) -> ElectronicSeal:
    seal.state, seal.ended_at = ELECTRONIC_SEAL.after(seal.state, move), now
    seal.save(update_fields=["state", "ended_at"])
    said = {"sha256": seal.sha256, "why": seal.state}
    TELL_SEAL_SERVICE.call(seal.number, seal.place, SealAct.END, said, actor=actor, now=now)
    record(
        f"documents.e_seal_{seal.state}", on=seal, actor=actor, now=now, place=seal.place,
        number=seal.number,
    )  # fmt: skip
    return seal
