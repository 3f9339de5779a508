"""The electronic seal: asked of the city's seal service for an approved paper, taken only if it is of that paper.

Linli makes no seal and draws none: the service seals the file, and what it sends is kept beside the paper.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.timezone import localdate

from linli.documents import permits, queries
from linli.documents.errors import AlreadyWithdrawn, NotForElectronicSeal
from linli.documents.events import DocumentSealed
from linli.documents.models import Document, ElectronicSeal, SealUse
from linli.documents.queries import OWNER
from linli.documents.rules import papers as rules
from linli.documents.rules.chains import judge
from linli.documents.services.electronic_ends import end_asking
from linli.documents.states import ELECTRONIC_SEAL, SEAL_USE, DocumentState, ElectronicState
from linli.documents.types import (
    HAS_SEAL_SERVICE,
    TELL_SEAL_SERVICE,
    SealAct,
    Sealed,
    Sealing,
    Verdict,
)
from linli.files.services import FileRefused, read_content, take_in
from linli.files.types import MIB, FileKind, Owner, Policy
from linli.kernel.errors import NotFound, WrongState
from linli.kernel.events import publish
from linli.kernel.permits import PERSONAL, Actor, open_to_all, require
from linli.runtime.services import numbers
from linli.trail.services import record

if TYPE_CHECKING:
    from linli.files.models import StoredFile

SERIES = "DZ"
BY_JOB = "run by the job alone that asks the seal service"
# an answer of the wire holds four MiB, and a file in it is a third longer
MOST_SENT, MOST_TAKEN = 2 * MIB, 2 * MIB + MIB // 2


@dataclass
class _Bytes:
    """A file that came over a connection, as `take_in` reads it."""

    name: str | None
    content: bytes

    def chunks(self) -> Iterator[bytes]:
        yield self.content


@transaction.atomic
def ask_electronic_seal(use: SealUse, *, actor: Actor, now: datetime) -> ElectronicSeal:
    """Ask the seal service to seal the paper of an approved entry; pressed twice, it is asked once.

    Refuses with NotFound where there is no service or no paper, NotAllowed, WrongState,
    AlreadyWithdrawn, NotForElectronicSeal.
    """
    document, use = _held(use)
    require(actor, permits.KEEP_SEAL, at=use.place, level=document.level)
    if not HAS_SEAL_SERVICE.call():
        raise NotFound()
    known = use.electronic.filter(state=ElectronicState.ASKED).first()
    if known is not None:
        return known
    SEAL_USE.after(use.state, "seal")
    _check(document)
    seal = ElectronicSeal.objects.create(
        number=numbers.next_number(SERIES, "", localdate(now).year, now=now),
        use=use, document=document, place=use.place, sha256=document.sha256,
        asked_at=now, asked_by=actor.label, look_at=now,
    )  # fmt: skip
    said = {"sha256": seal.sha256, "paper": document.number, "office": document.office}
    TELL_SEAL_SERVICE.call(seal.number, seal.place, SealAct.ASK, said, actor=actor, now=now)
    _noted("documents.e_seal_asked", seal, actor, now, paper=document.number)
    return seal


@transaction.atomic
def call_off_electronic_seal(use: SealUse, *, actor: Actor, now: datetime) -> ElectronicSeal:
    """Take the asking back before it is answered. Refuses with NotFound, NotAllowed, WrongState."""
    _document, use = _held(use)
    require(actor, permits.KEEP_SEAL, at=use.place)
    ended = end_asking(use, actor=actor, now=now)
    if ended is None:
        raise WrongState(state=use.state)
    return ended


@open_to_all(BY_JOB)
def file_to_seal(number: str, *, actor: Actor, now: datetime) -> bytes:
    """Return the issued file of an asking. Refuses with NotFound if it is gone."""
    seal = ElectronicSeal.objects.select_related("document__file").get(number=number)
    if seal.document.file is None:
        raise NotFound()
    return read_content(seal.document.file, actor=actor, now=now)


@open_to_all(BY_JOB)
@transaction.atomic
def take_electronic_seal(sealed: Sealed, *, actor: Actor, now: datetime) -> ElectronicSeal:
    """Take a seal that the service made, once; one that is not of our paper changes nothing but its fault.

    What comes twice, or after it was called off, changes nothing.
    """
    seal = _asked(sealed.number)
    if seal.state != ElectronicState.ASKED:
        return seal
    issued = file_to_seal(seal.number, actor=actor, now=now)
    fault = rules.sealed_fault(sealed, seal.sha256, issued) or _fault_of_chain(sealed, seal, now)
    if fault:
        return _doubted(seal, fault, actor, now)
    try:
        seal.file = _kept(sealed, seal, actor, now)
    except FileRefused:
        return _doubted(seal, rules.FILE_REFUSED, actor, now)
    seal.state, seal.fault = ELECTRONIC_SEAL.after(seal.state, "seal"), ""
    seal.seal, seal.certificate, seal.signature = sealed.seal, sealed.certificate, sealed.signature
    seal.sealed_at, seal.sealed_sha256 = sealed.sealed_at, seal.file.sha256
    seal.chain = queries.as_pem(sealed.chain)
    seal.save()
    use = seal.use
    use.state = SEAL_USE.after(use.state, "seal")
    use.save(update_fields=["state"])
    _noted("documents.e_seal_sealed", seal, actor, now, certificate=seal.certificate)
    paper = seal.document
    publish(DocumentSealed(paper.pk, paper.template, paper.about_kind, paper.about_id, paper.place))
    return seal


@open_to_all(BY_JOB)
@transaction.atomic
def refuse_electronic_seal(
    number: str, word: str, *, actor: Actor, now: datetime
) -> ElectronicSeal:
    """Note that the service will not seal a paper, with its own word; the entry waits for the stamp as before."""
    seal = _asked(number)
    if seal.state != ElectronicState.ASKED:
        return seal
    seal.state, seal.fault = ELECTRONIC_SEAL.after(seal.state, "refuse"), word[:60]
    seal.ended_at = now
    seal.save(update_fields=["state", "fault", "ended_at"])
    _noted("documents.e_seal_refused", seal, actor, now)
    return seal


@open_to_all(BY_JOB)
@transaction.atomic
def note_no_seal(number: str, fault: str, *, actor: Actor, now: datetime) -> ElectronicSeal:
    """Note that there is no seal yet, with what went wrong if anything did; it is asked for later again."""
    seal = _asked(number)
    return _doubted(seal, fault, actor, now) if seal.state == ElectronicState.ASKED else seal


def _fault_of_chain(sealed: Sealed, seal: ElectronicSeal, now: datetime) -> str:
    """Say what is wrong for certain with hour and certificate of a seal; what cannot be judged is taken."""
    if not rules.is_of_time(sealed.sealed_at, seal.asked_at, now):
        return rules.WRONG_TIME
    sealing = Sealing(
        sealed.number, sealed.sha256, sha256(sealed.pdf).hexdigest(), sealed.sealed_at,
        sealed.signature, sealed.chain,
    )  # fmt: skip
    judged = judge(sealing, queries.trust())
    return rules.CHAIN + judged.why if judged.verdict is Verdict.FALSE else ""


def _doubted(seal: ElectronicSeal, fault: str, actor: Actor, now: datetime) -> ElectronicSeal:
    is_new, seal.fault = bool(fault) and fault != seal.fault, fault[:60]
    seal.tries += 1
    seal.look_at = now + rules.looked_for_again(seal.tries)
    seal.save(update_fields=["fault", "tries", "look_at"])
    if is_new and (fault in rules.DOUBTS or fault.startswith(rules.CHAIN)):
        _noted("documents.e_seal_doubted", seal, actor, now, fault=fault)
    return seal


def _held(use: SealUse) -> tuple[Document, SealUse]:
    """Return paper and entry, held in the order in which everybody holds them. Refuses with NotFound."""
    if use.document_id is None:
        raise NotFound()
    document = Document.objects.select_for_update().get(pk=use.document_id)
    return document, SealUse.objects.select_for_update().get(pk=use.pk)


def _asked(number: str) -> ElectronicSeal:
    known = ElectronicSeal.objects.select_related("use").get(number=number)
    document, use = _held(known.use)
    seal = ElectronicSeal.objects.select_for_update().get(pk=known.pk)
    seal.document, seal.use = document, use
    return seal


def _check(document: Document) -> None:
    if document.state != DocumentState.ISSUED:
        raise AlreadyWithdrawn(state=document.state)
    file = document.file
    is_there = file is not None and file.state == "kept" and file.size <= MOST_SENT
    if not is_there or document.level > PERSONAL:
        raise NotForElectronicSeal()


def _kept(sealed: Sealed, seal: ElectronicSeal, actor: Actor, now: datetime) -> StoredFile:
    """Keep the sealed file as long as the issued one. Refuses with FileRefused."""
    document = seal.document
    assert document.file is not None, "what has no file is not asked for"
    until = document.file.retention_until
    days = None if until is None else max((until - localdate(now)).days, 1)
    policy = Policy(frozenset({FileKind.PDF}), MOST_TAKEN, document.level, days)
    upload = _Bytes(f"{document.number}-{seal.number}.pdf", sealed.pdf)
    owner = Owner(OWNER, document.pk)
    return take_in(upload, policy=policy, owner=owner, place=document.place, actor=actor, now=now)


def _noted(verb: str, seal: ElectronicSeal, actor: Actor, now: datetime, **facts: Any) -> None:
    record(verb, on=seal, actor=actor, now=now, place=seal.place, number=seal.number, **facts)
