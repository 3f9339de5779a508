"""Groups of a place are entered with their consent, corrected, and end."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.activities import permits
from linli.activities.clients import envelopes
from linli.activities.clients.envelopes import GROUPS
from linli.activities.engine.telling import TELLER
from linli.activities.models import Group, GroupVault
from linli.activities.types.rounds import GroupFacts, GroupKind
from linli.activities.types.venues import MOST_PEOPLE
from linli.kernel import scope
from linli.kernel.errors import Invalid, Stale, WrongState
from linli.kernel.ids import public_code
from linli.kernel.permits import PERSONAL, Actor, require
from linli.kernel.texts import clean_text
from linli.places import services as register
from linli.trail.services import record, record_read

if TYPE_CHECKING:
    from linli.places.models import Place


@transaction.atomic
def add_group(place: Place, facts: GroupFacts, *, actor: Actor, now: datetime) -> Group:
    """Enter a group; it gets a code by which it takes part in rounds. Refuses with NotAllowed, Ended, Invalid."""
    require(actor, permits.VENUES, at=place.path)
    register.refuse_ended(place)
    group = Group.objects.create(
        path=place.path, code=public_code(10), since=localdate(now), **_tidy(facts, now)
    )
    _seal(group, facts)
    record("activities.group_added", on=group, actor=actor, now=now, place=group.path)
    return group


@transaction.atomic
def change_group(
    group: Group, facts: GroupFacts, *, edition: int | None = None, actor: Actor, now: datetime
) -> Group:
    """Correct a group; a consent that was taken back takes it out of the register at once.

    Refuses with NotAllowed, WrongState, Stale, Invalid.
    """
    group = _held(group, edition)
    require(actor, permits.VENUES, at=group.path)
    for column, value in _tidy(facts, now).items():
        setattr(group, column, value)
    group.edition += 1
    group.save()
    with scope.acting(TELLER):
        GroupVault.objects.filter(group=group).delete()
    _seal(group, facts)
    record("activities.group_changed", on=group, actor=actor, now=now, place=group.path)
    return group


@transaction.atomic
def end_group(group: Group, *, edition: int | None = None, actor: Actor, now: datetime) -> Group:
    """Let a group end; whom to ask is forgotten at once. Refuses with NotAllowed, WrongState, Stale."""
    group = _held(group, edition)
    require(actor, permits.VENUES, at=group.path)
    group.ended_on, group.is_shown, group.edition = localdate(now), False, group.edition + 1
    group.save(update_fields=["ended_on", "is_shown", "edition"])
    with scope.acting(TELLER):
        GroupVault.objects.filter(group=group).delete()
    record("activities.group_ended", on=group, actor=actor, now=now, place=group.path)
    return group


@transaction.atomic
def read_group(group: Group, why: str, *, actor: Actor, now: datetime) -> tuple[str, str]:
    """Return whom to ask for and the number; the look and its reason are recorded. Refuses with NotAllowed."""
    require(actor, permits.VENUES, at=group.path)
    record_read(on=group, fields=["contact", "phone"], actor=actor, now=now, reason=why,
                place=group.path, level=PERSONAL)  # fmt: skip
    with scope.acting(TELLER):
        vault = GroupVault.objects.filter(group=group).first()
    if vault is None:
        return "", ""
    return (
        envelopes.opened(vault.contact, GROUPS, "contact", group.pk),
        envelopes.opened(vault.phone, GROUPS, "phone", group.pk),
    )


def _held(group: Group, edition: int | None) -> Group:
    group = Group.objects.select_for_update().get(pk=group.pk)
    if group.ended_on is not None:
        raise WrongState(move="change", state="ended")
    if edition is not None and edition != group.edition:
        raise Stale()
    return group


def _seal(group: Group, facts: GroupFacts) -> None:
    with scope.acting(TELLER):
        GroupVault.objects.create(
            group=group,
            contact=envelopes.sealed(clean_text(facts.contact).strip()[:40], GROUPS, "contact", group.pk),
            phone=envelopes.sealed(facts.phone, GROUPS, "phone", group.pk),
        )  # fmt: skip


def _tidy(facts: GroupFacts, now: datetime) -> dict[str, Any]:
    name, about = clean_text(facts.name).strip(), clean_text(facts.about).strip()
    faults: dict[str, list[str]] = {}
    if not name:
        faults["name"] = [_("Say what it is called.")]
    if facts.kind not in {str(one) for one in GroupKind}:
        faults["kind"] = [_("Choose one of the list.")]
    if not 1 <= facts.people <= MOST_PEOPLE:
        faults["people"] = [
            _("Give a number from %(least)s to %(most)s.") % {"least": 1, "most": MOST_PEOPLE}
        ]
    if not clean_text(facts.contact).strip() or not facts.phone:
        faults["contact"] = [_("Say whom to ask for, and under which number.")]
    if facts.is_shown and facts.agreed_on is None:
        faults["agreed_on"] = [_("Say on which day the group agreed to be shown.")]
    elif facts.agreed_on is not None and facts.agreed_on > localdate(now):
        faults["agreed_on"] = [_("This day has not come yet.")]
    if faults:
        raise Invalid(faults)
    return {
        "kind": facts.kind, "name": name[:60], "about": about[:500], "people": facts.people,
        "is_shown": facts.is_shown, "agreed_on": facts.agreed_on,
    }  # fmt: skip
