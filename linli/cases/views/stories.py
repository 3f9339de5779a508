"""The life of a report in words for its reporter: stages, and what happened, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from linli.cases.queries.following import Followed, Told
from linli.cases.queries.kinds import state_of
from linli.cases.queries.own_moves import AGREE, ASK_REOPEN, CONFIRM, STEP_OUT
from linli.cases.queries.own_story import posts_named
from linli.cases.queries.terms import extension_words
from linli.cases.rules.clocks import last_day
from linli.cases.rules.lateness import SAY_WHY
from linli.cases.types.kinds import Stage
from linli.cases.types.words import ClockState
from linli.kernel.moments import read_moment
from linli.ui.formats import day, moment

RUNNING = str(ClockState.RUNNING)
# the states of a report by the stage that is being waited for; others have left the usual way
AT = {
    "filed": 2,
    "at_work": 3,
    "asked_back": 3,
    "answered": 4,
    "reopen_asked": 5,
    "done": 5,
    "closed": 7,
}
# steps that are told in words of their own, whatever the kind
OWN_WORDS = {
    "tell": (gettext_lazy("A word from the office"), "message-2"),
    SAY_WHY: (gettext_lazy("The office says why it is late"), "clock"),
    "release": (gettext_lazy("Words were shown to everybody"), "eye"),
    "withhold": (gettext_lazy("Words are not shown to everybody"), "eye-off"),
    "release_photo": (gettext_lazy("A photo was shown to everybody"), "eye"),
    "withhold_photo": (gettext_lazy("Photos are not shown to everybody"), "eye-off"),
    "note_withdrawal": (gettext_lazy("The office noted that you took it back"), "arrow-right"),
    "bring_again": (gettext_lazy("You said that you did not take it back"), "repeat"),
    CONFIRM: (gettext_lazy("You said that it is solved"), "circle-check"),
    AGREE: (gettext_lazy("You said that it is solved"), "circle-check"),
    STEP_OUT: (gettext_lazy("You took it back"), "arrow-right"),
    "rate": (gettext_lazy("You rated it"), "star"),
    "review_rating": (
        gettext_lazy("It was reviewed whether your rating counts in figures"),
        "star",
    ),
    "called_back": (gettext_lazy("You were called back"), "phone"),
}
# while she may do one of these she is asked whether it is solved
ASKED = frozenset({AGREE, ASK_REOPEN})
SIGNS = ("file-text", "check", "tool", "circle-check", "message-2", "lock")


@dataclass(frozen=True, slots=True)
class Line:
    """One step as ui/parts/matter.html draws it."""

    title: Any
    meta: str
    text: str = ""
    tone: str = ""
    icon: str = ""
    # the rule on which what was decided stands
    rule: str = ""


def stages_of(it: Followed) -> tuple[list[Any], int]:
    """Return the stages of the usual way and where the case is; no stages off that way."""
    is_usual = it.stands.kind == "report" and not it.has_left
    at = AT.get(it.stands.state, 0) if is_usual else 0
    words = [
        _("Came in"), _("Accepted"), _("Handled"), _("Settled"), _("Your word"), pgettext("stage", "Closed"),
    ]  # fmt: skip
    return (words, at) if at else ([], 0)


def state_line(it: Followed) -> tuple[str, str]:
    """Return what stands beside the heading and its tone: late, in time, done."""
    if it.has_left:
        return _("ended"), "idle"
    if it.is_apart:
        return str(state_of(it.case).title), "idle"
    stage = it.stands_kind.stage(it.stands.state)
    if stage is Stage.SOLVED:
        in_time = it.clocks.get("solve")
        if in_time is not None and in_time.state == "met":
            return _("done in time"), "done"
        return _("done"), "done"
    if not it.stands.is_open or stage is Stage.REFUSED:
        return _("ended"), "idle"
    if it.promise.is_late:
        return _("late"), "late"
    # what stands on the public list: nobody works on what only waits to be accepted
    if it.promise.is_paused:
        # what hers is the same as may wait for somebody else
        return (pgettext("a report", "waits"), "idle") if it.into else (_("waits for you"), "soon")
    return str(state_of(it.stands).title), "run"


def story_of(it: Followed) -> list[Line]:
    """Return what happened, newest first; nothing of what staff settle among themselves."""
    told = [(one.at, _line(it, one)) for one in it.story]
    told += [(one.at, _of_whole(it, one)) for one in it.whole_story]
    return [line for _at, line in sorted(told, key=lambda pair: pair[0])][::-1]


def answer_of(it: Followed) -> Line | None:
    """Return the words of the office with which it came where it stands, if she is asked about them."""
    if not it.moves & ASKED:
        return None
    told = it.led if it.into is None else it.whole_story
    said = [
        one for one in told if one.text and not one.is_by_reporter and one.state == it.stands.state
    ]
    if not said:
        return None
    return _line(it, said[-1]) if it.into is None else _of_whole(it, said[-1])


def _of_whole(it: Followed, one: Told) -> Line:
    """What the office said of the case that hers is the same as; what others wrote there stays theirs."""
    kind = it.stands_kind
    if one.move == "extend":
        title: Any = _extended(one)
    elif one.move in OWN_WORDS:
        title = OWN_WORDS[one.move][0]
    else:
        state = kind.states[one.state]
        title = (state.others or state).public
    who = it.posts.get(one.post_id, "") if one.post_id else ""
    meta = f"{moment(one.at)} · {who}" if who else moment(one.at)
    tone = "done" if kind.stage(one.state) is Stage.SOLVED else ""
    return Line(title, meta, one.text, tone, "message-2", one.basis)


def _line(it: Followed, one: Told) -> Line:
    title, icon = _title(it, one)
    who = it.posts.get(one.post_id, "") if one.post_id else ""
    meta = f"{moment(one.at)} · {who}" if who else moment(one.at)
    # the reason of a move that is late stands in its own words
    tone = {"extend": "late", SAY_WHY: "late"}.get(one.move, "")
    if it.kind.stage(one.state) is Stage.SOLVED and one.move in it.kind.machine.moves:
        tone = "done"
    return Line(title, meta, one.text, tone, icon, one.basis)


def _title(it: Followed, one: Told) -> tuple[Any, str]:
    words = it.kind.words
    hers = {"open": (words.she_began, "file-text"), "ask_reopen": (words.she_said_no, "repeat")}
    if one.move == "ask_reopen" and one.facts.get("by_case"):
        # another of those who reported it
        said = it.kind.states[one.state]
        return (said.others or said).public, "repeat"
    if one.move in hers:
        return hers[one.move]
    if one.move == "add_words":
        if one.facts.get("correction"):
            return _("You set something right"), "pencil"
        return _("You added something"), "plus"
    if one.move == "add":
        return _("You added what was asked"), "plus"
    if one.move == "extend":
        return _extended(one), "clock"
    if one.move in OWN_WORDS:
        return OWN_WORDS[one.move]
    if one.move in ("offer", "take"):
        return _handed(it, one)
    state = it.kind.states.get(one.state)
    if one.move == "accept" and state is not None and state.unled is not None:
        # that it was accepted is what happened, not that somebody had begun
        return state.unled.public, "check"
    signs = {"at_work": "tool", "answered": "message-2", "asked_back": "help-circle"}
    return (state.public if state else one.move), signs.get(one.state, "arrow-right")


def _handed(it: Followed, one: Told) -> tuple[Any, str]:
    names = [it.posts[post] for post in posts_named(one) if post in it.posts]
    to = names[-1] if names else _("an office")
    if one.move == "offer":
        return _("Passed on to %(post)s") % {"post": to}, "arrow-right"
    return _("%(post)s has taken it up") % {"post": to}, "user-check"


def _extended(one: Told) -> Any:
    due = next((c["due"] for c in one.facts.get("clocks", ()) if c["state"] == RUNNING), None)
    if due is None:
        # while time stands still nobody knows the day; it is told by when once it goes on
        return _("It takes longer by %(more)s; time stands still") % {
            "more": extension_words(one.facts)
        }
    return _("It takes longer, until %(day)s") % {"day": day(last_day(read_moment(due)))}
