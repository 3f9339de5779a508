"""What the grid declares for others: kinds of cases, messages, and what its acts are called."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.cases.kinds.declaring import declare
from linli.grid.kinds import titles
from linli.grid.kinds.event import GRID_EVENT
from linli.notify.types import TEMPLATES, told

WORD_SAID = told(
    "grid.word", _("A neighbour has a word for you"), "notify.own_matters",
    _("A neighbour of %(ground)s has a word for you as head. Your page has it."),
)  # fmt: skip


def register() -> None:
    """Called once at start."""
    declare(GRID_EVENT)
    titles.register()
    TEMPLATES.add(WORD_SAID)
