"""Cycles that ended with a result, among which call-backs are drawn, and the calls themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from linli.cases import permits
from linli.cases.models import CallBack, Case, Reporter, SampleSeed
from linli.cases.queries.handling import worked_on
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
SELECT e.case_id, c.uuid::text AS uuid, e.cycle, e.at AS ended_at, c.path
  FROM cases_caseevent e
  JOIN cases_case c ON c.id = e.case_id
  JOIN cases_kindstate s ON s.kind = c.kind AND s.version = c.version AND s.state = e.state
 WHERE e.at >= %(since)s AND e.at < %(until)s AND c.kind = ANY(%(kinds)s) AND c.level <= %(level)s
   AND NOT c.matter = ANY(%(never)s) AND c.parent_id IS NULL
   AND (s.stage IN ('solved', 'refused') OR e.state = ANY(%(results)s))
   -- whoever took hers back while it went on for others is asked nothing
   AND NOT EXISTS (SELECT 1 FROM cases_caseevent o
                    WHERE o.case_id = e.case_id AND o.move = 'step_out')
   -- the step that brought the result, not what was said of it afterwards
   AND NOT EXISTS (
       SELECT 1 FROM cases_caseevent b
         JOIN cases_kindstate t ON t.kind = c.kind AND t.version = c.version AND t.state = b.state
        WHERE b.case_id = e.case_id AND b.cycle = e.cycle AND b.seq < e.seq
          AND (t.stage IN ('solved', 'refused') OR b.state = ANY(%(results)s)))
   AND NOT EXISTS (SELECT 1 FROM cases_callback k
                    WHERE k.case_id = e.case_id AND k.cycle = e.cycle AND k.is_sample)
 ORDER BY e.case_id, e.cycle
"""
DUE = Keyset("due", ("due_at", "pk"))
NEWEST = Keyset("newest", ("-made_at", "-pk"))


@dataclass(frozen=True, slots=True)
class EndedCycle:
    """A cycle that came to a result, and when it first did."""

    case_id: int
    uuid: str
    cycle: int
    ended_at: datetime
    path: str


def ended_cycles(since: datetime, until: datetime) -> list[EndedCycle]:
    """Return the cycles of reports that came to a result between two moments and are not drawn."""
    kinds = sorted({kind.key for kind in all_kinds() if kind.may_be_released})
    params = {
        "since": since, "until": until, "kinds": kinds, "level": STAFF,
        "never": list(NEVER_SHOWN), "results": list(RESULTS),
    }  # fmt: skip
    return sql.rows("cases.ended_cycles", ENDED, params, EndedCycle)


def visible_calls(actor: Actor) -> QuerySet[CallBack]:
    """Calls that are the actor's to make: never of cases that she or her post handled, in whichever round.

    How far she may see says which: a bad grade of a petition is called back by who may know of petitions.
    """
    found = CallBack.objects.select_related("case", "case__category", "by_case")
    if actor.is_system:
        return found
    mine = Q(pk__in=[])
    for grant in actor.grants:
        if grant.permit == permits.CALL_BACK.name and grant.ceiling >= permits.CALL_BACK.level:
            mine |= Q(case__path__startswith=grant.path, case__level__lte=grant.ceiling)
    apart = ~worked_on(actor) & (Q(by_case=None) | ~worked_on(actor, "by_case_id"))
    return found.filter(mine & apart & not_about(actor, "case__"))


def may_be_called(case_id: int) -> bool:
    """Say whether there is a way to call a reporter: not where she left neither number nor account.

    What offices took over from elsewhere has no reporter here; whoever calls asks where it came from.
    """
    nowhere = Reporter.objects.filter(pk=case_id, phone_masked="", account_id=None, person_id=None)
    return not nowhere.exists()


def handled(actor: Actor, case: Case) -> bool:
    """Say whether the actor or one of her posts has or had the case or a part of it."""
    return Case.objects.filter(worked_on(actor, "pk"), pk=case.pk).exists()


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
