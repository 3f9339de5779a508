"""What the homes show of cases: where to report, where to follow, and one's own reports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.cases.queries.following import LEFT
from linli.cases.queries.kinds import kind_of
from linli.cases.queries.own import MyCase, own_cases
from linli.cases.types.kinds import Stage
from linli.kernel.addresses import address_of
from linli.kernel.permits import Actor
from linli.kernel.registries import HOME_SLOTS, HomeItem, HomeSlot
from linli.ui.formats import clauses, day_short
from linli.ui.jinja import named

TONES = {Stage.SOLVED: "done", Stage.REFUSED: "idle", Stage.ENDED: "idle"}


def report(place: Any, actor: Actor, on: date, limit: int) -> Sequence[HomeItem]:
    """Return where to report something at a place, and where to follow it; no query."""
    return [
        HomeItem(
            _("Report something"),
            f"{address_of('cases:report')}?place={place.code}",
            _("A broken lamp, rubbish, noise, a question: no account needed."),
        ),
        HomeItem(
            _("Follow my report"),
            address_of("cases:find"),
            _("With the number and the code you were given."),
        ),
    ]


def mine(place: None, actor: Actor, on: date, limit: int) -> Sequence[HomeItem]:
    """Return what the actor reported when signed in, the newest first."""
    return [line_of(one) for one in own_cases(actor, limit)]


def line_of(one: MyCase) -> HomeItem:
    """Return a case as one line of its reporter's list."""
    kind = kind_of(one.kind, one.version)
    state = LEFT if one.has_left else kind.says(one.state, one.lead_post_id, one.offered_post_id)
    stage = Stage.ENDED if one.has_left else Stage(one.stage)
    return HomeItem(
        named(one) or one.number,
        address_of("cases:follow", one.number),
        clauses((one.number, day_short(one.opened_at))),
        state=str(state.public),
        tone=TONES.get(stage, "run"),  # type: ignore[arg-type]
    )


def duties(place: Any, actor: Actor, on: date, limit: int) -> Sequence[HomeItem]:
    """Return the way to the list of responsibilities; no query."""
    words = _("Which post is in charge of what")
    return [HomeItem(_("Responsibilities"), address_of("cases:duties", place.code), words)]


def to_look_into(place: Any, actor: Actor, on: date, limit: int) -> Sequence[HomeItem]:
    """Return where everybody reads what was reported at a place; no query."""
    return [
        HomeItem(
            _("Reports of people here"),
            address_of("cases:public", place.code),
            _("What was reported and what became of it, without names."),
        ),
        HomeItem(
            _("Weekly reports"),
            address_of("cases:weeks", place.code),
            _("Week by week, as published."),
        ),
    ]


def register() -> None:
    """Tell the home pages. Called at start."""
    HOME_SLOTS.add(
        HomeSlot(
            "cases.report", "door:report", gettext_lazy("Report"), report, order=10, is_fixed=True
        )
    )
    HOME_SLOTS.add(
        HomeSlot("cases.mine", "me", gettext_lazy("What I reported"), mine, order=15,
                 more_url_name="cases:mine")
    )  # fmt: skip
    HOME_SLOTS.add(
        HomeSlot(
            "cases.duties",
            "links",
            gettext_lazy("Responsibilities"),
            duties,
            order=150,
            is_fixed=True,
        )
    )
    HOME_SLOTS.add(
        HomeSlot(
            "cases.open", "door:open", gettext_lazy("Residents' reports"), to_look_into, order=20
        )
    )
