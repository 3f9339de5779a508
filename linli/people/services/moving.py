"""A village hangs elsewhere, or goes into another: heads follow, in one statement a table."""

from __future__ import annotations

from django.db import transaction

from linli.kernel import scope, sql
from linli.kernel.permits import Actor, require
from linli.people import permits
from linli.people.queries.scopes import Node, held, node_of_id, villages_below
from linli.places import queries as places

HEADS = (
    "people_residency", "people_dwelling", "people_household", "people_roll", "people_duplicatepair",
)  # fmt: skip
_FOLLOW = """
UPDATE {table} SET path = %s, city_id = %s, town_id = %s WHERE village_id = %s AND path <> %s
"""
_TERMS_FOLLOW = """
UPDATE people_nameterm SET city_id = %s, town_id = %s
WHERE village_id = %s AND (city_id, town_id) <> (%s, %s)
"""
_MOVE = "UPDATE {table} SET path = %s, city_id = %s, town_id = %s, village_id = %s WHERE village_id = %s"
_TERMS_MOVE = """
INSERT INTO people_nameterm (term, city_id, town_id, village_id, person_id)
SELECT term, %s::int8, %s::int8, %s::int8, person_id FROM people_nameterm WHERE village_id = %s
ON CONFLICT (village_id, term, person_id) DO NOTHING
"""
_TERMS_FORGET = "DELETE FROM people_nameterm WHERE village_id = %s"
# what may be there only once in a village, and how the one that comes keeps its place
_MAKE_ROOM = (
    """
UPDATE people_residency AS a SET is_shadowed = true FROM people_residency AS b
WHERE a.village_id = %(old)s AND b.village_id = %(new)s AND b.person_id = a.person_id
  AND a.until IS NULL AND b.until IS NULL AND NOT a.is_shadowed AND NOT b.is_shadowed
""",
    """
UPDATE people_household AS a SET number = left(a.number, 27) || '-' || %(code)s
FROM people_household AS b
WHERE a.village_id = %(old)s AND b.village_id = %(new)s AND b.number = a.number
  AND a.until IS NULL AND b.until IS NULL
""",
    """
UPDATE people_dwelling AS a
SET address = left(%(name)s || a.address, 200), address_key = left(%(name)s || a.address_key, 200)
FROM people_dwelling AS b
WHERE a.village_id = %(old)s AND b.village_id = %(new)s AND b.address_key = a.address_key
""",
    """
UPDATE people_roll AS a SET name = left(%(name)s || a.name, 200) FROM people_roll AS b
WHERE a.village_id = %(old)s AND b.village_id = %(new)s AND b.kind = a.kind AND b.name = a.name
  AND a.closed_on IS NULL AND b.closed_on IS NULL
""",
)


def follow_places(path: str, *, actor: Actor) -> int:
    """Bring path, town and city of everything below a place up to date; safe to run again.

    Refuses with NotAllowed.
    """
    require(actor, permits.EDIT, at=path)
    held.forget()
    moved = 0
    for node in villages_below(path):
        with scope.acting(actor), transaction.atomic():
            moved += _follow(node)
    return moved


def _follow(node: Node) -> int:
    moved = 0
    for table in HEADS:
        where = [node.path, node.city_id, node.town_id, node.id, node.path]
        count = sql.execute("people.follow", _FOLLOW.format(table=table), where)
        moved += count if table == "people_residency" else 0
    ids = [node.city_id, node.town_id]
    sql.execute("people.follow_terms", _TERMS_FOLLOW, [*ids, node.id, *ids])
    return moved


@transaction.atomic
def merge_village(old_id: int, new_id: int, *, actor: Actor) -> int:
    """Re-point what hangs on a village to the one that it went into; return how many residencies.

    Refuses with NotAllowed.
    """
    held.forget()
    # the one that went is no node of today any more
    old, new = places.place_of_id(old_id), node_of_id(new_id)
    assert new is not None and new.town_id is not None, "people live in villages"
    require(actor, permits.EDIT, at=new.path)
    names = {"code": old.code[-12:], "name": old.short_name or old.name}
    moved = 0
    with scope.acting(actor):
        for statement in _MAKE_ROOM:
            sql.execute("people.make_room", statement, {"old": old_id, "new": new_id, **names})
        for table in HEADS:
            where = [new.path, new.city_id, new.town_id, new.id, old_id]
            count = sql.execute("people.merge_village", _MOVE.format(table=table), where)
            moved += count if table == "people_residency" else 0
        sql.execute("people.move_terms", _TERMS_MOVE, [new.city_id, new.town_id, new.id, old_id])
        sql.execute("people.forget_terms", _TERMS_FORGET, [old_id])
    return moved
