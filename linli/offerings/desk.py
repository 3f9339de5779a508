"""What offerings bring to the desk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from linli.cases.permits import REVIEW_RATINGS
from linli.kernel.paths import code_of
from linli.kernel.permits import Actor
from linli.kernel.registries import DESK, DeskEntry, DeskItem
from linli.offerings import permits
from linli.offerings.models import HomeVisit
from linli.offerings.queries import benefits, centres, fees, home_visits, reporting, rounds_due
from linli.offerings.queries import items as queries
from linli.offerings.queries.item_naming import item_titles
from linli.offerings.types.reminders import CAUSE_TITLES
from linli.orgs import queries as orgs
from linli.ui.formats import day_short, money
from linli.ui.jinja import named


def due_items(actor: Actor, on: date, limit: int) -> Sequence[DeskItem]:
    """Return items that wait for a second person, then those that are to be looked at again."""
    waiting = [
        DeskItem(
            version.name, reverse("offerings:desk_item", args=[version.item.key]), None,
            _("Item of service"), _("Look at it and publish"), version.item.key,
        )
        for version in queries.to_publish(actor)[:limit]
    ]  # fmt: skip
    due = list(queries.to_review(actor, on)[: max(0, limit - len(waiting))])
    names = queries.names_of(due)
    return waiting + [
        DeskItem(
            names.get(item.pk, item.key), reverse("offerings:desk_item", args=[item.key]), item.review_on,
            _("Item of service"), _("Look at it again"), item.key,
        )
        for item in due
    ]  # fmt: skip


def due_reports(actor: Actor, on: date, limit: int) -> Sequence[DeskItem]:
    """Return reports that wait for one's approval, then those for one's village, the most urgent first."""
    asked = [
        DeskItem(
            task.title, reverse("offerings:report", args=[task.code]), task.due_on,
            _("Report by spreadsheet"), _("Approve it, or give it back"),
        )
        for task in reporting.to_approve(actor)[:limit]
    ]  # fmt: skip
    return asked + [
        DeskItem(
            sheet.task.title, reverse("offerings:report_sheet", args=[sheet.code]), sheet.task.due_on,
            _("Report by spreadsheet"), _("Look it through and sign it off"),
        )
        for sheet in reporting.waiting_sheets(actor)[: max(0, limit - len(asked))]
    ]  # fmt: skip


# applications
def fees_to_go_back(actor: Actor, on: date, limit: int) -> Sequence[DeskItem]:
    """Return what was paid for applications that ended without a decision: nobody owes it any more."""
    return [
        DeskItem(
            f"{money(fees.left_of(one))} · {named(one.application.case)}",
            reverse("offerings:application_refund", args=[one.application.case.number, one.number]), None,
            _("Fee to go back"), _("Give the fee back"), one.application.case.number,
        )
        for one in fees.to_go_back(actor)[:limit]
    ]  # fmt: skip


WINDOW = DeskEntry(
    "offerings.window", gettext_lazy("Take an application in"), "id", "offerings:window", (permits.RECEIVE,),
    28, group="cases",
)  # fmt: skip
FEES_BACK = DeskEntry(
    "offerings.fees_back", gettext_lazy("Fees to go back"), "coin-yuan", "offerings:fees_back", (permits.RECEIVE,),
    31, items=fees_to_go_back, group="cases",
)  # fmt: skip


def draws_to_make(actor: Actor, on: date, limit: int) -> Sequence[DeskItem]:
    """Return draws that take no entries any more: until they are made their days are closed to all."""
    return [
        DeskItem(
            one.name, reverse("offerings:draw_rounds", args=[orgs.code_of(one.centre_id)]), one.first,
            _("Dates by draw"), _("Draw, or call it off"), one.code,
        )
        for one in rounds_due.to_draw(actor, timezone.now())[:limit]
    ]  # fmt: skip


def open_home_visits(actor: Actor, on: date, limit: int) -> Sequence[DeskItem]:
    """Return visits at home that wait for a day, and those of today, hers and of others."""
    rows = home_visits.waiting_for(actor, on, limit)
    titles = item_titles(row.item for row in rows)
    return [
        DeskItem(
            titles.get(row.item, ""), reverse("offerings:home_visit_desk", args=[row.code]),
            row.visit_on, _("Visit at home"),
            _step_to(row, actor), row.code,
            stage=home_visits.when_words(row, get_language() or "")
            or _("asked on %(day)s") % {"day": day_short(localdate(row.asked_at))},
        )
        for row in rows
    ]  # fmt: skip


def _step_to(row: HomeVisit, actor: Actor) -> str:
    if row.state != "planned":
        return _("Set a day")
    return _("Go there") if row.goes_id == actor.account_id else _("See that somebody goes")


# reminders
def asked_stops(actor: Actor, on: date, limit: int) -> Sequence[DeskItem]:
    """Return what is asked to stop, the longest asked first."""
    return [
        DeskItem(
            _("Stop: %(what)s") % {"what": row.name},
            f"{reverse('offerings:reminders')}?place={code_of(row.path)}#benefit-{row.pk}",
            row.cause_on, _("What falls due"), _("Decide"), str(row.pk), stage=CAUSE_TITLES[row.cause],
        )
        for row in benefits.asked_to_stop(actor)[:limit]
    ]  # fmt: skip


REMINDERS = DeskEntry(
    "offerings.reminders", gettext_lazy("What falls due"), "calendar", "offerings:reminders", (permits.RECEIVE,),
    29, items=asked_stops, count=benefits.waiting_count, group="cases",
)  # fmt: skip


def register() -> None:
    """Add the desk's entry."""
    DESK.add(REMINDERS)
    DESK.add(
        DeskEntry(
            "offerings.items", gettext_lazy("Items of service"), "list-check", "offerings:desk_items",
            queries.SEEN_WITH, order=420, items=due_items, group="registers",
        )
    )  # fmt: skip
    DESK.add(WINDOW)
    DESK.add(FEES_BACK)
    DESK.add(
        DeskEntry(
            "offerings.centres", gettext_lazy("Service centres"), "building-community", "offerings:centre_list",
            centres.SEEN_WITH, order=425, group="registers",
        )
    )  # fmt: skip
    DESK.add(
        DeskEntry(
            "offerings.reports", gettext_lazy("Reports by spreadsheet"), "table", "offerings:reports",
            reporting.SEEN_WITH, order=60, items=due_reports, group="papers",
        )
    )  # fmt: skip
    # visits
    DESK.add(
        DeskEntry(
            "offerings.windows", gettext_lazy("Windows and visits"), "calendar", "offerings:windows",
            (permits.SERVE, permits.WINDOWS), order=40, items=draws_to_make, group="cases",
        )
    )  # fmt: skip
    DESK.add(
        DeskEntry(
            "offerings.home_visits", gettext_lazy("Visits at home"), "home", "offerings:home_visits",
            (permits.SERVE,), order=42, items=open_home_visits, group="cases",
        )
    )  # fmt: skip
    DESK.add(
        DeskEntry(
            "offerings.rating_calls", gettext_lazy("Visits that were not good"), "phone", "offerings:rating_calls",
            (permits.CALL_BACK, REVIEW_RATINGS), order=45, group="cases",
        )
    )  # fmt: skip
