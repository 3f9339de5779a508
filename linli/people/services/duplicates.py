"""Finding pairs of entries that may be one person, and deciding that they are two."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from linli.kernel import scope, sql
from linli.kernel.permits import Actor, require, system_actor
from linli.people import permits
from linli.people.models import DuplicatePair
from linli.people.queries.scopes import villages_below
from linli.people.rules.joining import SAME_NAME, SAME_PHONE, score
from linli.people.states import PAIR
from linli.trail.services import record

_SAME_NAME = """
INSERT INTO people_duplicatepair
    (path, city_id, town_id, village_id, one_id, other_id, score, reasons, state, found_at,
     decided_by, reason)
SELECT DISTINCT a.path, a.city_id, a.town_id, a.village_id, a.person_id, b.person_id,
       %(score)s, %(reasons)s::jsonb, 'open', %(now)s::timestamptz, '', ''
FROM people_residency AS a
JOIN people_residency AS b
  ON b.village_id = a.village_id AND b.name_key = a.name_key AND b.born_on = a.born_on
 AND b.person_id > a.person_id AND b.until IS NULL AND NOT b.is_shadowed
WHERE a.village_id = ANY(%(villages)s) AND a.until IS NULL AND NOT a.is_shadowed
  AND NOT EXISTS (
    SELECT 1 FROM people_persondocument AS x
    JOIN people_persondocument AS y ON y.person_id = b.person_id AND y.kind = x.kind
    WHERE x.person_id = a.person_id AND x.kind = 'resident_id'
      AND x.until IS NULL AND y.until IS NULL)
ON CONFLICT (one_id, other_id) DO NOTHING
"""
_SAME_CONTACT = """
INSERT INTO people_duplicatepair
    (path, city_id, town_id, village_id, one_id, other_id, score, reasons, state, found_at,
     decided_by, reason)
SELECT DISTINCT a.path, a.city_id, a.town_id, a.village_id, a.person_id, b.person_id,
       %(score)s, %(reasons)s::jsonb, 'open', %(now)s::timestamptz, '', ''
FROM people_residency AS a
JOIN people_residency AS b
  ON b.village_id = a.village_id AND b.born_on = a.born_on AND b.sex = a.sex
 AND b.person_id > a.person_id AND b.until IS NULL AND NOT b.is_shadowed
JOIN people_contact AS c ON c.person_id = a.person_id AND c.until IS NULL
JOIN people_contact AS e ON e.person_id = b.person_id AND e.until IS NULL
 AND e.kind = c.kind AND e.value_index = c.value_index
WHERE a.village_id = ANY(%(villages)s) AND a.until IS NULL AND NOT a.is_shadowed
  AND NOT EXISTS (
    SELECT 1 FROM people_persondocument AS x
    JOIN people_persondocument AS y ON y.person_id = b.person_id AND y.kind = x.kind
    WHERE x.person_id = a.person_id AND x.kind = 'resident_id'
      AND x.until IS NULL AND y.until IS NULL)
ON CONFLICT (one_id, other_id) DO NOTHING
"""
RULES = ((_SAME_NAME, SAME_NAME), (_SAME_CONTACT, SAME_PHONE))
VILLAGES_AT_ONCE = 20


def find_pairs(path: str, *, actor: Actor, now: datetime) -> int:
    """Look for pairs in the villages at or below a path, and return how many are new.

    Refuses with NotAllowed.
    """
    require(actor, permits.MERGE, at=path)
    villages = [node.id for node in villages_below(path)]
    found = 0
    for start in range(0, len(villages), VILLAGES_AT_ONCE):
        with scope.acting(system_actor("people.find_pairs")), transaction.atomic():
            for statement, reason in RULES:
                given = {
                    "villages": villages[start : start + VILLAGES_AT_ONCE],
                    "score": score([reason]),
                    "reasons": f'["{reason}"]',
                    "now": now,
                }
                found += sql.execute("people.find_pairs", statement, given)
    return found


@transaction.atomic
def keep_apart(pair: DuplicatePair, reason: str, *, actor: Actor, now: datetime) -> DuplicatePair:
    """Decide that two entries are two people. Refuses with NotAllowed, WrongState."""
    return _decided(pair, "keep_apart", reason, actor=actor, now=now)


@transaction.atomic
def reopen_pair(pair: DuplicatePair, reason: str, *, actor: Actor, now: datetime) -> DuplicatePair:
    """Look again at two entries that were kept apart. Refuses with NotAllowed, WrongState."""
    return _decided(pair, "reopen", reason, actor=actor, now=now)


def _decided(
    pair: DuplicatePair, move: str, reason: str, *, actor: Actor, now: datetime
) -> DuplicatePair:
    pair = DuplicatePair.objects.select_for_update().get(pk=pair.pk)
    require(actor, permits.MERGE, at=pair.path)
    pair.state = PAIR.after(pair.state, move)
    pair.decided_at, pair.decided_by, pair.reason = now, actor.label, reason.strip()[:500]
    pair.save(update_fields=["state", "decided_at", "decided_by", "reason"])
    record(f"people.pair_{move}", on=pair, actor=actor, now=now, place=pair.path)
    return pair
