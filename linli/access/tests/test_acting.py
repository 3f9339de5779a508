"""Deputies, choosing a post, acting for a resident; each is seen and recorded."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.apps import apps
from django.utils import timezone

from linli.access import rules
from linli.access.errors import DutiesClash, NotForYourself
from linli.access.models import DataRequest, Deputy, Mandate, SignIn
from linli.access.queries.posts import posts_by_id
from linli.access.queries.rights import get_mandate, mandates_of
from linli.access.services import acting, deputies, mandates
from linli.access.testing import (
    TESTER,
    actor_for,
    make_account,
    make_holding,
    make_post,
    make_right,
    make_staff,
    signed_in,
)
from linli.kernel import scope
from linli.kernel.errors import Invalid, NotAllowed, NotFound
from linli.kernel.permits import PERMITS
from linli.kernel.testing import TOWN, VILLAGE
from linli.notify.testing import make_reaching, reaching_of
from linli.people.services.parting import part_pair
from linli.people.testing import SYSTEM, join, make_person
from linli.trail.models import Entry

POSTS, ACT = "/en/access/posts/", "/en/access/posts/act"
NEW = "/en/access/my-data/new/"


def now():
    return timezone.now()


def make_session(account):
    return SignIn.objects.create(
        key_hash=b"x", account=account, started_at=now(), seen_at=now(), idle_seconds=60,
        expires_at=now() + timedelta(hours=1),
    )  # fmt: skip


def post_of(actor):
    key = min(actor.posts)
    return posts_by_id({key}, on=timezone.localdate())[key]


@pytest.mark.django_db
def test_whoever_holds_a_post_names_her_own_deputy() -> None:
    clerk, friend = make_staff("clerk"), make_account()
    actor, today = actor_for(clerk), timezone.localdate()

    deputies.name_deputy(
        post_of(actor), friend, (today, today + timedelta(9)), "leave", actor=actor, now=now()
    )

    assert actor_for(friend).may(PERMITS["people.view"], at=VILLAGE)
    assert actor_for(friend).posts == actor.posts
    assert not actor_for(friend, now() + timedelta(days=11)).posts


@pytest.mark.django_db
def test_a_deputy_is_still_called_by_her_own_post() -> None:
    chair, clerk = make_staff("village_chair"), make_staff("clerk", display_name="叶少芬")
    leading, own = actor_for(chair), actor_for(clerk).label
    posts = apps.get_model("orgs", "Post").objects.filter(pk__in=leading.posts)
    posts.update(rank=1, title="书记")
    days = (timezone.localdate(), timezone.localdate() + timedelta(9))

    deputies.name_deputy(post_of(leading), clerk, days, "leave", actor=leading, now=now())

    assert leading.posts <= actor_for(clerk).posts
    assert actor_for(clerk).label == own


@pytest.mark.django_db
def test_nobody_names_a_deputy_for_a_post_that_is_not_hers_nor_herself() -> None:
    clerk, other = make_staff("clerk"), make_staff("clerk")
    days = (timezone.localdate(), timezone.localdate())

    with pytest.raises(NotAllowed):
        deputies.name_deputy(
            post_of(actor_for(other)), clerk, days, "", actor=actor_for(clerk), now=now()
        )
    with pytest.raises(NotForYourself):
        actor = actor_for(clerk)
        deputies.name_deputy(post_of(actor), clerk, days, "", actor=actor, now=now())
    assert not Deputy.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(("first", "last"), [(1, 0), (0, 400)])
def test_a_deputyship_has_its_days_in_order_and_lasts_a_year_at_most(first, last) -> None:
    actor, today = actor_for(make_staff("clerk")), timezone.localdate()

    with pytest.raises(Invalid):
        days = (today + timedelta(first), today + timedelta(last))
        deputies.name_deputy(post_of(actor), make_account(), days, "", actor=actor, now=now())


@pytest.mark.django_db
def test_a_deputy_is_of_the_place_or_an_office_above_and_for_days_to_come() -> None:
    actor, today = actor_for(make_staff("clerk")), timezone.localdate()
    post, days = post_of(actor), (today, today + timedelta(9))

    def name(path: str, days=days) -> None:
        friend = make_account(path=path)
        named = deputies.name_deputy(post, friend, days, "", actor=actor, now=now())
        deputies.end_deputy(named, actor=actor, now=now())

    with pytest.raises(Invalid):
        name(VILLAGE.replace("001/", "002/"))
    with pytest.raises(Invalid):
        name(VILLAGE, (today - timedelta(40), today - timedelta(1)))
    assert not Deputy.objects.exists()
    for path in (VILLAGE, TOWN, "441900/", f"{VILLAGE}441900005001g1/"):
        name(path)
    assert Deputy.objects.count() == 4


@pytest.mark.django_db
def test_a_post_has_one_deputy_at_a_time_and_another_for_other_days() -> None:
    actor, today = actor_for(make_staff("clerk")), timezone.localdate()
    post, days = post_of(actor), (today, today + timedelta(9))
    deputies.name_deputy(post, make_account(), days, "", actor=actor, now=now())

    for first in (today, today + timedelta(9)):
        with pytest.raises(Invalid):
            span = (first, today + timedelta(20))
            deputies.name_deputy(post, make_account(), span, "", actor=actor, now=now())
    assert Deputy.objects.count() == 1
    later = (today + timedelta(10), today + timedelta(20))
    deputies.name_deputy(post, make_account(), later, "", actor=actor, now=now())
    assert Deputy.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("duty", "path"),
    [
        ("security", "441900/"),
        ("auditor", "441900/"),
        ("discipline", TOWN),
        ("supervision", VILLAGE),
    ],
)
def test_whoever_checks_or_gives_rights_stands_in_for_no_head(duty: str, path: str) -> None:
    actor, today = actor_for(make_staff("village_chair")), timezone.localdate()
    other = make_account(path=path)
    make_right(duty, path=path, account=other)

    with pytest.raises(DutiesClash):
        days = (today, today)
        deputies.name_deputy(post_of(actor), other, days, "", actor=actor, now=now())
    assert not Deputy.objects.exists()


@pytest.mark.parametrize(
    ("held", "new", "fits"),
    [
        ({"clerk"}, "village_chair", True),
        ({"clerk", "resident"}, "clerk", True),
        ({"supervision", "resident"}, "supervision", True),
        # VE-84, RC-26: a member of the committee never supervises it, nor the other way round
        ({"supervision"}, "village_chair", False),
        ({"village_chair"}, "supervision", False),
        ({"security"}, "clerk", False),
        ({"clerk"}, "operator", False),
    ],
)
def test_supervision_and_the_three_duties_stay_apart_from_work(
    held: set[str], new: str, fits: bool
) -> None:
    assert (rules.deputy_clash(held, new) is None) is fits


@pytest.mark.django_db
def test_a_deputyship_ends_at_once_when_it_is_called_back() -> None:
    clerk, friend = make_staff("clerk"), make_account()
    actor, today = actor_for(clerk), timezone.localdate()
    days = (today, today + timedelta(9))
    deputy = deputies.name_deputy(post_of(actor), friend, days, "", actor=actor, now=now())

    deputies.end_deputy(deputy, actor=actor, now=now())

    assert actor_for(friend).posts == frozenset()


@pytest.mark.django_db
def test_with_two_posts_one_may_act_by_one_alone() -> None:
    clerk = make_staff("clerk")
    second = make_post("official", title="second post")
    make_holding(second, clerk)
    make_right("supervision", post_id=second.pk)
    browser = signed_in(clerk)

    browser.post("/en/access/posts/choose", {"post": second.pk, "key": "1"})
    answer = browser.get("/api/v1/access/me/").json()

    assert answer["posts"] == [second.pk]
    assert "people.view" not in {p["permit"] for p in answer["permits"]}
    assert "second post" in answer["label"]

    browser.post("/en/access/posts/choose", {"post": "", "key": "2"})
    assert len(browser.get("/api/v1/access/me/").json()["posts"]) == 2


@pytest.mark.django_db
def test_nobody_chooses_a_post_that_is_not_hers() -> None:
    browser = signed_in(make_staff("clerk"))

    answer = browser.post("/en/access/posts/choose", {"post": make_post().pk, "key": "1"})

    assert answer.status_code == 404


@pytest.mark.django_db
def test_acting_for_a_resident_is_recorded_shown_everywhere_and_ends_after_an_hour() -> None:
    person = make_person("李月")
    clerk = make_staff("clerk")
    browser = signed_in(clerk)

    form = {"person": person.pk, "reason": "asked me to apply", "key": "1"}
    answer = browser.post(ACT, form)
    me = browser.get("/api/v1/access/me/").json()
    page = browser.get("/en/access/security/").content.decode()

    assert answer.status_code == 303
    assert me["acting_for"] == person.pk
    assert me["purpose"] == "asked me to apply"
    assert "You are acting for 李月: asked me to apply" in page
    assert Entry.objects.filter(verb="access.acting_started", person_id=person.pk).exists()

    SignIn.objects.update(acting_until=now())
    assert browser.get("/api/v1/access/me/").json()["acting_for"] is None


@pytest.mark.django_db
def test_one_stops_acting() -> None:
    person = make_person("李月")
    browser = signed_in(make_staff("clerk"))
    browser.post(ACT, {"person": person.pk, "reason": "asked me", "key": "1"})

    browser.post(ACT, {"stop": "1", "key": "2"})

    assert browser.get("/api/v1/access/me/").json()["acting_for"] is None


@pytest.mark.django_db
def test_a_grid_worker_and_a_clerk_of_elsewhere_act_for_nobody_here() -> None:
    person = make_person("李月")
    there = "441900/441900006/441900006001/"
    browsers = [signed_in(make_staff("grid_worker")), signed_in(make_staff("clerk", path=there))]

    answers = [
        b.post(ACT, {"person": person.pk, "reason": "x", "key": "1"}).status_code for b in browsers
    ]

    assert answers == [404, 404]
    assert not SignIn.objects.filter(acting_for__isnull=False).exists()


@pytest.mark.django_db
def test_a_son_acts_for_his_mother_by_a_mandate_until_its_end() -> None:
    mother = make_person("李月")
    clerk = actor_for(make_staff("village_chair"))
    son = make_account("r-son", kind="resident", phone="+8613800138000")
    with scope.acting(clerk):
        mandate = acting.record_mandate(
            mother.pk, son, "paper of 2026-11-20", now() + timedelta(days=30),
            path=VILLAGE, actor=clerk, now=now(),
        )  # fmt: skip
    session = make_session(son)

    acting.start_acting(session.pk, mother.pk, "insurance", actor=actor_for(son), now=now())
    session.refresh_from_db()
    assert session.acting_for_id == mother.pk

    mandates.end_mandate(mandate, path=VILLAGE, actor=actor_for(son), now=now())
    with pytest.raises(NotFound):
        acting.start_acting(session.pk, mother.pk, "insurance", actor=actor_for(son), now=now())


@pytest.mark.django_db
def test_accounts_and_mandates_follow_a_person_whose_entries_were_joined_and_parted_again() -> None:
    kept, gone = make_person("李月"), make_person("李月", kind="passport", number="E12345678")
    hers = make_account("r-mother", kind="resident", person_id=gone.pk)
    son, clerk = make_account("r-son", kind="resident"), actor_for(make_staff("village_chair"))
    with scope.acting(clerk):
        mandate = acting.record_mandate(
            gone.pk, son, "paper", now() + timedelta(days=30), path=VILLAGE, actor=clerk, now=now()
        )
    session = make_session(son)

    pair = join(kept, gone)
    acting.start_acting(session.pk, kept.pk, "insurance", actor=actor_for(son), now=now())
    session.refresh_from_db()

    assert actor_for(hers).person_id == kept.pk
    assert session.acting_for_id == kept.pk
    assert list(mandates_of(actor_for(hers), now=now())) == [mandate]
    assert get_mandate(actor_for(hers), mandate.pk) == mandate

    part_pair(pair, "two people after all", actor=SYSTEM, now=now())

    assert actor_for(hers).person_id == gone.pk
    assert list(mandates_of(actor_for(hers), now=now())) == [mandate]
    with pytest.raises(NotFound):
        acting.start_acting(session.pk, kept.pk, "insurance", actor=actor_for(son), now=now())


@pytest.mark.django_db
def test_a_person_who_was_joined_gets_no_second_account() -> None:
    kept, gone = make_person("李月"), make_person("李月", kind="passport", number="E12345678")
    make_account("r-1", kind="resident", person_id=gone.pk)
    twin, clerk = make_account("r-2", kind="resident"), actor_for(make_staff("village_chair"))
    join(kept, gone)

    with scope.acting(clerk), pytest.raises(Invalid):
        acting.tie_person(twin, kept.pk, path=VILLAGE, actor=clerk, now=now())


@pytest.mark.django_db
def test_a_resident_has_what_is_meant_for_residents_where_she_lives() -> None:
    person = make_person("李月")
    account = make_account("r-1", kind="resident", person_id=person.pk)

    actor = actor_for(account)

    assert [(g.permit, g.path, g.ceiling) for g in actor.grants] == [("access.reside", VILLAGE, 2)]


@pytest.mark.django_db
def test_an_account_is_tied_to_a_person_at_the_counter_once() -> None:
    person = make_person("李月")
    account = make_account("r-1", kind="resident")
    twin = make_account("r-2", kind="resident")
    clerk = actor_for(make_staff("village_chair"))
    make_reaching(account.pk, now())
    make_reaching(twin.pk, now())
    with scope.acting(clerk):
        acting.tie_person(account, person.pk, path=VILLAGE, actor=clerk, now=now())
        assert reaching_of(account.pk) == [person.pk] * 2
        with pytest.raises(Invalid):
            acting.tie_person(twin, person.pk, path=VILLAGE, actor=clerk, now=now())

    account.refresh_from_db()
    assert account.display_name == "李月"
    assert reaching_of(twin.pk) == [None, None]
    assert TESTER


@pytest.mark.django_db
def test_a_clerk_finds_the_resident_by_name_and_acts_for_her() -> None:
    person = make_person("李月")
    browser = signed_in(make_staff("clerk"))

    shown = browser.get(f"{POSTS}?q=李月").content.decode()

    assert f'name="person" value="{person.pk}"' in shown


@pytest.mark.django_db
def test_at_the_counter_an_account_is_tied_and_a_mandate_recorded_on_the_page() -> None:
    mother, son = make_person("李月"), make_person("李星")
    account = make_account("r-son", kind="resident", phone="+8613800138000")
    browser = signed_in(make_staff("village_chair"))
    given = {"phone": "13800138000", "q": "李"}

    shown = browser.get("/en/access/residents/", given).content.decode()
    tied = browser.post("/en/access/residents/tie", {**given, "person": son.pk, "key": "1"})
    until = (timezone.localdate() + timedelta(days=60)).isoformat()
    form = {"principal": mother.pk, "basis": "paper", "until": until, "key": "2"}
    recorded = browser.post("/en/access/residents/mandate", {**given, **form})
    after = browser.get(recorded["Location"]).content.decode()

    account.refresh_from_db()
    assert "138****8000" in shown
    assert (tied.status_code, recorded.status_code) == (303, 303)
    assert account.person_id == son.pk
    assert "李月" in after
    # nobody acts for oneself
    own = {**given, **form, "principal": son.pk, "key": "3"}
    assert browser.post("/en/access/residents/mandate", own).status_code == 422
    assert Mandate.objects.count() == 1
    choice = after.split('name="principal"')[1].split("</select>")[0]
    assert f'value="{mother.pk}"' in choice and f'value="{son.pk}"' not in choice


@pytest.mark.django_db
def test_while_acting_ones_own_pages_are_closed_and_requests_are_the_persons() -> None:
    own, person = make_person("陈文"), make_person("李月")
    clerk = make_staff("clerk")
    type(clerk).objects.filter(pk=clerk.pk).update(person_id=own.pk)
    browser = signed_in(clerk)
    ask = {"kind": "copy", "place": "441900005001"}
    browser.post(NEW, {**ask, "text": "what you keep of myself", "key": "2"})
    browser.post(ACT, {"person": person.pk, "reason": "asked me to apply", "key": "1"})

    browser.post(NEW, {**ask, "text": "what you keep of her", "key": "3"})
    mine = browser.get("/en/access/my-data/").content.decode()
    affairs = browser.get("/en/me/").content.decode()
    read = browser.get("/en/who-read-my-data/").content.decode()

    of_own, of_her = DataRequest.objects.order_by("pk")
    assert (of_own.person_id, of_her.person_id) == (own.pk, person.pk)
    assert of_her.number in mine
    assert of_own.number not in mine
    assert "Your own affairs are closed until you stop" in affairs
    assert of_own.number not in affairs
    assert "Closed while you act for somebody" in read
    assert browser.get("/api/v1/trail/mine/").status_code == 404

    browser.post(ACT, {"stop": "1", "key": "4"})
    mine = browser.get("/en/access/my-data/").content.decode()
    assert of_own.number in mine
    assert mine.count("in the name of another person") == 1
