"""What a kind of case is: a table of states and moves, its clocks, and who may do what.

The app that owns a kind declares it and registers it; the engine knows none by name. A version
that was published never changes: another table is another version, and open cases stay on theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from django.utils.translation import gettext_lazy as _

from linli.cases.types.kind_words import REPORT, KindWords
from linli.kernel.permits import PUBLIC, Permit
from linli.kernel.states import Machine, Move

S = TypeVar("S", bound=StrEnum)


class Stage(StrEnum):
    """What a state means for everybody, whatever its kind calls it.

    *Answered* is not *solved*: only what was done, or refused on good grounds, counts as solved.
    """

    OPEN = "open"
    ANSWERED = "answered"
    SOLVED = "solved"
    REFUSED = "refused"
    ENDED = "ended"


class By(StrEnum):
    """Who may make a move, besides holding its permit.

    ASKER is the post that gave the case to its lead, where an office and no resident asks; its
    word counts as a reporter's does. Whoever holds the permit at the place of that post may step in.
    """

    PERMIT = "permit"
    LEAD = "lead"
    REPORTER = "reporter"
    ASKER = "asker"
    SYSTEM = "system"


class Ask(StrEnum):
    """What a move asks for, once and only what it needs."""

    REASON = "reason"
    PUBLIC = "public"
    EVIDENCE = "evidence"
    BASIS = "basis"


@dataclass(frozen=True)
class StateDef:
    """A state in words: for staff, for the reporter, and what happens next.

    `without_clock` says why an open state needs no clock. `unled` is said instead while a post is
    asked to handle the case and nobody has it; `others` is what those read who only follow it, where
    the words speak of what the reporter herself did.
    """

    title: Any
    public: Any
    next: Any
    stage: Stage = Stage.OPEN
    without_clock: Any = ""
    unled: StateDef | None = None
    others: StateDef | None = None


@dataclass(frozen=True)
class CaseMove(Move[S]):
    """A named step of a kind. `title` is the verb on the button, `asks` what it needs.

    `form` is the name of an address of its own where the step needs more than words. `grounds` are
    beginnings of keys of the rulebook: what a move that asks for a basis may stand on. `by_others`:
    whoever handled the case may not make it, in whichever of her posts. `apart_from` are moves (*open*
    too) whose maker may not make this one, neither as a person nor by the post that she acts by.
    `by_sender`: it is for the office that passed the case on, where it lay before, and for none of
    the posts that have it now.
    `for_her`: staff say it in the name of whoever the case is from; whoever took it down, or else a post
    that has no part in a case which another has.
    `takes_parts`: every open part of the case makes it too, at once and with the same words.
    """

    title: Any = ""
    by: By = By.PERMIT
    asks: tuple[Ask, ...] = ()
    opens_cycle: bool = False
    form: str = ""
    grounds: tuple[str, ...] = ()
    by_others: bool = False
    apart_from: tuple[str, ...] = ()
    by_sender: bool = False
    for_her: bool = False
    takes_parts: bool = False


@dataclass(frozen=True)
class ClockDef:
    """Something that must happen in time.

    It runs in the states of `runs`, stands still in those of `pauses`, and is met when the case
    comes to any other. `term` is a key of the rulebook, `terms` other keys by the case's matter;
    a local value of the key is the promise and never longer. `warn` is the share of the term, in
    percent, after which the holder is warned; `escalate` the move that the engine makes when late.
    `extend_most` and `extend_times` are keys of how much and how often it may be extended.

    `by_day`: the last day is given when the case is opened, as the fact `due_on`; without one the
    term holds, and where there is no term the day must be given. `anew`: it begins again each time
    that the case comes back, since somebody else has to do it then. `hers`: it is not the office but
    whoever the case is from that has to act; her page names the day with these words. `lapses`: nobody is
    late with it, over is over, and it says nothing of when the case itself is due.
    """

    key: str
    title: Any
    term: str
    runs: frozenset[str]
    pauses: frozenset[str] = frozenset()
    terms: tuple[tuple[str, str], ...] = ()
    roll_over: str = ""
    warn: int = 80
    escalate: str = ""
    extend_most: str = ""
    extend_times: str = ""
    by_day: bool = False
    anew: bool = False
    hers: Any = field(default="", compare=False)
    lapses: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class ComesIn:
    """How a case of a kind comes in: in words, and at which address it is asked for, if anywhere.

    A kind that is only begun by another case, or by what somebody else sends, has no address.
    """

    said: Any
    url_name: str = ""


@dataclass(frozen=True, kw_only=True)
class ByForm(ComesIn):
    """Staff open it on their common page: by `form`, and `open`, the service behind it, which is called
    with (place, said, files, actor, now).

    `choices` is what its fields offer at a place on a day; `order` its place on the page. Where it
    `has_asker`, somebody gets number and code.
    """

    icon: str
    order: int
    form: type[Any]
    open: Callable[..., Any]
    choices: Callable[[Any, date], Mapping[str, Any]] = lambda place, on: {}
    has_asker: bool = False


@dataclass(frozen=True)
class Keep:
    """How long the words of a case are kept after it ended: `term` is a key of the rulebook in years.

    `said` is that term in words, `basis` where it comes from; without a term they stay. The chain of
    events stays in any case; it holds no words.
    """

    term: str
    said: Any
    basis: str


FOR_GOOD = Keep(
    "", _("as long as the chain of the case; those of a person go when that person's data are erased"),
    "PIPL art. 19; ours (check)",
)  # fmt: skip


@dataclass(frozen=True)
class CaseKind:
    """A kind of case in one version.

    `floor` is the least confidentiality of its cases, `opens_at` the levels of places where one may
    be opened, `matters` what its cases may be, in words. `apply(held, move, wish)` returns the wish
    and may add facts and refuse; `sees` is the permit to read it, with the case's level. Where
    offices alone deal with each other, it `has_reporter` no one whom anything is told. A kind that is
    sorted by its matters alone has no `has_categories`. One that is answered by whoever may, without
    a post taking it on first, is not `is_led`; one on which its reporter is asked no grade is not
    `is_rated`; those that rules send to a post are `is_routed`. One whose rounds are counted in figures is in time
    by the clock `timed_by`. `instead(case_id, move)` names the move that is made in place of one which a
    late clock would make. One that `hands_on_itself` keeps parts of its own, and its app hands them on
    when a post ends. Every kind says how a case `comes_in` and how long its words are kept (`keep`).
    """

    key: str
    version: int
    title: Any
    series: str
    machine: Machine[Any]
    states: Mapping[str, StateDef]
    clocks: tuple[ClockDef, ...]
    sees: Permit
    opens: Permit | None
    opens_at: frozenset[str]
    floor: int = PUBLIC
    may_be_released: bool = False
    matters: Mapping[str, Any] = field(default_factory=dict, compare=False)
    has_reporter: bool = field(default=True, compare=False)
    has_categories: bool = field(default=True, compare=False)
    is_led: bool = field(default=True, compare=False)
    is_rated: bool = field(default=True, compare=False)
    is_routed: bool = field(default=False, compare=False)
    hands_on_itself: bool = field(default=False, compare=False)
    timed_by: str = field(default="", compare=False)
    comes_in: ComesIn | None = field(default=None, compare=False)
    keep: Keep | None = field(default=None, compare=False)
    words: KindWords = field(default=REPORT, compare=False)
    apply: Callable[[Any, CaseMove[Any], Any], Any] | None = field(default=None, compare=False)
    instead: Callable[[int, str], str] = field(default=lambda case_id, name: name, compare=False)

    @property
    def name(self) -> str:
        return f"{self.key}/{self.version}"

    @property
    def start(self) -> str:
        return str(self.machine.start)

    def move(self, name: str) -> CaseMove[Any]:
        """Return a move by name. Raises KeyError for one that the kind does not have."""
        found = self.machine.moves[name]
        assert isinstance(found, CaseMove)
        return found

    def says(self, state: str, lead_post_id: int | None, offered_post_id: int | None) -> StateDef:
        """Return a state in words: nobody is said to work on what only was offered to a post."""
        found = self.states[state]
        is_unled = lead_post_id is None and offered_post_id is not None
        return found.unled if is_unled and found.unled is not None else found

    def says_to_others(
        self, state: str, lead_post_id: int | None, offered_post_id: int | None
    ) -> StateDef:
        """Return a state in words for whoever did not bring it there herself."""
        found = self.says(state, lead_post_id, offered_post_id)
        return found.others or found

    def stage(self, state: str) -> Stage:
        """Return what a state means for everybody."""
        return self.states[state].stage
