"""Consent to messages: asked in words, kept with their version, taken back with one press."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from linli.kernel import locks
from linli.kernel.errors import NotAllowed, NotFound
from linli.kernel.events import publish
from linli.kernel.permits import Actor, open_to_all
from linli.notify import queries
from linli.notify.events import ConsentWithdrawn
from linli.notify.models import MessageConsent
from linli.notify.types import PURPOSES, Basis, Purpose
from linli.trail.services import record

OWN = "everybody decides for themselves, and for nobody else"


@open_to_all(OWN)
@transaction.atomic
def give_consent(purpose: str, *, actor: Actor, now: datetime) -> MessageConsent:
    """Agree to messages of a purpose in its present wording. Refuses with NotAllowed, NotFound."""
    kind = _asked(purpose, actor)
    locks.hold("notify.consent", actor.account_id, purpose)
    known = queries.open_consents(actor.account_id, actor.person_id, purpose).first()
    if known is not None and known.version == kind.version:
        return known
    _close(purpose, actor, now)
    consent = MessageConsent.objects.create(
        account_id=actor.account_id,
        person_id=actor.person_id,
        purpose=purpose,
        version=kind.version,
        given_at=now,
    )
    record(
        "notify.consent_given",
        on=consent,
        actor=actor,
        now=now,
        place=actor.place,
        person_id=actor.person_id,
        purpose=purpose,
        version=kind.version,
    )
    return consent


@open_to_all(OWN)
@transaction.atomic
def withdraw_consent(purpose: str, *, actor: Actor, now: datetime) -> None:
    """Take consent back; what was sent before stays lawful. Refuses with NotAllowed, NotFound."""
    _asked(purpose, actor)
    locks.hold("notify.consent", actor.account_id, purpose)
    if _close(purpose, actor, now):
        record(
            "notify.consent_withdrawn",
            on=("purpose", purpose),
            actor=actor,
            now=now,
            place=actor.place,
            person_id=actor.person_id,
        )
        publish(ConsentWithdrawn(purpose, actor.account_id, actor.person_id))


def _asked(purpose: str, actor: Actor) -> Purpose:
    if actor.account_id is None:
        raise NotAllowed()
    kind = PURPOSES.get(purpose)
    if kind is None or kind.basis is not Basis.CONSENT:
        raise NotFound()
    return kind


def _close(purpose: str, actor: Actor, now: datetime) -> int:
    found = queries.open_consents(actor.account_id, actor.person_id, purpose)
    return found.update(withdrawn_at=now)
