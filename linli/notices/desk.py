"""What notices bring to the desk: what waits to be published, what came back, what ends soon."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.kernel.permits import Actor
from linli.kernel.registries import DeskEntry, DeskItem
from linli.notices import permits, queries
from linli.notices.models import Posting
from linli.ui.formats import day

MOST = 100


def items(actor: Actor, on: date, limit: int) -> Sequence[DeskItem]:
    """Return what waits for this actor, then what ends or ended: that is only told, nothing is due."""
    waiting = [_item(one, one.open, on, _("Publish")) for one in queries.to_publish(actor, limit)]
    returned = [_item(one, one.open, on, _("Go on")) for one in queries.returned_to(actor, limit)]
    ends = [_ending(one, on) for one in queries.ends_soon(actor, on, limit)]
    return [*waiting, *returned, *ends][:limit]


def count(actor: Actor, on: date) -> int | None:
    """Return how many wait for a step, up to a hundred; what ends is no work."""
    return len(queries.to_publish(actor, MOST)) + len(queries.returned_to(actor, MOST))


def _item(posting: Posting, version: Any, on: date, step: str) -> DeskItem:
    return DeskItem(
        title=version.title,
        url=reverse("notices:manage", args=[posting.code]),
        due_on=posting.first_day or localdate(version.saved_at) + timedelta(days=1),
        kind=gettext_lazy("Notice"),
        step=step,
        number=posting.number,
        stage=queries.PHASE_WORDS[version.state],
    )


def _ending(posting: Posting, on: date) -> DeskItem:
    assert posting.current is not None and posting.last_day is not None
    is_over = posting.last_day < on
    stage = _("ended on %(day)s") if is_over else _("ends on %(day)s")
    return DeskItem(
        title=posting.current.title,
        url=reverse("notices:manage", args=[posting.code]),
        due_on=None if is_over else posting.last_day,
        kind=gettext_lazy("Notice"),
        step=_("Look at it"),
        number=posting.number,
        stage=stage % {"day": day(posting.last_day)},
    )


NOTICES = DeskEntry(
    "notices.postings", gettext_lazy("Notices"), "pin", "notices:list",
    (permits.WRITE, permits.PUBLISH), 60, items, count, group="papers",
)  # fmt: skip
