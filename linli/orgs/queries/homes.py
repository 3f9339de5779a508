"""Hot reads for the home page of a place: one prepared statement each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from linli.kernel import sql
from linli.kernel.quick import quick

# whose office receives people at a place, nearest first
OFFICES = (
    "villagers_committee", "residents_committee", "township_government", "subdistrict_office",
    "park_administration", "city_government",
)  # fmt: skip
OFFICE = """
SELECT v.name, v.name_en, v.phone, v.hours, v.address
  FROM orgs_organisation o
  JOIN orgs_organisationversion v ON v.organisation_id = o.id
       AND (v.since IS NULL OR v.since <= %s) AND (v.until IS NULL OR v.until > %s)
 WHERE o.path = %s AND o.level = 1 AND o.kind_id = ANY(%s)
   AND (o.closed_on IS NULL OR o.closed_on > %s)
 ORDER BY o.rank, o.id LIMIT 1
"""
WHO = """
SELECT p.id AS post_id, h.holder_name, p.title, p.title_en, p.duties, p.office_phone,
       coalesce(nullif(v.short_name, ''), v.name, '') AS body,
       coalesce(nullif(v.name_en, ''), v.name, '') AS body_en
  FROM orgs_post p
  JOIN orgs_organisation o ON o.id = p.organisation_id
  JOIN orgs_postholding h ON h.post_id = p.id
       AND h.since <= %s AND (h.until IS NULL OR h.until > %s)
  LEFT JOIN orgs_organisationversion v ON v.organisation_id = o.id
       AND (v.since IS NULL OR v.since <= %s) AND (v.until IS NULL OR v.until > %s)
 WHERE p.path = %s AND p.is_public AND p.closed_on IS NULL AND o.level = 1
 ORDER BY o.rank, p.rank, h.since, h.id LIMIT %s
"""
CENTRES = """
SELECT o.code, v.name, v.name_en, v.phone, v.hours, v.address
  FROM orgs_servicearea a
  JOIN orgs_servicecentre c ON c.organisation_id = a.centre_id
  JOIN orgs_organisation o ON o.id = c.organisation_id
  JOIN orgs_organisationversion v ON v.organisation_id = o.id
       AND (v.since IS NULL OR v.since <= %(on)s) AND (v.until IS NULL OR v.until > %(on)s)
 WHERE a.path = %(path)s AND (a.since IS NULL OR a.since <= %(on)s)
   AND (a.until IS NULL OR a.until > %(on)s)
   AND c.opened_on <= %(on)s AND (c.closed_on IS NULL OR c.closed_on > %(on)s)
 ORDER BY v.name, o.id LIMIT 20
"""
MOST_PEOPLE = 12


@quick
@dataclass(frozen=True, slots=True)
class Office:
    """The body that receives people at a place."""

    name: str
    name_en: str
    phone: str
    hours: str
    address: str


@quick
@dataclass(frozen=True, slots=True)
class Who:
    """Somebody in a public post."""

    post_id: int
    holder_name: str
    title: str
    title_en: str
    duties: str
    office_phone: str
    body: str
    body_en: str


@dataclass(frozen=True, slots=True)
class Centre:
    """An open service centre that serves a place."""

    code: str
    name: str
    name_en: str
    phone: str
    hours: str
    address: str


def centres_of(path: str, on: date) -> list[Centre]:
    """Return the open service centres in whose area a village lies on a day."""
    return sql.rows("orgs.centres", CENTRES, {"path": path, "on": on}, Centre)


def office_of(path: str, on: date) -> Office | None:
    """Return the office of a place on a day, or None."""
    found = ask_office(path, on).rows()
    return found[0] if found else None


def ask_office(path: str, on: date) -> sql.Asked[Office]:
    """Begin to read the office of a place on a day: one row, or none."""
    return sql.ask("orgs.office", OFFICE, [on, on, path, list(OFFICES), on], Office)


def who_is_who(path: str, on: date) -> list[Who]:
    """Return who holds the public posts of a place on a day; vacant posts are left out."""
    return ask_who(path, on).rows()


def ask_who(path: str, on: date) -> sql.Asked[Who]:
    """Begin to read who holds the public posts of a place on a day."""
    return sql.ask("orgs.who", WHO, [on, on, on, on, path, MOST_PEOPLE], Who)
