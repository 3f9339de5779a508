"""Rights are given and taken back: never to oneself, never too far, never without an end above 5."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.timezone import localdate

from linli.access import permits, rules
from linli.access.errors import DutiesClash, NotForYourself
from linli.access.models import Account, Deputy, GivenRight
from linli.access.queries.others import others_may
from linli.access.queries.posts import posts_by_id
from linli.access.queries.specials import rights_to_review
from linli.access.services import rights
from linli.access.services.deputies import name_deputy
from linli.access.testing import (
    actor_for,
    make_account,
    make_holding,
    make_post,
    make_right,
    make_staff,
)
from linli.access.types import NewRight, RightKind
from linli.documents.permits import KEEP_SEAL
from linli.kernel.errors import Invalid, NotAllowed, WrongState
from linli.kernel.permits import PERMITS
from linli.kernel.testing import OTHER_TOWN, TOWN, VILLAGE
from linli.notify.models import Message
from linli.people.testing import make_person


def now():
    return timezone.now()


def giver(path: str = "441900/"):
    account = make_account(path=path)
    make_right("security", path=path, account=account)
    return actor_for(account)


def messages_to(actor) -> list[str]:
    own = Message.objects.filter(account_id=actor.account_id)
    return list(own.values_list("template", flat=True))


def auditor():
    account = make_account(path="441900/")
    make_right("auditor", path="441900/", account=account)
    return actor_for(account)


@pytest.mark.django_db
def test_a_right_holds_at_the_next_request_and_is_gone_at_the_next() -> None:
    clerk, post = make_account(), make_post()
    make_holding(post, clerk)
    given = rights.give_right(
        NewRight(VILLAGE, 5, template="clerk", post_id=post.pk), actor=giver(), now=now()
    )

    had = actor_for(clerk).may(PERMITS["people.view"], at=VILLAGE)
    rights.end_right(given, actor=giver(), now=now())

    assert had
    assert not actor_for(clerk).may(PERMITS["people.view"], at=VILLAGE)


@pytest.mark.django_db
def test_who_gives_rights_in_a_town_gives_none_outside_it() -> None:
    actor, clerk = giver(TOWN), make_account()

    with pytest.raises(NotAllowed):
        new = NewRight(OTHER_TOWN, 4, template="clerk", account_id=clerk.pk)
        rights.give_right(new, actor=actor, now=now())
    with pytest.raises(NotAllowed):
        new = NewRight("441900/", 4, template="clerk", account_id=clerk.pk)
        rights.give_right(new, actor=actor, now=now())
    assert not GivenRight.objects.filter(account=clerk).exists()


@pytest.mark.django_db
def test_nobody_gives_rights_to_herself_nor_to_her_own_post() -> None:
    account = make_account(path="441900/")
    post = make_post("official", path=TOWN)
    make_holding(post, account)
    make_right("security", path="441900/", account=account)
    actor = actor_for(account)

    with pytest.raises(NotForYourself):
        rights.give_right(
            NewRight(VILLAGE, 4, template="clerk", account_id=account.pk), actor=actor, now=now()
        )
    with pytest.raises(NotForYourself):
        rights.give_right(
            NewRight(VILLAGE, 4, template="clerk", post_id=post.pk), actor=actor, now=now()
        )


@pytest.mark.django_db
def test_nobody_gives_rights_to_the_kind_of_her_own_post_nor_after_choosing_another_post() -> None:
    account = make_account(path="441900/")
    first, second = make_post("official", path=TOWN), make_post("clerk", path=VILLAGE)
    for post in (first, second):
        make_holding(post, account)
    make_right("security", path="441900/", account=account)
    # she chose the second post for this session
    actor = replace(actor_for(account), posts=frozenset({second.pk}))

    for new in (
        NewRight(TOWN, 4, template="clerk", post_kind="official"),
        NewRight(TOWN, 4, template="clerk", post_id=first.pk),
    ):
        with pytest.raises(NotForYourself):
            rights.give_right(new, actor=actor, now=now())
    assert GivenRight.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("way", ["kind", "post", "deputy"])
def test_duties_stay_apart_whichever_way_they_come(way: str) -> None:
    keeper = make_account(path=VILLAGE)
    own = make_post("clerk", path=VILLAGE)
    make_holding(own, keeper)
    make_right("auditor", path=VILLAGE, post_kind="clerk")
    other = make_post("official", path=VILLAGE)
    if way == "deputy":
        make_right("security", path=VILLAGE, post_id=other.pk)
    elif way == "post":
        make_holding(other, keeper)
    before = GivenRight.objects.count()
    actor = giver()

    with pytest.raises(DutiesClash):
        if way == "deputy":
            row, today = posts_by_id({other.pk}, on=localdate())[other.pk], localdate()
            name_deputy(row, keeper, (today, today), "leave", actor=actor, now=now())
        else:
            new = NewRight(VILLAGE, 3, template="security", post_id=other.pk if way == "post" else None, account_id=None if way == "post" else keeper.pk)  # fmt: skip
            rights.give_right(new, actor=actor, now=now())
    assert GivenRight.objects.count() == before + 1 and not Deputy.objects.exists()


@pytest.mark.django_db
def test_a_post_of_two_seats_takes_a_deputy_on_every_day_on_which_one_is_free() -> None:
    post, today = make_post("clerk", seats=2), localdate()
    row, day = posts_by_id({post.pk}, on=today)[post.pk], timedelta(days=1)
    stands = [make_account() for _ in range(4)]

    def name(who: Account, first: int, last: int) -> None:
        span = (today + first * day, today + last * day)
        name_deputy(row, who, span, "leave", actor=giver(), now=now())

    name(stands[0], 0, 1)
    name(stands[1], 4, 5)
    name(stands[2], 0, 5)
    with pytest.raises(Invalid):
        name(stands[3], 4, 4)

    assert Deputy.objects.count() == 3


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["staff", "resident"])
def test_a_residents_account_gives_no_right_of_a_post(kind: str) -> None:
    person = make_person()
    account = make_account(person=person, kind=kind)
    post = make_post("clerk")
    holding = make_holding(post, account)
    type(holding).objects.filter(pk=holding.pk).update(account_id=None, person_id=person.pk)
    make_right("clerk", post_id=post.pk)

    assert actor_for(account).may(PERMITS["people.view"], at=VILLAGE) is (kind == "staff")


@pytest.mark.django_db
@pytest.mark.parametrize("held", ["operator", "auditor"])
def test_one_person_never_holds_two_of_the_three_duties(held: str) -> None:
    other = make_account()
    make_right(held, path="441900/", account=other)

    with pytest.raises(DutiesClash):
        new = NewRight("441900/", 3, template="security", account_id=other.pk)
        rights.give_right(new, actor=giver(), now=now())
    assert GivenRight.objects.filter(account=other).count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("order", ["auditor first", "work first"])
@pytest.mark.parametrize("work", [{"template": "town_lead"}, {"permit": "people.view"}])
def test_who_checks_the_trail_holds_no_other_right(order: str, work: dict[str, str]) -> None:
    other, audit = make_account(path="441900/"), {"template": "auditor"}
    first, second = (audit, work) if order == "auditor first" else (work, audit)
    new = {"path": "441900/", "ceiling": 3, "account_id": other.pk}
    actor = giver()
    rights.give_right(NewRight(**new, **first), actor=actor, now=now())

    with pytest.raises(DutiesClash):
        rights.give_right(NewRight(**new, **second), actor=actor, now=now())
    assert GivenRight.objects.filter(account=other).count() == 1


@pytest.mark.django_db
def test_a_right_that_one_person_gave_for_the_whole_city_waits_for_somebody_else() -> None:
    actor, checks, other = giver(), auditor(), make_account(path="441900/")
    new = NewRight("441900/", 3, template="city_lead", account_id=other.pk)
    given = rights.give_right(new, actor=actor, now=now())
    rights.give_right(
        NewRight(VILLAGE, 3, template="clerk", account_id=make_account().pk), actor=actor, now=now()
    )

    assert list(rights_to_review(checks)) == [given]
    assert not rights_to_review(actor_for(other))
    assert messages_to(checks) == ["access.to_review"]
    with pytest.raises(NotForYourself):
        rights.review_right(given, True, "", actor=actor_for(other), now=now())
    rights.review_right(given, True, "agreed", actor=checks, now=now())
    assert not rights_to_review(checks)


@pytest.mark.parametrize(
    ("reason", "tells"),
    [
        ("x", False), ("测试", False), ("aaaaaaaaaaaa", False), ("啊啊啊啊啊啊啊", False),
        ("fix it", False), ("。。。。。。。", False),
        ("index is broken", True), ("数据库索引损坏", True), ("重建 people 索引", True),
    ],
)  # fmt: skip
def test_a_reason_is_a_sentence(reason: str, tells: bool) -> None:
    assert rules.is_sentence(reason) is tells


@pytest.mark.django_db
def test_a_full_session_takes_a_sentence_and_the_auditor_hears_of_it() -> None:
    account, checks = make_account(path="441900/"), auditor()
    make_right("operator", path="441900/", account=account)

    with pytest.raises(Invalid):
        rights.open_full_session("x", actor=actor_for(account), now=now())
    assert not messages_to(checks)
    opened = rights.open_full_session("index is broken", actor=actor_for(account), now=now())

    assert messages_to(checks) == ["access.to_review"]
    assert list(rights_to_review(checks)) == [opened]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fields",
    [
        {"ends_at": None, "purpose": "rehabilitation"},
        {"ends_at": timedelta(days=30), "purpose": ""},
        {"ends_at": timedelta(days=400), "purpose": "rehabilitation"},
        {"ends_at": timedelta(days=-1), "purpose": "rehabilitation"},
    ],
)
def test_above_level_five_it_takes_a_purpose_and_an_end_within_a_year(fields) -> None:
    clerk = make_account()
    ends = fields["ends_at"] and now() + fields["ends_at"]

    with pytest.raises(Invalid):
        rights.give_right(
            NewRight(
                VILLAGE, 6, template="clerk", account_id=clerk.pk,
                ends_at=ends, purpose=fields["purpose"],
            ),
            actor=giver(), now=now(),
        )  # fmt: skip
    assert not GivenRight.objects.filter(account=clerk).exists()


@pytest.mark.django_db
def test_a_right_on_level_six_shows_its_purpose_and_ends_by_itself() -> None:
    secretary = make_staff("clerk")
    rights.give_right(
        NewRight(
            VILLAGE, 6, template="party_work", account_id=secretary.pk,
            ends_at=now() + timedelta(days=30), purpose="tasks 1 to 3 of the plan",
        ),
        actor=giver(), now=now(),
    )  # fmt: skip

    actor = actor_for(secretary)

    assert actor.may(PERMITS["orgs.party"], at=VILLAGE)
    assert actor.purpose == "tasks 1 to 3 of the plan"
    assert not actor_for(secretary, now() + timedelta(days=31)).may(
        PERMITS["orgs.party"], at=VILLAGE
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    "new",
    [
        NewRight(VILLAGE, 4, template="clerk"),
        NewRight(VILLAGE, 4, account_id=999_999_999, post_id=1, template="clerk"),
        NewRight(VILLAGE, 4, account_id=999_999_999),
        NewRight(VILLAGE, 4, account_id=999_999_999, template="no_such"),
        NewRight(VILLAGE, 4, account_id=999_999_999, permit="no.such"),
    ],
)
def test_what_makes_no_sense_is_told_and_nothing_is_given(new: NewRight) -> None:
    with pytest.raises(Invalid):
        rights.give_right(new, actor=giver(), now=now())
    assert not GivenRight.objects.exclude(template="security").exists()


@pytest.mark.django_db
def test_emergency_access_lasts_four_hours_and_waits_for_a_review() -> None:
    chair = make_staff("village_chair")
    reason = "child missing, need the support file"

    right = rights.break_glass("orgs.party", VILLAGE, 7, reason, actor=actor_for(chair), now=now())

    assert actor_for(chair).may(PERMITS["orgs.party"], at=VILLAGE, level=7)
    assert actor_for(chair).purpose == reason
    late = now() + timedelta(hours=4, minutes=1)
    assert not actor_for(chair, late).may(PERMITS["orgs.party"], at=VILLAGE)
    assert list(rights_to_review(auditor())) == [right]


@pytest.mark.django_db
def test_emergency_access_never_opens_what_is_sealed_by_name_nor_gives_rights() -> None:
    chair = actor_for(make_staff("village_chair"))

    right = rights.break_glass(
        "people.view", VILLAGE, 8, "fire in the old market hall", actor=chair, now=now()
    )

    assert right.ceiling == 7
    with pytest.raises(Invalid):
        rights.break_glass(
            "access.grant", VILLAGE, 4, "fire in the old market hall", actor=chair, now=now()
        )
    with pytest.raises(Invalid):
        rights.break_glass("people.view", VILLAGE, 4, "  ", actor=chair, now=now())


@pytest.mark.django_db
def test_a_clerk_has_no_emergency_access_and_a_chair_none_elsewhere() -> None:
    with pytest.raises(NotAllowed):
        clerk = actor_for(make_staff("clerk"))
        rights.break_glass(
            "people.view", VILLAGE, 4, "fire in the old market hall", actor=clerk, now=now()
        )
    with pytest.raises(NotAllowed):
        chair = actor_for(make_staff("village_chair"))
        rights.break_glass(
            "people.view", OTHER_TOWN, 4, "fire in the old market hall", actor=chair, now=now()
        )
    assert not GivenRight.objects.filter(kind=RightKind.BREAK_GLASS).exists()


@pytest.mark.django_db
def test_an_operator_opens_a_full_session_for_an_hour_with_a_reason() -> None:
    account = make_account(path="441900/")
    make_right("operator", path="441900/", account=account)

    rights.open_full_session("index is broken", actor=actor_for(account), now=now())

    actor = actor_for(account)
    assert actor.may(PERMITS["people.edit"], at=VILLAGE)
    assert not actor.may(PERMITS["trail.read"], at=VILLAGE)
    assert not actor.may(permits.GRANT, at=VILLAGE)
    assert actor.purpose == "index is broken"
    late = now() + timedelta(minutes=61)
    assert not actor_for(account, late).may(PERMITS["people.edit"], at=VILLAGE)


@pytest.mark.django_db
def test_nobody_reviews_her_own_emergency_access_and_it_is_reviewed_once() -> None:
    chair = make_staff("village_chair")
    right = rights.break_glass(
        "people.view", VILLAGE, 4, "fire in the old market hall", actor=actor_for(chair), now=now()
    )

    with pytest.raises(NotForYourself):
        rights.review_right(right, True, "", actor=actor_for(chair), now=now())
    rights.review_right(right, False, "not needed", actor=auditor(), now=now())
    with pytest.raises(WrongState):
        rights.review_right(right, True, "", actor=auditor(), now=now())

    right.refresh_from_db()
    assert right.is_justified is False


@pytest.mark.django_db
def test_one_closes_ones_own_emergency_access_early() -> None:
    chair = make_staff("village_chair")
    right = rights.break_glass(
        "orgs.party", VILLAGE, 6, "fire in the old market hall", actor=actor_for(chair), now=now()
    )

    rights.end_right(right, actor=actor_for(chair), now=now())

    assert not actor_for(chair).may(PERMITS["orgs.party"], at=VILLAGE)


@pytest.mark.django_db
def test_others_who_may_at_a_place_are_known_by_post_and_by_account() -> None:
    first, second, post = make_account("first"), make_account("second"), make_post("clerk")
    make_right(template="clerk", post_id=post.pk)
    make_holding(post, first)

    def others(of: object) -> bool:
        return others_may(KEEP_SEAL, VILLAGE, of.pk, now=now())  # type: ignore[attr-defined]

    assert (others(first), others(second)) == (False, True)
    make_right(template="clerk", account=second)
    assert others(first)
    # whose account is closed cannot be the other one
    Account.objects.filter(pk=second.pk).update(state="disabled", disabled_at=now())
    assert not others(first)
