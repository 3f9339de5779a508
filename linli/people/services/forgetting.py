"""What the register forgets: a person, when the law says so."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import islice

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q

from linli.kernel import scope, sql
from linli.kernel.errors import Invalid
from linli.kernel.events import publish
from linli.kernel.permits import VAULT, Actor, open_to_all, require, system_actor
from linli.kernel.sealing import erasures
from linli.people import permits
from linli.people.errors import LivesHereStill
from linli.people.events import PersonErased
from linli.people.models import DuplicatePair, Person, PersonKey, Residency, RollEntry
from linli.people.queries import gone
from linli.people.queries.persons import ids_of_one, place_for
from linli.people.types import Fault
from linli.people.types.titles import fields_of
from linli.trail.services import record

KEEP_REFUSED, MOST_A_STEP = timedelta(days=30), 200
_VAULT = ("people_persondocument", "people_contact", "people_personkey")
# the service may draw numbers but not set them
_USE_UP = """
SELECT max(nextval('people_person_id_seq')) FROM generate_series(1, (
    SELECT greatest(0, %s - last_value) FROM people_person_id_seq))
"""
_TERMS = "DELETE FROM people_nameterm WHERE village_id = ANY(%s) AND person_id = %s"


@transaction.atomic
def erase_person(person: Person, basis: str, *, actor: Actor, now: datetime) -> Person:
    """Erase somebody who has left, by a request or an order; numbers that count people stay right.

    Documents, contacts and key are gone, what was sealed under the key with them; the name is
    blank. Entries that were joined are one person and go together. Refuses with NotAllowed,
    Invalid, LivesHereStill. Basis: PIPL art. 47.
    """
    place = place_for(actor, permits.ERASE, person.pk)
    require(actor, permits.ERASE, at=place, level=VAULT)
    if not basis.strip():
        raise Invalid(fields_of([Fault("basis", "value_missing")]))
    entries = _locked(person.pk)
    person.refresh_from_db()
    lives = Residency.objects.filter(person__in=entries, is_shadowed=False)
    if lives.filter(until__isnull=True).exists():
        raise LivesHereStill(name=person.name)
    for entry in entries:
        _erase(entry, now)
        record("people.erased", on=entry, actor=actor, now=now, place=place, person_id=entry.pk,
               basis=basis.strip()[:200])  # fmt: skip
        publish(PersonErased(entry.pk))
    gone = [(entry.pk, now) for entry in entries]
    transaction.on_commit(lambda: erasures.note(settings.LINLI_HOME, gone))
    person.refresh_from_db()
    return person


@open_to_all("the retention job is the system")
def forget_gone(*, actor: Actor, now: datetime, limit: int) -> int:
    """Forget the next persons whose term is over, inside the caller's transaction; return how many."""
    assert actor.is_system, "retention runs as a job"
    forgotten: list[int] = []
    for person_id in islice(gone.over(now), min(limit, MOST_A_STEP)):
        for entry in _locked(person_id):
            place = place_for(actor, permits.ERASE, entry.pk)
            _erase(entry, now)
            record("people.erased", on=entry, actor=actor, now=now, place=place,
                   person_id=entry.pk, basis="retention")  # fmt: skip
            publish(PersonErased(entry.pk))
            forgotten.append(entry.pk)
    if forgotten:
        noted = [(pk, now) for pk in forgotten]
        transaction.on_commit(lambda: erasures.note(settings.LINLI_HOME, noted))
    return len(forgotten)


@open_to_all("called by a restore alone")
@transaction.atomic
def erase_again(erased: Iterable[int], *, actor: Actor, now: datetime) -> int:
    """Erase in a restored backup whom it still knows of those erased since; return how many.

    Numbers up to the last erased one are used up, so that no newcomer is taken for one of them.
    """
    assert actor.is_system, "a restore is the system"
    wanted = sorted(erased)
    sealed = PersonKey.objects.filter(person_id__in=wanted).values("person_id")
    again = Person.objects.select_for_update().filter(pk__in=wanted)
    count = 0
    for person in again.filter(~Q(name="") | Q(pk__in=sealed)).order_by("pk"):
        _erase(person, now)
        record("people.erased", on=person, actor=actor, now=now, person_id=person.pk,
               place=place_for(actor, permits.ERASE, person.pk), basis="restore")  # fmt: skip
        publish(PersonErased(person.pk))
        count += 1
    if wanted:
        sql.execute("people.use_up", _USE_UP, [wanted[-1]])
    return count


def _locked(person_id: int) -> list[Person]:
    """Lock the entries of one person; pairs first, as those do who join and part them."""
    pairs = DuplicatePair.objects.select_for_update().filter(_pairs_of(*ids_of_one(person_id)))
    list(pairs.order_by("pk").values_list("pk"))
    entries = Person.objects.select_for_update().filter(pk__in=ids_of_one(person_id))
    return list(entries.order_by("pk"))


def _pairs_of(*persons: int) -> Q:
    return Q(one_id__in=persons) | Q(other_id__in=persons)


def _erase(person: Person, now: datetime) -> None:
    lives = Residency.objects.filter(person=person)
    villages = list(lives.values_list("village_id", flat=True))
    with scope.acting(system_actor("people.erase")):
        _delete_vault(person.pk)
        sql.execute("people.erase_terms", _TERMS, [villages, person.pk])
        # the undoing of a joining keeps the names that it would write back
        DuplicatePair.objects.filter(_pairs_of(person.pk)).update(undo=None, reason="")
        RollEntry.objects.filter(person=person).update(name_key="", evidence="", ended_because="")
        lives.update(name_key="", employer="", group="", dwelling=None, ended_because="")
        Person.objects.filter(pk=person.pk).update(
            name="", other_name="", version=F("version") + 1, changed_at=now
        )


def _delete_vault(person_id: int) -> None:
    """Delete as the role that may; the service's own role cannot delete from the vault."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE linli_retention")
        for table in _VAULT:
            cursor.execute(f"DELETE FROM {table} WHERE person_id = %s", [person_id])  # noqa: S608 - names of ours
        cursor.execute("RESET ROLE")
