"""The life of a headship, and of what a neighbour says to a head."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.grid import permits
from linli.kernel.states import Machine, Move


class HeadState(StrEnum):
    STANDS = "stands"
    SERVING = "serving"
    NOT_CHOSEN = "not_chosen"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"


H = HeadState
HEAD: Machine[HeadState] = Machine(
    H.STANDS,
    [
        Move("choose", (H.STANDS,), H.SERVING, permits.HEADS),
        Move("pass_over", (H.STANDS,), H.NOT_CHOSEN, permits.HEADS),
        Move("withdraw", (H.STANDS,), H.WITHDRAWN),
        Move("end", (H.SERVING,), H.ENDED, permits.HEADS),
    ],
    ends={H.NOT_CHOSEN, H.WITHDRAWN, H.ENDED},
)
# she stands for it or has it
LIVE = (H.STANDS, H.SERVING)
HEAD_TITLES_OF_STATES: dict[str, Any] = {
    H.STANDS: _("stands"),
    H.SERVING: _("serves"),
    H.NOT_CHOSEN: _("not chosen"),
    H.WITHDRAWN: _("withdrawn"),
    H.ENDED: _("ended"),
}


class WordState(StrEnum):
    OPEN = "open"
    ANSWERED = "answered"
    INVITED = "invited"
    PASSED_ON = "passed_on"
    SETTLED = "settled"
    # her term ended before; nobody reads it any more
    LAPSED = "lapsed"


W = WordState
# what a head does with a word; a word lapses by itself
HEAD_STEPS = ("answer", "invite", "settle", "pass_on")
WORD: Machine[WordState] = Machine(
    W.OPEN,
    [
        Move("invite", (W.OPEN,), W.INVITED),
        Move("answer", (W.OPEN, W.INVITED), W.ANSWERED),
        Move("pass_on", (W.OPEN, W.INVITED), W.PASSED_ON),
        Move("settle", (W.OPEN, W.INVITED), W.SETTLED),
        Move("lapse", (W.OPEN, W.INVITED), W.LAPSED),
    ],
    ends={W.ANSWERED, W.PASSED_ON, W.SETTLED, W.LAPSED},
)


class SwapState(StrEnum):
    ASKED = "asked"
    AGREED = "agreed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


S = SwapState
SWAP: Machine[SwapState] = Machine(
    S.ASKED,
    [
        Move("agree", (S.ASKED,), S.AGREED),
        Move("refuse", (S.ASKED,), S.REFUSED),
        Move("withdraw", (S.ASKED,), S.WITHDRAWN),
    ],
    ends={S.AGREED, S.REFUSED, S.WITHDRAWN},
)


class HomeState(StrEnum):
    """A home in a storm, in the order of a list: to be moved, staying of its own will, away, back, struck."""

    NAMED = "named"
    STAYS = "stays"
    MOVED = "moved"
    BACK = "back"
    # entered by mistake, or twice: it counts nowhere
    STRUCK = "struck"


M = HomeState
HOME: Machine[HomeState] = Machine(
    M.NAMED,
    [
        Move("move", (M.NAMED, M.STAYS), M.MOVED),
        Move("stay", (M.NAMED,), M.STAYS),
        Move("return", (M.MOVED,), M.BACK),
        Move("undo", (M.MOVED, M.STAYS), M.NAMED),
        # by who keeps the list
        Move("strike", (M.NAMED, M.STAYS), M.STRUCK, permits.STORM),
        Move("restore", (M.STRUCK,), M.NAMED, permits.STORM),
    ],
    ends={M.BACK},
)
STRIKABLE = HOME.moves["strike"].source
# what a helper says of a home; to strike one, and to put it back, has pages of its own
MARKS = {name: move for name, move in HOME.moves.items() if move.permit is None}


# with a home in these states its helper still has something to do
HAS_WORK = (M.NAMED, M.STAYS, M.MOVED)


def marks_from(state: str) -> list[Move[HomeState]]:
    """Return what a helper may mark of a home in a state."""
    return [move for move in HOME.moves_from(state) if move.name in MARKS]


# by state, as pages show them
STEPS = {state: [move.name for move in marks_from(state)] for state in HomeState}
