"""Reads on Party organisations of tasks 1 to 3. Level 6: who lacks the permit finds nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q

from linli.kernel import sql
from linli.kernel.errors import NotFound
from linli.kernel.numbers import Threshold
from linli.kernel.permits import PROTECTED, PUBLIC, Actor
from linli.orgs.models import Organisation, PartyCount, PartyManagement
from linli.orgs.queries.register import bodies_at, get_organisation, must_see
from linli.orgs.rules.party import Sizes
from linli.orgs.types import PartyForm, PartyType
from linli.rulebook import queries as rulebook
from linli.rulebook.types import Snapshot

SIZE_KEYS = (
    "party.branch_min", "party.committee_min", "party.joint_branch_units_max",
    "party.general_branch", "party.party_committee", "plan.party.general_branch",
    "plan.party.committee", "plan.party.near_tolerance", "plan.party.many_orgs.committee",
    "plan.party.many_orgs.general_branch", "plan.party.non_local_min",
)  # fmt: skip

WORKING_COMMITTEE = "party_working_committee"
REGISTER = """
SELECT o.id, o.code, coalesce(v.name, o.code) AS name, o.path, o.kind_id AS kind, p.party_type,
       p.form, p.units, p.has_committee, p.secretary_post_id,
       (SELECT m.kind FROM orgs_partymanagement m WHERE m.organisation_id = o.id
           AND (m.since IS NULL OR m.since <= q.day) AND (m.until IS NULL OR m.until > q.day)
       ) AS management,
       (SELECT e.parent_id FROM orgs_orgedge e WHERE e.child_id = o.id AND e.hierarchy = 'party'
           AND (e.since IS NULL OR e.since <= q.day) AND (e.until IS NULL OR e.until > q.day)
       ) AS parent_id,
       formal.number AS formal, probationary.number AS probationary,
       formal.counted_on AS counted_on
  FROM (SELECT %s::text COLLATE "C" AS path, %s::date AS day) q
 CROSS JOIN orgs_partyorganisation p
  JOIN orgs_organisation o ON o.id = p.organisation_id
  LEFT JOIN orgs_organisationversion v ON v.organisation_id = o.id
       AND (v.since IS NULL OR v.since <= q.day) AND (v.until IS NULL OR v.until > q.day)
  LEFT JOIN LATERAL (SELECT c.number, c.counted_on FROM orgs_partycount c
       WHERE c.organisation_id = o.id AND c.kind = 'formal' AND c.counted_on <= q.day
       ORDER BY c.counted_on DESC, c.id DESC LIMIT 1) formal ON true
  LEFT JOIN LATERAL (SELECT c.number FROM orgs_partycount c
       WHERE c.organisation_id = o.id AND c.kind = 'probationary' AND c.counted_on <= q.day
       ORDER BY c.counted_on DESC, c.id DESC LIMIT 1) probationary ON true
 WHERE o.path >= q.path AND o.path < q.path || '~'
   AND (o.opened_on IS NULL OR o.opened_on <= q.day)
   AND (o.closed_on IS NULL OR o.closed_on > q.day)
 ORDER BY o.path, o.rank, o.id
"""


@dataclass(frozen=True, slots=True)
class PartyRow:
    """One Party organisation with its latest numbers; None means that nobody counted yet."""

    id: int
    code: str
    name: str
    path: str
    kind: str
    party_type: str
    form: str
    units: int
    has_committee: bool
    secretary_post_id: int | None
    management: str | None
    parent_id: int | None
    formal: int | None
    probationary: int | None
    counted_on: date | None

    @property
    def members(self) -> int | None:
        """Return formal and probationary members together; unknown if formal ones are."""
        return None if self.formal is None else self.formal + (self.probationary or 0)


def party_register(actor: Actor, path: str, *, on: date) -> list[PartyRow]:
    """Return the Party organisations at a place and below. Refuses with NotFound."""
    must_see(actor, path)
    return rows_below(path, on)


def rows_below(path: str, on: date) -> list[PartyRow]:
    """Return the Party organisations below a path, for those who already asked for the permit."""
    return sql.rows("orgs.party", REGISTER, [path, on], PartyRow)


@dataclass(slots=True)
class VillageSums:
    """What the 两新 organisations of one village come to."""

    path: str
    organisations: int = 0
    members: int = 0
    has_general_branch: bool = False
    has_committee: bool = False
    uncounted: list[str] = field(default_factory=list)


def new_type_sums(rows: list[PartyRow]) -> dict[str, VillageSums]:
    """Add up branches of the new type by village; what stands above them is not counted twice."""
    found: dict[str, VillageSums] = {}
    for row in rows:
        if row.party_type != PartyType.NEW_TYPE:
            continue
        sums = found.setdefault(row.path, VillageSums(row.path))
        if row.form == PartyForm.COMMITTEE:
            sums.has_committee = True
        elif row.form == PartyForm.GENERAL_BRANCH:
            sums.has_general_branch = True
        else:
            sums.organisations += 1
            sums.members += row.members or 0
            if row.members is None:
                sums.uncounted.append(row.code)
    return found


def sizes_at(path: str, on: date) -> tuple[Sizes, Snapshot]:
    """Return the numbers in force at a place, and what to freeze with a decision."""
    values = {key: rulebook.lookup(key, path, on) for key in SIZE_KEYS}
    near = values["plan.party.near_tolerance"].number
    many = {
        form: value.number if (value := values[f"plan.party.many_orgs.{form}"]).value is not None
        else None
        for form in ("committee", "general_branch")
    }  # fmt: skip
    sizes = Sizes(
        branch_min=values["party.branch_min"].number,
        committee_min=values["party.committee_min"].number,
        joint_units_max=values["party.joint_branch_units_max"].number,
        general_branch=values["party.general_branch"].share,
        party_committee=values["party.party_committee"].share,
        new_type_general_branch=Threshold(values["plan.party.general_branch"].share, near),
        new_type_committee=Threshold(values["plan.party.committee"].share, near),
        many=many["committee"],
        relatively_many=many["general_branch"],
        non_local_min=values["plan.party.non_local_min"].number,
    )
    return sizes, rulebook.freeze(*values.values())


def working_committee(actor: Actor, path: str, *, on: date) -> Any:
    """The working committee of a village, or None."""
    return next(iter(bodies_at(actor, path, on=on, kind=WORKING_COMMITTEE)), None)


def possible_parents(actor: Actor, path: str, *, on: date) -> list[Any]:
    """The working committee of a village and the Party organisations that stand in it."""
    found = bodies_at(actor, path, on=on, family="party")
    return [o for o in found if o.level > PUBLIC or o.kind_id == WORKING_COMMITTEE]


def get_party_organisation(actor: Actor, code: str, *, on: date) -> Any:
    """Return a Party organisation that the actor may see. Refuses with NotFound."""
    found = get_organisation(actor, code, on=on)
    must_be_party(found)
    return found


def row_of(organisation: Organisation, on: date) -> PartyRow:
    """Return what is on record of a Party organisation that the actor may see. Refuses with NotFound."""
    row = next((r for r in rows_below(organisation.path, on) if r.id == organisation.pk), None)
    if row is None:
        raise NotFound(code=organisation.code)
    return row


def must_be_party(organisation: Organisation) -> None:
    """Refuse with NotFound unless this is a Party organisation of level 6."""
    if organisation.level < PROTECTED:
        raise NotFound(code=organisation.code)


def counts_of(actor: Actor, organisation: Organisation) -> list[PartyCount]:
    """Return all numbers of a Party organisation, the latest first. Refuses with NotFound."""
    must_see(actor, organisation.path)
    found = PartyCount.objects.filter(organisation=organisation)
    return list(found.order_by("-counted_on", "kind", "-pk"))


def managed_by(actor: Actor, organisation: Organisation, *, on: date) -> list[PartyManagement]:
    """Party organisations that a working committee manages or co-manages on a day (PO-07).

    Refuses with NotFound.
    """
    must_see(actor, organisation.path)
    return list(
        PartyManagement.objects.filter(
            Q(since__isnull=True) | Q(since__lte=on),
            Q(until__isnull=True) | Q(until__gt=on),
            by=organisation,
        ).order_by("kind", "pk")
    )
