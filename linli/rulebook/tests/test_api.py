"""The JSON API of the rulebook."""

from datetime import date

import pytest

from linli.places.testing import make_village
from linli.rulebook.testing import make_local_value

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/rulebook/"


def test_a_value_with_where_it_comes_from(client) -> None:  # type: ignore[no-untyped-def]
    body = client.get(f"{ROOT}committee.term/?on=2018-12-29").json()

    assert (body["value"], body["unit"], body["certainty"]) == (5, "years", "sure")
    assert body["valid_from"] == "2018-12-29"
    assert body["source"] == "中华人民共和国村民委员会组织法（2010年修订、2018年修正）第11条"
    assert client.get(f"{ROOT}committee.term/?on=2018-12-28").json()["value"] == 3


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("vc.size.min", 3),
        ("election.turnout_min", {"op": "gt", "num": 1, "den": 2, "base": "registered_voters"}),
        ("reps.households_per_rep", {"min": 5, "max": 15}),
        (
            "village.call_demand",
            {
                "any": [
                    {"op": "ge", "num": 1, "den": 10, "base": "villagers"},
                    {"op": "ge", "num": 1, "den": 3, "base": "village_representatives"},
                ]
            },
        ),
        ("election.nomination_sources", ["party_org", "villager"]),
        ("committee.guarantee_allowed", False),
        ("rc.reps.women_share_min", None),
        ("plan.participation", {"op": "ge", "num": 965, "den": 1000, "base": "registered_voters"}),
        ("volunteer.stars", [100, 300, 600, 1000, 1500]),
    ],
)
def test_all_forms_of_a_value(client, key: str, value: object) -> None:  # type: ignore[no-untyped-def]
    assert client.get(f"{ROOT}{key}/").json()["value"] == value


def test_a_place_by_its_code(client) -> None:  # type: ignore[no-untyped-def]
    village = make_village("441900005001")
    town = village.path[: -len(village.code) - 1]
    make_local_value(place=town)

    here = client.get(f"{ROOT}village.notice/?place=441900005001&on=2026-11-24").json()

    assert (here["value"], here["level"], here["jurisdiction"]) == (15, "town", town)
    assert here["document"] == {
        "number": "示府〔2026〕1号", "dated": "2026-01-05", "issuer": "示范镇人民政府",
    }  # fmt: skip
    assert client.get(f"{ROOT}village.notice/").json()["value"] == 10


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("village.notcie/", 404, "unknown_parameter"),
        ("village.notice/?on=2010-10-27", 404, "not_in_force"),
        ("village.notice/?place=999", 422, "invalid"),
        ("village.notice/?on=yesterday", 422, "invalid"),
        ("election.win_min/?reading=moon", 404, "unknown_reading"),
        ("?limit=0", 422, "invalid"),
        ("calendar/?year=1999", 404, "not_found"),
    ],
)
def test_refusals(client, address: str, status: int, code: str) -> None:  # type: ignore[no-untyped-def]
    response = client.get(ROOT + address)

    assert response.status_code == status
    assert response.json()["code"] == code


def test_the_list_is_paged_to_its_end(client) -> None:  # type: ignore[no-untyped-def]
    keys: list[str] = []
    cursor = ""
    for _page in range(4):
        body = client.get(f"{ROOT}?limit=100&on=2026-11-24&cursor={cursor}").json()
        keys += [item["key"] for item in body["items"]]
        cursor = body["next"] or ""
        if not cursor:
            break

    assert len(keys) == len(set(keys)) == body["count"]
    assert "election.win_min" in keys


def test_the_list_is_filtered(client) -> None:  # type: ignore[no-untyped-def]
    body = client.get(f"{ROOT}?group=petitions&certainty=check&limit=200").json()

    assert {item["certainty"] for item in body["items"]} == {"check"}
    assert {"feedback.answer", "hotline.advice"} <= {item["key"] for item in body["items"]}


def test_a_disputed_value_lists_its_readings(client) -> None:  # type: ignore[no-untyped-def]
    body = client.get(f"{ROOT}election.win_min/?reading=valid_ballots").json()

    assert body["reading"] == "valid_ballots"
    assert [one["name"] for one in body["readings"]] == ["all_ballots"]


def test_a_lapsed_value_carries_its_banner(client) -> None:  # type: ignore[no-untyped-def]
    village = make_village("441900005001")
    make_local_value(place=village.path, valid_to=date(2026, 6, 30))

    body = client.get(f"{ROOT}village.notice/?place=441900005001&on=2026-11-24").json()

    assert body["provisional"] is True
    assert "2026年6月30日" in body["banner"]["zh"]


def test_the_calendar_of_a_year(client) -> None:  # type: ignore[no-untyped-def]
    body = client.get(f"{ROOT}calendar/?year=2026").json()

    assert body["provisional"] is False
    assert body["count"] == len(body["items"]) == 39
    assert {k: v for k, v in body["items"][-1].items() if k in ("date", "is_work")} == {
        "date": "2026-10-10",
        "is_work": True,
    }
    assert client.get(f"{ROOT}calendar/?year=2027").json()["provisional"] is True
