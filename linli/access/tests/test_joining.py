"""Two entries of one person are joined: what that means for those who sign in as staff."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.utils import timezone

from linli.access import permits as access
from linli.access.errors import (
    DutiesClash,
    JoinGivesPost,
    NotForYourself,
    TwoResidentAccounts,
    TwoStaffAccounts,
)
from linli.access.models import Account, Mandate
from linli.access.queries.posts import accounts_holding
from linli.access.secrets import open_phone
from linli.access.services import acting
from linli.access.testing import actor_for, make_account, make_holding, make_post, make_right
from linli.kernel.errors import Invalid, Refusal
from linli.kernel.permits import VAULT, Actor
from linli.kernel.testing import CITY, VILLAGE, client_of, make_actor, post_json
from linli.orgs import permits as orgs
from linli.people import permits
from linli.people.models import DuplicatePair, Person, Residency
from linli.people.services.joining import join_pair
from linli.people.services.parting import part_pair
from linli.people.testing import make_person

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
CLERK = make_actor("clerk", permits.VIEW, permits.MERGE, at=CITY, ceiling=VAULT, account_id=None)
CHAIR = make_actor(
    "chair", permits.VIEW, permits.MERGE, orgs.APPOINT, at=CITY, ceiling=VAULT, account_id=None
)


def now() -> Any:
    return timezone.now()


def a_pair(**tied: Any) -> tuple[DuplicatePair, Account, Any]:
    """Return two entries of one name: one signs in as staff, by the other somebody holds a post."""
    one, other = make_person("何伟明"), make_person("何伟明", kind="passport", number="E12345678")
    account = make_account(person_id=one.pk)
    post = make_post("committee_chair", title="主任")
    make_right("village_chair", post_id=post.pk)
    holding = make_holding(post, account)
    type(holding).objects.filter(pk=holding.pk).update(
        **{"account_id": None, "person_id": other.pk, **tied}
    )
    city = Residency.objects.filter(person=one).values_list("city_id", flat=True)[0]
    pair = DuplicatePair.objects.create(
        path=CITY, city_id=city, one=one, other=other, score=80, found_at=now()
    )
    return pair, account, post


def refused(pair: DuplicatePair, actor: Actor, by: type[Refusal]) -> Refusal:
    """Return what a joining is refused with; nothing of it stays."""
    with pytest.raises(by) as told:
        join_pair(pair, pair.one_id, "same photo", actor=actor, now=now())
    found = DuplicatePair.objects.get(pk=pair.pk)
    assert (found.state, found.undo) == ("open", None)
    assert not Person.objects.filter(merged_into__isnull=False).exists()
    assert not said("people.joined").exists()
    assert not said("access.post_joined").exists()
    return told.value


def said(verb: str) -> Any:
    return apps.get_model("trail", "Entry").objects.filter(verb=verb)


def test_a_clerk_gives_nobody_a_post_by_joining_two_entries() -> None:
    pair, account, post = a_pair()

    told = refused(pair, CLERK, JoinGivesPost)

    assert post.title in str(told)
    assert post.pk not in actor_for(account).posts
    got = post_json(client_of(CLERK), f"/api/v1/people/pairs/{pair.pk}/decide", {"move": "join"})
    assert (got.status_code, got.json()["code"]) == (403, "join_gives_post")


@pytest.mark.parametrize("side", ["one_id", "other_id"])
def test_who_appoints_to_the_post_may_and_parting_takes_it_off_again(side: str) -> None:
    pair, account, post = a_pair()

    pair = join_pair(pair, getattr(pair, side), "same photo", actor=CHAIR, now=now())

    assert post.pk in actor_for(account).posts
    assert accounts_holding(post.pk, "", "", on=timezone.localdate()) == [account.pk]
    entry = said("access.post_joined").get()
    assert (entry.key, entry.path) == (str(account.pk), VILLAGE)
    messages = apps.get_model("notify", "Message").objects
    assert messages.filter(account_id=account.pk, template="access.post_joined").count() == 1
    part_pair(pair, "two people", actor=CHAIR, now=now())
    assert post.pk not in actor_for(account).posts


def test_a_post_that_names_the_account_already_is_no_news() -> None:
    pair, account, post = a_pair()
    holdings = apps.get_model("orgs", "PostHolding").objects
    holdings.filter(post=post).update(account_id=account.pk)

    join_pair(pair, pair.one_id, "same photo", actor=CLERK, now=now())

    assert post.pk in actor_for(account).posts
    assert not said("access.post_joined").exists()


def test_nobody_joins_her_own_entry() -> None:
    pair, account, post = a_pair()

    for person in (pair.one_id, pair.other_id):
        hers = make_actor(
            "chair", permits.MERGE, orgs.APPOINT, at=CITY, ceiling=VAULT, person_id=person
        )
        refused(pair, hers, NotForYourself)
    assert post.pk not in actor_for(account).posts
    assert accounts_holding(post.pk, "", "", on=timezone.localdate()) == []


def test_duties_that_are_kept_apart_stay_so_also_by_joining() -> None:
    """GB/T 22239: who checks the trail does none of the work that is checked."""
    pair, account, post = a_pair()
    make_right("auditor", path=CITY, account=account)

    refused(pair, CHAIR, DutiesClash)

    assert post.pk not in actor_for(account).posts
    assert accounts_holding(post.pk, "", "", on=timezone.localdate()) == []


def test_two_staff_accounts_are_not_joined_to_one_person() -> None:
    pair, account, post = a_pair()
    other = make_account(person_id=pair.other_id)

    refused(pair, CHAIR, TwoStaffAccounts)

    tied = dict(Account.objects.values_list("pk", "person_id"))
    assert tied == {account.pk: pair.one_id, other.pk: pair.other_id}
    assert post.pk not in actor_for(account).posts
    Account.objects.filter(pk=other.pk).update(state="disabled", disabled_at=now())
    join_pair(pair, pair.one_id, "same photo", actor=CHAIR, now=now())

    assert actor_for(account).posts


def both_sign_in() -> tuple[DuplicatePair, Account, Account]:
    """Return two entries of one name that both sign in as residents."""
    pair, _, _ = a_pair()
    Account.objects.update(person=None)
    one, other = (
        make_account(
            f"r-{phone[-4:]}", kind="resident", phone=phone, person_id=person, path=VILLAGE
        )
        for phone, person in (("+8613800138000", pair.one_id), ("+8613900139000", pair.other_id))
    )
    return pair, one, other


def test_two_residents_accounts_are_not_joined_to_one_person() -> None:
    pair, _one, other = both_sign_in()

    told = refused(pair, CHAIR, TwoResidentAccounts)

    assert "138****8000" in str(told) and "139****9000" in str(told)
    page = client_of(CHAIR).post(f"/en/people/pairs/{pair.pk}/decide", {"move": "join", "key": "1"})
    assert page.status_code == 409 and "both entries sign in" in page.content.decode().lower()
    Account.objects.filter(pk=other.pk).update(state="disabled", disabled_at=now())
    assert join_pair(pair, pair.one_id, "same photo", actor=CHAIR, now=now()).state == "joined"


def test_at_the_counter_one_account_takes_the_other_over_before_they_are_joined() -> None:
    pair, one, other = both_sign_in()
    Mandate.objects.create(
        principal=make_person("李月"), agent=other, starts_at=now(), ends_at=now() + DAY,
        basis="paper", recorded_by=one,
    )  # fmt: skip
    counter = make_actor(
        "c", access.ENROL, access.ACT_FOR, permits.VIEW, at=CITY, ceiling=VAULT, account_id=None
    )

    with pytest.raises(Invalid) as told:
        acting.tie_person(other, pair.one_id, path=VILLAGE, actor=counter, now=now())
    assert "may be theirs too" in told.value.fields["person"][0]
    assert Account.objects.get(pk=other.pk).person_id == pair.other_id
    kept = acting.tie_person(
        other, pair.one_id, path=VILLAGE, takes_over=True, actor=counter, now=now()
    )

    other.refresh_from_db()
    assert (kept.pk, open_phone(kept), other.state) == (one.pk, "+8613900139000", "disabled")
    assert Mandate.objects.get().agent_id == one.pk
    assert join_pair(pair, pair.one_id, "same photo", actor=CHAIR, now=now()).state == "joined"


def test_an_account_of_somebody_else_is_not_taken_over() -> None:
    pair, _one, other = both_sign_in()
    DuplicatePair.objects.filter(pk=pair.pk).update(state="different", decided_at=now())
    counter = make_actor(
        "c", access.ENROL, access.ACT_FOR, permits.VIEW, at=CITY, ceiling=VAULT, account_id=None
    )

    with pytest.raises(Invalid) as told:
        acting.tie_person(
            other, pair.one_id, path=VILLAGE, takes_over=True, actor=counter, now=now()
        )

    assert Account.objects.get(pk=other.pk).person_id == pair.other_id
    assert "somebody else" in told.value.fields["person"][0]
