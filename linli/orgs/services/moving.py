"""Heads follow when places move or merge: paths and ids are derived anew from what they hang on."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction
from django.utils.timezone import localdate

from linli.kernel.locks import hold
from linli.kernel.permits import Actor, open_to_all
from linli.orgs.models import Organisation
from linli.orgs.models.coming_together import (
    carry_areas,
    carry_duties,
    carry_proposals,
    carry_spots,
)
from linli.places import queries as places
from linli.trail.services import record

IDS = "city_id = coalesce(p.city_id, p.id), town_id = p.town_id, village_id = p.village_id"
# table, what it sets, from which row, joined how: in the order in which they hang on each other
FOLLOW = (
    ("orgs_organisation", f"path = p.path, {IDS}", "places_place p", "p.id = t.place_id"),
    ("orgs_coveragespot", f"path = p.path, {IDS}", "places_place p", "p.id = t.place_id"),
    ("orgs_setupproposal", f"path = p.path, {IDS}", "places_place p", "p.id = t.place_id"),
    ("orgs_servicearea", "path = p.path", "places_place p", "p.id = t.place_id"),
    ("orgs_nonlocalduty", "path = p.path", "places_place p", "p.id = t.place_id"),
    ("orgs_pairing", "one_path = p.path", "places_place p", "p.id = t.one_id"),
    ("orgs_pairing", "other_path = p.path", "places_place p", "p.id = t.other_id"),
    ("orgs_post", "path = p.path", "orgs_organisation p", "p.id = t.organisation_id"),
    *(
        (
            table,
            "path = p.path, city_id = p.city_id, town_id = p.town_id, village_id = p.village_id",
            source,
            join,
        )
        for table, source, join in (
            (
                "orgs_postholding",
                "(SELECT o.*, q.id AS post FROM orgs_post q "
                "JOIN orgs_organisation o ON o.id = q.organisation_id) p",
                "p.post = t.post_id",
            ),
            ("orgs_certificate", "orgs_organisation p", "p.id = t.organisation_id"),
            ("orgs_traininghours", "orgs_organisation p", "p.id = t.organisation_id"),
            ("orgs_jointmeeting", "orgs_organisation p", "p.id = t.organisation_id"),
        )
    ),
    ("orgs_handover", "path = p.path", "orgs_postholding p", "p.id = t.holding_id"),
)


@open_to_all("follows a change of places, whose own service asked for the permit")
@transaction.atomic
def follow_places(*, actor: Actor, now: datetime) -> int:
    """Bring every head to where its place is now. Run again, it changes nothing."""
    hold("orgs.moving")
    changed = 0
    with connection.cursor() as cursor:
        for table, sets, source, join in FOLLOW:
            first = sets.split(" = ", 1)[0]
            cursor.execute(
                f"UPDATE {table} t SET {sets} FROM {source} "  # noqa: S608  constants only
                f"WHERE {join} AND t.{first} <> p.path"
            )
            changed += cursor.rowcount
    if changed:
        record("orgs.followed_places", on=("orgs.heads", 0), actor=actor, now=now, rows=changed)
    return changed


@open_to_all("called inside a merge of places, whose own service asked for the permit")
@transaction.atomic
def rehouse(old_place_id: int, new_place_id: int, *, actor: Actor, now: datetime) -> int:
    """Point everything that sits at one place to another; what hangs on it follows.

    Where two places go into one, what both had is one thing from the day on.
    """
    old, new = places.place_of_id(old_place_id), places.place_of_id(new_place_id)
    day = old.valid_to or localdate(now)
    moved = Organisation.objects.filter(place=old).update(place=new)
    moved += carry_areas(old, new, day) + carry_duties(old, new, day)
    moved += carry_spots(old, new) + carry_proposals(old, new, day)
    follow_places(actor=actor, now=now)
    return moved
