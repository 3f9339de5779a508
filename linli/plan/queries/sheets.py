"""Lists of the plan as files: cards of good practice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.kernel.list_files import Asked, Row
from linli.kernel.permits import Actor
from linli.kernel.registries import PLACE_NAMES
from linli.kernel.sheets import day_cell
from linli.kernel.wholes import whole_number
from linli.plan.queries.work import found_practices
from linli.ui.formats import listed

MOST_TASK = 999


def practice_sheet(actor: Actor, asked: Asked, now: datetime) -> Iterator[Row]:
    """Cards of good practice by words and task; they are public."""
    yield [_("Good practice"), _("Place"), _("Tasks"), _("Problem"), _("Steps"), _("Effect"),
           _("Whom to ask"), _("Written on")]  # fmt: skip
    task = whole_number(asked.get("task", ""), least=1, most=MOST_TASK)
    found = list(found_practices(asked.get("q", "").strip(), task=task).prefetch_related("tasks"))
    names = PLACE_NAMES.call(sorted({card.path for card in found})) if found else {}
    for card in found:
        numbers = sorted(one.number for one in card.tasks.all())
        yield [
            card.title, str(names.get(card.path, "")),
            listed(numbers),
            card.problem, card.steps, card.effect, card.contact, day_cell(localdate(card.written_at)),
        ]  # fmt: skip
