"""The service hall: its list never overwrites ours, an application comes in once, states go in order."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import localdate

from linli.cases.models import Case
from linli.cases.services.perform import perform
from linli.cases.testing import NOON
from linli.cases.types.moves import Given, Wish
from linli.exchange import permits as exchange
from linli.exchange import tasks as exchange_tasks
from linli.exchange.clients import hall_simulator
from linli.exchange.models import (
    Comparison,
    Connection,
    HallApplication,
    HallItem,
    Letter,
    Simulated,
)
from linli.exchange.queries import connections
from linli.exchange.rules.letters import PAUSES
from linli.exchange.services import comparing, hall_applications, letters
from linli.exchange.services.hall_lists import settle_item
from linli.exchange.types.connections import Later
from linli.kernel.errors import Invalid, NotAllowed, NotFound, Stale, WrongState
from linli.kernel.permits import system_actor
from linli.kernel.testing import make_actor
from linli.offerings import permits
from linli.offerings.models import Application, Item, ItemVersion
from linli.offerings.queries.items import owner_name
from linli.offerings.services import hall, hall_lists
from linli.offerings.services.hall import Chosen
from linli.offerings.testing import PERMIT, as_offered, bring_papers, item_data, make_item
from linli.offerings.tests.hall_samples import (
    LINKS,
    VILLAGE,
    hall_has,
    hall_lists_item,
    listed,
    pulled,
    sent,
)
from linli.orgs.models import Organisation
from linli.orgs.permits import REORGANISE, keeper_of
from linli.orgs.services.register import close_organisation
from linli.orgs.services.relations import ChangeFacts, reorganise
from linli.orgs.testing import make_organisation
from linli.orgs.types import Change
from linli.places.models import Place
from linli.places.testing import make_village

pytestmark = pytest.mark.django_db
TODAY = localdate(NOON)
CITY = make_actor("city", exchange.CONNECT, at="441900/")
TOWN = make_actor("town", exchange.CONNECT, at="441900/441900005/")


@pytest.fixture(autouse=True)
def town(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Place:
    settings.LINLI_DEMO = True
    make_village(VILLAGE)
    as_offered(monkeypatch, PERMIT)
    return Place.objects.get(code=VILLAGE)


def linked(**more: Any) -> None:
    """Let a person have said which of ours the hall's item is."""
    hall_lists_item(listed(**more))
    pulled()
    item = HallItem.objects.get()
    settle_item(item, "residence-permit", "同一事项", digest=item.digest, actor=CITY, now=NOON)


def test_an_application_of_the_hall_becomes_one_case_however_often_and_in_which_order_it_comes() -> (
    None
):
    linked()
    hall_has("YS0003", "YS0008")

    rows = pulled()
    # the hall sends all of it again, and a job runs a second time
    Connection.objects.update(marks={})
    rows = pulled()
    for row in rows:
        hall.take_sent_in(row.pk, actor=LINKS, now=NOON)

    assert [row.state for row in rows] == ["taken", "taken"] and Case.objects.count() == 2
    taken = Application.objects.get(pk=rows[0].case_id)
    assert taken.item_key == "residence-permit" and taken.answers == {"whose": "rented"}
    assert taken.case.channel == "page" and taken.case.path.endswith(f"{VILLAGE}/")
    # what it said lies with the application alone
    assert all(row.row is None for row in rows)


def test_what_cannot_be_taken_waits_for_a_person_with_the_reason_and_opens_nothing() -> None:
    linked()
    hall_has("YS1", item_code="nosuch")
    hall_has("YS2", place="999999999999")
    hall_has("YS3", answers={})
    hall_has("YS4", applicant={"name": "陈大文", "id_number": "123", "phone": "13800001234"})
    hall_has("YS0007")

    found = {row.number: row.fault for row in pulled()}

    assert found == {
        "YS1": "unknown_item", "YS2": "unknown_place", "YS3": "answers", "YS4": "invalid",
        "YS0007": "unreadable",
    }  # fmt: skip
    assert Case.objects.count() == 0
    assert connections.count_waiting(CITY) == 5 and connections.count_waiting(TOWN) == 3


def office(**more: Any) -> Organisation:
    """Return a department that answers for the item that people apply for."""
    body = make_organisation("city_department", at=Place.objects.get(code="441900"), **more)
    Item.objects.create(key="residence-permit", path="441900/", state="offered", owner=body)
    return body


def test_an_item_whose_office_exists_no_more_waits_for_a_person() -> None:
    linked()
    office(closed_on=TODAY - timedelta(days=1))
    hall_has("YS1")

    row = pulled()[0]

    assert (row.state, row.fault, Case.objects.count()) == ("waiting", "no_office", 0)
    with pytest.raises(Invalid):
        hall.decide_sent_in(
            row, Chosen("residence-permit", VILLAGE, {"whose": "rented"}), actor=CITY, now=NOON
        )
    assert Case.objects.count() == 0


def test_an_application_for_a_department_that_was_reorganised_goes_to_its_successor() -> None:
    """A department is closed as on paper: its line is recorded, then it closes, and people apply."""
    linked()
    old = office()
    new = make_organisation("city_department", at=old.place)
    keeper = make_actor("keeper", REORGANISE, keeper_of(1), at="441900/")
    reorganise(old, new, ChangeFacts(Change.MERGED, TODAY), actor=keeper, now=NOON)
    close_organisation(old, on=TODAY, edition=old.edition, successor=new, actor=keeper, now=NOON)
    hall_has("YS1")

    row = pulled()[0]

    assert (row.state, row.fault, Case.objects.count()) == ("taken", "", 1)
    assert Item.objects.get().owner == new
    # an item that was left with the old body is answered for by what took over its work
    Item.objects.update(owner=old)
    hall_has("YS2")
    assert [one.state for one in pulled()] == ["taken", "taken"]
    assert owner_name(Item.objects.get()) == owner_name(Item(owner=new))


def test_a_person_takes_an_application_in_or_sends_it_back_and_the_hall_is_told() -> None:
    hall_has("YS1", "YS2")
    one, two = sorted(pulled(), key=lambda row: row.number)
    assert one.fault == "unknown_item"
    stranger = make_actor("stranger", exchange.CONNECT, at="441900/441900006/")
    chosen = Chosen("residence-permit", VILLAGE, {"whose": "rented"})

    with pytest.raises(NotAllowed):
        hall.decide_sent_in(one, chosen, actor=stranger, now=NOON)
    with pytest.raises(Invalid):
        hall.decide_sent_in(one, Chosen("nosuch", VILLAGE), actor=TOWN, now=NOON)
    taken = hall.decide_sent_in(one, chosen, actor=TOWN, now=NOON)
    with pytest.raises(WrongState):
        hall.decide_sent_in(one, chosen, actor=TOWN, now=NOON)
    with pytest.raises(Invalid):
        hall_applications.return_to_hall(two, " ", actor=TOWN, now=NOON)
    hall_applications.return_to_hall(two, "不在受理范围", actor=TOWN, now=NOON)
    assert sent() == 2

    assert taken.case is not None and Case.objects.count() == 1
    told = {row.key: row.body for row in Simulated.objects.filter(kind="state")}
    assert told["YS1"]["our_number"] == taken.case.number and told["YS1"]["state"] == "received"
    assert (told["YS2"]["state"], told["YS2"]["why"]) == ("returned", "不在受理范围")


def test_the_same_number_with_other_content_corrects_what_waits_and_is_looked_at_once_taken() -> (
    None
):
    linked()
    hall_has("YS1", place="")
    assert pulled()[0].fault == "unknown_place"
    hall_has("YS1")
    assert pulled()[0].state == "taken"
    hall_has("YS1", delivery="post")

    row = pulled()[0]

    assert (row.state, row.fault, Case.objects.count()) == ("taken", "changed_after", 1)
    hall_applications.look_at(row, actor=TOWN, now=NOON)
    with pytest.raises(WrongState):
        hall_applications.look_at(row, actor=TOWN, now=NOON)
    assert pulled()[0].fault == ""


def grant(number: str) -> None:
    """Accept and grant what was applied for; the listener's job tells the hall."""
    case = HallApplication.objects.get(number=number).case
    assert case is not None
    doer = system_actor("test")
    bring_papers(case.pk)
    perform(Wish(case.pk, "accept", Given()), actor=doer, now=NOON)
    perform(Wish(case.pk, "grant", Given(public={"text": "准予"})), actor=doer, now=NOON)
    hall.tell_hall(case.pk, actor=LINKS, now=NOON)
    hall.tell_hall(case.pk, actor=LINKS, now=NOON)


@pytest.mark.parametrize("habit", ["8888", "0002", "0004", "0005", "0006"])
def test_states_arrive_once_each_and_in_order_whatever_the_hall_does(
    habit: str,
) -> None:
    """Well, busy, answer lost, half an answer, an answer that nobody signed."""
    linked()
    hall_has(f"YS{habit}")
    pulled()
    grant(f"YS{habit}")

    at = NOON
    for pause in (timedelta(0), *PAUSES[:3], *PAUSES[:3], *PAUSES[:3]):
        at += pause
        sent(at)

    told = [row.body["state"] for row in Simulated.objects.filter(kind="state").order_by("pk")]
    assert told == ["received", "accepted", "granted"]
    assert set(Letter.objects.values_list("state", flat=True)) == {"sent"}


def test_a_letter_that_the_hall_will_not_take_holds_the_next_back_until_a_person_decides() -> None:
    linked()
    hall_has("YS0001", "YS8888")
    pulled()
    grant("YS0001")

    # the other matter is not held back
    assert sent() == 1
    first, *later = Letter.objects.filter(ref="YS0001").order_by("seq")
    assert (first.state, first.fault) == ("dead", "says:closed_there") and {
        one.state for one in later
    } == {"waiting"}
    with pytest.raises(NotAllowed):
        letters.drop_letter(first, "x", actor=make_actor("nobody", at="441900/"), now=NOON)
    with pytest.raises(Invalid):
        letters.drop_letter(first, "", actor=TOWN, now=NOON)
    letters.revive_letter(first, actor=TOWN, now=NOON)
    sent()
    first.refresh_from_db()
    assert first.state == "dead"
    letters.drop_letter(first, "大厅已人工登记", actor=TOWN, now=NOON)
    with pytest.raises(WrongState):
        letters.revive_letter(first, actor=TOWN, now=NOON)
    sent()

    assert [one.state for one in Letter.objects.filter(ref="YS0001").order_by("seq")] == [
        "dropped",
        "dead",
        "waiting",
    ]


def test_a_hall_that_never_answers_makes_a_dead_letter_after_growing_pauses(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    linked()
    hall_has("YS1")
    pulled()

    def silent(self: Any, call: Any) -> Any:
        raise Later("no_answer")

    monkeypatch.setattr(hall_simulator.HallSimulator, "carry", silent)
    at, tries = NOON, 0
    while Letter.objects.get().state == "waiting":
        due = Letter.objects.get().due_at
        assert sent(due - timedelta(seconds=1)) == 0 and Letter.objects.get().tries == tries
        at, tries = due, tries + 1
        sent(at)

    letter = Letter.objects.get()
    assert (letter.state, letter.fault, letter.tries) == ("dead", "no_answer", len(PAUSES) + 1)
    assert at - NOON == sum(PAUSES, timedelta()) and Connection.objects.get().faults == tries
    assert Case.objects.count() == 1


def test_one_that_does_not_answer_is_waited_for_once_at_a_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    linked()
    hall_has("YS1", "YS2")
    pulled()
    asked: list[str] = []

    def silent(self: Any, call: Any) -> Any:
        asked.append(call.path)
        raise Later("no_answer")

    monkeypatch.setattr(hall_simulator.HallSimulator, "carry", silent)
    monkeypatch.setattr(exchange_tasks, "is_connected", lambda system: True)
    due = Letter.objects.filter(state="waiting", due_at__lte=NOON).count()

    assert due == 2
    assert sent(NOON) == 0
    assert len(asked) == 1
    exchange_tasks.ask_hall()
    assert len(asked) == 2, (
        "neither applications nor changes are asked for once the list got no answer"
    )
    assert Letter.objects.filter(tries=0).count() == 1


def test_the_halls_list_changes_nothing_of_ours_until_a_person_decides(
    town: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    make_item(town)
    before = list(ItemVersion.objects.values_list("pk", "content", "state"))
    # the newest comes first, an old version behind it, and a row that nobody can read
    hall_lists_item(listed(1), listed(2, promised_days=3), {"code": "x"})
    pulled()

    item = HallItem.objects.get()
    assert (item.version, item.difference) == (2, "new") and connections.unread_rows() == 1
    with pytest.raises(NotAllowed):
        hall_lists.link_item(
            item, "residence-permit", "x", digest=item.digest, actor=TOWN, now=NOON
        )
    with pytest.raises(Invalid):
        hall_lists.link_item(item, "nosuch", "x", digest=item.digest, actor=CITY, now=NOON)
    hall_lists.link_item(
        item, "residence-permit", "同一事项", digest=item.digest, actor=CITY, now=NOON
    )
    hall_lists_item(listed(3, promised_days=2))
    pulled()
    changed = HallItem.objects.get()
    assert changed.difference == "changed"
    with pytest.raises(Stale):
        hall_lists.link_item(
            changed, "residence-permit", "x", digest=item.digest, actor=CITY, now=NOON
        )
    assert list(ItemVersion.objects.values_list("pk", "content", "state")) == before

    writer = make_actor("writer", exchange.CONNECT, permits.WRITE_ITEMS, at="441900/", account_id=3)
    made = hall_lists.draft_item(
        changed, town, "按大厅更新", digest=changed.digest, actor=writer, now=NOON
    )
    assert (made.state, made.content["promised"]["days"], Item.objects.count()) == ("draft", 2, 1)
    assert (
        ItemVersion.objects.get(state="published").content["promised"]["days"]
        == item_data()["promised"]["days"]
    )
    hall_lists_item(listed(4, state="ended"))
    pulled()
    assert HallItem.objects.get().difference == "gone" and Item.objects.get().state == "offered"


def test_each_day_is_compared_and_a_day_that_differs_is_compared_again() -> None:
    linked()
    hall_has("YS8888", "YS0001")
    pulled()
    sent()
    later = NOON + timedelta(days=1)
    Simulated.objects.create(
        system="hall", kind="application", key="YS9", body={"sent_at": NOON.isoformat()}, at=NOON
    )

    comparing.compare_hall(actor=LINKS, now=later)
    found = Comparison.objects.get(on=localdate(NOON))
    assert (found.theirs, found.ours) == (3, 2)
    assert found.differences == [["YS9", "not_here", "", ""]]
    Simulated.objects.filter(key="YS9").delete()
    comparing.compare_hall(actor=LINKS, now=later)
    assert Comparison.objects.get(on=localdate(NOON)).differences == []
    assert comparing.compare_hall(actor=LINKS, now=later) == 0
    with pytest.raises(NotFound):
        connections.get_comparison(TOWN, "hall", localdate(NOON))


def test_without_a_connection_nobody_is_asked(settings: Any) -> None:
    settings.LINLI_DEMO = False
    hall_has("YS1")

    assert pulled() == [] and sent() == 0 and not Connection.objects.exists()
