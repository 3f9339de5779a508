"""A service hall that misbehaves, for tests: what it has, and one round of asking and telling."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from linli.cases.testing import NOON
from linli.exchange.clients.hall_simulator import APPLICATION, CHANGE, ITEM, put, put_file
from linli.exchange.models import HallApplication, HallChange
from linli.exchange.queries.hall import waiting_to_be_taken
from linli.exchange.queries.hall_changes import applications_waiting
from linli.exchange.services import hall_applications, hall_changes, hall_lists, letters
from linli.exchange.types.connections import System
from linli.kernel.permits import system_actor
from linli.offerings.services import hall
from linli.offerings.services import hall_changes as changing

LINKS = system_actor("exchange.links")
CODE, VILLAGE = "440118009000", "441900005001"


def made_there(number: str, **more: Any) -> dict[str, Any]:
    """Return an application as the hall has it."""
    return {
        "number": number, "item_code": CODE, "place": VILLAGE, "sent_at": NOON.isoformat(),
        "applicant": {"name": "陈大文", "id_number": "11010519491231002X", "phone": "13800001234"},
        "answers": {"whose": "rented"}, **more,
    }  # fmt: skip


def listed(version: int = 1, **more: Any) -> dict[str, Any]:
    """Return an item of the hall's list."""
    return {"code": CODE, "version": version, "name": "居住证申领", "promised_days": 5, **more}


def hall_has(*numbers: str, now: datetime = NOON, **more: Any) -> None:
    """Let people apply at the hall."""
    put(APPLICATION, [made_there(number, **more) for number in numbers], now)


def hall_lists_item(*rows: dict[str, Any], now: datetime = NOON) -> None:
    """Let the hall's list have these rows."""
    put(ITEM, rows, now)


def pulled(now: datetime = NOON) -> list[HallApplication]:
    """Ask the hall, and take in what came, as the jobs do."""
    hall_lists.pull_items(actor=LINKS, now=now)
    hall_applications.pull_applications(actor=LINKS, now=now)
    for application_id in waiting_to_be_taken(500):
        hall.take_sent_in(application_id, actor=LINKS, now=now)
    return list(HallApplication.objects.order_by("pk"))


def sent(now: datetime = NOON) -> int:
    """Send what is due."""
    return letters.send_due(System.HALL, actor=LINKS, now=now)


def step_there(number: str, application: str, *, now: datetime = NOON, **more: Any) -> None:
    """Let an applicant withdraw at the hall, or send papers there: `papers` is paper → (code of a file, content)."""
    papers = more.pop("papers", {})
    files = [
        {
            "material": key,
            "file": code,
            "name": f"{key}.jpg",
            "sha256": put_file(code, content, now),
        }
        for key, (code, content) in papers.items()
    ]
    kind = "supplement" if papers else "withdrawal"
    row = {
        "number": number,
        "application": application,
        "kind": kind,
        "at": now.isoformat(),
        **more,
    }
    put(CHANGE, [row | ({"files": files} if files else {})], now)


def stepped(now: datetime = NOON) -> list[HallChange]:
    """Ask the hall for steps of applicants, and take them, as the jobs do."""
    hall_changes.pull_changes(actor=LINKS, now=now)
    for application in applications_waiting(500):
        changing.take_changes(application, actor=LINKS, now=now)
    return list(HallChange.objects.order_by("pk"))
