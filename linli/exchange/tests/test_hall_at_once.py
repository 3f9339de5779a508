"""The hall sends a row once more while somebody here takes it in, or sends it back."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from linli.cases.testing import NOON
from linli.exchange import permits
from linli.exchange.clients.hall_simulator import APPLICATION, CHANGE, put
from linli.exchange.models import HallApplication, HallChange
from linli.exchange.services import hall_applications, hall_changes
from linli.kernel.permits import system_actor
from linli.kernel.testing import make_actor
from linli.runtime.testing import Elsewhere

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("town")]
LINKS = system_actor("exchange.links")
CITY = make_actor("city", permits.CONNECT, at="441900/")


@pytest.fixture(autouse=True)
def simulated(settings: Any) -> None:
    """Speak to the simulated hall."""
    settings.LINLI_DEMO = True


def applied(phone: str) -> None:
    row = {
        "number": "YS1", "item_code": "440118009000", "place": "441900005001",
        "sent_at": NOON.isoformat(), "answers": {},
        "applicant": {"name": "陈大文", "id_number": "11010519491231002X", "phone": phone},
    }  # fmt: skip
    put(APPLICATION, [row], NOON)


def withdrawn(why: str) -> None:
    row = {
        "number": "C1",
        "application": "YS1",
        "kind": "withdrawal",
        "at": NOON.isoformat(),
        "why": why,
    }
    put(CHANGE, [row], NOON)


def test_an_application_that_comes_again_while_it_is_sent_back_stays_sent_back() -> None:
    applied("13800001234")
    hall_applications.pull_applications(actor=LINKS, now=NOON)
    applied("13800005678")
    with transaction.atomic():
        one = HallApplication.objects.get()
        hall_applications.return_to_hall(one, "not ours", actor=CITY, now=NOON)
        again = Elsewhere(lambda: hall_applications.pull_applications(actor=LINKS, now=NOON))
        assert again.is_waiting()
    again.result()

    one.refresh_from_db()
    assert (one.state, one.row, one.fault) == ("returned", None, "changed_after")
    assert (one.why, one.ended_at) == ("not ours", NOON)


def test_a_step_that_comes_again_while_it_is_noted_as_done_stays_done() -> None:
    withdrawn("a")
    hall_changes.pull_changes(actor=LINKS, now=NOON)
    withdrawn("b")
    with transaction.atomic():
        one = HallChange.objects.get()
        hall_changes.note_done(one, "by hand", actor=CITY, now=NOON)
        again = Elsewhere(lambda: hall_changes.pull_changes(actor=LINKS, now=NOON))
        assert again.is_waiting()
    again.result()

    one.refresh_from_db()
    assert (one.state, one.row, one.fault) == ("taken", None, "changed_after")
