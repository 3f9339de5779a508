"""What cases bring to the desk: what is offered to one's post and what it has, late first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.cases import permits
from linli.cases.queries import duties, ended_posts, releasing, reopening, rule_sets, sampling
from linli.cases.queries.listing import count_each, list_cases
from linli.cases.queries.public import category_name
from linli.cases.queries.telling import Told, told_rows
from linli.cases.rules.clocks import SHANGHAI
from linli.cases.rules.telling import first_line
from linli.cases.types.listing import View, Wanted
from linli.kernel.paging import COUNT_LIMIT
from linli.kernel.permits import Actor
from linli.kernel.registries import DESK, DeskEntry, DeskItem
from linli.ui.jinja import named

# signs of what people wrote in a row of the desk
SHORT = 40


def due_work(actor: Actor, on: date, limit: int) -> Sequence[DeskItem]:
    """Cases that are offered to the actor's posts or with them, and late ones that nobody has."""
    now = datetime.combine(on, time(12), SHANGHAI)
    rows = {}
    for wanted in _hers(now):
        for row in list_cases(actor, wanted, limit=limit).items:
            # what is offered to others waits for them
            if wanted.view is not View.OPEN or row.offered_post_id is None:
                rows[row.id] = row
    told = told_rows(actor, list(rows.values()), now)
    told.sort(key=lambda one: (one.due_on is None, one.due_on or on, one.row.id))
    return [_item(one) for one in told[:limit]]


def _hers(now: datetime) -> list[Wanted]:
    return [
        Wanted(View.OFFERED, now=now),
        Wanted(View.MINE, now=now),
        Wanted(View.OPEN, now=now, flag="unaccepted"),
    ]


def _item(told: Told) -> DeskItem:
    return DeskItem(
        title=told.title,
        url=reverse("cases:sheet", args=[told.row.number]),
        due_on=told.due_on,
        kind=told.matter or told.kind,
        step=told.step,
        number=told.row.number,
        holder=told.holder,
        stage=told.state,
    )


def count_waiting(actor: Actor, on: date) -> int | None:
    """Return how many cases wait for the actor's posts, up to the limit of counts."""
    now = datetime.combine(on, time(12), SHANGHAI)
    counts = count_each(actor, [Wanted(View.OFFERED, now=now), Wanted(View.MINE, now=now)])
    return min(sum(counts), COUNT_LIMIT) or None


def words_to_read(actor: Actor, on: date, limit: int) -> Sequence[DeskItem]:
    """Words and photos that wait to be read before everybody does."""
    return [
        DeskItem(
            first_line(row.text, SHORT) or row.category, reverse("cases:release_case", args=[row.number]),
            row.due_on, _("To review before publication"), _("Read"), row.number,
        )
        for row in releasing.waiting_due(actor, limit)
    ]  # fmt: skip


def calls_to_make(actor: Actor, on: date, limit: int) -> Sequence[DeskItem]:
    """Calls that wait, those due first."""
    rows = sampling.calls_to_make(actor).order_by("due_at", "pk")[:limit]
    return [
        DeskItem(
            category_name(row.case.category), reverse("cases:call", args=[row.pk]),
            row.last_day, _("Call back"), _("Call"), row.whose.number,
        )
        for row in rows
    ]  # fmt: skip


def reopenings(actor: Actor, on: date, limit: int) -> Sequence[DeskItem]:
    """Requests to take a case up again."""
    rows = reopening.list_asked(actor, limit=limit).items if limit else []
    return [
        DeskItem(
            first_line(row.reason, SHORT) or row.category,
            reverse("cases:reopening_case", args=[row.case.number]),
            row.due_on, _("Not solved, says the reporter"), _("Decide on it"), row.case.number,
        )
        for row in rows
    ]  # fmt: skip


def routing_to_keep(actor: Actor, on: date, limit: int) -> Sequence[DeskItem]:
    """Places that followed another one and name nobody in charge; drafts that came from one.

    Until a draft is in force, no rule holds there. Posts that ended and that lists or rules still name.
    """
    bare = [
        DeskItem(
            named(new), reverse("cases:duties", args=[new.code]), None,
            _("List of responsibilities"), _("Name who is in charge"), holder=named(old),
        )
        for old, new in duties.without_list(actor, on)
    ]  # fmt: skip
    drafts = [
        DeskItem(
            held.title, reverse("cases:rule_set", args=[held.pk]), None,
            _("Rules that came from a place that ended"), _("Put in force or throw away"),
        )
        for held in rule_sets.taken_over(actor)[:limit]
    ]  # fmt: skip
    ended = [
        DeskItem(
            one.name, reverse("cases:ended_post", args=[one.post_id]), None,
            _("A post that ended is still named")
            if one.closed_on <= on
            else _("A post that is to end is still named"),
            _("Name another post"),
        )
        for one in ended_posts.still_named(actor, on)
    ]  # fmt: skip
    return [*bare, *ended, *drafts][:limit]


def register() -> None:
    """Add the desk's entries. Called at start."""
    DESK.add(
        DeskEntry(
            "cases", _("Cases"), "message-report", "cases:list",
            (permits.SEE, permits.HANDLE), order=30, items=due_work, count=count_waiting, group="cases",
        )
    )  # fmt: skip
    DESK.add(
        DeskEntry(
            "cases.new", _("Open a case"), "pencil", "cases:new_list",
            (permits.VISITS, permits.PETITION_WORK, permits.DIRECT, permits.PAPERS), order=32, group="cases",
        )
    )  # fmt: skip
    DESK.add(
        DeskEntry(
            "cases.board", _("Board of cases"), "layout-dashboard", "cases:board",
            (permits.SUPERVISE,), order=35, group="cases",
        )
    )  # fmt: skip
    DESK.add(
        DeskEntry(
            "cases.routing", _("Routing of cases"), "arrows-split", "cases:routing",
            (permits.KEEP_RULES,), order=37, items=routing_to_keep,
        )
    )  # fmt: skip
    DESK.add(
        DeskEntry(
            "cases.release", _("Release words"), "eye", "cases:release",
            (permits.RELEASE,), order=40, items=words_to_read, count=releasing.count_waiting, group="cases",
        )
    )  # fmt: skip
    DESK.add(
        DeskEntry(
            "cases.calls", _("Calls to make"), "phone", "cases:calls",
            (permits.CALL_BACK,), order=45, items=calls_to_make, count=sampling.count_calls, group="cases",
        )
    )  # fmt: skip
    DESK.add(
        DeskEntry(
            "cases.ratings", _("Ratings"), "star", "cases:ratings",
            (permits.REVIEW_RATINGS,), order=47, group="cases",
        )
    )  # fmt: skip
    DESK.add(
        DeskEntry(
            "cases.reopening", _("Not solved"), "repeat", "cases:reopening",
            (permits.SUPERVISE,), order=46, items=reopenings, count=reopening.count_asked, group="cases",
        )
    )  # fmt: skip
