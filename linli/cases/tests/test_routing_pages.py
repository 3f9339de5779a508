"""Pages and API on categories, responsibilities and rules: what officials do there, and who is kept out."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest

from linli.cases import permits
from linli.cases.models import Category, Responsibility, RoutingRule, RuleSet
from linli.cases.testing import VILLAGE, make_case
from linli.cases.tests.test_routing import CITY, TOWN, post_in
from linli.kernel.permits import NOBODY, Actor
from linli.kernel.testing import client_of, make_actor, post_json
from linli.places.models import Outline, Place

pytestmark = pytest.mark.django_db
KEEPER = make_actor("keeper", permits.KEEP_RULES, permits.SEE, at=CITY, account_id=5)
TOWN_KEEPER = make_actor("town", permits.KEEP_RULES, permits.SEE, at=TOWN, account_id=6)
CLERK = make_actor("clerk", permits.SEE, permits.HANDLE, at=VILLAGE, account_id=7)
BOW = '{"type": "Polygon", "coordinates": [[[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]]]}'
AREA = {
    "type": "Polygon",
    "coordinates": [[[113.7, 22.9], [113.8, 22.9], [113.8, 23.0], [113.7, 22.9]]],
}


def get(where: str, actor: Actor = KEEPER, language: str = "zh-hans") -> Any:
    return client_of(actor).get(f"/{language}/{where}")


def send(where: str, actor: Actor = KEEPER, **given: Any) -> Any:
    return client_of(actor).post(f"/zh-hans/{where}", {"key": str(uuid4()), **given})


def call(where: str, body: Any = None, actor: Actor = KEEPER) -> Any:
    if body is None:
        return client_of(actor).get(f"/api/v1/routing/{where}")
    return post_json(client_of(actor), f"/api/v1/routing/{where}", body)


def begun() -> tuple[RuleSet, int]:
    """Return a draft of the town, begun on its page, and a post."""
    post = post_in()
    answer = send("routing/places/441900005/new/", title="2027年规则", copy_of="")
    held = RuleSet.objects.get()
    assert answer.status_code == 303 and answer["Location"].endswith(f"/routing/rules/{held.pk}/")
    return held, post.pk


def with_rule() -> tuple[RuleSet, int, RoutingRule]:
    held, post = begun()
    lamps = Category.objects.get(code="street_lamp").pk
    answer = send(
        f"routing/rules/{held.pk}/new/", edition=1, title="路灯", post_id=post, categories=[lamps],
        weekdays=["5", "6"], hours_from="22:00", hours_to="600", answers="danger = yes, no",
        place=VILLAGE.split("/")[2], channels=["qr"], matters=["complaint"],
    )  # fmt: skip
    assert answer.status_code == 303, answer.content.decode()[:2000]
    return held, post, RoutingRule.objects.get()


def test_a_rule_is_written_on_its_page_and_shown_in_words() -> None:
    held, post, rule = with_rule()

    assert (rule.post_id, rule.path, rule.weekdays) == (post, VILLAGE, [5, 6])
    assert (str(rule.hours_from), str(rule.hours_to)) == ("22:00:00", "06:00:00")
    assert rule.answers == {"danger": ["no", "yes"]}
    shown = get(f"routing/rules/{held.pk}/").content.decode()
    for words in ("路灯照明", "22:00–06:00", "现场扫码", "投诉", "周六、周日", "danger = no、yes"):
        assert words in shown, words
    again = get(f"routing/rules/{held.pk}/{rule.pk}/").content.decode()
    for value in ('value="22:00:00"', "danger = no, yes", 'value="441900005001"'):
        assert value in again or value.replace(":00:00", ":00") in again, value


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"outline": BOW}, "附近自己交叉了"),
        ({"outline": "{"}, "这不是 GeoJSON"),
        ({"outline_of": "441900005001"}, "没有这个代码的地方的边界"),
        ({"hours_from": "22:00"}, "起止时间请都写"),
        ({"answers": "what?"}, "每行写一个问题"),
        ({"place": "123"}, "没有"),
        ({"title": ""}, "规则叫什么"),
    ],
)
def test_a_rule_that_cannot_be_is_told_and_what_was_typed_stays(
    given: dict[str, str], words: str
) -> None:
    held, post = begun()
    sent = {"edition": 1, "title": "我的规则", "post_id": post, **given}

    answer = send(f"routing/rules/{held.pk}/new/", **sent)

    shown = answer.content.decode()
    assert answer.status_code == 422 and words in shown
    assert "我的规则" in shown or given.get("title") == ""
    assert not RoutingRule.objects.exists()


def test_the_outline_of_a_place_is_copied_into_the_rule() -> None:
    held, post = begun()
    village = Place.objects.get(path=VILLAGE)
    Outline.objects.create(place=village, geometry=AREA, source="test")

    answer = send(
        f"routing/rules/{held.pk}/new/", edition=1, title="x", post_id=post, outline_of=village.code
    )

    assert answer.status_code == 303
    assert RoutingRule.objects.get().polygon == AREA


def test_the_second_of_two_editors_is_told_and_can_send_again() -> None:
    held, post, rule = with_rule()
    where = f"routing/rules/{held.pk}/{rule.pk}/"

    late = send(where, edition=1, title="迟到的", post_id=post)
    assert late.status_code == 422 and f'name="edition" value="{2}"' in late.content.decode()
    assert RoutingRule.objects.get().title == "路灯"
    again = send(where, edition=2, title="迟到的", post_id=post)

    assert again.status_code == 303
    assert RoutingRule.objects.get().title == "迟到的"


def test_a_set_is_tested_compared_put_in_force_and_only_then_sends() -> None:
    held, post = begun()
    here = f"routing/rules/{held.pk}/"
    send(here + "new/", edition=1, title="全部", post_id=post)
    send(
        here + "tests/new/",
        edition=2,
        title="该去",
        post_id=post,
        place="441900005001",
        day="2026-11-24",
    )
    send(
        here + "tests/new/",
        edition=3,
        title="不该",
        post_id="",
        place="441900005001",
        day="2026-11-24",
    )
    tests = get(here + "tests/").content.decode()
    assert "通过" in tests and "不符" in tests
    refused = send(here + "in-force/", edition=4, since="2099-01-01")
    assert refused.status_code == 422 and "没有派到应去的岗位" in refused.content.decode()
    last = held.tests.order_by("-pk").first()
    assert last is not None
    send(here + f"tests/{last.pk}/drop", edition=4)
    make_case()

    for form in ("", "?format=csv", "?format=xlsx", "?days=365"):
        assert get(here + "compare/" + form).status_code == 200
    done = send(here + "in-force/", edition=5, since="2099-01-01", note="新分工")

    assert done.status_code == 303
    held.refresh_from_db()
    assert (held.state, str(held.since), held.note) == ("in_force", "2099-01-01", "新分工")
    assert "2099" in get("routing/places/441900005/").content.decode()
    send(here + "do/take-back", edition=6)
    held.refresh_from_db()
    assert held.state == "draft"


def test_rules_are_moved_and_taken_out_by_buttons() -> None:
    held, post = begun()
    for n, title in enumerate(("一", "二"), 1):
        send(f"routing/rules/{held.pk}/new/", edition=n, title=title, post_id=post)
    one, two = RoutingRule.objects.order_by("pk")

    send(f"routing/rules/{held.pk}/{two.pk}/move", edition=3, move="up")
    order = list(RoutingRule.objects.order_by("order").values_list("title", flat=True))
    send(f"routing/rules/{held.pk}/{one.pk}/drop", edition=3)
    assert RoutingRule.objects.count() == 2
    send(f"routing/rules/{held.pk}/{one.pk}/drop", edition=4)

    assert order == ["二", "一"]
    assert list(RoutingRule.objects.values_list("title", flat=True)) == ["二"]


@pytest.mark.parametrize("actor", [NOBODY, CLERK], ids=lambda a: a.label)
def test_who_keeps_no_rules_finds_nothing_of_them(actor: Actor) -> None:
    held, _post, rule = with_rule()
    before = RuleSet.objects.get().edition

    for where in (
        "routing/", "routing/categories/", "routing/places/441900005/", f"routing/rules/{held.pk}/",
        f"routing/rules/{held.pk}/{rule.pk}/", f"routing/rules/{held.pk}/compare/",
        f"routing/rules/{held.pk}/tests/", "routing/responsibilities/441900005001/own/",
    ):  # fmt: skip
        assert get(where, actor).status_code == 404, where
    for where in (f"routing/rules/{held.pk}/drop", f"routing/rules/{held.pk}/do/watch"):
        assert send(where, actor, edition=before).status_code == 404
    for where in (
        "rules/",
        f"rules/{held.pk}/",
        f"rules/{held.pk}/rules/",
        f"rules/{held.pk}/comparison/",
    ):
        assert call(where, actor=actor).status_code in (401, 403, 404)

    assert RuleSet.objects.get().edition == before


def test_a_town_keeps_its_rules_and_not_the_categories_of_the_city() -> None:
    held, _post, _rule = with_rule()

    assert get(f"routing/rules/{held.pk}/", TOWN_KEEPER).status_code == 200
    listed = get("routing/categories/", TOWN_KEEPER).content.decode()
    assert "路灯照明" in listed and "routing/categories/new/" not in listed
    assert get("routing/categories/new/", TOWN_KEEPER).status_code == 404
    assert (
        send("routing/categories/gas/end/", TOWN_KEEPER, edition=1, until="2026-12-01").status_code
        == 404
    )
    assert Category.objects.get(code="gas").until is None


def test_categories_are_added_changed_and_ended_on_their_pages() -> None:
    added = send(
        "routing/categories/new/", parent="services", title="游船", title_en="Boats", code="boats",
        words="游船\n划船, 竹筏", order=500,
    )  # fmt: skip
    send("routing/categories/boats/", title="船", title_en="Boats", words="", order=1, edition=2)
    send("routing/categories/boats/end/", edition=3, until="2026-11-01")

    assert added.status_code == 303
    boats = Category.objects.get(code="boats")
    assert (boats.title, boats.words, str(boats.until)) == ("船", "", "2026-11-01")
    assert "船" in get("routing/categories/?q=boats&ended=1").content.decode()
    assert send("routing/categories/boats/end/", edition=4).status_code == 303
    assert Category.objects.get(code="boats").until is None
    for form in ("csv", "xlsx"):
        assert get(f"routing/categories/?format={form}").status_code == 200


def test_everybody_reads_who_is_in_charge_prints_it_and_takes_it_along() -> None:
    post = post_in(title="环卫专员")
    lamps = Category.objects.get(code="street_lamp").pk
    named = send(
        "routing/responsibilities/441900005001/new/", category_id=lamps, duty="responsible",
        post_id=post.pk, since="2026-11-01", basis="村委会分工",
    )  # fmt: skip
    assert named.status_code == 303, named.content.decode()[:3000]

    for query in ("", "?print=1", "?format=csv", "?on=2026-11-02"):
        told = get(f"routing/responsibilities/441900005001/{query}", NOBODY).content.decode()
        assert "环卫专员" in told and "路灯照明" in told, query
    assert (
        "环卫专员"
        not in get("routing/responsibilities/441900005001/?on=2026-10-31", NOBODY).content.decode()
    )
    english = get("routing/responsibilities/441900005001/", NOBODY, "en").content.decode()
    assert "Street lamps" in english and "routing/responsibilities/441900005001/new/" not in english
    line = Responsibility.objects.get()
    assert (
        send(f"routing/lines/{line.pk}/end/", CLERK, edition=1, until="2026-11-03").status_code
        == 404
    )
    assert send(f"routing/lines/{line.pk}/end/", edition=1, until="2026-11-03").status_code == 303
    assert "2026" in get("routing/responsibilities/441900005001/own/").content.decode()


def test_the_same_is_done_over_the_api() -> None:
    post = post_in()
    made = call("rules/", {"place": "441900005", "title": "API"})
    assert made.status_code == 201, made.content
    where = f"rules/{made.json()['id']}/"
    rule = {
        "edition": 1,
        "title": "r",
        "post_id": post.pk,
        "categories": ["street_lamp"],
        "weekdays": [0],
    }
    added = call(where + "rules/", rule)
    assert (added.status_code, added.json()["categories"]) == (201, ["street_lamp"])
    wrong = {
        "polygon": {"edition": 2, "title": "r", "post_id": post.pk, "polygon": json.loads(BOW)},
        "categories": {"edition": 2, "title": "r", "post_id": post.pk, "categories": ["nothing"]},
        "weekdays": {"edition": 2, "title": "r", "post_id": post.pk, "weekdays": [7]},
        "hours_to": {"edition": 2, "title": "r", "post_id": post.pk, "hours_from": "22:00"},
    }
    for field, body in wrong.items():
        refused = call(where + "rules/", body)
        assert refused.status_code == 422 and list(refused.json()["fields"]) == [field], (
            refused.content
        )
    test = {
        "edition": 2, "title": "t", "at": "2026-11-23T12:00:00+08:00", "place": "441900005001",
        "category": "street_lamp", "post_id": post.pk,
    }  # fmt: skip
    tested = call(where + "tests/", test)
    assert tested.status_code == 201 and tested.json()["passes"] is True, tested.content
    stale = call(where + "watch", {"edition": 1})
    assert (stale.status_code, stale.json()["code"]) == (409, "stale")
    forced = call(where + "put-in-force", {"edition": 3, "since": "2099-01-01"})
    assert (forced.status_code, forced.json()["state"]) == (200, "in_force"), forced.content

    assert call(where + "comparison/").json()["count"] == 0
    backs = call(where + "hand-backs/").json()["items"]
    assert [one["share"] for one in backs] == [None]
    assert call(where + "rules/").json()["count"] == call(where + "tests/").json()["count"] == 1


def test_suggestions_are_open_and_keep_nothing() -> None:
    told = call("suggest/", {"text": "路灯坏了，黑漆漆的"}, NOBODY)

    assert told.status_code == 200
    assert told.json()["categories"][0]["code"] == "street_lamp"
    listed = call("categories/?limit=5", actor=NOBODY).json()
    assert len(listed["items"]) == 5 and listed["next"]
    assert call("responsibilities/?place=441900005001", actor=NOBODY).status_code in (200, 422)
