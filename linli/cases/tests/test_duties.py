"""Categories and the list of responsibilities are kept by officials and read by everybody."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils.translation import override

from linli.cases import permits
from linli.cases.models import Case, Category, PublicWords, Responsibility
from linli.cases.queries.bounces import HandBacks, hand_backs_of_list
from linli.cases.queries.duties import duty_list, informed_posts, lines_of
from linli.cases.queries.following import followed
from linli.cases.services import assigning, categories, duties
from linli.cases.testing import NOON, VILLAGE, clerk_of, faults, make_report
from linli.cases.tests.test_routing import post_in
from linli.cases.types.keeping import CategoryDetails, Charge
from linli.cases.types.moves import At, To
from linli.cases.types.routing import Duty
from linli.kernel.errors import Invalid, NotAllowed, NotFound, Stale
from linli.kernel.permits import NOBODY, Actor, system_actor
from linli.kernel.testing import client_of, make_actor
from linli.places import queries as places

pytestmark = pytest.mark.django_db
TODAY, TOWN, CITY = date(2026, 8, 10), "441900/441900005/", "441900/"
CITY_KEEPER = make_actor("city", permits.KEEP_RULES, at=CITY)
TOWN_KEEPER = make_actor("town", permits.KEEP_RULES, at=TOWN)
BOATS = CategoryDetails("游船", "Boats", ("游船", "划船", "划船", " "), 700)


def category(code: str = "street_lamp") -> Category:
    return Category.objects.get(code=code)


def name(
    post_id: int, path: str = VILLAGE, *, actor: Actor = TOWN_KEEPER, **more: Any
) -> Responsibility:
    given = {"duty": Duty.RESPONSIBLE, "since": TODAY, "code": "street_lamp", **more}
    charge = Charge(category(given["code"]).pk, path, given["duty"], post_id, given["since"], "doc")
    return duties.name_responsible(charge, actor=actor, now=NOON)


def row_of(path: str, code: str = "street_lamp", on: date = TODAY) -> Any:
    rows = [row for _group, found in duty_list(path, on) for row in found]
    return next(row for row in rows if row.category.code == code)


def test_a_category_is_added_changed_ended_and_used_again() -> None:
    made = categories.add_category("boats", BOATS, parent="services", actor=CITY_KEEPER, now=NOON)
    assert (made.parent, made.words) == (category("services"), "游船\n划船")

    details = CategoryDetails("船", "Boats", (), 1)
    categories.change_category("boats", details, edition=2, actor=CITY_KEEPER, now=NOON)
    categories.end_category("boats", TODAY, edition=3, actor=CITY_KEEPER, now=NOON)
    assert category("boats").until == TODAY
    categories.end_category("boats", None, edition=4, actor=CITY_KEEPER, now=NOON)

    assert (category("boats").title, category("boats").until) == ("船", None)


def test_a_report_keeps_what_was_promised_when_it_came_in() -> None:
    lamp = category()

    def promise(zh: str, en: str) -> None:
        details = CategoryDetails(lamp.title, lamp.title_en, (), 1, zh, en)
        edition = category().version
        categories.change_category(
            "street_lamp", details, edition=edition, actor=CITY_KEEPER, now=NOON
        )

    promise("三天内有人来看。", "Somebody comes within three days.")
    filed = make_report(category_id=lamp.pk)
    promise("一周内有人来看。", "Somebody comes within a week.")
    later, plain = make_report(category_id=lamp.pk), make_report()

    def told(case_id: int) -> str:
        with override("en"):
            return followed(Case.objects.get(pk=case_id), NOON).promise_words

    assert told(filed.case_id) == "Somebody comes within three days."
    assert told(later.case_id) == "Somebody comes within a week."
    assert told(plain.case_id) == ""
    page = client_of(NOBODY).get(f"/zh-hans/follow/{filed.number}/?code={filed.code}")
    assert "三天内有人来看。" in page.content.decode()
    clerk = client_of(clerk_of(VILLAGE))
    sheet = clerk.get(f"/zh-hans/desk/cases/{filed.number}/").content.decode()
    assert "三天内有人来看。" in sheet and "一周内有人来看。" not in sheet
    # it is chained with her words, and everybody else reads nothing of it as hers
    words = PublicWords.objects.get(case_id=filed.case_id)
    PublicWords.objects.filter(pk=words.pk).update(said={**words.said, "promise": {}})
    assert len(faults()) == 1


def test_without_an_own_promise_that_of_the_group_holds() -> None:
    group = category().parent
    assert group is not None
    details = CategoryDetails(group.title, group.title_en, (), 1, "按类答复。", "We answer.")
    categories.change_category(
        group.code, details, edition=group.version, actor=CITY_KEEPER, now=NOON
    )

    filed = make_report(category_id=category().pk)

    with override("zh-hans"):
        assert followed(Case.objects.get(pk=filed.case_id), NOON).promise_words == "按类答复。"


@pytest.mark.parametrize(("zh", "en"), [("只有中文", ""), ("", "English alone"), ("长" * 201, "x")])
def test_a_promise_is_told_in_both_languages_or_in_none(zh: str, en: str) -> None:
    details = CategoryDetails("路灯", "Lamps", (), 1, zh, en)

    with pytest.raises(Invalid):
        categories.change_category("street_lamp", details, edition=1, actor=CITY_KEEPER, now=NOON)

    assert (category().promise, category().version) == ("", 1)


@pytest.mark.parametrize("actor", [TOWN_KEEPER, NOBODY, clerk_of(CITY)], ids=lambda a: a.label)
def test_only_who_keeps_the_rules_of_the_city_changes_categories(actor: Actor) -> None:
    for act in (
        lambda: categories.add_category("boats", BOATS, actor=actor, now=NOON),
        lambda: categories.change_category("gas", BOATS, edition=1, actor=actor, now=NOON),
        lambda: categories.end_category("gas", TODAY, edition=1, actor=actor, now=NOON),
    ):
        with pytest.raises(NotAllowed):
            act()

    assert not Category.objects.filter(code="boats").exists()
    assert (category("gas").version, category("gas").until) == (1, None)


def test_the_second_of_two_editors_of_a_category_is_told() -> None:
    categories.change_category("gas", BOATS, edition=1, actor=CITY_KEEPER, now=NOON)

    with pytest.raises(Stale):
        categories.end_category("gas", TODAY, edition=1, actor=CITY_KEEPER, now=NOON)

    assert category("gas").until is None


@pytest.mark.parametrize(
    ("code", "parent", "details", "field"),
    [
        ("Boats", "", BOATS, "code"),
        ("gas", "", BOATS, "code"),
        ("boats", "gas", BOATS, "parent"),
        ("boats", "nothing", BOATS, "parent"),
        ("boats", "", CategoryDetails(" ", "x"), "title"),
        ("boats", "", CategoryDetails("x", "y" * 121), "title_en"),
        ("boats", "", CategoryDetails("x", "y", ("z" * 31,)), "words"),
    ],
)
def test_a_category_that_cannot_be_is_refused(
    code: str, parent: str, details: CategoryDetails, field: str
) -> None:
    before = Category.objects.count()

    with pytest.raises(Invalid) as refused:
        categories.add_category(code, details, parent=parent, actor=CITY_KEEPER, now=NOON)

    assert list(refused.value.fields) == [field]
    assert Category.objects.count() == before


def test_a_group_ends_after_what_belongs_to_it() -> None:
    with pytest.raises(Invalid):
        categories.end_category("facilities", TODAY, edition=1, actor=CITY_KEEPER, now=NOON)


def test_what_a_place_names_goes_before_what_the_place_above_named() -> None:
    town, mine = post_in(TOWN, org="township_government", kind="head"), post_in()
    name(town.pk, TOWN)
    above = row_of(VILLAGE)
    name(mine.pk)
    own = row_of(VILLAGE)

    assert (above.responsible.post_id, above.is_own) == (town.pk, False)
    assert (own.responsible.post_id, own.is_own) == (mine.pk, True)
    assert row_of(TOWN).responsible.post_id == town.pk
    assert row_of(VILLAGE, "gas").responsible is None


def test_for_a_category_without_a_name_the_post_of_its_group_is_shown() -> None:
    post = post_in()
    name(post.pk, code="facilities")

    row = row_of(VILLAGE, "gas")

    assert (row.responsible.post_id, row.by_group) == (post.pk, True)


def test_a_new_post_in_charge_ends_the_one_before_on_its_day_and_the_past_stays() -> None:
    one, other = post_in(), post_in()
    name(one.pk)
    name(other.pk, since=TODAY + timedelta(days=9))

    assert row_of(VILLAGE).responsible.post_id == one.pk
    assert row_of(VILLAGE, on=TODAY + timedelta(days=9)).responsible.post_id == other.pk
    assert [line.until for _category, line in lines_of(VILLAGE)] == [
        None,
        TODAY + timedelta(days=9),
    ]


def test_several_posts_may_be_informed_and_a_line_ends_once() -> None:
    posts = [post_in() for _ in range(2)]
    lines = [name(post.pk, duty=Duty.INFORMED) for post in posts]
    assert informed_posts(category().pk, VILLAGE, TODAY) == sorted(post.pk for post in posts)

    duties.end_responsibility(lines[0].pk, TODAY, edition=1, actor=TOWN_KEEPER, now=NOON)
    for edition in (1, 2):
        with pytest.raises(Stale):
            duties.end_responsibility(
                lines[0].pk, TODAY, edition=edition, actor=TOWN_KEEPER, now=NOON
            )

    assert informed_posts(category().pk, VILLAGE, TODAY) == [posts[1].pk]
    assert informed_posts(None, VILLAGE, TODAY) == []


def test_the_same_post_or_an_ended_category_or_another_place_is_refused() -> None:
    post, branch = post_in(), post_in(org="party_branch", kind="party_secretary")
    name(post.pk)
    Category.objects.filter(code="gas").update(until=TODAY)

    for more, field in (
        ({}, "post_id"),
        ({"code": "gas"}, "category_id"),
        ({"post": branch.pk, "code": "drains"}, "post_id"),
    ):
        with pytest.raises(Invalid) as refused:
            name(more.pop("post", post.pk), **more)
        assert list(refused.value.fields) == [field]
    with pytest.raises(NotAllowed):
        name(post.pk, "441900/441900006/", code="drains")
    with pytest.raises(NotAllowed):
        name(post.pk, code="drains", actor=clerk_of())
    with pytest.raises(NotFound):
        duties.end_responsibility(987654, TODAY, edition=1, actor=TOWN_KEEPER, now=NOON)

    assert Responsibility.objects.count() == 1


def test_a_line_counts_what_it_sent_and_what_came_back() -> None:
    water, gas = post_in(VILLAGE), post_in(VILLAGE)
    line, other = name(water.pk), name(gas.pk, code="gas")
    reports = [make_report(category_id=category().pk) for _ in range(3)]
    make_report()
    job = system_actor("test")
    with transaction.atomic():
        assigning.decline(At(reports[0].case_id), 1, reason="not ours", actor=job, now=NOON)
        assigning.accept(At(reports[1].case_id), 1, actor=job, now=NOON)
    village = places.chain_of("441900005001")[-1]

    def sent(days: int = 1) -> dict[int, HandBacks]:
        return hand_backs_of_list(village, since=NOON, until=NOON + timedelta(days=days))

    assert sent() == {line.pk: HandBacks(3, 1, 1)}
    assert other.pk not in sent() and sent(0) == {}
    # what a person hands on afterwards is no work of the list
    with transaction.atomic():
        to = To("lead", gas.organisation_id, gas.pk)
        assigning.offer(At(reports[0].case_id), to, actor=job, now=NOON + timedelta(hours=1))
    assert sent() == {line.pk: HandBacks(3, 1, 1)}
    page = client_of(TOWN_KEEPER).get("/en/routing/responsibilities/441900005001/own/")
    assert "Sent, handed back" in page.content.decode()
