"""A death entered on the wrong person is taken back: the living one is whole again, everywhere."""

from __future__ import annotations

from datetime import date

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from linli.access import tasks as access
from linli.access.models import Account, SignIn
from linli.access.testing import make_account
from linli.access.tests.test_acting import make_session
from linli.access.types import BY_DEATH
from linli.kernel.errors import Invalid, NotAllowed, WrongState
from linli.kernel.testing import client_of, make_actor, post_json
from linli.offerings import tasks as offerings
from linli.offerings.models import Benefit
from linli.orgs.desk import due
from linli.orgs.permits import APPOINT
from linli.orgs.testing import make_holding, make_post
from linli.people import permits
from linli.people.errors import EnteredAsDead, LivesHereStill
from linli.people.models import Household, HouseholdMember, Person, Residency
from linli.people.queries.gone import over
from linli.people.services.deaths import withdraw_death
from linli.people.services.forgetting import erase_person
from linli.people.services.living import Stay, move_back, move_in
from linli.people.services.register import record_death
from linli.people.testing import NOON, SYSTEM, TODAY, VILLAGE, make_clerk, make_person, path_of
from linli.people.tests.samples import post
from linli.trail.models import Entry

pytestmark = pytest.mark.django_db
CLERK = make_clerk()
DAY = date(2026, 11, 20)


def in_household(person: Person, *, relation: str = "head") -> HouseholdMember:
    lives = Residency.objects.get(person=person)
    home = Household.objects.create(
        kind="family", number=f"H{person.pk}", path=lives.path, city_id=lives.city_id,
        town_id=lives.town_id, village_id=lives.village_id,
    )  # fmt: skip
    return HouseholdMember.objects.create(household=home, person=person, relation=relation)


def run(name: str) -> None:
    """Run the jobs of a name, as the workers would."""
    tasks = {**vars(access), **vars(offerings)}
    for job in ProcrastinateJob.objects.filter(task_name=name):
        tasks[name.partition(".")[2]](**job.args)


def test_what_the_death_ended_goes_on_and_what_had_ended_before_does_not() -> None:
    person, other = make_person(), make_person("陈伟")
    member, former = in_household(person), in_household(other)
    HouseholdMember.objects.filter(pk=former.pk).update(person=person, until=date(2020, 1, 1))
    lives_again = f"/en/people/{person.pk}/lives/"
    led = client_of(CLERK).get(lives_again)
    assert (led.status_code, led["Location"]) == (302, f"/en/people/{person.pk}/")
    record_death(person, DAY, actor=CLERK, now=NOON)
    assert client_of(CLERK).get(lives_again).status_code == 200

    again = withdraw_death(person, "wrong row", actor=CLERK, now=NOON)

    assert again.died_on is None
    row = Residency.objects.get(person=person)
    assert (row.until, row.ended_because) == (None, "")
    member.refresh_from_db()
    former.refresh_from_db()
    assert (member.until, former.until) == (None, date(2020, 1, 1))
    entry = Entry.objects.get(verb="people.death_withdrawn")
    assert (entry.person_id, entry.details["reason"]) == (person.pk, "wrong row")
    with pytest.raises(WrongState):
        withdraw_death(person, "again", actor=CLERK, now=NOON)


def test_who_took_her_place_in_the_household_keeps_it() -> None:
    person, son = make_person(), make_person("陈子")
    member = in_household(person)
    record_death(person, DAY, actor=CLERK, now=NOON)
    head = HouseholdMember.objects.create(household=member.household, person=son, relation="head")

    withdraw_death(person, "wrong row", actor=CLERK, now=NOON)

    open_ones = HouseholdMember.objects.filter(until__isnull=True)
    assert list(open_ones) == [head]


def test_it_takes_a_reason_and_the_permit_and_nothing_changes_without() -> None:
    person = make_person()
    record_death(person, DAY, actor=CLERK, now=NOON)

    with pytest.raises(Invalid):
        withdraw_death(person, " ", actor=CLERK, now=NOON)
    with pytest.raises(NotAllowed):
        withdraw_death(person, "x", actor=make_actor("other", permits.VIEW), now=NOON)

    assert Person.objects.get(pk=person.pk).died_on == DAY
    assert Residency.objects.get(person=person).until == DAY


def test_who_is_entered_as_dead_moves_nowhere_and_who_lives_here_is_never_let_go() -> None:
    """PIPL 47: an entry with an open residency is neither erased nor over its term."""
    person = make_person(until=None)
    record_death(person, DAY, actor=CLERK, now=NOON)
    row = Residency.objects.get(person=person)

    with pytest.raises(EnteredAsDead):
        move_back(row, actor=CLERK, now=NOON)
    with pytest.raises(EnteredAsDead):
        move_in(person, VILLAGE, Stay("registered_resident", "hukou"), actor=CLERK, now=NOON)
    Residency.objects.filter(pk=row.pk).update(until=None)
    Person.objects.filter(pk=person.pk).update(died_on=date(2000, 1, 1))
    with pytest.raises(LivesHereStill):
        erase_person(person, "GR-1", actor=SYSTEM, now=NOON)
    assert list(over(NOON)) == []


def test_her_account_closes_with_the_death_and_opens_when_it_is_taken_back() -> None:
    person = make_person("李月")
    account = make_account("r-1", kind="resident", phone="+8613800138000", person_id=person.pk)
    staff = make_account("li.yue", person_id=person.pk)
    Account.objects.filter(pk=account.pk).update(known_agents=["Huawei"])
    make_session(account)

    record_death(person, DAY, actor=CLERK, now=NOON)
    run("access.close_of_dead")

    account.refresh_from_db()
    staff.refresh_from_db()
    assert (account.state, staff.state, account.known_agents) == ("disabled", "active", [])
    assert not SignIn.objects.filter(ended_at__isnull=True).exists()

    withdraw_death(person, "wrong row", actor=CLERK, now=NOON)
    run("access.close_of_dead")
    run("access.open_of_living")
    account.refresh_from_db()
    assert (account.state, account.disabled_at, account.phone_masked) == (
        "active", None, "138****8000",
    )  # fmt: skip
    assert Account.objects.filter(state="disabled").count() == 0


def test_of_several_accounts_that_her_death_closed_the_one_used_last_opens() -> None:
    person = make_person("李月")
    old, used = (make_account(f"r-{n}", kind="resident", state="disabled") for n in (1, 2))
    closed = {"person": person, "disabled_reason": BY_DEATH}
    Account.objects.filter(pk=old.pk).update(**closed)
    Account.objects.filter(pk=used.pk).update(**closed, last_year=2026)

    access.open_of_living(person_id=person.pk)
    access.open_of_living(person_id=person.pk)

    states = dict(Account.objects.values_list("pk", "state"))
    assert states == {old.pk: "disabled", used.pk: "active"}
    assert Entry.objects.get(verb="access.opened_again").key == str(used.pk)


def test_questions_about_her_benefits_are_taken_back() -> None:
    person = make_person("李月")
    benefit = Benefit.objects.create(
        person_id=person.pk, path=path_of(VILLAGE), kind="allowance", name="高龄津贴",
        since=date(2025, 1, 1),
    )  # fmt: skip
    record_death(person, DAY, actor=CLERK, now=NOON)
    run("offerings.ask_stop")
    benefit.refresh_from_db()
    assert (benefit.state, benefit.cause) == ("asked", "died")

    withdraw_death(person, "wrong row", actor=CLERK, now=NOON)
    run("offerings.unask_stop")

    benefit.refresh_from_db()
    assert (benefit.state, benefit.cause, benefit.cause_on) == ("running", "", None)


def test_a_post_of_somebody_who_died_stands_on_the_desk_of_who_records_holders() -> None:
    person = make_person("李月")
    holding = make_holding(make_post(), person_id=person.pk, holder_name="李月")
    office = make_actor("office", APPOINT)
    assert due(office, TODAY, 10) == []

    record_death(person, DAY, actor=CLERK, now=NOON)

    assert [
        f"/holdings/{holding.pk}/end-at-once/" in one.url for one in due(office, TODAY, 10)
    ] == [True]
    assert due(make_actor("other"), TODAY, 10) == []


def test_the_page_and_the_api_take_a_death_back() -> None:
    person, other = make_person(), make_person("陈伟")
    browser = client_of(CLERK)
    for one in (person, other):
        record_death(one, DAY, actor=CLERK, now=NOON)
    page = f"/en/people/{person.pk}/"

    assert f"{page}lives/" in browser.get(page).content.decode()
    empty = post(browser, f"{page}lives/", because="")
    sent = post(browser, f"{page}lives/", because="wrong row")
    told = post_json(browser, f"/api/v1/people/{other.pk}/lives", {"reason": "wrong row"})

    assert (empty.status_code, sent.status_code, told.status_code) == (422, 303, 200)
    assert told.json()["died_on"] is None
    assert not Person.objects.filter(died_on__isnull=False).exists()
