"""Things that fill the addresses of what is offered."""

from __future__ import annotations

from linli.demo.asked import BACK, CARE, PAID, WAITS
from linli.demo.cast import VILLAGE_1
from linli.demo.offers import IN_WORK
from linli.demo.reports import LISTED, WAITING
from linli.offerings.clients.reporting_templates import shipped_templates
from tests.things.lookup import API, Things, one, page_and_api


def things() -> Things:
    return {
        **page_and_api({("items/", "key"): "residence-permit"}),
        # a version of it is being written
        ("desk/items/", "key"): IN_WORK,
        (f"{API}item-work/", "key"): IN_WORK,
        (f"{API}item-work/<slug:key>/parts/", "part"): "materials",
        (f"{API}item-work/<slug:key>/parts/", "number"): 1,
        (f"{API}item-work/<slug:key>/parts/", "move"): "up",
        ("desk/item-lists/", "code"): one("offerings.itemlist", state="checked").code,
        (f"{API}item-lists/", "code"): one("offerings.itemlist", state="checked").code,
        (f"{API}item-lists/", "move"): "check",
        ("desk/items/", "part"): "materials",
        ("desk/items/", "number"): 1,
        ("desk/items/", "act"): "up",
        ("desk/items/", "move"): "submit",
        **_applications(),
        **_visits(),
        **_reports(),
        **_centres(),
        **_reminders(),
    }


def _applications() -> Things:
    waits, paid = one("cases.case", title=WAITS, state="correction"), one("offerings.payment")
    part = one("offerings.applicationpart", task=BACK)
    assert paid.application.case.title == PAID
    return {
        ("window/", "key"): "residence-permit",
        ("applications/", "number"): waits.number,
        ("applications/<str:number>/papers/", "key"): "correction",
        ("applications/<str:number>/ask/", "key"): "id-data",
        ("applications/<str:number>/pay/", "act"): "ask",
        ("applications/<str:number>/parts/", "number"): part.application.case.number,
        ("applications/<str:number>/parts/", "part_id"): part.pk,
        ("applications/<str:number>/payments/", "number"): paid.application.case.number,
        ("applications/<str:number>/payments/", "receipt"): paid.number,
        ("applications/receipt/", "number"): waits.number,
        (f"{API}applications/", "number"): waits.number,
        (f"{API}applications/<number>/parts/", "number"): part.application.case.number,
        (f"{API}applications/<number>/parts/", "part_id"): part.pk,
        (f"{API}applications/<number>/papers/", "key"): "correction",
        (f"{API}applications/<number>/records/", "key"): "id-data",
    }


def _reminders() -> Things:
    asked, mandate = one("offerings.benefit", name=CARE), one("offerings.agentmandate")
    return {
        ("desk/reminders/", "name"): "file",
        ("desk/benefits/", "person_id"): asked.person_id,
        ("desk/benefits/of/", "benefit_id"): asked.pk,
        ("desk/benefits/of/", "move"): "stop",
        (f"{API}benefits/", "benefit_id"): asked.pk,
        (f"{API}benefits/", "move"): "stop",
        ("window/mandates/", "person_id"): mandate.person_id,
        ("window/mandates/of/", "mandate_id"): mandate.pk,
        ("me/mandates/", "mandate_id"): mandate.pk,
        ("window/mandates/of/", "move"): "end",
        (f"{API}mandates/", "mandate_id"): mandate.pk,
    }


def _visits() -> Things:
    visit = one("offerings.appointment", state="booked")
    centre = visit.window.centre.organisation.code
    return {
        **page_and_api({("visits/", "code"): visit.code}),
        ("visits/", "centre"): centre,
        ("windows/", "centre"): centre,
        ("windows/", "window_id"): visit.window_id,
        ("windows/", "code"): visit.code,
        ("window/home/", "code"): one("offerings.homevisit", state="planned").code,
        (f"{API}home-visits/", "code"): one("offerings.homevisit", state="planned").code,
        (f"{API}home-visits/", "move"): "plan",
        ("visits/home/", "code"): one("offerings.homevisit", state="asked").code,
        ("items/<slug:key>/home/", "key"): "care-grant",
        ("windows/visits/", "move"): "come",
        ("windows/of/", "move"): "next",
        ("windows/tablets/", "tablet_id"): one("offerings.ratingtablet").pk,
        (f"{API}rating-tablets/", "tablet_id"): one("offerings.ratingtablet").pk,
        (f"{API}queues/", "centre"): centre,
        (f"{API}windows/", "centre"): centre,
        (f"{API}windows/", "window_id"): visit.window_id,
        (f"{API}tickets/", "code"): one("offerings.ticket", state="waiting").code,
        (f"{API}rate/visits/", "code"): one("offerings.ticket", state="done", rating=None).code,
        ("tickets/", "code"): one("offerings.ticket", state="waiting").code,
        ("screens/", "centre"): centre,
        ("draws/", "code"): one("offerings.drawround", state="open").code,
        ("draws/<slug:code>/draw.json", "code"): one("offerings.drawround", state="drawn").code,
        ("draws/entries/", "code"): one("offerings.drawentry", round__state="open").code,
        ("windows/draws/", "code"): one("offerings.drawround", state="open").code,
        ("windows/draws/", "move"): "call-off",
        ("windows/ratings/", "rating_id"): one("offerings.visitrating", grade=2).pk,
        (f"{API}visit-ratings/", "rating_id"): one("offerings.visitrating", grade=2).pk,
        (f"{API}visit-ratings/", "move"): "case",
        ("rate/visits/", "code"): one("offerings.ticket", state="done", rating=None).code,
        ("windows/closings/", "closing_id"): one("offerings.dayoff").pk,
    }


def _centres() -> Things:
    check = one("offerings.centrecheck", by="third")
    centre = check.centre.organisation.code
    return {
        ("centres/", "centre"): centre,
        ("desk/centres/", "centre"): centre,
        (f"{API}centre-records/", "code"): centre,
        (f"{API}centre-records/", "cost_id"): one(
            "offerings.centrecost", centre_id=check.centre_id
        ).pk,
        (f"{API}centre-checks/", "check_id"): check.pk,
        (f"{API}centre-checks/", "move"): "drop",
        ("desk/centres/", "what"): "cost",
        ("desk/centres/checks/", "check_id"): check.pk,
        (f"{API}centre-checks/", "norm"): "role",
    }


def _reports() -> Things:
    title = shipped_templates()[WAITING].title
    sheet = one("offerings.reportingsheet", task__title=title, path__endswith=f"{VILLAGE_1}/")
    return {
        ("desk/reports/", "code"): one("offerings.reportingtask", state="draft").code,
        ("desk/reports/", "move"): "open",
        ("desk/reports/sheets/", "code"): sheet.code,
        ("desk/reports/sheets/", "move"): "refill",
        (f"{API}reporting/tasks/", "code"): sheet.task.code,
        (f"{API}reporting/sheets/", "code"): sheet.code,
        (f"{API}reporting/sheets/", "move"): "refill",
        (f"{API}reporting/sheets/<code>/rows/", "code"): one(
            "offerings.reportingsheet", task__title=shipped_templates()[LISTED].title,
            path__endswith=f"{VILLAGE_1}/",
        ).code,
    }  # fmt: skip
