"""Local talents stand in the public register as they agreed, and take that back at once."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.activities import permits
from linli.activities.clients import envelopes
from linli.activities.clients.envelopes import TALENTS
from linli.activities.engine.telling import TELLER
from linli.activities.engine.wishing import contact_of
from linli.activities.models import LocalTalent, LocalTalentVault
from linli.activities.types.culture import Subject, TalentFacts
from linli.kernel import scope
from linli.kernel.errors import Invalid, NotFound
from linli.kernel.ids import code_typed, public_code
from linli.kernel.permits import PERSONAL, Actor, open_to_all, require
from linli.kernel.texts import clean_text
from linli.places import services as register
from linli.trail.services import record, record_read

if TYPE_CHECKING:
    from linli.places.models import Place


@transaction.atomic
def add_talent(place: Place, facts: TalentFacts, *, actor: Actor, now: datetime) -> LocalTalent:
    """Enter somebody who agreed to be shown; her code takes it back. Refuses with NotAllowed, Ended, Invalid."""
    require(actor, permits.EVENTS, at=place.path, level=PERSONAL)
    register.refuse_ended(place)
    shown, contact = clean_text(facts.shown_name).strip()[:40], clean_text(facts.contact).strip()
    faults: dict[str, list[str]] = {}
    if not shown:
        faults["shown_name"] = [_("Say how they agreed to be called.")]
    if facts.subject not in set(Subject):
        faults["subject"] = [_("Choose one of the list.")]
    if facts.agreed_on > localdate(now):
        faults["agreed_on"] = [_("This day has not come yet.")]
    if not contact or not facts.phone:
        faults["contact"] = [_("Say whom to ask for, and under which number.")]
    if faults:
        raise Invalid(faults)
    made = LocalTalent.objects.create(
        path=place.path, code=public_code(10), subject=facts.subject, shown_name=shown,
        about=clean_text(facts.about).strip()[:300], agreed_on=facts.agreed_on,
    )  # fmt: skip
    with scope.acting(TELLER):
        LocalTalentVault.objects.create(
            talent=made, contact=envelopes.sealed(contact[:40], TALENTS, "contact", made.pk),
            phone=envelopes.sealed(facts.phone, TALENTS, "phone", made.pk),
        )  # fmt: skip
    record("activities.talent_added", on=made, actor=actor, now=now, place=made.path)
    return made


@open_to_all("whoever has the code is the one who agreed; the office asks for its permit")
@transaction.atomic
def revoke_talent(code: str, *, actor: Actor, now: datetime) -> LocalTalent:
    """Take a consent back: name, words, whom to ask for and number are gone at once. Refuses with NotFound."""
    typed = code_typed(code)[:12]
    talent = LocalTalent.objects.select_for_update().filter(code=typed, revoked_at__isnull=True).first()  # fmt: skip
    if talent is None:
        raise NotFound()
    talent.shown_name, talent.about, talent.revoked_at = "", "", now
    talent.save(update_fields=["shown_name", "about", "revoked_at"])
    with scope.acting(TELLER):
        LocalTalentVault.objects.filter(talent=talent).delete()
    record("activities.talent_revoked", on=talent, actor=actor, now=now, place=talent.path)
    return talent


@transaction.atomic
def read_talent(talent: LocalTalent, why: str, *, actor: Actor, now: datetime) -> tuple[str, str]:
    """Return whom to ask for and the number; the look is recorded. Refuses with NotAllowed."""
    require(actor, permits.EVENTS, at=talent.path, level=PERSONAL)
    record_read(on=talent, fields=["contact", "phone"], actor=actor, now=now, reason=why,
                place=talent.path, level=PERSONAL)  # fmt: skip
    return contact_of(talent)
