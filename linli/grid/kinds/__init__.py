"""What the grid declares for others: kinds of cases, messages, and what its acts are called."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.cases.kinds.declaring import declare
from linli.grid.kinds import titles
from linli.grid.kinds.event import GRID_EVENT, GRID_EVENT_1
from linli.notify.types import TEMPLATES, told

WORD_SAID = told(
    "grid.word", _("A neighbour has a word for you"), "notify.own_matters",
    _("A neighbour of %(ground)s has a word for you as head. Your page has it."),
)  # fmt: skip

STORM_QUIET = told(
    "grid.storm_quiet", _("Is it over?"), "notify.work",
    _("%(title)s is still declared; for %(days)s days nothing was entered. End it if it is over, or say that it goes on. Otherwise it ends by itself in %(left)s days."),
)  # fmt: skip

HOMES_TO_MOVE = told(
    "grid.homes_to_move", _("You move people"), "notify.work",
    _("%(title)s: homes that you move are on your list, with address and telephone."),
)  # fmt: skip

STORM_DECLARED = told(
    "grid.storm_declared", _("Flood, typhoon or drought declared"), "notify.work",
    _("%(place)s declared %(title)s. Name the homes that are moved, and give the numbers of your place once."),
)  # fmt: skip

HEAD_MOVED = told(
    "grid.head_moved", _("A head moved away"), "notify.work",
    _("The head of %(ground)s is entered as moved away. End the term if it is so."),
)  # fmt: skip

CONTACT_MOVED = told(
    "grid.contact_moved", _("A contact person moved away"), "notify.work",
    _("A contact person of cell %(cell)s is entered as moved away. If that is so, take them off the list."),
)  # fmt: skip


def register() -> None:
    """Called once at start."""
    declare(GRID_EVENT)
    declare(GRID_EVENT_1)
    titles.register()
    TEMPLATES.add_all(
        (WORD_SAID, STORM_QUIET, HOMES_TO_MOVE, STORM_DECLARED, HEAD_MOVED, CONTACT_MOVED)
    )
