"""Cycles that ended with a result, among which call-backs are drawn, and the calls themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from linli.cases import permits
from linli.cases.models import CallBack, Case, Reporter, SampleSeed
from linli.cases.queries.kinds import all_kinds
from linli.cases.queries.public import NEVER_SHOWN
from linli.cases.queries.reading import not_about
from linli.kernel import sql
from linli.kernel.errors import NotFound
from linli.kernel.paging import COUNT_LIMIT, Keyset
from linli.kernel.permits import STAFF, Actor

# a result for the reporter: solved, refused by rule, or beyond what the office can do
RESULTS = ("beyond",)
ENDED = """
SELECT e.case_id, c.uuid::text AS uuid, e.cycle, min(e.at) AS ended_at, c.path
  FROM cases_caseevent e
  JOIN cases_case c ON c.id = e.case_id
  JOIN cases_kindstate s ON s.kind = c.kind AND s.version = c.version AND s.state = e.state
 WHERE e.at >= %s AND e.at < %s AND c.kind = ANY(%s) AND c.level <= %s
   AND NOT c.matter = ANY(%s) AND c.parent_id IS NULL
   AND (s.stage IN ('solved', 'refused') OR e.state = ANY(%s))
   AND NOT EXISTS (SELECT 1 FROM cases_callback k
                    WHERE k.case_id = e.case_id AND k.cycle = e.cycle AND k.is_sample)
 GROUP BY e.case_id, c.uuid, e.cycle, c.path ORDER BY e.case_id, e.cycle
"""
DUE = Keyset("due", ("due_at", "pk"))
NEWEST = Keyset("newest", ("-made_at", "-pk"))


@dataclass(frozen=True, slots=True)
class EndedCycle:
    """A cycle that came to a result, and when it first did in the time asked for."""

    case_id: int
    uuid: str
    cycle: int
    ended_at: datetime
    path: str


def ended_cycles(since: datetime, until: datetime) -> list[EndedCycle]:
    """Return the cycles of reports that came to a result between two moments and are not drawn."""
    kinds = sorted({kind.key for kind in all_kinds() if kind.may_be_released})
    params = [since, until, kinds, STAFF, list(NEVER_SHOWN), list(RESULTS)]
    return sql.rows("cases.ended_cycles", ENDED, params, EndedCycle)


def visible_calls(actor: Actor) -> QuerySet[CallBack]:
    """Calls that are the actor's to make: never of cases that her own post handled.

    How far she may see says which: a bad grade of a petition is called back by who may know of petitions.
    """
    found = CallBack.objects.select_related("case", "case__category")
    if actor.is_system:
        return found
    mine = Q(pk__in=[])
    for grant in actor.grants:
        if grant.permit == permits.CALL_BACK.name and grant.ceiling >= permits.CALL_BACK.level:
            mine |= Q(case__path__startswith=grant.path, case__level__lte=grant.ceiling)
    own = Q(case__lead_post_id__isnull=False, case__lead_post_id__in=sorted(actor.posts))
    parts = Case.objects.filter(parent_id=OuterRef("case_id"), lead_post_id__in=sorted(actor.posts))
    found = found.filter(mine).exclude(own).filter(~Exists(parts))
    return found.filter(not_about(actor, "case__"))


def may_be_called(case_id: int) -> bool:
    """Say whether there is a way to call a reporter: not where she left neither number nor account.

    What offices took over from elsewhere has no reporter here; whoever calls asks where it came from.
    """
    nowhere = Reporter.objects.filter(pk=case_id, phone_masked="", account_id=None, person_id=None)
    return not nowhere.exists()


def handled(actor: Actor, case: Case) -> bool:
    """Say whether one of the actor's posts has the case or a part of it."""
    leads = Case.objects.filter(Q(pk=case.pk) | Q(parent_id=case.pk))
    return leads.filter(lead_post_id__in=sorted(actor.posts)).exists()


def calls_to_make(actor: Actor) -> QuerySet[CallBack]:
    """Calls that wait, those due first."""
    return visible_calls(actor).filter(done_at__isnull=True)


def calls_of(actor: Actor, narrowed: Q = Q(), *, is_done: bool = False) -> QuerySet[CallBack]:
    """Calls that wait, those due first; or those that were made, the newest first."""
    found = visible_calls(actor).filter(narrowed, done_at__isnull=not is_done)
    return found.order_by(*(NEWEST if is_done else DUE).columns)


def get_call(actor: Actor, call_id: int) -> CallBack:
    """Return one call. Refuses with NotFound."""
    found = visible_calls(actor).filter(pk=call_id).first()
    if found is None:
        raise NotFound()
    return found


def count_calls(actor: Actor, on: date) -> int:
    """Return how many calls wait, up to the limit of counting."""
    return calls_to_make(actor)[: COUNT_LIMIT + 1].count()


def seeds(on: date) -> list[tuple[date, str, str]]:
    """Return month, hash and, once the month is over, the seed, newest first."""
    this_month = on.replace(day=1)
    return [
        (
            row.month,
            bytes(row.digest).hex(),
            bytes(row.seed).hex() if row.month < this_month else "",
        )
        for row in SampleSeed.objects.order_by("-month")[:36]
    ]
