"""What was measured, over the API: numbers with their evidence, and no trace of the Party's."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import localdate

from linli.access.templates_of_rights import TEMPLATES, permits_of
from linli.kernel.permits import NOBODY, PROTECTED, Actor, Grant
from linli.kernel.registries import INDICATORS
from linli.kernel.testing import CITY, TOWN, client_of
from linli.plan import services
from linli.plan.models import Correction, IndicatorValue, Target
from linli.plan.testing import NOON, SYSTEM, TODAY, city_lead, make_plan, party_actor
from linli.plan.tests.measuring import SECRET
from linli.plan.types import Change, ItemKind

pytestmark = [pytest.mark.usefixtures("plan_there"), pytest.mark.django_db]

API = "/api/v1/plan/"
TOWN_CODE = "441900005"
# no template of rights reaches level 6: that takes a right of its own
POSTS = [NOBODY] + [
    Actor(7, None, key, tuple(Grant(name, CITY, template.ceiling) for name in permits_of(key)))
    for key, template in TEMPLATES.items()
]


def get(path: str, actor: Actor = NOBODY, *, status: int = 200) -> Any:
    response = client_of(actor).get(API + path)
    assert response.status_code == status, response.content
    return response.json()


def every(path: str, actor: Actor = NOBODY) -> list[dict[str, Any]]:
    """All items of a list, page after page."""
    items: list[dict[str, Any]] = []
    cursor = ""
    while True:
        found = get(f"{path}{'&' if '?' in path else '?'}limit=3&cursor={cursor}", actor)
        items += found["items"]
        if not found["next"]:
            assert found["count"] == len(items)
            return items
        cursor = found["next"]


def test_values_come_by_indicator_and_place_with_unknown_as_null(measured: None) -> None:
    rows = every("values/")

    at_town = {row["indicator"]: row for row in rows if row["place"] == TOWN_CODE}
    kept = at_town["test.open"]
    assert (kept["numerator"], kept["denominator"], kept["value"]) == (16, 19, 84)
    assert (kept["as_of"], kept["evidence_count"]) == (TODAY.isoformat(), 1)
    unknown = at_town["S01"]
    nothing = ("numerator", "denominator", "value", "as_of", "evidence_count")
    assert [unknown[name] for name in nothing] == [None] * 5
    assert {row["place"] for row in rows} == {"441900", TOWN_CODE}
    assert len({(row["indicator"], row["place"]) for row in rows}) == len(rows)


def test_values_are_cut_by_indicator_and_place(measured: None) -> None:
    assert {r["place"] for r in every(f"values/?place={TOWN_CODE}")} == {TOWN_CODE}
    assert {r["indicator"] for r in every("values/?indicator=test.open")} == {"test.open"}
    assert {r["place"] for r in every("values/?place=441900&below=false")} == {"441900"}
    assert get("values/?place=000", status=422)["fields"].keys() == {"place"}
    assert get("values/?cursor=x", status=422)["fields"].keys() == {"cursor"}


def test_a_value_says_what_it_rests_on_what_is_missing_and_how_it_went(measured: None) -> None:
    before = TODAY - timedelta(days=30)
    IndicatorValue.objects.create(
        indicator="test.open", path=TOWN, as_of=before, numerator=None, denominator=19,
        measured_at=NOON,
    )  # fmt: skip

    found = get(f"values/test.open/{TOWN_CODE}/")

    assert (found["numerator"], found["denominator"]) == (16, 19)
    assert [one["text"] for one in found["evidence"]] == ["中心A"]
    assert [one["text"] for one in found["missing"]] == ["示范一村", "示范二村", "示范三村"]
    assert [(v["as_of"], v["value"]) for v in found["history"]] == [
        (before.isoformat(), None),
        (TODAY.isoformat(), 84),
    ]
    get("values/test.open/000/", status=404)
    get(f"values/none/{TOWN_CODE}/", status=404)


@pytest.mark.parametrize("actor", POSTS, ids=lambda actor: actor.label)
def test_no_post_finds_values_or_evidence_of_party_tasks(measured: None, actor: Actor) -> None:
    plan = make_plan()
    target = Target.objects.get(document=plan, code="T01-1")
    change = Change("value", SECRET, "试", version=target.version)
    services.correct_item(ItemKind.TARGET, target.pk, change, actor=SYSTEM, now=NOON)
    client = client_of(actor)
    pages = ["values/?demo=include&limit=1000", "indicators/", "targets/", "tasks/",
             "corrections/?limit=1000", "documents/", "stages/", "requirements/"]  # fmt: skip

    said = [client.get(API + page) for page in pages]

    assert {answer.status_code for answer in said} == {200}
    told = "".join(answer.content.decode() for answer in said)
    held = {one.key for one in INDICATORS if one.level >= PROTECTED}
    assert held >= {"test.party", "T03-1"}
    keys = {r["indicator"] for r in said[0].json()["items"]}
    keys |= {r["key"] for r in said[1].json()["items"]}
    assert not keys & held
    assert SECRET not in told
    assert "PARTY-EVIDENCE" not in told
    for key in held:
        assert client.get(f"{API}indicators/{key}/").status_code == 404
        assert client.get(f"{API}values/{key}/{TOWN_CODE}/").status_code == 404
        assert client.get(f"{API}values/?indicator={key}").json()["items"] == []


def test_who_holds_the_partys_permit_finds_them(measured: None) -> None:
    actor = party_actor()

    found = get(f"values/test.party/{TOWN_CODE}/", actor)

    assert found["numerator"] == int(SECRET)
    assert [one["text"] for one in found["evidence"]] == ["PARTY-EVIDENCE"]
    assert "test.party" in {row["key"] for row in every("indicators/", actor)}
    assert {r["numerator"] for r in every("values/?indicator=test.party", actor)} == {int(SECRET)}


def test_the_partys_permit_without_the_level_finds_nothing(measured: None) -> None:
    low = Actor(7, None, "low", (Grant("plan.party", CITY, 4), Grant("plan.view", CITY, 4)))

    assert every("values/?indicator=test.party", low) == []
    get(f"values/test.party/{TOWN_CODE}/", low, status=404)


def test_an_indicator_says_how_it_is_counted_and_which_targets_it_measures(measured: None) -> None:
    found = get("indicators/test.open/")

    assert found["targets"] == ["T12-1"]
    assert found["city"]["place"] == "441900"
    assert found["city"]["as_of"] == TODAY.isoformat()
    assert "S01" in {row["key"] for row in every("indicators/")}


def test_the_plan_is_told_in_parts_stages_and_requirements() -> None:
    make_plan()

    stages, requirements = every("stages/"), every("requirements/")

    assert [one["number"] for one in stages] == [1, 2, 3]
    assert all(one["first_on"] and one["last_on"] and one["text"] for one in stages)
    assert [one["number"] for one in requirements] == list(range(1, len(requirements) + 1))
    assert all(one["text"] for one in requirements)
    assert every("parts/")


def test_a_document_comes_with_its_text_and_what_was_guessed() -> None:
    plan = make_plan()

    found = get(f"documents/{plan.code}/")

    assert found["text"] == plan.text
    assert found["characters"] == len(plan.text)
    assert len(found["guesses"]) == len(plan.guesses)
    assert [one["code"] for one in every("documents/")] == [plan.code]
    get("documents/none/", status=404)


def test_corrections_are_listed_newest_first_and_cut_by_kind() -> None:
    plan = make_plan()

    rows = get("corrections/?kind=task&limit=1000")["items"]

    assert len(rows) == Correction.objects.filter(document=plan, kind="task").count()
    assert {row["kind"] for row in rows} == {"task"}
    moments = [row["made_at"] for row in get("corrections/?limit=1000")["items"]]
    assert moments == sorted(moments, reverse=True)
    assert get("corrections/?kind=nothing", status=422)["fields"].keys() == {"kind"}


def test_the_day_of_these_tests_has_come() -> None:
    """The API asks for the values of today: those of the tests must not lie ahead."""
    assert localdate() >= TODAY


def test_an_average_tells_its_own_unit_and_no_per_cent(measured: None) -> None:
    key = "offerings.report_seconds"
    IndicatorValue.objects.create(
        indicator=key, path=CITY, as_of=TODAY, numerator=680, denominator=3, measured_at=NOON,
        level=1,
    )  # fmt: skip

    (city,) = every(f"values/?indicator={key}&place=441900&below=false", city_lead())
    page = client_of(city_lead()).get("/zh-hans/plan/indicators/").content.decode()

    assert (city["value"], city["unit"]) == (226.7, "seconds per village")
    assert "22666%" not in page and "226.7" in page
