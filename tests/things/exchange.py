"""Things that fill the addresses of what outside programs ask, and of the hotline's orders."""

from __future__ import annotations

from linli.demo.connected import EARLY, NEW_ITEM, STRANGE, STUCK, UNKNOWN
from linli.demo.hotline import DONE, WAITS
from linli.exchange.rules.orders import SHANGHAI
from tests.things.lookup import API, Things, one, page_and_api, pk


def things() -> Things:
    return {
        ("open311/", "form"): "json",
        ("open311/v2/services/", "code"): "other",
        ("open311/v2/requests/", "number"): "NOSUCH",
        ("open311/v2/tokens/", "token"): "nosuch",
        ("open311/v2/", "rest"): "nothing",
        ("hotline/cases/", "number"): one("exchange.hotlineorder", number=DONE).case.number,
        ("connections/letters/", "letter_id"): pk("exchange.letter", ref=STUCK, seq=1),
        ("connections/payments/", "notice_id"): pk("exchange.paynotice", trade=STRANGE),
        (f"{API}connections/items/", "move"): "link",
        (f"{API}connections/applications/", "move"): "return",
        (f"{API}connections/changes/", "move"): "return",
        ("connections/days/", "system"): "hall",
        ("connections/days/", "on"): one("exchange.hallapplication", number=STUCK)
        .sent_at.astimezone(SHANGHAI)
        .date()
        .isoformat(),
        **page_and_api(
            {
                ("connections/applications/", "application_id"): pk(
                    "exchange.hallapplication", number=UNKNOWN
                ),
                ("connections/changes/", "change_id"): pk("exchange.hallchange", number=EARLY),
                ("connections/items/", "item_id"): pk("exchange.hallitem", code=NEW_ITEM),
                ("hotline/orders/", "number"): WAITS,
                ("hotline/lists/", "list_id"): pk("exchange.orderlist"),
                ("hotline/results/", "number"): one("exchange.resultfile").number,
                ("hotline/hand-backs/", "hand_back_id"): pk("exchange.handback"),
            }
        ),
    }
