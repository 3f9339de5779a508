"""Sets of rules: begun, changed by one at a time, results_of, watched, put in force, taken back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from linli.cases import permits
from linli.cases.errors import AlreadyBegun, AnotherBegins, NotADraft, TestsFail, Untested
from linli.cases.models import Category, RoutingRule, RuleSet
from linli.cases.queries.bounces import hand_backs
from linli.cases.queries.rule_sets import get_set, list_sets, results_of, rules_of
from linli.cases.queries.shadow import compare
from linli.cases.services import assigning, routing, rule_sets, rule_tests, rules
from linli.cases.testing import NOON, VILLAGE, clerk_of, make_case
from linli.cases.tests.test_routing import post_in
from linli.cases.types.keeping import RuleDetails, TestDetails
from linli.cases.types.moves import At
from linli.kernel.errors import Invalid, NotAllowed, NotFound, Stale, WrongState
from linli.kernel.permits import NOBODY, Actor, system_actor
from linli.kernel.testing import make_actor
from linli.orgs.models import Post
from linli.places.testing import make_village
from linli.trail.models import Entry

pytestmark = pytest.mark.django_db
TODAY, TOWN, CITY = date(2026, 8, 10), "441900/441900005/", "441900/"
KEEPER = make_actor("keeper", permits.KEEP_RULES, permits.SEE, at=TOWN)
STRANGER = make_actor("stranger", permits.KEEP_RULES, at="441900/441900006/")
BOW = {"type": "Polygon", "coordinates": [[[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]]]}


def draft(path: str = TOWN, title: str = "Rules of 2027", **more: Any) -> RuleSet:
    make_village()
    return rule_sets.begin_set(path, title, actor=KEEPER, now=NOON, **more)


def add(held: RuleSet, post_id: int, title: str = "rule", **more: Any) -> RoutingRule:
    held.refresh_from_db()
    return rules.save_rule(
        held.pk, RuleDetails(title, post_id, **more), edition=held.edition, actor=KEEPER, now=NOON
    )


def must(held: RuleSet, post_id: int | None, **more: Any) -> None:
    held.refresh_from_db()
    details = TestDetails("test", NOON, VILLAGE, post_id=post_id, **more)
    rule_tests.save_test(held.pk, details, edition=held.edition, actor=KEEPER, now=NOON)


def force(held: RuleSet, since: date = TODAY, actor: Actor = KEEPER) -> RuleSet:
    held.refresh_from_db()
    return rule_sets.put_in_force(held.pk, since, edition=held.edition, actor=actor, now=NOON)


def ready(since: date = TODAY, **more: Any) -> RuleSet:
    """Return a set in force with one rule and its test."""
    held, post = draft(), post_in()
    add(held, post.pk, **more)
    must(held, post.pk)
    return force(held, since)


def lamps() -> int:
    return Category.objects.get(code="street_lamp").pk


def test_rules_are_tried_in_the_order_in_which_they_were_put() -> None:
    held, post = draft(), post_in()
    one, two, three = (add(held, post.pk, name) for name in ("one", "two", "three"))

    rules.move_rule(held.pk, three.pk, -2, edition=4, actor=KEEPER, now=NOON)
    rules.move_rule(held.pk, one.pk, 9, edition=5, actor=KEEPER, now=NOON)
    rules.drop_rule(held.pk, two.pk, edition=6, actor=KEEPER, now=NOON)

    assert [rule.title for rule in rules_of(held)] == ["three", "one"]


def test_the_second_of_two_editors_is_told_and_nothing_is_changed() -> None:
    held, post = draft(), post_in()
    add(held, post.pk, "hers")

    with pytest.raises(Stale):
        rules.save_rule(held.pk, RuleDetails("his", post.pk), edition=1, actor=KEEPER, now=NOON)
    with pytest.raises(Stale):
        rule_sets.watch_set(held.pk, edition=1, actor=KEEPER, now=NOON)

    assert [rule.title for rule in rules_of(held)] == ["hers"]
    assert RuleSet.objects.get().state == "draft"


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"title": " "}, "title"),
        ({"path": "441900/441900006/"}, "place"),
        ({"polygon": BOW}, "polygon"),
        ({"since": TODAY, "until": TODAY}, "until"),
        ({"categories": (987654,)}, "categories"),
        ({"post_id": 987654}, "post_id"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_with_its_field(more: dict[str, Any], field: str) -> None:
    held, post = draft(), post_in()
    details = RuleDetails(**{"title": "x", "post_id": post.pk, **more})

    with pytest.raises(Invalid) as refused:
        rules.save_rule(held.pk, details, edition=1, actor=KEEPER, now=NOON)

    assert list(refused.value.fields) == [field]
    assert not RoutingRule.objects.exists() and RuleSet.objects.get().edition == 1


def test_a_polygon_that_crosses_itself_is_refused_in_plain_words() -> None:
    held, post = draft(), post_in()

    with pytest.raises(Invalid) as refused:
        add(held, post.pk, polygon=BOW)

    assert refused.value.fields["polygon"] == [
        "范围线在经度 1.00000、纬度 1.00000 附近自己交叉了，请重画。"
    ]


def test_a_post_of_a_party_branch_or_a_closed_one_gets_no_cases() -> None:
    held, branch = draft(), post_in(org="party_branch", kind="party_secretary")
    closed = post_in()
    Post.objects.filter(pk=closed.pk).update(closed_on=TODAY)

    for post in (branch, closed):
        with pytest.raises(Invalid):
            add(held, post.pk)


@pytest.mark.parametrize("actor", [STRANGER, NOBODY, clerk_of(TOWN)], ids=lambda a: a.label)
def test_who_does_not_keep_the_rules_of_a_place_neither_sees_nor_changes_them(actor: Actor) -> None:
    held, post = draft(), post_in()
    rule = add(held, post.pk)
    acts = [
        lambda: get_set(actor, held.pk),
        lambda: rules.save_rule(
            held.pk, RuleDetails("x", post.pk), edition=2, actor=actor, now=NOON
        ),
        lambda: rules.drop_rule(held.pk, rule.pk, edition=2, actor=actor, now=NOON),
        lambda: rule_sets.drop_set(held.pk, edition=2, actor=actor, now=NOON),
        lambda: rule_sets.put_in_force(held.pk, TODAY, edition=2, actor=actor, now=NOON),
    ]

    for act in acts:
        with pytest.raises(NotFound):
            act()
    with pytest.raises(NotAllowed):
        rule_sets.begin_set(TOWN, "x", actor=actor, now=NOON)

    assert not list_sets(actor, TOWN)
    assert RuleSet.objects.get().edition == 2 and RoutingRule.objects.count() == 1


def test_rules_are_put_in_force_only_with_tests_that_pass() -> None:
    held, post, other = draft(), post_in(), post_in()
    with pytest.raises(Untested):
        force(held)
    add(held, post.pk, categories=(lamps(),))
    with pytest.raises(Untested):
        force(held)
    must(held, post.pk, category_id=lamps())
    must(held, None)
    must(held, other.pk)

    with pytest.raises(TestsFail):
        force(held)
    assert [one.passes for one in results_of(held)] == [True, True, False]
    assert RuleSet.objects.get().state == "draft"

    held.tests.order_by("pk").last().delete()  # type: ignore[union-attr]
    force(held)

    assert RuleSet.objects.get().state == "in_force"
    assert Entry.objects.filter(verb="cases.rules_put_in_force").count() == 1


def test_what_is_too_long_is_refused_and_not_cut() -> None:
    held, post = draft(), post_in()
    add(held, post.pk)
    must(held, post.pk)

    def put(note: str) -> None:
        held.refresh_from_db()
        rule_sets.put_in_force(
            held.pk, TODAY, edition=held.edition, note=note, actor=KEEPER, now=NOON
        )

    for act, field in (
        (lambda: draft(title="长" * 81), "title"),
        (lambda: add(held, post.pk, title="长" * 81), "title"),
        (lambda: put("长" * 501), "note"),
    ):
        with pytest.raises(Invalid) as refused:
            act()
        assert list(refused.value.fields) == [field]
    assert [(one.state, one.note) for one in RuleSet.objects.all()] == [("draft", "")]
    put("长" * 500)


def test_one_set_follows_another_on_its_day() -> None:
    first = ready()
    second = draft(copy_of=first)
    force(second, TODAY + timedelta(days=5))

    first.refresh_from_db()
    assert (first.since, first.until) == (TODAY, TODAY + timedelta(days=5))
    assert [rule.origin_id for rule in rules_of(second)] == [rule.pk for rule in rules_of(first)]

    with pytest.raises(AnotherBegins):
        force(draft(copy_of=first), TODAY + timedelta(days=5))
    with pytest.raises(Invalid):
        force(draft(copy_of=first), TODAY - timedelta(days=1))


def test_only_what_has_not_begun_is_taken_back_and_the_one_before_goes_on() -> None:
    first = ready()
    second = force(draft(copy_of=first), TODAY + timedelta(days=5))
    first.refresh_from_db()

    with pytest.raises(AlreadyBegun):
        rule_sets.take_back(first.pk, edition=first.edition, actor=KEEPER, now=NOON)
    rule_sets.take_back(second.pk, edition=second.edition, actor=KEEPER, now=NOON)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.until) == ("in_force", None)
    assert (second.state, second.since) == ("draft", None)


def test_a_set_in_force_is_not_changed_but_a_rule_of_it_can_end() -> None:
    held = ready()
    (rule,) = rules_of(held)
    edition = held.edition

    for act in (rules.drop_rule, lambda *a, **k: rules.move_rule(*a, 1, **k)):
        with pytest.raises(NotADraft):
            act(held.pk, rule.pk, edition=edition, actor=KEEPER, now=NOON)  # type: ignore[operator]
    with pytest.raises(NotADraft):
        rule_sets.drop_set(held.pk, edition=edition, actor=KEEPER, now=NOON)
    with pytest.raises(Invalid):
        rules.end_rule(held.pk, rule.pk, date(2026, 1, 1), edition=edition, actor=KEEPER, now=NOON)
    rules.end_rule(held.pk, rule.pk, TODAY, edition=edition, actor=KEEPER, now=NOON)

    opened = make_case()
    with transaction.atomic():
        found = routing.send(opened.held.id, actor=NOBODY, now=NOON)
    assert found is not None and found.rule_id is None
    assert rules_of(draft(copy_of=held)) == []


def test_watched_rules_are_frozen_until_they_are_opened_again() -> None:
    held, post = draft(), post_in()
    rule = add(held, post.pk)
    rule_sets.watch_set(held.pk, edition=2, actor=KEEPER, now=NOON)

    with pytest.raises(NotADraft):
        rules.drop_rule(held.pk, rule.pk, edition=3, actor=KEEPER, now=NOON)
    rule_sets.edit_again(held.pk, edition=3, actor=KEEPER, now=NOON)
    rules.drop_rule(held.pk, rule.pk, edition=4, actor=KEEPER, now=NOON)
    with pytest.raises(WrongState):
        rule_sets.edit_again(held.pk, edition=5, actor=KEEPER, now=NOON)


def test_the_comparison_lists_exactly_the_cases_that_would_go_elsewhere() -> None:
    one, other = post_in(), post_in()
    held = draft()
    add(held, one.pk)
    must(held, one.pk)
    force(held)
    for category in (lamps(), None, lamps()):
        make_case(category_id=category)
    make_case("441900006001", category_id=lamps())
    make_case(category_id=lamps(), now=NOON - timedelta(days=90))
    # no rule ever sends a paper, nor what accuses an official
    make_case(kind="incoming", matter="", category_id=lamps(), actor=system_actor("test"))
    make_case(category_id=lamps(), about_post_id=one.pk)
    new = draft(copy_of=held)
    first = add(new, other.pk, "lamps", categories=(lamps(),))
    new.refresh_from_db()
    rules.move_rule(new.pk, first.pk, -1, edition=new.edition, actor=KEEPER, now=NOON)

    def looked(actor: Actor) -> Any:
        since, until = NOON - timedelta(days=30), NOON + timedelta(days=1)
        return compare(new, actor, since=since, until=until, now=NOON)

    found = looked(KEEPER)
    assert (found.looked_at, len(found.differences), found.unreached) == (3, 2, 0)
    assert found.moves == [(one.pk, other.pk, 2)]
    assert {d.category_id for d in found.differences} == {lamps()}
    # who sees no cases learns nothing about them
    assert looked(make_actor("x", permits.KEEP_RULES, at=TOWN)).looked_at == 0
    assert not RuleSet.objects.get(pk=new.pk).since


def test_what_a_rule_sent_is_counted_on_through_its_copies() -> None:
    held = ready()
    cases = [make_case() for _ in range(3)]
    for opened in cases:
        with transaction.atomic():
            routing.send(opened.held.id, actor=NOBODY, now=NOON)
    with transaction.atomic():
        actor = system_actor("x")
        assigning.decline(At(cases[0].held.id), 1, reason="not ours", actor=actor, now=NOON)
        assigning.accept(At(cases[1].held.id), 1, actor=actor, now=NOON)
    copy = draft(copy_of=held)

    def counted(set_id: int, days: int = 1) -> list[tuple[int, int, int, float | None]]:
        found = hand_backs(set_id, since=NOON, until=NOON + timedelta(days=days))
        return [(one.offered, one.taken, one.handed_back, one.share) for one in found.values()]

    assert counted(held.pk) == counted(copy.pk) == [(3, 1, 1, 1 / 3)]
    assert counted(held.pk, 0) == []


def test_two_sets_of_a_place_without_end_cannot_be() -> None:
    held = ready()

    with pytest.raises(IntegrityError), transaction.atomic():
        RuleSet.objects.create(
            path=TOWN, title="x", state="in_force", since=TODAY + timedelta(days=9),
            made_at=NOON, made_by="x",
        )  # fmt: skip

    assert RuleSet.objects.get() == held
