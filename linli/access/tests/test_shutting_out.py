"""The work of a post whose holder's account is closed falls to others, as that of a vacant one."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from linli.access import tasks
from linli.access.models import Account
from linli.access.queries.hearing import posts_that_hear
from linli.access.services.accounts import disable_account
from linli.access.services.resets import enable_account
from linli.access.services.seating import tie_holder
from linli.access.testing import (
    TESTER,
    actor_for,
    make_account,
    make_holding,
    make_post,
    make_right,
    make_staff,
)
from linli.kernel.events import publish
from linli.kernel.permits import Actor
from linli.kernel.testing import TOWN, VILLAGE, client_of
from linli.orgs import permits as org_permits
from linli.orgs import queries as orgs
from linli.orgs import services as register
from linli.orgs.queries.acting import was_left
from linli.orgs.types import Appointment
from linli.people.events import PeopleJoined
from linli.people.models import Person
from linli.people.testing import make_person

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


class Office:
    """A clerk of a village, and the head of the town above her."""

    def __init__(self) -> None:
        self.above = make_post("head", path=TOWN, title="镇长")
        self.lead = make_account("lead", path=TOWN, display_name="刘镇")
        make_holding(self.above, self.lead)
        self.post = make_post("clerk", title="文员", seats=1, above=self.above)
        self.clerk = make_account("clerk.mo", path=VILLAGE, display_name="莫文")
        self.holding = make_holding(self.post, self.clerk)
        make_right("village_chair", post_id=self.post.pk)

    def close(self) -> None:
        disable_account(self.clerk, "stolen", actor=TESTER, now=timezone.now())

    def lead_now(self) -> Actor:
        return actor_for(Account.objects.get(pk=self.lead.pk))


@pytest.fixture
def office(db: None) -> Office:
    return Office()


def test_it_falls_to_the_post_above_until_the_account_opens_again(office: Office) -> None:
    assert not office.lead_now().may(org_permits.APPOINT, at=VILLAGE)

    office.close()

    assert office.lead_now().may(org_permits.APPOINT, at=VILLAGE)
    acting = orgs.acting_holder(office.post.pk, TODAY())
    assert acting is not None and acting.by_post_id == office.above.pk
    assert orgs.posts_fallen_to([office.above.pk], TODAY()) == [office.post.pk]
    assert was_left(office.post.pk, TODAY())
    assert orgs.posts_acted_for([office.post.pk], TODAY()) == {office.post.pk}
    heard = posts_that_hear(org_permits.APPOINT, [VILLAGE], now=timezone.now())
    assert heard == {VILLAGE: [office.post.pk]}
    assert orgs.working_holders([office.post.pk], TODAY()) == {}
    assert orgs.holders_of_posts([office.post.pk], TODAY())[office.post.pk]

    enable_account(office.clerk, actor=TESTER, now=timezone.now())

    assert not office.lead_now().may(org_permits.APPOINT, at=VILLAGE)
    assert not was_left(office.post.pk, TODAY())


def test_a_deputy_who_is_shut_out_takes_nothing_over(office: Office) -> None:
    deputy = make_post("clerk", title="副手")
    make_holding(deputy, office.clerk)
    vacant = make_post("clerk", title="主任", seats=1, above=office.above, deputy=deputy)
    left: Any = make_holding(vacant, make_account("gone"), until=TODAY())
    make_right("village_chair", post_id=vacant.pk)
    assert left.pk and not office.lead_now().may(org_permits.APPOINT, at=VILLAGE)

    office.close()

    acting = orgs.acting_holder(vacant.pk, TODAY())
    assert acting is not None and acting.by_post_id == office.above.pk
    assert office.lead_now().may(org_permits.APPOINT, at=VILLAGE)


def test_what_comes_to_the_office_goes_to_whoever_works_there(office: Office) -> None:
    kind = office.post.organisation.kind
    other = make_post("clerk", title="帮手")
    other.organisation = office.post.organisation
    other.save()
    make_holding(other, make_staff("clerk", path=VILLAGE))
    assert kind.pk == "test_office"
    assert orgs.held_posts_of(office.post.organisation_id, TODAY()) == [office.post.pk, other.pk]

    office.close()

    assert orgs.held_posts_of(office.post.organisation_id, TODAY()) == [other.pk]


def test_whoever_has_another_account_that_opens_is_not_shut_out(office: Office) -> None:
    person = make_person("莫文")
    make_account("mo.two", path=VILLAGE, person_id=person.pk)
    office.holding.person_id = person.pk
    office.holding.save()

    office.close()

    office.holding.refresh_from_db()
    assert not office.holding.is_shut_out


def test_tied_to_an_account_that_opens_she_works_again(office: Office) -> None:
    office.close()
    office.holding.refresh_from_db()
    assert office.holding.is_shut_out

    tie_holder(office.holding, make_account("mo.new", path=VILLAGE), actor=TESTER,
               now=timezone.now())  # fmt: skip

    office.holding.refresh_from_db()
    assert not office.holding.is_shut_out


def test_the_page_and_the_api_say_so_to_staff(office: Office) -> None:
    office.post.is_public = True
    office.post.save()
    office.close()
    staff = actor_for(make_staff("town_lead", path=TOWN))
    here = f"/en/posts/{office.post.pk}/"

    page = client_of(staff).get(here).content.decode()
    stranger = client_of(None).get(here).content.decode()
    told = client_of(staff).get(f"/api/v1/posts/{office.post.pk}/").json()

    assert "the work of the post falls to others" in page and "刘镇 (镇长) acts for it." in page
    assert "莫文" in stranger and "account" not in stranger.split("<main")[1].split("</main")[0]
    assert told["acting"] == {"post": office.above.pk, "name": "刘镇"}
    assert [one["is_shut_out"] for one in told["holdings"]] == [True]


def test_whoever_is_appointed_with_a_closed_account_does_no_work_yet(office: Office) -> None:
    person = make_person("何伟明")
    closed = make_account("he", path=VILLAGE, person_id=person.pk)
    disable_account(closed, "left", actor=TESTER, now=timezone.now())
    post = make_post("clerk", title="会计", seats=1)
    who = Appointment(holder_name="何伟明", person_id=person.pk, since=TODAY(), came_by="recruited")

    holding = register.appoint(post, who, actor=TESTER, now=timezone.now())
    assert holding.is_shut_out
    enable_account(closed, actor=TESTER, now=timezone.now())

    holding.refresh_from_db()
    assert not holding.is_shut_out


def test_joined_with_an_entry_that_signs_in_she_works_until_they_are_parted(office: Office) -> None:
    kept = make_person("莫文")
    gone = make_person("莫文", kind="passport", number="E12345678")
    make_account("mo.two", path=VILLAGE, person_id=kept.pk)
    Account.objects.filter(pk=office.clerk.pk).update(person=gone)
    office.holding.person_id = gone.pk
    office.holding.save()
    office.close()
    Person.objects.filter(pk=gone.pk).update(merged_into=kept)

    tasks.follow_posts(person_ids=[kept.pk, gone.pk])
    office.holding.refresh_from_db()
    assert not office.holding.is_shut_out

    Person.objects.filter(pk=gone.pk).update(merged_into=None)
    tasks.follow_posts(person_ids=[kept.pk, gone.pk])
    office.holding.refresh_from_db()
    assert office.holding.is_shut_out


def test_parted_from_the_entry_with_the_account_she_holds_the_post_on_paper(office: Office) -> None:
    kept = make_person("莫文")
    gone = make_person("莫文", kind="passport", number="E12345678")
    Account.objects.filter(pk=office.clerk.pk).update(person=kept)
    office.clerk.refresh_from_db()
    office.holding.person_id, office.holding.account_id = gone.pk, None
    office.holding.save()
    Person.objects.filter(pk=gone.pk).update(merged_into=kept)
    office.close()
    office.holding.refresh_from_db()
    assert office.holding.is_shut_out

    Person.objects.filter(pk=gone.pk).update(merged_into=None)
    tasks.follow_posts(person_ids=[kept.pk, gone.pk])
    office.holding.refresh_from_db()
    assert not office.holding.is_shut_out

    Person.objects.filter(pk=gone.pk).update(merged_into=kept)
    tasks.follow_posts(person_ids=[kept.pk, gone.pk])
    office.holding.refresh_from_db()
    assert office.holding.is_shut_out


def test_a_joining_asks_for_it(office: Office) -> None:
    publish(PeopleJoined(kept_id=7, gone_id=8))

    job = ProcrastinateJob.objects.get(task_name="access.follow_posts")
    assert job.args == {"person_ids": [7, 8]}
