"""What became of cases, for the office that sent them: outcome, words of the answer, times."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from linli.cases.models import Case
from linli.cases.queries.kinds import state_of
from linli.cases.queries.reading import not_about, visible_cases
from linli.cases.queries.telling import post_names
from linli.cases.queries.whole_words import gives_words, is_for_her_too
from linli.cases.queries.wholes import reads_from, wholes_of
from linli.cases.types.kinds import Stage
from linli.kernel import sql
from linli.kernel.permits import Actor

STEPS = """
SELECT e.case_id, e.seq, e.move, e.at, e.cycle, w.said ->> 'text', w.shown
  FROM cases_caseevent e
  LEFT JOIN cases_publicwords w ON w.event_id = e.id AND NOT w.is_by_reporter
 WHERE e.case_id = ANY(%s) AND e.move = ANY(%s) ORDER BY e.case_id, e.seq
"""
# moves of a report by which it comes to where it stands
OUTCOMES = (
    "answer",
    "finish",
    "refuse",
    "beyond",
    "refer",
    "keep_closed",
    "agree",
    "withdraw",
    "merge",
    "lapse",
)


class Outcome(StrEnum):
    """What became of a case, as its sender counts it."""

    IN_PROGRESS = "in_progress"
    ANSWERED = "answered"
    DONE = "done"
    REFUSED = "refused"
    REFERRED = "referred"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Result:
    """Where a case stands for its sender; `seq` is the step that brought it there, 0 while at work."""

    case_id: int
    number: str
    path: str
    outcome: Outcome
    state: str
    cycle: int
    seq: int
    words: str
    handler: str
    opened_at: datetime
    accepted_at: datetime | None
    answered_at: datetime | None
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class _Step:
    seq: int
    move: str
    at: datetime
    cycle: int
    words: str | None
    # as everybody reads them, once they are released
    shown: str | None


@dataclass(frozen=True, slots=True)
class _Tale:
    """A case, the one that stands for it with its steps, and since when it is tied to that one."""

    case: Case
    stands: Case
    steps: Sequence[_Step]
    since: datetime | None

    @property
    def is_told(self) -> bool:
        return self.stands is self.case or gives_words(self.stands)

    def words_of(self, step: _Step) -> str:
        is_hers = self.stands is self.case or is_for_her_too(self.since, step.at)
        return (step.words if is_hers else step.shown) or ""


def results_of(actor: Actor, case_ids: Sequence[int]) -> dict[int, Result]:
    """Return what became of cases, as far as the actor may see them; at most six queries.

    What is the same as another has the result of that one, with the words that were written to it
    too or that everybody reads. Of a case about herself she is told nothing.
    """
    cases = list(visible_cases(actor).filter(pk__in=list(case_ids)))
    stands = _standing(actor, cases)
    cases = [case for case in cases if case.pk in stands]
    steps: dict[int, list[_Step]] = defaultdict(list)
    wanted = [sorted({one.pk for one in stands.values()}), ["accept", *OUTCOMES]]
    for case_id, *rest in sql.tuples("cases.results", STEPS, wanted):
        steps[case_id].append(_Step(*rest))
    names = post_names(one.lead_post_id for one in stands.values())
    since = reads_from({case.pk: stands[case.pk].pk for case in cases if case.merged_into_id})
    tales = (
        _Tale(case, stands[case.pk], steps[stands[case.pk].pk], since.get(case.pk))
        for case in cases
    )
    return {tale.case.pk: _result(tale, names) for tale in tales}


def _standing(actor: Actor, cases: Sequence[Case]) -> dict[int, Case]:
    """Return by case the one by which it is said what became of it: itself, or what it is the same as."""
    wholes = wholes_of(cases)
    found = Case.objects.filter(not_about(actor)).in_bulk(set(wholes.values())) if wholes else {}
    return {
        case.pk: found[wholes[case.pk]] if case.pk in wholes else case
        for case in cases
        if case.pk not in wholes or wholes[case.pk] in found
    }


def outcome_of(stage: str, state: str) -> Outcome:
    """Return what a stage means to whoever sent the case; answered is not done."""
    if state == "referred":
        return Outcome.REFERRED
    return {
        Stage.OPEN: Outcome.IN_PROGRESS,
        Stage.ANSWERED: Outcome.ANSWERED,
        Stage.SOLVED: Outcome.DONE,
        Stage.REFUSED: Outcome.REFUSED,
        Stage.ENDED: Outcome.ENDED,
    }[Stage(stage)]


def _result(tale: _Tale, names: dict[int, str]) -> Result:
    case, stands, steps = tale.case, tale.stands, tale.steps
    outcome = outcome_of(stands.stage, stands.state)
    own = [step for step in steps if step.cycle == stands.cycle]
    ends = [] if outcome is Outcome.IN_PROGRESS else [one for one in own if one.move != "accept"]
    said = [one for one in ends if one.words and tale.is_told]
    return Result(
        case_id=case.pk,
        number=case.number,
        path=case.path,
        outcome=outcome,
        state=str(state_of(stands).title),
        cycle=stands.cycle,
        seq=ends[-1].seq if ends else 0,
        words=tale.words_of(said[-1]) if said else "",
        handler=names.get(stands.lead_post_id or 0, ""),
        opened_at=case.opened_at,
        accepted_at=next((one.at for one in steps if one.move == "accept"), None),
        answered_at=said[-1].at if said else None,
        closed_at=stands.closed_at,
    )
