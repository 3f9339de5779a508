"""三防 above the village: a town declares for its villages, sees sums and no homes; shelters close."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linli.grid import permits
from linli.grid.errors import Over, ShelterTaken
from linli.grid.models import Shelter, Storm
from linli.grid.queries import storm_sheets
from linli.grid.queries import storms as queries
from linli.grid.services import homes, storms
from linli.grid.testing import NOON, make_worker
from linli.grid.tests.storm_samples import HALL, OFFICE
from linli.grid.types.storms import HomeFacts
from linli.kernel.errors import NotAllowed, NotFound
from linli.kernel.testing import OTHER_TOWN, TOWN, client_of, make_actor, post_json
from linli.orgs.testing import make_holding
from linli.places.models import Place
from linli.places.testing import make_town, make_village

pytestmark = pytest.mark.django_db
LEAD = make_actor("lead", permits.SEE, permits.DECLARE, at=TOWN)


def key() -> dict[str, str]:
    return {"key": str(uuid4())}


def town() -> Place:
    return make_town(villages=3)


def of_town(title: str = "Number 12") -> Storm:
    return storms.begin_storm(town(), "typhoon", title, actor=LEAD, now=NOON)


def home(at: Storm, people: int, *, shelter: int | None = None) -> None:
    _worker, post = make_worker(make_village())
    make_holding(post)
    facts = HomeFacts("Chen Ah Po", "", "Fig lane 8", people, "none", post.pk, shelter)
    homes.name_home(at, make_village(), facts, actor=OFFICE, now=NOON)


def numbers(at: Storm, code: str, houses: int) -> None:
    typed = {"houses": houses, "roads": 1, "rescuers": 9, "boats": 0}
    village = make_village(code)
    keeper = make_actor("keeper", permits.STORM, at=village.path)
    storms.type_sheet(at, village, typed, actor=keeper, now=NOON)


def test_a_town_declares_for_its_villages_and_sees_their_sum_and_no_home() -> None:
    at = of_town()
    home(at, 4)
    numbers(at, "441900005001", 2)
    numbers(at, "441900005002", 3)

    whole, rows = storm_sheets.sheets_of(at, town())

    assert (whole.people, whole.houses, whole.roads, whole.missing) == (4, 5, 2, 1)
    assert [(place.code, one.people, one.houses, one.missing) for place, one in rows] == [
        ("441900005001", 4, 2, 0), ("441900005002", 0, 3, 0), ("441900005003", None, None, 1),
    ]  # fmt: skip
    assert list(queries.visible_homes(LEAD)) == []


def test_the_sum_of_a_town_takes_six_queries_however_many_villages_gave_numbers() -> None:
    at, above = of_town(), town()
    numbers(at, "441900005001", 2)
    client, url = client_of(LEAD), f"/en/grid/storms/{at.pk}/sums/441900005/"

    with CaptureQueriesContext(connection) as one:
        first, _rows = storm_sheets.sheets_of(at, above)
    numbers(at, "441900005002", 3)
    numbers(at, "441900005003", 4)
    with CaptureQueriesContext(connection) as all_three:
        whole, rows = storm_sheets.sheets_of(at, above)
    shown = client.get(url).content.decode()

    assert len(one) == len(all_three) <= 6
    assert (first.houses, first.missing) == (2, 2)
    assert (whole.houses, whole.roads, whole.rescuers, whole.missing) == (9, 3, 27, 0)
    assert [sheet.houses for _place, sheet in rows] == [2, 3, 4]
    sums = re.findall(
        r'<td role="cell" class="ll-r ll-f-all gr-sum"><span[^>]*>[^<]*</span>([^<]*)</td>', shown
    )
    # people, moved, back, room; houses, roads, rescuers, boats; without numbers: the town's row first
    assert sums[:9] == ["0", "0", "0", "0", "9", "3", "27", "0", "0"]
    assert sums[13::9] == ["2", "3", "4"]


def test_above_a_village_s_own_storm_only_that_village_counts() -> None:
    town()
    at = storms.begin_storm(make_village(), "flood", "River", actor=OFFICE, now=NOON)

    whole, rows = storm_sheets.sheets_of(at, town())

    assert whole.missing == 1
    assert [place.code for place, _sheet in rows] == ["441900005001"]
    with pytest.raises(NotFound):
        storm_sheets.sheet_of(at, make_village("441900005002"))


def test_a_village_neither_ends_what_the_town_declared_nor_declares_for_it() -> None:
    at = of_town()

    with pytest.raises(NotAllowed):
        storms.end_storm(at, actor=OFFICE, now=NOON)
    with pytest.raises(NotAllowed):
        storms.begin_storm(town(), "flood", "River", actor=OFFICE, now=NOON)

    assert Storm.objects.get().ended_on is None
    page = client_of(OFFICE).get(f"/en/grid/441900005001/storms/{at.pk}/").content.decode()
    assert "End it today?" not in page


def test_another_town_neither_finds_the_storm_nor_its_sums() -> None:
    at = of_town()
    make_town(OTHER_TOWN.strip("/").rpartition("/")[2], villages=1)
    away = client_of(make_actor("away", permits.SEE, permits.DECLARE, at=OTHER_TOWN))

    assert away.get(f"/en/grid/storms/{at.pk}/sums/441900006/").status_code == 404
    assert away.get("/en/grid/441900005/storms/").status_code == 404
    assert away.post(f"/en/grid/441900006/storms/{at.pk}/end", key()).status_code == 404
    assert Storm.objects.get().ended_on is None


def test_the_town_s_pages_lead_from_the_list_to_the_sums_and_end_it() -> None:
    at, client = of_town(), client_of(LEAD)

    listed = client.get("/en/grid/441900005/storms/").content.decode()
    sums = client.get(f"/en/grid/storms/{at.pk}/sums/441900005/").content.decode()
    client.post(f"/en/grid/441900005/storms/{at.pk}/end", key())
    under_way = client.get("/en/grid/441900005/storms/").content.decode()
    over = client.get("/en/grid/441900005/storms/?view=over").content.decode()

    assert f"/en/grid/storms/{at.pk}/sums/441900005/" in listed and "Enter a shelter" not in listed
    assert f"/en/grid/441900005001/storms/{at.pk}/" in sums and "End it today?" in sums
    assert "Number 12" not in under_way and "Number 12" in over


def test_the_town_declares_on_a_page_of_its_own() -> None:
    town()

    answer = client_of(LEAD).post(
        "/en/grid/441900005/storms/new/", {"kind": "flood", "title": "East River", **key()}
    )

    assert answer.status_code in (302, 303)
    assert Storm.objects.get().path == TOWN


def test_a_shelter_is_closed_once_and_not_while_people_are_named_for_it() -> None:
    village = make_village()
    at = storms.begin_storm(village, "flood", "River", actor=OFFICE, now=NOON)
    hall = storms.add_shelter(village, HALL, actor=OFFICE, now=NOON)
    home(at, 2, shelter=hall.pk)
    client = client_of(OFFICE)

    with pytest.raises(ShelterTaken):
        storms.close_shelter(hall, actor=OFFICE, now=NOON)
    with pytest.raises(NotAllowed):
        storms.close_shelter(hall, actor=LEAD, now=NOON)
    client.post(f"/en/grid/{village.code}/storms/shelters/{hall.pk}/end", key())
    assert Shelter.objects.get().ended_on is None

    storms.end_storm(at, anyway=True, actor=OFFICE, now=NOON)
    client.post(f"/en/grid/{village.code}/storms/shelters/{hall.pk}/end", key())
    assert Shelter.objects.get().ended_on is not None
    with pytest.raises(Over):
        storms.close_shelter(hall, actor=OFFICE, now=NOON)
    assert list(queries.shelters_of(village.path)) == []


def test_the_sum_is_taken_along_as_a_file_and_on_paper_by_who_sees_it_and_nobody_else() -> None:
    at = of_town()
    numbers(at, "441900005001", 2)
    url, client = f"/en/grid/storms/{at.pk}/sums/441900005/", client_of(LEAD)

    csv = client.get(url, {"format": "csv"}).content.decode("utf-8-sig")
    xlsx = client.get(url, {"format": "xlsx"})
    paper = client.get(url, {"format": "print"}).content.decode()
    rows = [line.split(",") for line in csv.splitlines() if ",4419" in line]

    assert [row[1:] for row in rows] == [
        ["441900005", "0", "0", "0", "0", "2", "1", "9", "0", "2"],
        ["441900005001", "0", "0", "0", "0", "2", "1", "9", "0", "0"],
        ["441900005002", "", "", "", "0", "", "", "", "", "1"],
        ["441900005003", "", "", "", "0", "", "", "", "", "1"],
    ]
    assert xlsx.content[:2] == b"PK" and paper.count("<td>—</td>") == 14
    away = client_of(make_actor("away", permits.SEE, at=OTHER_TOWN))
    for form in ("csv", "xlsx", "print"):
        assert away.get(url, {"format": form}).status_code in (403, 404)


def test_the_api_lists_storms_sums_and_takes_the_numbers_of_the_own_village() -> None:
    at, code = of_town(), make_village().code
    client, url = client_of(OFFICE), f"/api/v1/grid/storms/{at.pk}/sheets/{code}/"
    typed = {"houses": 2, "roads": 1, "rescuers": 9, "boats": 0}

    def put(who: Client, body: dict[str, int]) -> int:
        return int(post_json(who, f"{url}type", body).status_code)

    listed = client.get(f"/api/v1/grid/storms/?place={code}&is_over=false").json()
    empty = client.get(url).json()
    assert put(client_of(LEAD), typed) == 403 and put(client, {**typed, "houses": -1}) == 422
    assert put(client, typed) == 200 and put(client, {**typed, "edition": 7}) == 409
    whole = client_of(LEAD).get(f"/api/v1/grid/storms/{at.pk}/sums/441900005/").json()

    assert [(one["id"], one["place"], one["ended_on"]) for one in listed["items"]] == [
        (at.pk, "441900005", None)
    ]
    assert (empty["houses"], empty["edition"]) == (None, 0)
    assert client.get(url).json()["edition"] == 1
    assert (whole["whole"]["houses"], whole["whole"]["missing"]) == (2, 2)
    assert [one["houses"] for one in whole["items"]] == [2, None, None]


def test_the_api_shows_nobody_else_s_storms_and_no_sums_to_who_only_works_there() -> None:
    at = of_town()
    make_town(OTHER_TOWN.strip("/").rpartition("/")[2], villages=1)
    other = client_of(make_actor("other", permits.SEE, at=OTHER_TOWN))
    worker, sums = client_of(make_worker(make_village())[0]), f"/api/v1/grid/storms/{at.pk}/sums"

    assert other.get("/api/v1/grid/storms/").json()["items"] == []
    assert other.get(f"{sums}/441900005/").status_code == 404
    assert worker.get(f"{sums}/441900005/").status_code == 403
    assert client_of(make_actor("nobody")).get("/api/v1/grid/storms/").status_code == 403
