"""What the reporter of a case may know: where it stands, who has it, by when, and how it came there."""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from linli.cases.models import Case, CaseClock, CaseFile, Reporter
from linli.cases.queries.handlers import Handler, handler_of
from linli.cases.queries.intake import files_of_case
from linli.cases.queries.kinds import kind_of
from linli.cases.queries.own import own_reports
from linli.cases.queries.own_moves import ASK_REOPEN, whole_of
from linli.cases.queries.own_moves import own_moves as own_moves
from linli.cases.queries.own_story import ends_with_her, is_told, posts_named, until_left
from linli.cases.queries.promising import OwnTime, Promise, own_time_of, promise_of
from linli.cases.queries.told import Told as Told
from linli.cases.queries.told import steps_of as steps_of
from linli.cases.queries.whole_words import words_for_others
from linli.cases.queries.wholes import tells_others
from linli.cases.rules.following import digest_of as digest_of
from linli.cases.rules.following import lapsing
from linli.cases.rules.lateness import SAY_WHY
from linli.cases.rules.rating import is_ratable
from linli.cases.types.kinds import CaseKind, StateDef
from linli.cases.types.words import ClockState
from linli.kernel.errors import NotFound
from linli.kernel.ids import code_typed, number_typed
from linli.kernel.permits import Actor
from linli.kernel.registries import POST_NAMES

NOTED, NOTED_FOR_HER = "note_withdrawal", _("The office noted that you took it back.")
# she took hers back, and it goes on for others who reported the same
LEFT = StateDef(
    "", _("You took it back."), _("Others reported the same: it goes on for them. You hear no more of it.")
)  # fmt: skip
# hers is the same as one that whoever follows it is told nothing of
APART = StateDef(
    "", _("Others reported the same."),
    _("The office deals with both together. No more of it is told here. For something new, write a new report."),
)  # fmt: skip
WITH_COMPANY, OF_ANSWER = "property_complaint", "accept"


@dataclass(frozen=True, slots=True)
class Followed:
    """All that the reporter's page shows."""

    case: Case
    kind: CaseKind
    reporter: Reporter | None
    story: list[Told]
    posts: Mapping[int, str]
    promise: Promise
    handler: Handler | None
    files: Sequence[CaseFile]
    moves: frozenset[str]
    into: Case | None = None
    clocks: Mapping[str, CaseClock] = field(default_factory=dict)
    own_time: OwnTime | None = None
    # where parts stand that lie with somebody outside the office
    parts: Sequence[StateDef] = ()
    # what the office said of the case that hers is the same as
    whole_story: Sequence[Told] = ()
    # hers is the same as one that nobody may follow (AP-07)
    is_apart: bool = False

    @property
    def stands(self) -> Case:
        """The case by which it is said how far hers is: the one that others reported too, or her own."""
        return self.into or self.case

    @property
    def stands_kind(self) -> CaseKind:
        return kind_of(self.stands.kind, self.stands.version)

    @property
    def promise_words(self) -> str:
        """What the category promised when she reported, whatever it promises today."""
        return next((one.promise for one in self.story if one.promise), "")

    @property
    def answer_on(self) -> date | None:
        """By when the office takes it up or says why not, while somebody has it and that is to come."""
        clock = self.clocks.get(OF_ANSWER)
        if clock is None or self.handler is None or not self.stands.is_open:
            return None
        is_to_come = clock.state == ClockState.RUNNING and not clock.is_overdue
        # where nothing else is promised, this day stands there already
        return clock.last_day if is_to_come and clock.due_at != self.promise.due_at else None

    @property
    def why_late(self) -> str:
        """Why the day was not kept, in the last words of the office on that since it is so."""
        late_since = self.promise.due_at if self.promise.is_late else None
        if late_since is None:
            return ""
        said = (*self.story, *self.whole_story)
        told = [one.text for one in said if one.move == SAY_WHY and one.at >= late_since]
        return told[-1] if told else ""

    @property
    def is_ratable(self) -> bool:
        """Whether she was told something that she may rate, whatever else she may do from here."""
        is_hers = not self.has_left and not self.is_apart
        return is_hers and is_ratable(self.stands_kind, self.stands.state)

    @property
    def is_rated(self) -> bool:
        """Whether she rated what she was told: again once it was taken up again."""
        of = self.into
        if of is None:
            last = [one.move for one in self.story if one.move in ("rate", "reopen")]
            return last[-1:] == ["rate"]
        hers = [one.facts for one in self.story if one.move == "rate"]
        return any((it.get("of_case"), it.get("of_cycle")) == (of.pk, of.cycle) for it in hers)

    @property
    def has_left(self) -> bool:
        """Whether she took back what is hers of a case that goes on for others."""
        return ends_with_her(self.story)

    @property
    def state(self) -> StateDef:
        if self.has_left or self.is_apart:
            return LEFT if self.has_left else APART
        case, last = self.case, self.led[-1:]
        found = self.kind.says(case.state, case.lead_post_id, case.offered_post_id)
        if last and last[0].move == ASK_REOPEN and last[0].facts.get("by_case"):
            return found.others or found
        # what staff said for her is not said to be her word
        is_noted = bool(last) and last[0].move == NOTED
        return replace(found, public=NOTED_FOR_HER) if is_noted else found

    @property
    def end(self) -> tuple[str, str, datetime | None]:
        """Where hers stands: state, stage, and when it ended; what goes on without her is not hers."""
        case = self.case
        if not self.has_left:
            return case.state, case.stage, case.closed_at
        state = str(self.kind.move("withdraw").target)
        return state, str(self.kind.stage(state)), self.story[-1].at

    @property
    def led(self) -> list[Told]:
        """The moves of its kind, in order."""
        return [one for one in self.story if one.move in self.kind.machine.moves]

    @property
    def whole_state(self) -> StateDef | None:
        """Where the case stands that this one is the same as, in words for whoever follows it."""
        case = self.into
        if case is None:
            return None
        kind = kind_of(case.kind, case.version)
        return kind.says_to_others(case.state, case.lead_post_id, case.offered_post_id)


def by_code(number: str, code: str) -> Case | None:
    """Return the case that a number and its code open together, or None, whichever is wrong."""
    case = Case.objects.filter(number=number_typed(number)).first()
    typed = code_typed(code)
    # the digest is compared even without a case, so that both answers take as long
    kept = bytes(case.follow_digest) if case is not None else bytes(32)
    return case if hmac.compare_digest(kept, digest_of(typed)) else None


def case_of_uuid(uuid: UUID) -> Case | None:
    """Return the case that was opened under an id which the sender made, or None."""
    return Case.objects.filter(uuid=uuid).first()


def own_case(actor: Actor, number: str) -> Case | None:
    """Return a case that the actor reported when signed in, or None."""
    mine = own_reports(actor)
    if mine is None:
        return None
    return Case.objects.filter(number=number_typed(number), pk__in=mine.values("case_id")).first()


def open_followed(actor: Actor, number: str, code: str) -> Case:
    """Return a case to its reporter. Refuses with NotFound, the same for none and for a wrong code."""
    found = (by_code(number, code) if code else None) or own_case(actor, number)
    if found is None:
        raise NotFound()
    return found


def followed(case: Case, now: datetime) -> Followed:
    """Return what the reporter's page shows of a case."""
    kind = kind_of(case.kind, case.version)
    over = lapsing(kind)
    story = until_left([one for one in steps_of(case.pk) if is_told(one, over)])
    is_hers = not ends_with_her(story)
    whole = whole_of(case) if case.merged_into_id and is_hers else None
    is_apart = whole is not None and not tells_others(whole)
    into = None if is_apart else whole
    stands, whole_story = into or case, words_for_others(into, case) if into else []
    of = kind_of(stands.kind, stands.version)
    clocks = {c.key: c for c in CaseClock.objects.filter(case=stands, cycle=stands.cycle)}
    ids = {one.post_id for one in (*story, *whole_story) if one.post_id} | {
        post for one in story for post in posts_named(one)
    }
    tells, moves = is_hers and not is_apart, own_moves(case, now, whole=whole)
    # what the first was asked is not theirs to answer; objecting is everybody's
    is_timed = tells and (into is None or ASK_REOPEN in moves)
    return Followed(
        case=case,
        kind=kind,
        reporter=Reporter.objects.filter(pk=case.pk).first(),
        story=story,
        posts=POST_NAMES.call(ids) if ids else {},
        promise=promise_of(stands, of, clocks) if tells else Promise(),
        own_time=own_time_of(stands, of, clocks) if is_timed else None,
        handler=handler_of(stands, now) if tells else None,
        files=files_of_case(case.pk, upto=None if is_hers else story[-1].seq),
        moves=moves,
        into=into,
        clocks=clocks,
        parts=_outside(case.pk) if is_hers else (),
        whole_story=whole_story,
        is_apart=is_apart,
    )


def _outside(case_id: int) -> list[StateDef]:
    """What a property company has of a report and is not done; other parts are among staff."""
    found = Case.objects.filter(parent_id=case_id, kind=WITH_COMPANY, is_open=True).order_by("pk")
    return [kind_of(one.kind, one.version).states[one.state] for one in found]
