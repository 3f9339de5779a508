"""Lists and rules that name a post which ended: another one takes its place in all of them, in one act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils.timezone import localdate

from linli.cases import permits
from linli.cases.desk import routing_to_keep
from linli.cases.errors import AnotherBegins, NothingNamesIt
from linli.cases.models import Responsibility, RoutingRule, RoutingTest, RuleSet
from linli.cases.queries import ended_posts as queries
from linli.cases.services import rule_sets
from linli.cases.services.replacing import replace_post
from linli.cases.testing import NOON, VILLAGE
from linli.cases.tests.test_duties import TOWN_KEEPER, name
from linli.cases.tests.test_routing import post_in
from linli.cases.tests.test_rule_sets import KEEPER, STRANGER, add, draft, force, must
from linli.cases.types.routing import Duty, SetState
from linli.kernel.errors import Invalid, NotFound
from linli.kernel.permits import Actor
from linli.kernel.testing import client_of, make_actor, post_json
from linli.orgs.models import Organisation, Post
from linli.orgs.testing import make_post
from linli.runtime.testing import at_once

pytestmark = pytest.mark.django_db
TODAY, TOWN = date(2026, 8, 10), "441900/441900005/"
# what pages and programs send is read by the clock of today
SOON = localdate() + timedelta(9)
LATELY, LATER = TODAY - timedelta(30), TODAY + timedelta(9)


@dataclass
class Posts:
    old: Post
    new: Post


@pytest.fixture
def posts() -> Posts:
    """A post that is to end and the one that takes its place, both of one body."""
    old = post_in()
    return Posts(old, make_post(old.organisation, title="专干"))


def end(post: Post, on: date = TODAY) -> None:
    Post.objects.filter(pk=post.pk).update(closed_on=on)


def in_force(post: Post, since: date = LATELY) -> RuleSet:
    held = draft(VILLAGE)
    add(held, post.pk)
    must(held, post.pk)
    force(held)
    RuleSet.objects.filter(pk=held.pk).update(since=since)
    held.refresh_from_db()
    return held


def replace(posts: Posts, since: date = TODAY, actor: Actor = KEEPER) -> Any:
    return replace_post(posts.old.pk, posts.new.pk, since=since, actor=actor, now=NOON)


def lines() -> list[tuple[int, str, date | None, date | None]]:
    found = Responsibility.objects.order_by("pk")
    return [(row.post_id, row.duty, row.since, row.until) for row in found]


def test_lines_are_parted_at_the_day_and_what_was_before_stays_on_record(posts: Posts) -> None:
    name(posts.old.pk, since=LATELY)
    name(posts.old.pk, code="noise", duty=Duty.INFORMED, since=LATER)
    end(posts.old)

    done = replace(posts)

    old, new = posts.old.pk, posts.new.pk
    assert done.lines == 2
    assert lines() == [
        (old, "responsible", LATELY, TODAY),
        (old, "informed", LATER, LATER),
        (new, "responsible", TODAY, None),
        (new, "informed", LATER, None),
    ]
    assert Responsibility.objects.filter(post_id=new).values_list("basis", flat=True)[0] == "doc"
    with pytest.raises(NothingNamesIt):
        replace(posts)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_name_another_post_at_once_one_is_told_that_it_is_done(posts: Posts) -> None:
    name(posts.old.pk, since=LATELY)
    end(posts.old)

    said = at_once(lambda: replace(posts), lambda: replace(posts))

    assert sorted(said) == ["", "nothing_names_it"]
    assert lines() == [
        (posts.old.pk, "responsible", LATELY, TODAY),
        (posts.new.pk, "responsible", TODAY, None),
    ]


def test_the_other_post_stands_in_no_line_twice(posts: Posts) -> None:
    name(posts.old.pk, since=LATELY)
    name(posts.new.pk, duty=Duty.INFORMED, since=LATELY)
    name(posts.new.pk, code="noise", since=LATELY)
    name(posts.old.pk, code="noise", duty=Duty.INFORMED, since=LATELY)
    end(posts.old)

    replace(posts)

    going_on = Responsibility.objects.filter(until=None).order_by("category__code")
    assert [(one.category.code, one.post_id, one.duty) for one in going_on] == [
        ("noise", posts.new.pk, "responsible"), ("street_lamp", posts.new.pk, "responsible"),
    ]  # fmt: skip


def test_rules_in_force_go_on_as_a_copy_from_the_day_and_can_be_taken_back(posts: Posts) -> None:
    held = in_force(posts.old)
    end(posts.old)

    done = replace(posts, LATER)

    held.refresh_from_db()
    (made,) = done.in_force
    assert (held.since, held.until) == (LATELY, LATER)
    assert (made.state, made.since, made.until) == (SetState.IN_FORCE, LATER, None)
    assert made.copied_from == held and made.note and done.drafts == []
    assert [rule.post_id for rule in made.rules.all()] == [posts.new.pk]
    assert [rule.origin_id for rule in made.rules.all()] == [held.rules.get().pk]
    assert [test.post_id for test in made.tests.all()] == [posts.new.pk]
    assert [rule.post_id for rule in held.rules.all()] == [posts.old.pk]

    rule_sets.take_back(made.pk, edition=made.edition, actor=KEEPER, now=NOON)
    held.refresh_from_db()
    assert held.until is None


def test_rules_whose_test_cases_fail_hold_on_and_a_copy_waits_as_a_draft(posts: Posts) -> None:
    held = in_force(posts.old)
    RoutingTest.objects.update(post_id=make_post(posts.old.organisation, title="会计").pk)
    end(posts.old)

    done = replace(posts)

    held.refresh_from_db()
    assert held.until is None and done.in_force == []
    assert [(one.state, one.rules.get().post_id) for one in done.drafts] == [
        ("draft", posts.new.pk)
    ]


def test_what_has_not_begun_and_what_is_being_written_is_changed_itself(posts: Posts) -> None:
    ahead = in_force(posts.old, LATER)
    watched = draft(VILLAGE, "Watched")
    add(watched, posts.old.pk)
    rule_sets.watch_set(watched.pk, edition=2, actor=KEEPER, now=NOON)
    end(posts.old)

    done = replace(posts)

    assert [one.pk for one in done.in_force] == [ahead.pk]
    assert [(one.pk, one.state) for one in done.drafts] == [(watched.pk, "draft")]
    ahead.refresh_from_db()
    assert (ahead.since, ahead.until) == (LATER, None)
    assert set(RoutingRule.objects.values_list("post_id", flat=True)) == {posts.new.pk}


def test_nothing_changes_when_it_is_refused(posts: Posts) -> None:
    name(posts.old.pk, since=LATELY)
    in_force(posts.old, TODAY)
    before = lines()

    with pytest.raises(NotFound):  # it has not ended
        replace(posts)
    end(posts.old)
    with pytest.raises(NothingNamesIt):
        replace(posts, actor=STRANGER)
    with pytest.raises(AnotherBegins):  # the rules began today: another day
        replace(posts)
    with pytest.raises(Invalid):
        replace(posts, TODAY - timedelta(1))
    end(posts.new)
    with pytest.raises(Invalid):
        replace(posts, LATER)

    assert lines() == before
    assert RuleSet.objects.count() == 1


def test_rules_between_others_can_be_taken_back_and_those_before_go_on_until_the_next(
    posts: Posts,
) -> None:
    first = in_force(posts.old)
    second = in_force_from(posts, LATER)
    third = in_force_from(posts, LATER + timedelta(5))

    second.refresh_from_db()
    rule_sets.take_back(second.pk, edition=second.edition, actor=KEEPER, now=NOON)

    for one in (first, second, third):
        one.refresh_from_db()
    assert (first.until, second.state, second.until) == (third.since, "draft", None)


def in_force_from(posts: Posts, since: date) -> RuleSet:
    held = draft(VILLAGE)
    add(held, posts.new.pk)
    must(held, posts.new.pk)
    return force(held, since)


def test_the_desk_the_pages_and_the_api_lead_to_it(posts: Posts) -> None:
    name(posts.old.pk, since=LATELY)
    held = in_force(posts.old)
    end(posts.old, TODAY)
    client, to = client_of(KEEPER), f"/en/routing/ended-posts/{posts.old.pk}/"

    desk = [one.url for one in routing_to_keep(KEEPER, TODAY, 9)]
    listed = client.get("/en/routing/ended-posts/").content.decode()
    own = client.get(f"/en/routing/responsibilities/{VILLAGE.split('/')[2]}/own/").content.decode()
    rules = client.get(f"/en/routing/rules/{held.pk}/").content.decode()
    shown = client.get(to).content.decode()
    told = client.get(f"/api/v1/routing/ended-posts/{posts.old.pk}/").json()
    wrong = client.post(to, {"key": "1", "post_id": posts.old.pk, "since": ""})
    sent = client.post(to, {"key": "2", "post_id": posts.new.pk, "since": SOON.isoformat()})

    assert any(url.endswith(f"/routing/ended-posts/{posts.old.pk}/") for url in desk)
    assert to in listed and to in own and to in rules
    assert "A copy with the other post takes over on the day" in shown
    assert f'<option value="{posts.new.pk}" selected' in shown
    assert told["likely_successor"] == posts.new.pk
    assert [one["post_id"] for one in told["lines"]] == [posts.old.pk]
    assert [(one["id"], one["rules"], one["failing"]) for one in told["sets"]] == [(held.pk, 1, 0)]
    assert (wrong.status_code, sent.status_code) == (422, 303)
    assert queries.still_named(KEEPER, SOON) == []


def test_a_post_that_is_to_end_is_told_with_its_day_until_another_takes_its_place_from_it(
    posts: Posts,
) -> None:
    name(posts.old.pk, since=LATELY)
    held = in_force(posts.old)
    end(posts.old, SOON)
    client, told = client_of(KEEPER), routing_to_keep(KEEPER, localdate(), 9)
    rules = client.get(f"/en/routing/rules/{held.pk}/").content.decode()
    listed = client.get("/api/v1/routing/ended-posts/").json()["items"]

    assert [str(one.kind) for one in told] == ["将撤销的岗位仍在清单或规则中"]
    assert "post ends on" in rules and "post closed" not in rules
    assert [one["closed_on"] for one in listed] == [SOON.isoformat()]

    done = replace(posts, SOON)

    assert done.lines == 1 and "即将撤销" in done.in_force[0].note
    assert queries.still_named(KEEPER, localdate()) == []
    page = client.get(f"/en/routing/ended-posts/{posts.old.pk}/").content.decode()
    assert page.count("None that you keep.") == 2 and "Let it take the place" not in page


def test_a_post_that_is_not_for_everybody_is_not_found_and_none_is_proposed(posts: Posts) -> None:
    end(posts.old)
    Post.objects.filter(pk=posts.old.pk).update(above=posts.new)
    end(posts.new)
    client, to = client_of(KEEPER), f"/api/v1/routing/ended-posts/{posts.old.pk}/"

    alone = client.get(to).json()
    Organisation.objects.update(level=6)

    assert alone["likely_successor"] is None
    assert client.get(to).status_code == 404
    with pytest.raises(NotFound):
        replace(posts)


def test_programs_let_another_post_take_the_place(posts: Posts) -> None:
    name(posts.old.pk, since=LATELY)
    in_force(posts.old)
    end(posts.old)
    client, to = client_of(TOWN_KEEPER), f"/api/v1/routing/ended-posts/{posts.old.pk}/replace"
    given = {"post_id": posts.new.pk, "since": SOON.isoformat()}

    items = client.get("/api/v1/routing/ended-posts/").json()["items"]
    kept_out = post_json(client_of(make_actor("clerk", permits.SEE, at=TOWN)), to, given)
    done = post_json(client, to, given)

    assert [(one["post_id"], one["lines"], one["rules"]) for one in items] == [(posts.old.pk, 1, 1)]
    assert kept_out.status_code == 404
    assert (done.json()["lines"], len(done.json()["in_force"])) == (1, 1), done.content
