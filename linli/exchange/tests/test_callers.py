"""A later list sets right how the caller of an order is reached, and the story says so (domain 6.2)."""

from __future__ import annotations

import pytest

from linli.cases import permits as case_permits
from linli.cases.models import Case, CaseEvent, Reporter
from linli.cases.services.contacts import reveal_sealed
from linli.cases.services.forgetting import forget_reporter
from linli.cases.testing import NOON, faults
from linli.cases.types.filing import Contact
from linli.exchange.models import HotlineOrder
from linli.exchange.services import taking_orders, waiting_orders
from linli.exchange.tests.orders import (
    HEADS,
    VILLAGE,
    as_csv,
    checked,
    finished,
    hotline_clerk,
    order,
    taken,
)  # fmt: skip
from linli.kernel.permits import VAULT, system_actor
from linli.kernel.testing import make_actor
from linli.trail.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("town")]
CLERK = hotline_clerk()
CALLS = make_actor(
    "calls back", case_permits.CONTACT, case_permits.SUPERVISE, at="441900/", ceiling=VAULT
)
OTHER = "13900005678"
WITH_WISH = (*HEADS, "是否保密")


def reached() -> Contact:
    return reveal_sealed(Case.objects.get(), "回访", actor=CALLS, now=NOON).contact


def corrections() -> list[dict[str, int]]:
    return [dict(e.facts) for e in CaseEvent.objects.filter(move="set_contact").order_by("seq")]


def test_another_telephone_is_taken_over_once_and_the_story_says_so_without_it() -> None:
    taken(as_csv(order()), CLERK)
    changed = as_csv(order(来电号码=OTHER))
    assert checked(changed, CLERK).counts == {"rows": 1, "changed": 1}
    assert reached().phone == "+8613800001234" and corrections() == []

    for expected in ({"rows": 1, "changed": 1}, {"rows": 1, "known": 1}):
        assert taken(changed, CLERK).counts == expected

    assert reached() == Contact("陈小姐", f"+86{OTHER}")
    assert Reporter.objects.get().phone_masked == "139****5678"
    assert corrections() == [{"phone": 1}]
    event = CaseEvent.objects.get(move="set_contact")
    assert event.by != "reporter" and OTHER not in str([e.details for e in Entry.objects.all()])
    assert not CaseEvent.objects.filter(move="add_words").exists() and faults() == []


def test_what_a_later_list_leaves_out_takes_nothing_away() -> None:
    taken(as_csv(order()), CLERK)

    found = taken(as_csv(order(来电人="匿名", 来电号码="")), CLERK)

    assert found.counts == {"rows": 1, "known": 1} and corrections() == []
    assert reached() == Contact("陈小姐", "+8613800001234")


def test_a_wish_not_to_be_named_is_taken_over_and_never_taken_back() -> None:
    taken(as_csv(order()), CLERK)

    taken(as_csv(order(是否保密="是"), heads=WITH_WISH), CLERK)
    assert Reporter.objects.get().naming == "withheld" and corrections() == [{"naming": 1}]
    taken(as_csv(order(是否保密="否"), heads=WITH_WISH), CLERK)

    assert Reporter.objects.get().naming == "withheld" and len(corrections()) == 1


def test_who_was_not_known_becomes_known() -> None:
    taken(as_csv(order(来电人="", 来电号码="")), CLERK)
    assert Reporter.objects.get().naming == "anonymous"

    taken(as_csv(order()), CLERK)

    assert Reporter.objects.get().naming == "named" and reached().name == "陈小姐"
    assert corrections() == [{"name": 1, "phone": 1, "naming": 1}]


def test_who_was_forgotten_stays_forgotten() -> None:
    taken(as_csv(order()), CLERK)
    forget_reporter(Case.objects.get().pk, actor=system_actor("cases.forget"), now=NOON)

    found = taken(as_csv(order(来电号码=OTHER)), CLERK)

    assert found.counts == {"rows": 1, "known": 1} and corrections() == []
    assert Reporter.objects.get().contact is None


def test_a_case_that_is_over_learns_it_only_when_it_is_to_be_taken_up_again() -> None:
    finished(CLERK)
    heads = (*HEADS, "是否重办")
    assert taken(as_csv(order(来电号码=OTHER)), CLERK).counts == {"rows": 1, "known": 1}
    assert corrections() == []

    again = order(来电号码=OTHER, 诉求内容="又不亮了", 是否重办="是")
    assert taken(as_csv(again, heads=heads), CLERK).counts == {"rows": 1, "again": 1}

    assert Case.objects.get().state == "reopen_asked" and reached().phone == f"+86{OTHER}"


def test_an_order_that_waits_takes_it_over_and_keeps_what_is_left_out() -> None:
    taken(as_csv(order(village="")), CLERK)

    found = taken(as_csv(order(village="", 来电人="", 来电号码=OTHER)), CLERK)

    assert found.counts == {"rows": 1, "changed": 1}
    one = HotlineOrder.objects.get()
    waiting_orders.place_orders({one.pk: VILLAGE}, actor=CLERK, now=NOON)
    assert reached() == Contact("陈小姐", f"+86{OTHER}") and corrections() == []


def test_one_list_that_names_two_callers_for_an_order_is_asked_which_is_right() -> None:
    found = taken(as_csv(order(), order(来电号码=OTHER)), CLERK)

    assert (found.counts["new"], found.counts["refused"]) == (1, 1)
    assert reached().phone == "+8613800001234"


def test_an_order_led_away_since_its_row_was_judged_stays_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    taken(as_csv(order(village="")), CLERK)
    real = taking_orders.take_order

    def later(one: object, **more: object) -> object:
        waiting_orders.lead_away(HotlineOrder.objects.get(), actor=CLERK, now=NOON)
        return real(one, **more)  # type: ignore[arg-type]

    monkeypatch.setattr("linli.exchange.services.order_runs.take_order", later)

    found = taken(as_csv(order(village="", 诉求内容="另有补充")), CLERK)

    one = HotlineOrder.objects.get()
    assert found.state == "done" and (one.state, one.row, one.case_id) == ("led_away", None, None)
    assert not Case.objects.exists()
