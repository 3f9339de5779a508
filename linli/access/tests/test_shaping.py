"""Nobody changes what a post is so that she gets rights by it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.apps import apps

from linli.access.errors import DutiesClash, NotForYourself
from linli.access.models import Account
from linli.access.templates_of_rights import KIND_RIGHTS, TEMPLATES, applies_at
from linli.access.testing import (
    NOON,
    actor_for,
    kind_rights,
    make_account,
    make_holding,
    make_post,
    make_right,
)
from linli.kernel.errors import NotAllowed
from linli.kernel.paths import CITY_PATH
from linli.kernel.permits import PROTECTED, Actor
from linli.kernel.testing import TOWN, VILLAGE, client_of, make_actor, post_json
from linli.orgs import permits as org_permits
from linli.orgs import services
from linli.orgs.queries.posts import POST_COLUMNS
from linli.orgs.types import PostDetails
from linli.trail.models import Entry

PLACES = {"village": VILLAGE, "town": TOWN, "city": CITY_PATH}
EDITORS = [
    (key, PLACES[level])
    for key, one in TEMPLATES.items()
    if "orgs.edit" in one.permits
    for level in one.levels
    if key != "starter" and level != "city"
]
DAY = date(2026, 6, 1)


def staff_in(post: Any, template: str) -> Account:
    """Make an account that holds a post which has a template by itself."""
    account = make_account(path=post.path)
    make_holding(post, account)
    make_right(template, post_id=post.pk, path=post.path)
    return account


def deputy_of(post: Any, deputy: Any) -> Any:
    """Let a post fall to another one of its body."""
    deputy.organisation = post.organisation
    deputy.save()
    post.deputy = deputy
    post.save()
    return post


def details_of(post: Any, **more: Any) -> PostDetails:
    """What a post is now, with a change."""
    said = {name: getattr(post, name) for name in POST_COLUMNS}
    return PostDetails(**{**said, "kind": post.kind_id, **more})


def change(post: Any, actor: Actor, **more: Any) -> None:
    services.change_post(
        post, details_of(post, **more), edition=post.edition, actor=actor, now=NOON
    )


@pytest.mark.django_db
@pytest.mark.parametrize(("template", "path"), EDITORS)
@pytest.mark.parametrize("kind", ["committee_chair", "head", "auditor", "operator"])
def test_who_keeps_the_register_gets_no_right_by_the_kind_of_her_post(
    template: str, path: str, kind: str
) -> None:
    """GB/T 22239-2019: who gives rights is another than who keeps the register."""
    if not any(applies_at(one, path) for one in KIND_RIGHTS[kind]):
        pytest.skip("this kind brings nothing here")
    kind_rights()
    mine, hers = make_post("other", path=path), make_post("other", path=path)
    account = make_account(path=path)
    make_holding(mine, account)
    make_right(template, account_id=account.pk, path=path)
    now = actor_for(account, NOON)
    held = now.grants

    for post in (mine, hers):
        for actor in (now, replace(now, posts=frozenset())):
            with pytest.raises(NotAllowed):
                change(post, actor, kind=kind)
            post.refresh_from_db()

    assert {mine.kind_id, hers.kind_id} == {"other"}
    assert actor_for(account, NOON).grants == held
    assert not Entry.objects.filter(verb="orgs.post_changed").exists()


@pytest.mark.django_db
def test_the_security_administrator_changes_a_kind_and_nothing_else() -> None:
    kind_rights()
    post, chair = make_post("other", title="文员"), make_post("committee_chair")
    security = make_account(path=CITY_PATH)
    make_right("security", account_id=security.pk, path=CITY_PATH)
    actor = actor_for(security, NOON)

    with pytest.raises(NotAllowed):
        change(post, actor, kind="clerk", title="另一个")
    post.refresh_from_db()
    with pytest.raises(NotAllowed):
        change(post, actor, title="另一个")
    post.refresh_from_db()
    assert (post.kind_id, post.title) == ("other", "文员")

    change(post, actor, kind="clerk")

    entry = Entry.objects.get(verb="orgs.post_changed")
    assert entry.details == {"changed": ["kind_id"], "was": "other", "kind": "clerk"}
    assert chair.kind_id == "committee_chair"


@pytest.mark.django_db
def test_a_new_kind_is_looked_at_for_whom_the_vacant_post_falls_to() -> None:
    """VE-84, RC-26; GB/T 22239-2019: who checks takes no work over, and nobody hers."""
    kind_rights()
    clerk, hers = make_post("clerk"), make_post("other")
    deputised = deputy_of(make_post("other"), clerk)
    below = make_post("clerk", above=hers)
    security = make_account(path=CITY_PATH)
    make_right("security", account_id=security.pk, path=CITY_PATH)
    actor = actor_for(security, NOON)
    assert below.above_id == hers.pk

    for post in (deputised, hers):
        with pytest.raises(DutiesClash):
            change(post, actor, kind="supervision_member")
        post.refresh_from_db()
        assert post.kind_id == "other"

    change(deputised, actor, kind="supervision_member", deputy_id=None)
    deputised.refresh_from_db()
    assert deputised.kind_id == "supervision_member"


@pytest.mark.django_db
def test_nobody_gives_a_vacant_post_that_falls_to_her_another_kind() -> None:
    kind_rights()
    own = make_post("other")
    security = make_account(path=CITY_PATH)
    make_right("security", account_id=security.pk, path=CITY_PATH)
    make_holding(own, security)
    post = deputy_of(make_post("other", seats=1), own)
    make_holding(post, make_account(), until=DAY)
    actor = actor_for(security, NOON)

    with pytest.raises(NotForYourself):
        change(post, actor, kind="committee_chair")

    post.refresh_from_db()
    assert post.kind_id == "other" and actor_for(security, NOON).grants == actor.grants


@pytest.mark.django_db
def test_by_page_and_program_the_security_administrator_sends_the_rest_as_it_is() -> None:
    kind_rights()
    post = make_post("other", title="文员")
    type(post).objects.filter(pk=post.pk).update(duties="接待\n登记", rank=7)
    security = make_account(path=CITY_PATH)
    make_right("security", account_id=security.pk, path=CITY_PATH)
    actor = actor_for(security, NOON)
    page = f"/zh-hans/posts/{post.pk}/change/"

    shown = client_of(actor).get(page)
    form = {
        "kind": "clerk",
        "edition": post.edition,
        "title": "另一个",
        "duties": "接待\r\n登记",
        "key": "k1",
    }
    sent = client_of(actor).post(page, form)
    post.refresh_from_db()
    by_page = (sent.status_code, post.kind_id, post.title, post.duties, post.rank)
    told = {"title": "另一个", "kind": "other", "edition": post.edition}
    called = post_json(client_of(actor), f"/api/v1/posts/{post.pk}/change", told)
    post.refresh_from_db()

    assert shown.status_code == 200
    assert by_page == (303, "clerk", "文员", "接待\n登记", 7)
    assert (called.status_code, post.kind_id, post.title, post.rank) == (200, "other", "文员", 7)


@pytest.mark.django_db
def test_of_party_posts_whoever_decides_there_changes_the_kind_and_not_who_keeps_them() -> None:
    kind_rights()
    post = make_post("other", title="干事")
    type(post.organisation).objects.filter(pk=post.organisation_id).update(level=PROTECTED)
    actors = [
        make_actor("party", right, org_permits.PARTY, at=VILLAGE, ceiling=PROTECTED)
        for right in (org_permits.PARTY_KEEP, org_permits.PARTY_DECIDE)
    ]

    with pytest.raises(NotAllowed):
        change(type(post).objects.get(pk=post.pk), actors[0], kind="clerk")
    change(type(post).objects.get(pk=post.pk), actors[1], kind="clerk")

    post.refresh_from_db()
    assert post.kind_id == "clerk"


@pytest.mark.django_db
def test_a_kind_that_is_kept_apart_needs_another_holder() -> None:
    kind_rights()
    post = make_post("clerk")
    make_holding(post, make_account())
    security = make_account(path=CITY_PATH)
    make_right("security", account_id=security.pk, path=CITY_PATH)

    with pytest.raises(DutiesClash):
        change(post, actor_for(security, NOON), kind="auditor")

    post.refresh_from_db()
    assert post.kind_id == "clerk"


@pytest.mark.django_db
def test_words_and_kinds_without_rights_stay_with_who_keeps_the_register() -> None:
    kind_rights()
    post = make_post("other")
    apps.get_model("orgs", "PostKind").objects.create(
        code="social_worker", name="社工", name_en="Social worker", rank=190
    )
    clerk = staff_in(make_post("other"), "clerk")

    change(post, actor_for(clerk, NOON), kind="social_worker", duties="为老服务")

    post.refresh_from_db()
    assert (post.kind_id, post.duties) == ("social_worker", "为老服务")


@pytest.mark.django_db
@pytest.mark.parametrize("way", ["deputy_id", "above_id"])
@pytest.mark.parametrize("chose_another", [False, True])
def test_nobody_makes_the_rights_of_a_vacant_post_fall_to_her_own(
    way: str, chose_another: bool
) -> None:
    kind_rights()
    chair = make_post("committee_chair", seats=1)
    mine = make_post("other", seats=1)
    type(mine).objects.filter(pk=mine.pk).update(organisation=chair.organisation)
    account = staff_in(mine, "clerk")
    actor = actor_for(account, NOON)
    if chose_another:
        actor = replace(actor, posts=frozenset())

    with pytest.raises(NotForYourself):
        change(chair, actor, **{way: mine.pk})

    chair.refresh_from_db()
    assert getattr(chair, way) is None


@pytest.mark.django_db
def test_who_gives_rights_says_to_whom_a_post_falls_that_is_left() -> None:
    """A clerk cannot make her friend's post the deputy of a chair who left."""
    kind_rights()
    chair, friend = make_post("committee_chair", seats=1), make_post("clerk")
    type(friend).objects.filter(pk=friend.pk).update(organisation=chair.organisation)
    clerk = staff_in(make_post("other"), "clerk")
    make_holding(chair, make_account(), until=date(2026, 11, 1))
    security = make_account(path=CITY_PATH)
    make_right("security", account_id=security.pk, path=CITY_PATH)

    with pytest.raises(NotAllowed):
        change(chair, actor_for(clerk, NOON), deputy_id=friend.pk)
    chair.refresh_from_db()
    assert chair.deputy_id is None

    change(chair, actor_for(security, NOON), deputy_id=friend.pk)
    chair.refresh_from_db()
    assert chair.deputy_id == friend.pk


@pytest.mark.django_db
def test_supervision_falls_to_nobody_who_does_the_work() -> None:
    """VE-84, RC-26: members of the committee are barred from its supervision."""
    kind_rights()
    chair, body = make_post("committee_chair"), make_post("supervision_chair")
    clerk = staff_in(make_post("other"), "clerk")
    made = type(body).objects.count()

    with pytest.raises(DutiesClash):
        change(body, actor_for(clerk, NOON), above_id=chair.pk)
    security = make_account(path=CITY_PATH)
    make_right("security", account_id=security.pk, path=CITY_PATH)
    with pytest.raises(DutiesClash):
        services.add_post(
            body.organisation, PostDetails("成员", "supervision_member", above_id=chair.pk),
            actor=actor_for(security, NOON), now=NOON,
        )  # fmt: skip

    body.refresh_from_db()
    assert body.above_id is None
    assert type(body).objects.count() == made


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "may"), [("clerk", True), ("window_clerk", True), ("auditor", False), ("operator", False),
                      ("supervision_member", False), ("social_worker", True)],
)  # fmt: skip
def test_a_chair_makes_posts_that_work_and_none_that_checks(kind: str, may: bool) -> None:
    kind_rights()
    apps.get_model("orgs", "PostKind").objects.get_or_create(
        code="social_worker", defaults={"name": "社工", "name_en": "Social worker", "rank": 190}
    )
    mine = make_post("other", seats=1)
    chair = staff_in(mine, "village_chair")
    made = type(mine).objects.count()
    details = PostDetails("新岗位", kind, above_id=None if kind.startswith("super") else mine.pk)
    try:
        services.add_post(mine.organisation, details, actor=actor_for(chair, NOON), now=NOON)
        added = True
    except (NotAllowed, DutiesClash):
        added = False

    assert added is may
    assert type(mine).objects.count() == made + may


@pytest.mark.django_db
def test_by_program_the_kind_of_a_post_is_refused_the_same() -> None:
    kind_rights()
    post = make_post("other", is_public=True)
    clerk = staff_in(make_post("other"), "clerk")
    said = {"title": post.title, "kind": "committee_chair", "edition": post.edition}

    answer = post_json(client_of(actor_for(clerk)), f"/api/v1/posts/{post.pk}/change", said)

    assert answer.status_code == 403
    post.refresh_from_db()
    assert post.kind_id == "other"
