"""A case is sent to the post that rules, the list or the office of its place name, and kept there."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction

from linli.cases.errors import AlreadyOffered
from linli.cases.events import CaseRouted
from linli.cases.models import (
    Assignment,
    Case,
    CaseEvent,
    Category,
    Responsibility,
    RoutingRule,
    RuleSet,
)
from linli.cases.queries.routing import destinations, rule_values
from linli.cases.rules.routing import polygon_of, tried_in_order
from linli.cases.services import assigning, routing, seeding
from linli.cases.services.informing import tell_informed
from linli.cases.services.opening import Opened
from linli.cases.testing import NOON, VILLAGE, clerk_of, faults, make_case
from linli.cases.types.moves import At, To
from linli.cases.types.routing import Asked, By, Routed
from linli.kernel.permits import NOBODY, system_actor
from linli.notify.models import Message
from linli.orgs.models import Organisation, Post
from linli.orgs.testing import make_holding, make_organisation, make_post, place_at
from linli.places.models import Place

pytestmark = pytest.mark.django_db
DAY = date(2026, 8, 10)
TOWN, CITY = "441900/441900005/", "441900/"


def lamps() -> Category:
    return Category.objects.get(code="street_lamp")


def post_in(
    path: str = VILLAGE, *, org: str = "villagers_committee", held: bool = True, **more: Any
) -> Post:
    """Make a post at a place, held since long ago unless it is to be vacant."""
    place_at(VILLAGE)
    body = make_organisation(org, at=Place.objects.get(path=path))
    post = make_post(body, **more)
    if held:
        make_holding(post, since=date(2020, 1, 1))
    return post


def rules_in_force(
    path: str = CITY, since: date = date(2026, 1, 1), until: date | None = None
) -> RuleSet:
    return RuleSet.objects.create(
        path=path,
        title="rules",
        state="in_force",
        since=since,
        until=until,
        made_at=NOON,
        made_by="x",
    )


def rule(rules: RuleSet, post: Post, order: int = 1, **more: Any) -> RoutingRule:
    return RoutingRule.objects.create(
        rule_set=rules, order=order, title=f"rule {order}", org_id=post.organisation_id,
        post_id=post.pk, **more,
    )  # fmt: skip


def sent(opened: Opened, **more: Any) -> Routed | None:
    with transaction.atomic():
        return routing.send(opened.held.id, actor=NOBODY, now=NOON, **more)


def again(opened: Opened, **more: Any) -> Routed | None:
    with transaction.atomic():
        return routing.reroute(opened.held.id, actor=NOBODY, now=NOON, **more)


def test_a_case_is_offered_to_the_post_of_the_first_rule_that_fits() -> None:
    first, second = post_in(), post_in()
    rules = rules_in_force()
    wrong = rule(rules, second, 1, matters=["praise"])
    right = rule(rules, first, 2, categories=[lamps().pk])
    rule(rules, second, 3)
    opened = make_case(category_id=lamps().pk)

    found = sent(opened, answers={"danger": "yes", "told": "It is 张三's fault"})

    assert found is not None and (found.rule_id, found.post_id) == (right.pk, first.pk) != (
        wrong.pk,
    )
    part = Assignment.objects.get()
    assert (part.post_id, part.state, part.rule_id) == (first.pk, "offered", right.pk)
    fact = CaseEvent.objects.get(move="offer").facts["route"]
    assert fact == {
        "by": "rule", "rule": right.pk, "post": first.pk, "inputs": {"category": lamps().pk},
        "answers": {"danger": "yes"},
    }  # fmt: skip
    assert faults() == []


def test_rules_of_the_nearest_place_are_asked_first() -> None:
    near, far = post_in(), post_in(TOWN, org="township_government", kind="head")
    rule(rules_in_force(CITY), far)
    rule(rules_in_force(TOWN), near, matters=["complaint"])

    assert sent(make_case()).post_id == near.pk  # type: ignore[union-attr]
    assert sent(make_case(matter="help")).post_id == far.pk  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("since", "until", "fits"),
    [
        (date(2026, 8, 10), None, True),
        (date(2026, 8, 11), None, False),
        (date(2026, 1, 1), date(2026, 8, 10), False),
        (date(2026, 1, 1), date(2026, 8, 11), True),
    ],
)
def test_only_rules_in_force_on_the_day_send(since: date, until: date | None, fits: bool) -> None:
    post = post_in(TOWN, org="township_government", kind="head")
    post_in(kind="clerk")
    rule(rules_in_force(since=since, until=until), post)

    found = sent(make_case())

    assert (found is not None and found.by is By.RULE) == fits


def test_drafts_and_watched_rules_send_nothing() -> None:
    post, clerk = post_in(TOWN, org="township_government", kind="head"), post_in(kind="clerk")
    for state in ("draft", "shadow"):
        rules = RuleSet.objects.create(path=CITY, title="r", state=state, made_at=NOON, made_by="x")
        rule(rules, post)

    found = sent(make_case())

    assert found is not None
    assert (found.by, found.rule_id, found.post_id) == (By.OFFICE, None, clerk.pk)


def test_without_a_rule_the_list_of_responsibilities_decides_the_nearest_and_closest_first() -> (
    None
):
    group = lamps().parent
    assert group is not None
    town, mine, whole = post_in(TOWN, org="township_government", kind="head"), post_in(), post_in()
    for category, path, post in (
        (lamps(), TOWN, town), (lamps(), VILLAGE, mine), (group, VILLAGE, whole),
    ):  # fmt: skip
        Responsibility.objects.create(
            category=category, path=path, duty="responsible", org_id=post.organisation_id,
            post_id=post.pk, since=date(2026, 1, 1),
        )  # fmt: skip

    leaf = sent(make_case(category_id=lamps().pk))
    other = sent(make_case(category_id=Category.objects.get(code="manhole").pk))

    assert leaf is not None and (leaf.by, leaf.post_id) == (By.LIST, mine.pk)
    assert other is not None and (other.by, other.post_id) == (By.LIST, whole.pk)
    Responsibility.objects.filter(path=VILLAGE).update(until=DAY)
    late = sent(make_case(category_id=lamps().pk))
    assert late is not None and late.post_id == town.pk


def test_a_vacant_post_falls_to_its_deputy_or_the_post_above() -> None:
    head = post_in(TOWN, org="township_government", kind="head")
    vacant = post_in(held=False)
    Post.objects.filter(pk=vacant.pk).update(above=head)
    rule(rules_in_force(), vacant)

    found = sent(make_case())

    assert found is not None
    assert (found.post_id, found.meant_post_id, found.by) == (head.pk, vacant.pk, By.RULE)
    assert CaseEvent.objects.get(move="offer").facts["route"]["meant"] == vacant.pk


def test_where_the_post_above_is_vacant_too_the_office_of_the_place_has_it() -> None:
    above = post_in(TOWN, org="township_government", kind="head", held=False)
    vacant = post_in(held=False)
    Post.objects.filter(pk=vacant.pk).update(above=above)
    clerk = post_in(kind="clerk")
    rule(rules_in_force(), vacant)

    found = sent(make_case())

    assert found is not None and (found.post_id, found.meant_post_id) == (clerk.pk, vacant.pk)


def test_where_the_village_is_vacant_the_town_and_then_the_city_has_it() -> None:
    post_in(kind="clerk", held=False)
    city = post_in(CITY, org="city_government", kind="head")
    first = sent(make_case())
    town = post_in(TOWN, org="township_government", kind="official")
    second = sent(make_case())

    assert first is not None and first.post_id == city.pk
    assert second is not None and second.post_id == town.pk


def test_a_case_about_a_post_is_never_sent_to_it() -> None:
    village, town = post_in(), post_in(TOWN, org="township_government", kind="official")
    case = make_case(about_post_id=village.pk)

    with transaction.atomic():
        routed = routing.send(case.held.id, actor=NOBODY, now=NOON)

    assert routed is not None
    assert routed.post_id == town.pk
    assert Case.objects.get().offered_post_id == town.pk
    assert faults() == []


def test_in_the_city_the_bureau_that_leads_the_work_has_it_before_the_mayor() -> None:
    mayor = post_in(CITY, org="city_government", kind="head")
    bureau = post_in(CITY, org="city_department", kind="official")
    other = post_in(CITY, org="city_department", kind="official")
    assert sent(make_case()).post_id == mayor.pk  # type: ignore[union-attr]
    Organisation.objects.filter(pk=bureau.organisation_id).update(code="441900-civil-affairs")

    found = sent(make_case())

    assert found is not None and found.post_id == bureau.pk != other.pk


def test_where_nobody_holds_any_post_the_case_waits_and_nothing_is_written() -> None:
    opened = make_case()

    assert sent(opened) is None

    assert CaseEvent.objects.count() == 1
    assert not Assignment.objects.exists()


def test_a_case_is_sent_once() -> None:
    post_in(kind="clerk")
    opened = make_case()
    sent(opened)

    with pytest.raises(AlreadyOffered), transaction.atomic():
        assigning.offer(At(opened.held.id), To("lead", 1, 999), actor=system_actor("x"), now=NOON)


def test_only_a_changed_input_of_the_rule_sends_a_case_anew() -> None:
    one, other = post_in(), post_in()
    rules = rules_in_force()
    rule(rules, one, 1, categories=[lamps().pk])
    rule(rules, other, 2)
    opened = make_case(category_id=lamps().pk)
    sent(opened)

    RoutingRule.objects.filter(order=2).update(order=0)
    assert again(opened) is None
    Case.objects.update(matter="help")
    assert again(opened) is None
    assert CaseEvent.objects.filter(move="offer").count() == 1

    Case.objects.update(category=Category.objects.get(code="manhole"))
    found = again(opened)

    assert found is not None and found.post_id == other.pk
    parts = Assignment.objects.order_by("number").values_list("post_id", "state")
    assert list(parts) == [(one.pk, "revoked"), (other.pk, "offered")]


def test_who_has_accepted_keeps_the_case_until_the_other_accepts() -> None:
    one, other = post_in(), post_in()
    rule(rules_in_force(), one, 1, categories=[lamps().pk])
    rule(RuleSet.objects.get(), other, 2)
    opened = make_case(category_id=lamps().pk)
    sent(opened)
    with transaction.atomic():
        assigning.accept(At(opened.held.id), 1, actor=system_actor("x"), now=NOON)
    Case.objects.update(category=None)

    again(opened)

    states = Assignment.objects.order_by("number").values_list("post_id", "state")
    assert list(states) == [(one.pk, "accepted"), (other.pk, "offered")]
    assert Case.objects.get().lead_post_id == one.pk


def test_what_a_person_handed_over_stays_there() -> None:
    one, other = post_in(), post_in()
    rule(rules_in_force(), one, 1, categories=[lamps().pk])
    opened = make_case(category_id=lamps().pk)
    sent(opened)
    clerk = clerk_of()
    with transaction.atomic():
        assigning.revoke(At(opened.held.id), 1, reason="ours", actor=clerk, now=NOON)
        assigning.offer(
            At(opened.held.id), To("lead", other.organisation_id, other.pk), actor=clerk, now=NOON
        )
    Case.objects.update(category=None)

    assert again(opened) is None


def test_many_cases_go_where_each_would_go_by_trying_the_rules_in_order() -> None:
    posts = [post_in() for _ in range(3)]
    rules = rules_in_force()
    square = {"type": "Polygon", "coordinates": [[[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]]]}
    for n, more in enumerate(
        ({"categories": [lamps().pk], "polygon": square}, {"weekdays": [0]}, {"matters": ["help"]}),
        1,
    ):
        rule(rules, posts[n - 1], n, **more)
    asked = [
        Asked(NOON + timedelta(days=day), VILLAGE, category, matter, "page", point)
        for day in range(3)
        for category in (None, lamps().pk)
        for matter in ("help", "praise")
        for point in (None, (1.0, 1.0), (5.0, 5.0))
    ]

    found = destinations(asked, DAY)

    values = [rule_values(row) for row in rules.rules.order_by("order")]
    shapes = [polygon_of(one.polygon) if one.polygon else None for one in values]
    tried = [tried_in_order(values, shapes, one) for one in asked]
    assert [one and one.rule_id for one in found] == [one and one.id for one in tried]
    assert {one.rule_id for one in found if one and one.rule_id} == {
        r.pk for r in rules.rules.all()
    }


def test_a_changed_rule_is_seen_at_once() -> None:
    one, other = post_in(), post_in()
    rules = rules_in_force()
    only = rule(rules, one)
    sent(make_case())

    RoutingRule.objects.filter(pk=only.pk).update(post_id=other.pk, org_id=other.organisation_id)
    RuleSet.objects.update(edition=2)
    found = sent(make_case())

    assert found is not None and found.post_id == other.pk


def test_categories_are_there_after_migrate_and_what_a_city_changed_stays() -> None:
    Category.objects.filter(code="manhole").update(title="井盖子", version=2)
    Category.objects.filter(code="gas").update(title="煤气")
    Category.objects.filter(code="dust").delete()

    first = seeding.load_categories(actor=NOBODY, now=NOON)
    second = seeding.load_categories(actor=NOBODY, now=NOON)

    assert (first, second) == (1, 0)
    assert Category.objects.get(code="manhole").title == "井盖子"
    assert Category.objects.get(code="gas").title == "燃气"
    assert Category.objects.filter(parent__isnull=True).count() > 10


def test_posts_that_are_to_know_are_told_once_and_of_nothing_secret(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lead, informed = post_in(), post_in()
    rule(rules_in_force(), lead, 1, categories=[lamps().pk, Category.objects.get(code="gas").pk])
    for code in ("street_lamp", "gas"):
        for post in (informed, lead):
            Responsibility.objects.create(
                category=Category.objects.get(code=code), path=VILLAGE, duty="informed",
                org_id=post.organisation_id, post_id=post.pk, since=date(2026, 1, 1),
            )  # fmt: skip
    heard: list[CaseRouted] = []
    opened = make_case(category_id=lamps().pk)

    monkeypatch.setattr(routing, "publish", heard.append)

    sent(opened)
    Case.objects.update(category=Category.objects.get(code="gas"))
    Assignment.objects.update(state="declined", post_id=informed.pk)
    again(opened)
    sent(make_case(category_id=lamps().pk, level=7))

    assert [event.informed for event in heard] == [(informed.pk,), (), ()]
    told = tell_informed(opened.held.id, [informed.pk], actor=NOBODY, now=NOON)
    message = Message.objects.get()
    assert (told, message.post_id, message.template) == (1, informed.pk, "cases.informed")
    assert tell_informed(987654, [informed.pk], actor=NOBODY, now=NOON) == 0


def test_whom_a_case_is_about_is_not_told_of_it_though_the_list_has_her_know() -> None:
    lead, first, more = (post_in() for _ in range(3))
    rule(rules_in_force(), lead, 1, categories=[lamps().pk])
    for post in (first, more):
        Responsibility.objects.create(
            category=lamps(), path=VILLAGE, duty="informed", org_id=post.organisation_id,
            post_id=post.pk, since=date(2026, 1, 1),
        )  # fmt: skip
    opened = make_case(category_id=lamps().pk, about_post_id=first.pk, about_more=(more.pk,))

    sent(opened)
    told = tell_informed(opened.held.id, [first.pk, more.pk], actor=NOBODY, now=NOON)

    route = CaseEvent.objects.filter(case_id=opened.held.id, facts__has_key="route").first()
    assert route is None or "informed" not in route.facts["route"]
    assert (told, Message.objects.count()) == (0, 0)
