"""The pages of the rulebook, by whoever opens them."""

import csv
import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from linli.kernel.testing import client_of, make_actor
from linli.places.testing import make_village
from linli.rulebook import permits, queries
from linli.rulebook.models import LocalValue
from linli.rulebook.queries import cache
from linli.rulebook.testing import make_local_value

pytestmark = pytest.mark.django_db
CODE = "441900005001"
READERS = ["", "en/", "zh-hans/"]
PAGES = [
    "rulebook/",
    "rulebook/?q=选举&certainty=check",
    "rulebook/?level=city&on=2017-01-01",
    "rulebook/?q=nothing-of-the-kind",
    "rulebook/changes/",
    "rulebook/changes/?from=2018-01-01&to=2019-12-31",
    "rulebook/calendar/2026/",
    "rulebook/calendar/2027/",
    "rulebook/calendar/2026/?print=1",
    "rulebook/committee.term/",
    "rulebook/election.win_min/?on=2020-01-01",
    "rulebook/village.meetings_per_year_min/?on=2020-01-01",
]


@pytest.fixture
def town() -> str:
    village = make_village(CODE)
    return village.path[: -len(CODE) - 1]


def official(town: str):  # type: ignore[no-untyped-def]
    return client_of(make_actor("town clerk", permits.SET_VALUE, at=town))


def typed(**more: object) -> dict[str, object]:
    return {
        "key": "4b0ad4a2-7f0e-4b1c-9df3-1d9ab3d3c001",
        "number": "15",
        "place_code": "441900005",
        "scope": "place",
        "document_number": "示府〔2026〕1号",
        "document_date": "2026年1月5日",
        "issuer": "示范镇人民政府",
        "valid_from": "20260201",
        **more,
    }


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_everybody_may_read(client, language: str, page: str) -> None:  # type: ignore[no-untyped-def]
    response = client.get(f"/{language}/{page}")

    assert response.status_code == 200
    assert "<h1>" in response.content.decode()


def test_the_calendar_leads_to_this_year(client) -> None:  # type: ignore[no-untyped-def]
    assert client.get("/en/rulebook/calendar/").status_code == 302


@pytest.mark.parametrize(
    "page", ["rulebook/no.such.key/", "rulebook/calendar/1999/", "rulebook/values/9/withdraw"]
)
def test_what_is_not_there_is_not_found(client, page: str) -> None:  # type: ignore[no-untyped-def]
    assert client.get(f"/en/{page}").status_code == 404


def test_what_is_to_be_confirmed_is_marked(client) -> None:  # type: ignore[no-untyped-def]
    page = client.get("/zh-hans/rulebook/election.runoff_within/").content.decode()

    assert "待确认" in page


def test_an_unreadable_day_or_place_is_told(client) -> None:  # type: ignore[no-untyped-def]
    page = client.get("/en/rulebook/?on=someday&place=12").content.decode()

    assert "someday: This is not a date." in page
    assert "There is no place with the code 12." in page


def test_the_list_pages_and_its_address_keeps_the_filters(client) -> None:  # type: ignore[no-untyped-def]
    first = client.get("/en/rulebook/?certainty=sure").content.decode()

    assert "Next page" in first
    assert "certainty=sure&amp;cursor=" in first


def test_lists_take_the_same_queries_whatever_is_shown(client, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    client.get("/en/rulebook/")
    cache.settle()
    client.get("/en/rulebook/")

    # the one statement tells row security who asks
    with django_assert_num_queries(1):
        page = client.get("/en/rulebook/?q=election").content.decode()
    cache.forget()

    assert "/en/rulebook/election.win_min/" in page


def test_the_list_as_csv_and_excel(client) -> None:  # type: ignore[no-untyped-def]
    sheet = client.get("/en/rulebook/?group=time&format=csv")
    book = client.get("/en/rulebook/?group=time&format=xlsx")

    rows = list(csv.reader(io.StringIO(sheet.content.decode("utf-8-sig"))))
    cells = CalamineWorkbook.from_filelike(io.BytesIO(book.content)).get_sheet_by_index(0)
    assert rows[0][:3] == ["Key of the parameter", "Parameter", "Value"]
    assert rows == cells.to_python()
    assert "time.roll_over_holiday" in [row[0] for row in rows]


def test_an_official_adds_a_value_with_its_document(town: str) -> None:
    client = official(town)
    assert client.get("/en/rulebook/village.notice/add").status_code == 200

    response = client.post("/en/rulebook/village.notice/add", typed())

    assert (response.status_code, response["Location"]) == (303, "/en/rulebook/village.notice/")
    row = LocalValue.objects.get()
    assert (row.value, row.jurisdiction, row.valid_from) == (15, town, date(2026, 2, 1))
    assert "示府〔2026〕1号" in client.get(response["Location"]).content.decode()


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"number": "9"}, "A local value may only be higher."),
        ({"number": "many"}, "Write a whole number in figures"),
        ({"place_code": "77"}, "There is no place with this code."),
        ({"scope": "body"}, "Write the number of the organisation."),
        ({"document_date": "32.13"}, "There is no such day"),
        ({"valid_from": "2025-01-01"}, "A document does not hold before its own date."),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_is_kept(
    town: str, more: dict[str, object], told: str
) -> None:
    response = official(town).post("/en/rulebook/village.notice/add", typed(**more))

    page = response.content.decode()
    assert response.status_code == 422
    assert told in page
    assert "示府〔2026〕1号" in page
    assert not LocalValue.objects.exists()


def test_an_overlap_is_told_on_the_form(town: str) -> None:
    make_local_value(place=town)

    response = official(town).post("/en/rulebook/village.notice/add", typed())

    assert response.status_code == 422
    assert "already holds in this period" in response.content.decode()


@pytest.mark.parametrize(
    ("key", "fields", "stored"),
    [
        ("reps.households_per_rep", {"low": "5", "high": "10"}, {"min": 5, "max": 10}),
        (
            "reps.quorum",
            {"op": "ge", "num": "3", "den": "4"},
            {"op": "ge", "num": 3, "den": 4, "base": "meeting_members"},
        ),
        (
            "group.quorum",
            {"0_op": "ge", "0_num": "3", "0_den": "4", "1_op": "ge", "1_num": "2", "1_den": "3"},
            {
                "any": [
                    {"op": "ge", "num": 3, "den": 4, "base": "group_adults"},
                    {"op": "ge", "num": 2, "den": 3, "base": "household_delegates"},
                ]
            },
        ),
        ("election.proxy_holder", {"codes": ["near_relative"]}, ["near_relative"]),
        ("volunteer.stars", {"numbers": "100，200、300"}, [100, 200, 300]),
        ("petition.roll_over_holiday", {"flag": "yes"}, True),
        ("plan.party.many_orgs.committee", {"number": "12"}, 12),
        (
            "rc.reps.women_share_min",
            {"op": "ge", "num": "1", "den": "4"},
            {"op": "ge", "num": 1, "den": 4, "base": "meeting_members"},
        ),
        (
            "election.win_min",
            {"op": "gt", "num": "1", "den": "2", "reading": "all_ballots"},
            {"op": "gt", "num": 1, "den": 2, "base": "ballots_cast"},
        ),
    ],
)
def test_every_form_of_value_can_be_typed(town: str, key: str, fields, stored) -> None:  # type: ignore[no-untyped-def]
    client = official(town)
    assert client.get(f"/zh-hans/rulebook/{key}/add").status_code == 200

    response = client.post(f"/zh-hans/rulebook/{key}/add", typed(**fields))

    assert response.status_code == 303, response.content.decode()
    assert LocalValue.objects.get().value == stored


def test_who_may_set_nothing_is_told_before_the_form(client) -> None:  # type: ignore[no-untyped-def]
    assert client.get("/en/rulebook/village.notice/add").status_code == 403
    sent = client.post("/en/rulebook/village.notice/add", typed())
    assert (sent.status_code, sent["Location"]) == (302, "/en/access/sign-in/")
    assert not LocalValue.objects.exists()
    assert "Add a value" not in client.get("/en/rulebook/village.notice/").content.decode()


def test_an_official_of_another_town_is_refused(town: str) -> None:
    make_village("441900006001")
    stranger = official("441900/441900006/")
    row = make_local_value(place=town)

    added = stranger.post("/en/rulebook/ceo.notice/add", typed())
    withdrawn = stranger.post(f"/en/rulebook/values/{row.pk}/withdraw", typed(reason="x"))

    assert (added.status_code, withdrawn.status_code) == (403, 403)
    assert LocalValue.objects.filter(withdrawn_from=None).count() == 1


def test_an_official_withdraws_a_value(town: str) -> None:
    row, client = make_local_value(place=town), official(town)
    address = f"/en/rulebook/values/{row.pk}/withdraw"
    assert client.get(address).status_code == 200

    missing = client.post(address, typed(from_day="2026-05-01", reason=""))
    response = client.post(
        address, typed(key="4b0ad4a2-7f0e-4b1c-9df3-1d9ab3d3c002",
                       from_day="2026-05-01", reason="废止")
    )  # fmt: skip

    assert (missing.status_code, response.status_code) == (422, 303)
    row.refresh_from_db()
    assert row.withdrawn_from == date(2026, 5, 1)
    assert queries.lookup("village.notice", town, date(2026, 5, 1)).number == 10


def notice(text: str) -> dict[str, object]:
    key = "4b0ad4a2-7f0e-4b1c-9df3-1d9ab3d3c003"
    return {"key": key, "file": SimpleUploadedFile("2027.csv", text.encode("gb18030"))}


NOTICE = "date,is_work,name,source\n" + "".join(
    f"2027-{day},0,春节,国务院办公厅通知\n"
    for day in ("01-01", "02-05", "02-08", "02-09", "02-10", "02-11", "02-12", "10-01")
)


def test_a_city_office_loads_a_notice_without_a_deployment() -> None:
    client = client_of(make_actor("city office", permits.LOAD_CALENDAR, at="441900/"))
    assert client.get("/en/rulebook/calendar/load").status_code == 200

    faulty = client.post("/en/rulebook/calendar/load", notice(NOTICE + "2027-13-01,0,x,甲\n"))
    loaded = client.post("/en/rulebook/calendar/load", notice(NOTICE))

    assert faulty.status_code == 422
    assert "line 10: “2027-13-01” is not a date" in faulty.content.decode()
    assert (loaded.status_code, loaded["Location"]) == (303, "/en/rulebook/calendar/2027/")
    assert not queries.calendar().is_work(date(2027, 2, 5))


def test_a_town_or_a_reader_loads_no_calendar(client) -> None:  # type: ignore[no-untyped-def]
    town_office = client_of(make_actor("t", permits.LOAD_CALENDAR, at="441900/441900005/"))

    assert client.post("/en/rulebook/calendar/load", notice(NOTICE)).status_code == 403
    assert town_office.post("/en/rulebook/calendar/load", notice(NOTICE)).status_code == 403
    assert not queries.get_year(2027).is_published


def test_an_age_is_read_as_one() -> None:
    page = (
        client_of(make_actor("anybody")).get("/zh-hans/rulebook/election.age_min/").content.decode()
    )

    assert "<b>18周岁</b>" in page
    assert ">18年<" not in page
