"""Requests to take cases up again, for who decides on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from linli.cases import permits
from linli.cases.errors import DecidedMeanwhile
from linli.cases.models import Case, CaseClock, CaseEvent, InternalWords, PublicWords
from linli.cases.queries.bases import bases_of
from linli.cases.queries.handling import handled_by
from linli.cases.queries.kinds import kind_of
from linli.cases.queries.public import category_name
from linli.cases.queries.reading import not_about
from linli.cases.rules.clocks import last_day
from linli.kernel.errors import NotFound
from linli.kernel.paging import COUNT_LIMIT, DEFAULT_LIMIT, Keyset, Page, page_of
from linli.kernel.permits import Actor
from linli.kernel.registries import PLACE_NAMES

ASKED, ASK, CLOCK = "reopen_asked", "ask_reopen", "decide_reopen"
DUE = Keyset("due", ("due_at", "pk"))


@dataclass(frozen=True, slots=True)
class Asked:
    """A case that is to be taken up again, why, and until when that is decided."""

    case: Case
    category: str
    place: str
    reason: str
    due_at: datetime | None

    @property
    def due_on(self) -> date | None:
        """The last day: what is due at 24:00 is due on the day that ends."""
        return last_day(self.due_at) if self.due_at else None


def asked_cases(actor: Actor) -> QuerySet[Case]:
    """Cases whose reopening the actor decides on: never what she handled herself, in any post."""
    return _decided_by(actor).filter(state=ASKED, is_open=True)


def _decided_by(actor: Actor) -> QuerySet[Case]:
    """Cases on whose reopening the actor decides whenever one is asked for."""
    found = Case.objects.all()
    if actor.is_system:
        return found
    mine = Q(pk__in=[])
    for grant in actor.grants:
        if grant.permit == permits.SUPERVISE.name:
            mine |= Q(path__startswith=grant.path, level__lte=grant.ceiling)
    return found.filter(mine).filter(not_about(actor)).exclude(handled_by(actor))


def list_asked(
    actor: Actor, narrowed: Q = Q(), *, cursor: str | None = None, limit: int = DEFAULT_LIMIT
) -> Page[Asked]:
    """Return a page of requests, those due first. Refuses with Invalid."""
    page = page_of(requests(actor, narrowed), DUE, cursor=cursor, limit=limit)
    return Page(
        told_asked(page.items), page.next, page.previous, page.count, page.has_more_than_count
    )


def requests(actor: Actor, narrowed: Q = Q()) -> QuerySet[Case]:
    """Requests on which the actor decides, those due first."""
    found = asked_cases(actor).filter(narrowed).select_related("category")
    return found.order_by(*DUE.columns)


def get_asked(actor: Actor, number: str) -> Asked:
    """Return one request. Refuses with NotFound, and DecidedMeanwhile once it was decided on."""
    found = _decided_by(actor).filter(number=number).select_related("category").first()
    if found is None:
        raise NotFound()
    if found.state == ASKED and found.is_open:
        return told_asked([found])[0]
    if not CaseEvent.objects.filter(case=found, move=ASK).exists():
        raise NotFound()
    kind = kind_of(found.kind, found.version)
    raise DecidedMeanwhile(state_words=str(kind.states[found.state].title), seq=found.seq)


def bases_to_keep(case: Case, on: date) -> list[tuple[str, str]]:
    """Return (key, ground with its source) of what a case may stay closed by."""
    return bases_of(kind_of(case.kind, case.version).move("keep_closed"), on)


def count_asked(actor: Actor, on: date) -> int:
    """Return how many requests wait, up to the limit of counting."""
    return asked_cases(actor)[: COUNT_LIMIT + 1].count()


def _reasons(ids: Sequence[int]) -> dict[int, str]:
    """What she wrote herself, or said in a call, when she asked last."""
    found: dict[int, tuple[int, str]] = {}
    for words, key in ((InternalWords, "reason"), (PublicWords, "text")):
        said = words.objects.filter(case_id__in=ids, event__move=ASK)
        for case_id, event_id, kept in said.values_list("case_id", "event_id", "said"):
            text = str((kept or {}).get(key, ""))
            if text and event_id >= found.get(case_id, (0, ""))[0]:
                found[case_id] = (event_id, text)
    reasons = {case_id: text for case_id, (_event, text) in found.items()}
    return reasons | _reasons_of_others(ids)


def _reasons_of_others(ids: Sequence[int]) -> dict[int, str]:
    """What somebody wrote who asked last, if her report is only the same as the case: it stands with hers."""
    asked = CaseEvent.objects.filter(case_id__in=ids, move=ASK).order_by("seq")
    last = dict(asked.values_list("case_id", "facts"))
    said = {
        pk: (facts["by_case"], facts["said"]) for pk, facts in last.items() if "by_case" in facts
    }
    if not said:
        return {}
    words = PublicWords.objects.filter(case_id__in={case_id for case_id, _seq in said.values()})
    kept = {(row[0], row[1]): row[2] for row in words.values_list("case_id", "event__seq", "said")}
    return {pk: str((kept.get(key) or {}).get("text", "")) for pk, key in said.items()}


def told_asked(cases: Sequence[Case]) -> list[Asked]:
    """Return what each case is to be taken up again for, and until when that is decided."""
    ids = [case.pk for case in cases]
    due = dict(
        CaseClock.objects.filter(case_id__in=ids, key=CLOCK, state="running").values_list(
            "case_id", "due_at"
        )
    )
    reasons = _reasons(ids)
    names = PLACE_NAMES.call(case.path for case in cases)
    return [
        Asked(
            case, category_name(case.category), names.get(case.path, ""), reasons.get(case.pk, ""),
            due.get(case.pk),
        )
        for case in cases
    ]  # fmt: skip
