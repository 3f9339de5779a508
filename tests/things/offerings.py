"""Things that fill the addresses of what is offered."""

from __future__ import annotations

from linli.demo.asked import BACK, PAID, WAITS
from linli.demo.offers import IN_WORK
from tests.things.lookup import API, Things, one, page_and_api


def things() -> Things:
    return {
        **page_and_api({("items/", "key"): "residence-permit"}),
        # a version of it is being written
        ("desk/items/", "key"): IN_WORK,
        ("desk/items/", "part"): "materials",
        ("desk/items/", "number"): 1,
        ("desk/items/", "act"): "up",
        ("desk/items/", "move"): "submit",
        **_applications(),
    }


def _applications() -> Things:
    waits, paid = one("cases.case", title=WAITS, state="correction"), one("offerings.payment")
    part = one("offerings.applicationpart", task=BACK)
    assert paid.application.case.title == PAID
    return {
        ("window/", "key"): "residence-permit",
        ("applications/", "number"): waits.number,
        ("applications/<str:number>/papers/", "key"): "correction",
        ("applications/<str:number>/parts/", "number"): part.application.case.number,
        ("applications/<str:number>/parts/", "part_id"): part.pk,
        ("applications/<str:number>/payments/", "number"): paid.application.case.number,
        ("applications/<str:number>/payments/", "receipt"): paid.number,
        ("applications/receipt/", "number"): waits.number,
        (f"{API}applications/", "number"): waits.number,
    }
