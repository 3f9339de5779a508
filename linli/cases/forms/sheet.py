"""What a sheet offers to do: each act with its form, the first as the main one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch
from django.utils.translation import gettext as _

from linli.cases import permits
from linli.cases.forms.act_frame import ActForm
from linli.cases.forms.acts import form_of
from linli.cases.forms.step_specs import STEPS
from linli.cases.models import Case
from linli.cases.queries.heard import words_beside
from linli.cases.queries.kinds import kind_of
from linli.cases.queries.open_moves import open_moves
from linli.cases.queries.sheet import may_split
from linli.cases.rules.offering import GRAVE, main_move
from linli.cases.rules.projecting import settles
from linli.cases.types.acting import MERGE, UNMERGE, Act
from linli.cases.types.kinds import CaseKind, CaseMove
from linli.cases.types.sheet import ClockLine, PartLine
from linli.kernel.addresses import address_of
from linli.kernel.permits import Actor, Permit


@dataclass(frozen=True, slots=True)
class ActView:
    """One thing that may be done now. `to` is where its form is sent, or a page of its own.

    `kind` is main, move, grave or step; `is_open` while its form is shown again with what is wrong.
    """

    name: str
    title: str
    form: ActForm | None
    to: str
    kind: str
    text: str = ""
    is_open: bool = False
    about: str = ""

    @property
    def id(self) -> str:
        return f"act-{self.name}-{self.about}" if self.about else f"act-{self.name}"

    @property
    def is_bare(self) -> bool:
        """Whether a press of the button is all it takes."""
        return self.form is not None and not self.form.visible_fields()


@dataclass(frozen=True, slots=True)
class Sent:
    """A form that came back: whose act it is, and the part or clock that it is about."""

    name: str
    form: ActForm
    about: str = ""


def moves_of(
    actor: Actor,
    case: Case,
    sent: Sent | None,
    *,
    is_offered: bool = False,
    waits_for: Sequence[str] = (),
) -> list[ActView]:
    """Return the moves of the kind that the actor may make, the main one first.

    What would settle it is not offered while it waits for parts, here by their numbers.

    While a part is offered to her post, her answer to that is the main thing.
    """
    kind = kind_of(case.kind, case.version)
    found = open_moves(actor, case)
    if waits_for:
        found = [one for one in found if not settles(kind, case.state, str(one.target))]
    graves = [move for move in found if _is_grave(kind, move)]
    plain = [move for move in found if move not in graves]
    main = None if is_offered else main_move(kind, plain)
    plain.sort(key=lambda move: move is not main)
    beside = words_beside(case.pk, found)
    views = [
        _move(case, kind, move, "main" if move is main else "move", sent, beside.get(move.name, ""))
        for move in plain
    ]
    views += [_move(case, kind, move, "grave", sent, beside.get(move.name, "")) for move in graves]
    return [view for view in views if view.to]


def _is_grave(kind: CaseKind, move: CaseMove[Any]) -> bool:
    return move.name in (MERGE, UNMERGE) or kind.stage(str(move.target)) in GRAVE


def _move(
    case: Case, kind: CaseKind, move: CaseMove[Any], place: str, sent: Sent | None, beside: str = ""
) -> ActView:
    own = getattr(move, "form", "")
    if own:
        return ActView(move.name, str(move.title), None, _page_of(own, case.number), place)
    then = kind.states[str(move.target)]
    # among offices nobody outside reads anything
    told = _("Then it stands as: %(words)s") % {"words": then.title}
    if kind.has_reporter:
        told = _("Then the reporter reads: %(words)s") % {"words": then.public}
    text = f"{told} {beside}".strip()
    return _view(case, _Offer(move.name, str(move.title), place, text), sent)


def _page_of(name: str, number: str) -> str:
    """The page of a move that needs more than words, or nothing while the app has none."""
    try:
        return address_of(name, number)
    except NoReverseMatch:
        return ""


@dataclass(frozen=True, slots=True)
class _Offer:
    """An act before it has its form; `about` tells several forms of one act apart."""

    name: str
    title: str
    kind: str = "step"
    text: str = ""
    part: int = 0
    clock: str = ""

    @property
    def about(self) -> str:
        return str(self.part or self.clock or "")


def _view(case: Case, one: _Offer, sent: Sent | None) -> ActView:
    is_sent = sent is not None and (sent.name, sent.about) == (one.name, one.about)
    kind = kind_of(case.kind, case.version)
    first = {"expected_seq": case.seq, "part": one.part or None, "clock": one.clock or None}
    form = sent.form if sent is not None and is_sent else form_of(kind, one.name, initial=first)
    if form is not None:
        form.auto_id = f"{one.name}-{one.about}-%s" if one.about else f"{one.name}-%s"
    to = address_of("cases:act", case.number, one.name)
    return ActView(one.name, one.title, form, to, one.kind, one.text, is_sent, one.about)


def part_acts(case: Case, parts: Sequence[PartLine], sent: Sent | None) -> dict[int, list[ActView]]:
    """Return what may be done about each part, by its number."""
    words = _act_words(kind_of(case.kind, case.version))
    return {
        part.number: [
            _view(case, _Offer(name, words[name], _weight(name), part=part.number), sent)
            for name in part.acts
        ]
        for part in parts
    }


def _act_words(kind: CaseKind) -> dict[str, str]:
    """What the buttons of all acts say that are no moves of the kind."""
    return {
        Act.TAKE: _("Take it on"), Act.DECLINE: _("Hand it back"),
        Act.DISPUTE: _("We are not competent"), Act.SETTLE: _("Decide who is competent"),
        Act.REVOKE: _("Take it back"), Act.FINISH_PART: _("This part is done"),
        Act.NOTE: _("Leave a note"), Act.TELL: str(kind.words.tell_her),
        Act.RELATE: _("Tie to another case"), Act.OFFER: _("Hand on"),
        Act.EXTEND: _("More time"), Act.ASK_TIME: _("Ask for more time"),
        Act.SAY_WHY: _("Tell the reporter why it is late"), Act.SPLIT: _("Split into parts"),
    }  # fmt: skip


def title_of(kind: CaseKind, name: str) -> str:
    """Return what the button of an act says; of a clock it leaves out which one."""
    if name in kind.machine.moves:
        return str(kind.move(name).title)
    return _act_words(kind)[name]


def _weight(name: str) -> str:
    return "main" if name == Act.TAKE else "step"


def steps_of(
    actor: Actor, case: Case, clocks: Sequence[ClockLine], sent: Sent | None
) -> list[ActView]:
    """Return the steps that every kind has, as far as the actor may take them, and those by a page."""
    views = [*_pages(actor, case), *(_view(case, one, sent) for one in _steps(actor, case, clocks))]
    # what is owed to the reporter comes first
    return sorted(views, key=lambda view: view.kind != "main")


def _pages(actor: Actor, case: Case) -> Iterator[ActView]:
    """Steps of a report that need a page of their own."""
    spec = STEPS["company"]
    if spec.fits(case) and spec.may(actor, case) and case.parent_id is None:
        to = address_of("cases:report_company", case.number)
        yield ActView("company", str(spec.title), None, to, "step")
    if may_split(actor, case):
        to = address_of("cases:split", case.number)
        kind = kind_of(case.kind, case.version)
        yield ActView(Act.SPLIT, title_of(kind, Act.SPLIT), None, to, "step")


def _steps(actor: Actor, case: Case, clocks: Sequence[ClockLine]) -> Iterator[_Offer]:
    def may(permit: Permit) -> bool:
        return actor.may(permit, at=case.path, level=case.level)

    for clock in clocks:
        if clock.may_say_why:
            title = _("Tell the reporter why it is late: %(clock)s") % {"clock": clock.title}
            yield _Offer(Act.SAY_WHY, title, "main", clock=clock.key)
    if may(permits.HANDLE):
        kind = kind_of(case.kind, case.version)
        plain = (Act.NOTE, Act.TELL, Act.RELATE) if kind.has_reporter else (Act.NOTE, Act.RELATE)
        yield from (_Offer(name, title_of(kind, name)) for name in plain)
    for clock in clocks:
        if clock.may_extend:
            told = {"clock": clock.title, "unit": clock.unit}
            yield _Offer(Act.EXTEND, _("More time: %(clock)s, in %(unit)s") % told, clock=clock.key)
        elif clock.may_ask:
            told = {"clock": clock.title, "unit": clock.unit}
            title = _("Ask for more time: %(clock)s, in %(unit)s") % told
            yield _Offer(Act.ASK_TIME, title, clock=clock.key)
