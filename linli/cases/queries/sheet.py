"""A case sheet besides its story: clocks with their law, the posts' parts, cases that hang on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from linli.cases import permits
from linli.cases.models import Assignment, Case, CaseClock, CaseEvent, CaseLink
from linli.cases.models.linked import open_parts
from linli.cases.queries.ground import limits_of
from linli.cases.queries.kinds import kind_of
from linli.cases.queries.reading import visible_cases
from linli.cases.queries.story import role_words
from linli.cases.queries.telling import clock_title, due_tone, due_words, post_names
from linli.cases.queries.terms import amount_words, footing_of, term_words, unit_words
from linli.cases.rules.beside import PREFIX
from linli.cases.rules.lateness import SAY_WHY, is_owed_late
from linli.cases.rules.ticking import CUT, LAST
from linli.cases.types.acting import Act
from linli.cases.types.kinds import CaseKind
from linli.cases.types.shapes import NEVER
from linli.cases.types.sheet import ClockLine, LinkLine, PartLine
from linli.cases.types.words import (
    GOING,
    LIVE,
    AssignmentRole,
    AssignmentState,
    ClockState,
    LinkKind,
)
from linli.kernel.permits import Actor


def clocks_of(actor: Actor, case: Case, now: datetime) -> list[ClockLine]:
    """Return the clocks of the present cycle, and what still waits to be read; one query."""
    kind = kind_of(case.kind, case.version)
    unread = Q(key__startswith=PREFIX, state=ClockState.RUNNING)
    rows = CaseClock.objects.filter(Q(cycle=case.cycle) | unread, case=case)
    clocks = list(rows.order_by("due_at", "id"))
    told = _told_why(case, clocks, now)
    lines = [_clock(actor, case, kind, row, now, told) for row in clocks]
    return sorted(lines, key=lambda line: line.state not in GOING)


def _told_why(case: Case, clocks: Sequence[CaseClock], now: datetime) -> dict[str, datetime]:
    """Return by clock when the reporter was last told why it is late; no query while none is."""
    if not any(row.state == ClockState.RUNNING and row.due_at <= now for row in clocks):
        return {}
    said = CaseEvent.objects.filter(case=case, cycle=case.cycle, move=SAY_WHY).order_by("seq")
    return {facts.get("clock", ""): at for facts, at in said.values_list("facts", "at")}


def _clock(
    actor: Actor,
    case: Case,
    kind: CaseKind,
    row: CaseClock,
    now: datetime,
    told: Mapping[str, datetime],
) -> ClockLine:
    definition = next((one for one in kind.clocks if one.key == row.key), None)
    is_running = row.state == ClockState.RUNNING
    is_over = row.state in (ClockState.MET, ClockState.LATE)
    is_longer_yet = (
        row.state in GOING
        and definition is not None
        and LAST not in row.law
        and limits_of(definition, case.path, now).times > len(row.extensions)
    )
    supervises, handles = (
        actor.may(permit, at=case.path, level=case.level)
        for permit in (permits.SUPERVISE, permits.HANDLE)
    )
    leads = case.lead_post_id in actor.posts
    return ClockLine(
        key=row.key,
        title=clock_title(kind, row.key),
        state=row.state,
        state_words=_clock_words(row, now),
        tone=_clock_tone(row, now),
        due_on=row.last_day if is_running else None,
        was_due_on=row.last_day if is_over and row.due_at < NEVER else None,
        ended_at=row.ended_at if is_over else None,
        due_text=due_words(row.due_at, now) if is_running else "",
        promise=amount_words(row.amount, row.unit),
        law=amount_words(row.legal_amount, row.unit) if row.legal_amount != row.amount else "",
        footing=footing_of(row.law, row.started_at),
        term=term_words(row),
        law_key=str(row.law.get("key", "")),
        is_provisional=row.is_provisional or bool(row.law.get("provisional")),
        extended=amount_words(sum(row.extensions), row.unit) if row.extensions else "",
        pauses=len(row.pauses),
        may_extend=is_longer_yet and supervises and not leads,
        may_ask=is_longer_yet and handles and (leads or not supervises),
        may_say_why=handles
        and is_owed_late(kind, row, now)
        and not (row.key in told and told[row.key] >= row.due_at),
        unit=unit_words(row.unit),
    )


def _clock_words(row: CaseClock, now: datetime) -> str:
    if row.state == ClockState.RUNNING:
        return _("too late") if row.due_at <= now else _("running")
    if row.state == ClockState.VOID and CUT in row.law:
        return _("not answered, coordinated early")
    return {
        ClockState.PAUSED: _("stands still"),
        ClockState.MET: _("in time"),
        ClockState.LATE: _("was late"),
        ClockState.VOID: _("no longer needed"),
    }.get(ClockState(row.state), row.state)


def _clock_tone(row: CaseClock, now: datetime) -> str:
    if row.state == ClockState.RUNNING:
        return due_tone(row.due_at, now)
    return {ClockState.MET: "done", ClockState.LATE: "late"}.get(ClockState(row.state), "idle")


def parts_awaited(case: Case) -> list[str]:
    """Return the numbers of the parts that a case waits for before it can be settled."""
    return open_parts([case.pk]).get(case.pk, [])


def may_split(actor: Actor, case: Case) -> bool:
    """Say whether the actor may split a case: an open one that is no part itself."""
    is_whole = case.is_open and case.parent_id is None
    return is_whole and actor.may(permits.DISPATCH, at=case.path, level=case.level)


def parts_of(actor: Actor, case: Case) -> list[PartLine]:
    """Return the posts' parts, live ones first, with what the actor may do about each."""
    rows = list(Assignment.objects.filter(case=case).order_by("number"))
    names = post_names(i for row in rows for i in (row.post_id, row.from_post_id))
    lines = [_part(actor, case, row, names) for row in rows]
    return sorted(lines, key=lambda line: (line.state not in LIVE, -line.number))


def with_open_offers(cases: Sequence[Case]) -> set[int]:
    """Return those of the cases of which an offer waits for its answer; one query."""
    found = Assignment.objects.filter(case__in=cases, state=AssignmentState.OFFERED)
    return set(found.values_list("case_id", flat=True)) if cases else set()


def _part(actor: Actor, case: Case, row: Assignment, names: dict[int, str]) -> PartLine:
    words, tone = _part_words(row.state)
    return PartLine(
        number=row.number,
        role=role_words(row.role),
        state=row.state,
        state_words=words,
        tone=tone,
        post=names.get(row.post_id, _("a post")),
        offered_by=names.get(row.from_post_id or 0, ""),
        offered_at=row.offered_at,
        ended_at=row.ended_at,
        acts=_acts(actor, case, row),
    )


def _part_words(state: str) -> tuple[str, str]:
    return {
        AssignmentState.OFFERED: (_("offered, not answered"), "soon"),
        AssignmentState.ACCEPTED: (_("has it"), "run"),
        AssignmentState.DECLINED: (_("handed back"), "idle"),
        AssignmentState.DISPUTED: (_("says it is not competent"), "soon"),
        AssignmentState.DONE: (_("done"), "done"),
        AssignmentState.REVOKED: (_("taken back"), "idle"),
    }[AssignmentState(state)]


def _acts(actor: Actor, case: Case, row: Assignment) -> Sequence[str]:
    is_own = row.post_id in actor.posts
    handles = actor.may(permits.HANDLE, at=case.path, level=case.level)
    dispatches = actor.may(permits.DISPATCH, at=case.path, level=case.level)
    if row.state == AssignmentState.OFFERED:
        own = [Act.TAKE, Act.DECLINE, Act.DISPUTE] if is_own and handles else []
        return [*own, *([Act.REVOKE] if dispatches else [])]
    if row.state == AssignmentState.DISPUTED and dispatches:
        return [Act.SETTLE, Act.REVOKE]
    if row.state == AssignmentState.ACCEPTED:
        is_lead = row.role == AssignmentRole.LEAD
        done = [Act.FINISH_PART] if is_own and handles and not is_lead else []
        return [*done, *([Act.REVOKE] if dispatches and not is_own else [])]
    return []


def links_of(actor: Actor, case: Case) -> list[LinkLine]:
    """Return the cases that hang on this one and those it hangs on, as far as they may be seen."""
    links = list(
        CaseLink.objects.filter(Q(case=case) | Q(to=case), ended_at__isnull=True).order_by("id")
    )
    others = {link.to_id if link.case_id == case.pk else link.case_id for link in links}
    seen = {one.pk: one for one in visible_cases(actor).filter(pk__in=others)} if others else {}
    found: list[LinkLine] = []
    for link in links:
        is_from = link.case_id == case.pk
        other = seen.get(link.to_id if is_from else link.case_id)
        if other is not None:
            found.append(_link(link, other, is_from=is_from))
    return found


def _link(link: CaseLink, other: Case, *, is_from: bool) -> LinkLine:
    kind = kind_of(other.kind, other.version)
    words = {
        LinkKind.CHILD_OF: (_("Part of"), _("Part")),
        LinkKind.DUPLICATE_OF: (_("Same as"), _("The same was reported")),
        LinkKind.RELATED_TO: (_("Has to do with"), _("Has to do with")),
        LinkKind.APPEAL_OF: (_("Appeal against"), _("Appeal")),
        LinkKind.FROM: (_("Came from"), _("Led to")),
    }[LinkKind(link.kind)]
    title = other.title or str(kind.title)
    state = str(kind.states[other.state].title)
    return LinkLine(words[0] if is_from else words[1], other.number, title, state, other.is_open)
