"""What came from the hall and nobody could take goes back to it with the reason, and is warned of long before."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone, translation

from linli.cases.testing import NOON
from linli.exchange import desk, permits
from linli.exchange.clients.hall_simulator import APPLICATION, CHANGE, put
from linli.exchange.models import HallApplication, HallChange, Letter
from linli.exchange.queries.waiting_long import RESTORED, health
from linli.exchange.services import hall_applications, hall_changes, returning
from linli.exchange.types.hall import HallState
from linli.kernel.each import Broke
from linli.kernel.permits import system_actor
from linli.kernel.testing import OTHER_TOWN, make_actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("town")]
LINKS = system_actor("exchange.links")
CITY, FAR = (make_actor("city", permits.CONNECT, at=path) for path in ("441900/", OTHER_TOWN))


@pytest.fixture(autouse=True)
def simulated(settings: Any) -> None:
    """Speak to the simulated hall."""
    settings.LINLI_DEMO = True


def _applied(number: str) -> HallApplication:
    row = {
        "number": number, "item_code": "440118009000", "place": "441900005001",
        "sent_at": NOON.isoformat(), "answers": {},
        "applicant": {"name": "陈大文", "id_number": "11010519491231002X", "phone": "13800001234"},
    }  # fmt: skip
    put(APPLICATION, [row], NOON)
    hall_applications.pull_applications(actor=LINKS, now=NOON)
    HallApplication.objects.filter(number=number).update(fault="unknown_item")
    return HallApplication.objects.get(number=number)


def test_what_breaks_holds_nothing_else_up(monkeypatch: pytest.MonkeyPatch) -> None:
    broken, other = _applied("YS1"), _applied("YS2")
    give_back = returning.return_held

    def breaks(one: HallApplication, *given: Any, **named: Any) -> None:
        if one.pk == broken.pk:
            raise ValueError("broken")
        give_back(one, *given, **named)

    monkeypatch.setattr(returning, "return_held", breaks)

    with pytest.raises(Broke):
        returning.return_left(actor=LINKS, now=NOON + timedelta(days=81))

    broken.refresh_from_db(), other.refresh_from_db()
    assert (broken.state, other.state) == ("waiting", "returned")


def test_what_nobody_could_take_goes_back_to_the_hall_before_its_words_are_let_go() -> None:
    one = _applied("YS1")
    change = {"number": "C1", "application": "YS9", "kind": "withdrawal", "at": NOON.isoformat(), "why": "a"}  # fmt: skip
    put(CHANGE, [change], NOON)
    hall_changes.pull_changes(actor=LINKS, now=NOON)

    assert returning.return_left(actor=LINKS, now=NOON + timedelta(days=80)) == 0
    assert returning.return_left(actor=LINKS, now=NOON + timedelta(days=81)) == 2
    assert returning.return_left(actor=LINKS, now=NOON + timedelta(days=81)) == 0

    one.refresh_from_db()
    assert (one.state, one.row, one.fault) == ("returned", None, "") and one.why
    told = Letter.objects.get(ref="YS1").body
    assert (told["state"], told["why"]) == (HallState.RETURNED, one.why)
    assert HallChange.objects.get().state == "returned"


def test_the_desk_shows_what_waits_by_the_day_of_the_answer_and_only_where_one_oversees() -> None:
    _applied("YS1")

    (item,) = desk.stuck(CITY, NOON.date(), 9)

    # art. 32: five working days
    assert item.number == "YS1" and item.due_on is not None
    assert NOON.date() + timedelta(days=5) <= item.due_on <= NOON.date() + timedelta(days=9)
    assert desk.stuck(FAR, NOON.date(), 9) == []


def test_what_waits_for_two_weeks_is_a_finding_of_the_doctor() -> None:
    one = _applied("YS1")
    HallApplication.objects.update(came_at=timezone.now() - timedelta(days=13))
    assert list(health()) == []

    HallApplication.objects.filter(pk=one.pk).update(came_at=timezone.now() - timedelta(days=15))

    assert len(health()) == 1


def test_the_doctor_counts_every_application_that_waits_so_long() -> None:
    came = timezone.now() - timedelta(days=15)
    HallApplication.objects.bulk_create(
        HallApplication(
            number=f"YS{number}", item_code="440118009000", path=OTHER_TOWN, state="waiting",
            digest="", sent_at=came, came_at=came,
        )
        for number in range(101)
    )  # fmt: skip

    with translation.override("en"):
        [(what, _fix)] = health()

    assert what.startswith("101 applications of the hall wait")


@pytest.mark.parametrize(
    ("count", "said"), [(1, "1 letter is held"), (101, "101 letters are held")]
)
def test_the_doctor_counts_every_letter_that_a_restore_stopped(count: int, said: str) -> None:
    Letter.objects.bulk_create(
        Letter(
            system="hall", ref=f"YS{number}", seq=1, path=OTHER_TOWN, kind="told", body={}, state="dead",
            fault=RESTORED, due_at=NOON, made_at=NOON,
        )
        for number in range(count)
    )  # fmt: skip

    with translation.override("en"):
        [(what, _fix)] = health()

    assert what.startswith(said)
