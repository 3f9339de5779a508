"""An office comes to somebody who cannot come: asked, a day set, gone, filed at the door, or not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils.translation import override

from linli.access.testing import make_account
from linli.cases.models import Case
from linli.cases.types import Channel
from linli.kernel.errors import Invalid, NotAllowed, NotFound, Stale, WrongState
from linli.kernel.permits import NOBODY, VAULT, Actor, system_actor
from linli.kernel.testing import client_of, make_actor, post_json
from linli.notify.models import Delivery, Message
from linli.offerings import permits
from linli.offerings.desk import open_home_visits
from linli.offerings.errors import NoSuchDay, NotOffered
from linli.offerings.models import DayOff, HomeVisit
from linli.offerings.queries.home_halves import MOST_PER_HALF, halves_offered, most_per_half
from linli.offerings.search import find_home_visits
from linli.offerings.services import home_visits as services
from linli.offerings.testing import PERMIT, as_offered
from linli.offerings.tests.visit_samples import make_centre
from linli.offerings.types.applications import Applicant, Applying
from linli.offerings.types.home_visits import Door, HomeDate, HomeWish
from linli.offerings.types.visits import Way
from linli.orgs.testing import place_at
from linli.people import permits as people
from linli.people.testing import FAR, NOON, VILLAGE, path_of
from linli.rulebook.services.values import Proposed, add_local_value
from linli.runtime.testing import at_once
from linli.trail.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home", "noon")]
AT_HOME = {**PERMIT, "channels": ["counter", "home"]}
DOOR = Door("莫婆婆", "+8613800000914", "东头坊二巷7号", "耳背")
# a Wednesday
TOMORROW = date(2026, 11, 25)
THEN = NOON + timedelta(days=1)
MORNING = HomeDate(TOMORROW, "am")


@pytest.fixture
def item() -> dict[str, Any]:
    return AT_HOME


def clerk(village: str = VILLAGE, account: int = 7) -> Actor:
    held = (permits.SERVE, permits.REACH, permits.RECEIVE, permits.SEE, people.VIEW)
    return make_actor(f"clerk{account}", *held, at=path_of(village), ceiling=VAULT, account_id=account)  # fmt: skip


def asked(**more: Any) -> HomeVisit:
    wish = replace(HomeWish("residence-permit", VILLAGE, DOOR), **more)
    return services.ask_home_visit(wish, actor=NOBODY, now=NOON)


def planned(account: int = 7, **more: Any) -> HomeVisit:
    row = asked(**more)
    return services.plan_home_visit(row.code, MORNING, actor=clerk(account=account), now=NOON)


def applying(**more: Any) -> Applying:
    given = {
        "applicant": Applicant("莫婆婆", "11010519491231002X", "13800000914"),
        "answers": {"whose": "own"}, "brought": frozenset({"id-card"}),
        "channel": Channel.VISIT, "uuid": uuid4(), **more,
    }  # fmt: skip
    return Applying("residence-permit", VILLAGE, **given)


def filed(row: HomeVisit, now: datetime = THEN, **more: Any) -> str:
    return services.apply_at_home(row.code, applying(**more), actor=clerk(), now=now).number


def test_asking_needs_no_account_seals_the_door_and_a_nervous_finger_asks_once() -> None:
    uuid = uuid4()

    first, second = asked(uuid=uuid), asked(uuid=uuid)

    assert first.pk == second.pk and HomeVisit.objects.count() == 1
    row = HomeVisit.objects.get()
    assert row.state == "asked" and row.phone_masked and "0000" not in row.phone_masked
    assert "东头坊".encode() not in bytes(row.door or b"") and "莫".encode() not in bytes(
        row.door or b""
    )
    assert Delivery.objects.count() == 0


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"door": Door("", "+8613800000914", "巷")}, "name"),
        ({"door": Door("莫", "", "巷")}, "phone"),
        ({"door": Door("莫", "+8613800000914", " ")}, "address"),
        ({"door": Door("莫", "+8613800000914", "巷" * 201)}, "address"),
        ({"place": "441900005"}, "place"),
        ({"place": "000"}, "place"),
        ({"item": "no-such-item"}, "item"),
    ],
)
def test_what_cannot_be_visited_is_refused(more: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        asked(**more)

    assert field in refused.value.fields
    assert not HomeVisit.objects.exists()


def test_an_item_that_is_not_brought_home_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    as_offered(monkeypatch, PERMIT)

    with pytest.raises(NotOffered):
        asked()
    assert Client().get("/en/items/residence-permit/home/").status_code == 404


def test_only_who_serves_there_asks_for_another_and_sets_a_day() -> None:
    row, stranger = asked(), clerk(FAR)

    with pytest.raises(NotAllowed):
        services.ask_home_visit(
            HomeWish("residence-permit", VILLAGE, DOOR), way=Way.PHONE, actor=stranger, now=NOON
        )
    for act in (
        lambda: services.plan_home_visit(row.code, MORNING, actor=stranger, now=NOON),
        lambda: services.note_away(row.code, actor=stranger, now=THEN),
        lambda: services.cancel_home_visit(row.code, "x y", by_office=True, actor=stranger, now=NOON),
    ):  # fmt: skip
        with pytest.raises(NotAllowed):
            act()
    row.refresh_from_db()
    assert row.state == "asked" and HomeVisit.objects.count() == 1


@pytest.mark.parametrize("days", [-1, 61, 4])
def test_past_far_and_free_days_are_refused(days: int) -> None:
    row = asked()
    on = NOON.date() + timedelta(days=days)  # 4: a Saturday

    with pytest.raises(NoSuchDay):
        services.plan_home_visit(row.code, HomeDate(on, "am"), actor=clerk(), now=NOON)
    row.refresh_from_db()
    assert row.state == "asked" and row.visit_on is None


def test_in_the_half_in_which_the_centre_is_closed_nobody_comes() -> None:
    centre = make_centre(at=place_at(VILLAGE))
    row = asked()
    DayOff.objects.create(
        centre_id=centre.pk, path=row.path, on=TOMORROW, opens=840, closes=1050, why="weather",
        made_at=NOON,
    )  # fmt: skip

    with pytest.raises(NoSuchDay):
        services.plan_home_visit(row.code, HomeDate(TOMORROW, "pm"), actor=clerk(), now=NOON)
    assert services.plan_home_visit(row.code, MORNING, actor=clerk(), now=NOON).state == "planned"


def test_the_address_opens_for_who_goes_alone_and_each_opening_is_recorded() -> None:
    row = planned()

    for other in (clerk(account=8), clerk(FAR), NOBODY):
        with pytest.raises((NotAllowed, NotFound)):
            services.open_door(row.code, actor=other, now=NOON)
    assert not Entry.objects.filter(verb="read").exists()
    assert services.open_door(row.code, actor=clerk(), now=NOON)[1] == DOOR
    assert Entry.objects.filter(verb="read").count() == 1
    where = f"/api/v1/home-visits/{row.code}/way"
    assert post_json(client_of(clerk(account=8)), where).status_code == 403
    assert post_json(client_of(clerk()), where).json()["address"] == DOOR.address
    assert Entry.objects.filter(verb="read").count() == 2
    # a colleague who sets the day goes instead
    services.plan_home_visit(row.code, MORNING, actor=clerk(account=8), now=NOON)
    with pytest.raises(NotAllowed):
        services.open_door(row.code, actor=clerk(), now=NOON)


def test_filed_at_home_it_is_an_application_and_the_visit_is_done_once() -> None:
    row = planned()
    with pytest.raises(NoSuchDay):
        filed(row, NOON)

    number = filed(row)

    row.refresh_from_db()
    assert (row.state, row.case_number) == ("done", number)
    assert Case.objects.get(number=number).channel == "visit"
    with pytest.raises(WrongState):
        filed(row)
    assert Case.objects.filter(kind="application").count() == 1
    with pytest.raises(NotAllowed):
        services.open_door(row.code, actor=clerk(), now=THEN)


@pytest.mark.parametrize("more", [{"channel": Channel.COUNTER}])
def test_what_is_filed_must_be_what_was_asked(more: dict[str, Any]) -> None:
    row = planned()

    with pytest.raises(Invalid):
        filed(row, **more)
    with pytest.raises(Invalid):
        there = replace(applying(), place=FAR)
        services.apply_at_home(row.code, there, actor=clerk(), now=THEN)
    row.refresh_from_db()
    assert row.state == "planned" and not Case.objects.exists()


def test_nobody_opened_then_another_day_and_who_wished_so_is_told() -> None:
    row, quiet = planned(by_sms=True), planned()
    with pytest.raises(NoSuchDay):
        services.note_away(row.code, actor=clerk(), now=NOON)

    services.note_away(row.code, actor=clerk(), now=THEN)
    services.note_away(quiet.code, actor=clerk(), now=THEN)
    services.plan_home_visit(row.code, HomeDate(TOMORROW, "pm"), actor=clerk(), now=THEN)

    row.refresh_from_db()
    assert (row.state, row.half, row.moves) == ("planned", "pm", 1)
    # set, nobody opened, set anew: three messages, to her alone
    assert Delivery.objects.count() == 3


def test_she_cancels_by_code_an_office_says_why() -> None:
    hers, ours = planned(), planned(by_sms=True)

    assert Client().post(f"/en/visits/home/{hers.code}/", {"key": "a1b2c3d4e5f6a7b8"}).status_code == 303  # fmt: skip
    with pytest.raises(Invalid):
        services.cancel_home_visit(ours.code, " ", by_office=True, actor=clerk(), now=NOON)
    services.cancel_home_visit(ours.code, "台风停工", by_office=True, actor=clerk(), now=NOON)

    assert set(HomeVisit.objects.values_list("state", "reason")) == {("cancelled", ""), ("cancelled", "台风停工")}  # fmt: skip
    assert "台风停工" in Client().get(f"/en/visits/home/{ours.code}/").content.decode()
    with pytest.raises(WrongState):
        services.cancel_home_visit(hers.code, actor=NOBODY, now=NOON)


def test_a_day_set_on_an_old_page_is_refused() -> None:
    row = planned()

    with pytest.raises(Stale):
        services.plan_home_visit(row.code, MORNING, edition=1, actor=clerk(account=8), now=NOON)
    row.refresh_from_db()
    assert row.goes_id == 7


def test_pages_lead_from_asking_to_the_sheet_and_show_the_address_to_nobody_else() -> None:
    client, to = Client(), "/en/items/residence-permit/home/"
    assert 'name="village"' in client.get(to).content.decode()
    given = {
        "place": VILLAGE, "name": "莫婆婆", "phone": "13800000914", "address": "东头坊二巷7号",
        "note": "", "key": "a1b2c3d4e5f6a7b8",
    }  # fmt: skip
    assert client.post(to, given | {"address": ""}).status_code == 422
    assert client.post(to, given).status_code == 303
    row = HomeVisit.objects.get()
    page = client.get(f"/en/visits/home/{row.code}/").content.decode()
    assert row.code[:5] in page and "东头坊" not in page

    desk, mine = f"/en/window/home/{row.code}/", client_of(clerk())
    assert row.code in mine.get("/en/window/home/").content.decode()
    assert row.code not in mine.get("/en/window/home/?state=done").content.decode()
    assert "No visit at home here" in mine.get("/en/window/home/?mine=1").content.decode()
    assert mine.get("/en/window/home/?place=nowhere&cursor=").status_code == 200
    assert mine.post(desk, {"step": "plan", "on": "1999-01-01", "half": "am", "key": "a1b2c3d4e5f6a7b9"}).status_code == 422  # fmt: skip
    assert mine.post(desk, {"step": "cancel", "reason": "", "key": "a1b2c3d4e5f6a7ba"}).status_code == 422  # fmt: skip
    services.plan_home_visit(row.code, MORNING, actor=clerk(), now=NOON)
    sheet = mine.post(f"{desk}way/", {"key": "a1b2c3d4e5f6a7bb"}).content.decode()
    assert "东头坊二巷7号" in sheet and "东头坊" not in mine.get(desk).content.decode()
    other = client_of(clerk(FAR))
    assert other.get(desk).status_code == 404
    assert other.post(f"{desk}way/", {"key": "a1b2c3d4e5f6a7bc"}).status_code == 404


def test_a_full_half_is_neither_offered_nor_set_and_a_place_has_its_own_number() -> None:
    first, other, third = planned(), asked(), asked()
    for one in (other, third):
        services.plan_home_visit(one.code, MORNING, actor=clerk(account=8), now=NOON)
    assert [(one.on, one.left) for one in halves_offered(first.path, NOON)][1] == (TOMORROW, 1)
    services.plan_home_visit(asked().code, MORNING, actor=clerk(account=8), now=NOON)
    left, late = asked(), asked(place=FAR)

    offers = [(one.on, one.half) for one in halves_offered(first.path, NOON)]
    with pytest.raises(NoSuchDay):
        services.plan_home_visit(left.code, MORNING, actor=clerk(), now=NOON)

    assert (TOMORROW, "am") not in offers and (TOMORROW, "pm") in offers and len(offers) == 6
    # whoever has the half keeps it, another village has its own hands
    services.plan_home_visit(first.code, MORNING, actor=clerk(account=9), now=NOON)
    services.plan_home_visit(late.code, MORNING, actor=clerk(FAR), now=NOON)
    body = Proposed(1, first.path, "示村〔2026〕1号", NOON.date(), "示范村", NOON.date())
    add_local_value(MOST_PER_HALF, body, actor=system_actor("test"), now=NOON)
    assert most_per_half(first.path, TOMORROW) == 1 and most_per_half(late.path, TOMORROW) == 4
    left.refresh_from_db()
    assert left.state == "asked"


def test_the_desk_says_what_somebody_comes_for_and_when_and_its_code_once() -> None:
    first, second = asked(), planned()

    with override("en"):
        rows = open_home_visits(clerk(), TOMORROW, 5)

    said = [(one.title, one.number, str(one.step), str(one.stage)) for one in rows]
    assert said == [
        ("residence-permit", first.code, "Set a day", "asked on 24 Nov (Tue)"),
        ("residence-permit", second.code, "Go there", "25 Nov (Wed) in the morning"),
    ]


def test_the_list_goes_into_a_file_without_who_is_visited() -> None:
    row = planned()

    text = client_of(clerk()).get("/en/window/home/?format=csv&state=planned").content.decode()

    assert row.code in text and "in the morning" in text
    assert "莫" not in text and "二巷" not in text and "0914" not in text


@pytest.mark.django_db(transaction=True)
def test_of_two_who_set_the_last_visit_of_a_half_one_is_told_that_it_is_full() -> None:
    for _n in range(3):
        planned()
    one, other = asked(), asked()

    def put(row: HomeVisit, account: int) -> HomeVisit:
        return services.plan_home_visit(row.code, MORNING, actor=clerk(account=account), now=NOON)

    told = at_once(lambda: put(one, 7), lambda: put(other, 8))

    assert sorted(bool(code) for code in told) == [False, True]
    assert HomeVisit.objects.filter(visit_on=TOMORROW, half="am").count() == 4


@pytest.mark.django_db(transaction=True)
def test_of_two_who_file_at_once_one_application_is_made() -> None:
    row = planned()

    told = at_once(lambda: filed(row), lambda: filed(row))

    assert sorted(told) == ["", "wrong_state"]
    assert Case.objects.filter(kind="application").count() == 1


def test_the_search_finds_a_visit_at_home_by_its_whole_code_where_one_serves() -> None:
    row = planned()

    (hit,) = find_home_visits(clerk(), f" {row.code.lower()} ", 5)

    assert (hit.title, hit.url.endswith(f"/{row.code}/")) == (row.code, True)
    for who in (NOBODY, clerk(FAR)):
        assert list(find_home_visits(who, row.code, 5)) == []


def test_whoever_goes_hears_that_a_visit_was_cancelled_urgently_the_day_before() -> None:
    account = make_account()
    near = planned(account=account.pk)
    far = services.plan_home_visit(
        asked().code, HomeDate(TOMORROW + timedelta(days=7), "am"), actor=clerk(account=account.pk), now=NOON
    )  # fmt: skip

    for row in (near, far):
        services.cancel_home_visit(row.code, actor=NOBODY, now=NOON)

    told = Message.objects.filter(template="offerings.home_taken_back").order_by("pk")
    # BU-25
    assert [(one.account_id, one.is_urgent) for one in told] == [(account.pk, True), (account.pk, False)]  # fmt: skip


def test_who_goes_and_calls_it_off_herself_and_whoever_set_no_day_are_told_nothing() -> None:
    me = clerk(account=make_account().pk)
    mine, unplanned = planned(account=me.account_id or 0), asked()

    services.cancel_home_visit(mine.code, "下雨", by_office=True, actor=me, now=NOON)
    services.cancel_home_visit(unplanned.code, actor=NOBODY, now=NOON)

    assert not Message.objects.filter(template="offerings.home_taken_back").exists()


def test_a_visit_of_today_stands_on_the_desk_of_all_who_serve_and_of_a_closed_account_at_once() -> (
    None
):
    account = make_account()
    row = planned(account=account.pk)
    before, colleague, far = TOMORROW - timedelta(days=1), clerk(account=8), clerk(FAR, account=9)

    def seen(who: Actor, on: date) -> list[str]:
        with override("en"):
            return [str(one.step) for one in open_home_visits(who, on, 5)]

    assert seen(colleague, before) == [] and seen(colleague, TOMORROW) == ["See that somebody goes"]
    assert seen(clerk(account=row.goes_id or 0), TOMORROW) == ["Go there"]
    account.state, account.disabled_at = "disabled", NOON
    account.save()
    assert seen(colleague, before) == ["See that somebody goes"] and seen(far, TOMORROW) == []
