"""Cells, teams, storms and homes that are moved: narrowed on the page as in the file, page by page, on paper."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from django.test import Client
from django.utils.timezone import localdate

from linli.grid import permits
from linli.grid.models import Storm, StormHome, Team
from linli.grid.testing import make_cell, make_duty, make_worker
from linli.kernel.permits import Actor
from linli.kernel.testing import client_of, make_actor
from linli.places.models import Place
from linli.places.testing import make_village

pytestmark = pytest.mark.django_db
KEEPER = make_actor("keeper", permits.SEE, permits.KEEP, permits.STORM, permits.DECLARE)
CODE = "441900005001"
LONG_AGO = "2020-01-01"


@pytest.fixture
def village() -> Place:
    """A village with two cells, of which one is looked after, two teams, two storms and two homes."""
    place = make_village(CODE)
    make_cell(place), make_cell(place, "G2")
    _worker, post = make_worker(place)
    make_duty(place, post)
    for name, kind in (("Night watch", "patrol"), ("Fire station", "fire")):
        Team.objects.create(
            path=place.path, kind=kind, name=name, days="every", shifts=["whole"], people=None
        )
    storms = [
        Storm.objects.create(path=place.path, kind=kind, title=title, began_on=localdate())
        for kind, title in (("typhoon", "Typhoon 12"), ("flood", "High water"))
    ]
    for name, need in (("陈**", "carry"), ("李**", "car")):
        StormHome.objects.create(
            storm=storms[0], path=place.path, masked_name=name, people=2, need=need, helper=post
        )
    return place


def storm_page() -> str:
    return f"storms/{Storm.objects.get(kind='typhoon').pk}/"


def lines(client: Client, where: str) -> list[list[str]]:
    """The file of a list, without its heads and the mark of demo data."""
    mark = "&" if "?" in where else "?"
    answer = client.get(f"/en/grid/{CODE}/{where}{mark}format=csv")
    assert answer.status_code == 200
    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))[1:]
    return [row for row in rows if len(row) > 1]


@pytest.mark.parametrize(
    ("where", "column", "titles"),
    [
        ("teams/", 0, {"Night watch", "Fire station"}),
        ("teams/?q=night", 0, {"Night watch"}),
        ("teams/?kind=fire", 0, {"Fire station"}),
        ("teams/?kind=nonsense", 0, {"Night watch", "Fire station"}),
        ("storms/", 0, {"Typhoon 12", "High water"}),
        ("storms/?q=water", 0, {"High water"}),
        ("storms/?kind=typhoon", 0, {"Typhoon 12"}),
        (f"storms/?until={LONG_AGO}", 0, set()),
        ("storms/?view=over", 0, set()),
        ("?q=G2", 1, {"Cell G2"}),
        ("?role=worker", 1, {"Cell G1"}),
        ("?only=open", 1, {"Cell G2"}),
        ("STORM", 0, {"陈**", "李**"}),
        ("STORM?need=car", 0, {"李**"}),
        ("STORM?state=moved", 0, set()),
        ("STORM?q=陈", 0, set()),
    ],
)
def test_a_list_is_narrowed_on_the_page_as_in_its_file(
    village: Place, where: str, column: int, titles: set[str]
) -> None:
    client, where = client_of(KEEPER), where.replace("STORM", storm_page())
    everything = {
        "Night watch",
        "Fire station",
        "Typhoon 12",
        "High water",
        "Cell G1",
        "Cell G2",
        "陈**",
        "李**",
    }

    assert {line[column] for line in lines(client, where)} == titles
    html = client.get(f"/en/grid/{CODE}/{where}").content.decode()
    assert {title for title in everything if f">{title}<" in html} - {"Typhoon 12"} == titles - {
        "Typhoon 12"
    }  # the storm's own page has its name as heading
    paper = client.get(f"/en/grid/{CODE}/{where}{'&' if '?' in where else '?'}format=print")
    assert paper.status_code == 200


def test_long_lists_have_pages(village: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    for view in ("teams", "storms", "village"):
        monkeypatch.setattr(f"linli.grid.views.{view}.PAGE", 1)
    client = client_of(KEEPER)

    for where, first, second in (
        ("teams/", "Fire station", "Night watch"), ("", "Cell G1", "Cell G2"),
        (storm_page(), "陈**", "李**"),
    ):  # fmt: skip
        page = client.get(f"/en/grid/{CODE}/{where}")
        html = page.content.decode()
        assert first in html and f">{second}<" not in html
        cursor = page.context["found"].next if page.context else _cursor(html)
        after = client.get(f"/en/grid/{CODE}/{where}", {"cursor": cursor}).content.decode()
        assert second in after and f">{first}<" not in after


def _cursor(html: str) -> str:
    return html.partition("cursor=")[2].partition('"')[0].partition("&")[0]


def test_a_month_shows_the_shifts_that_nobody_fills_or_ones_own(village: Place) -> None:
    team = Team.objects.get(name="Night watch")
    client = client_of(KEEPER)
    today = localdate().isoformat()

    def days(view: str) -> set[str]:
        answer = client.get(f"/en/grid/watch/teams/{team.pk}/?format=csv{view}")
        rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))[1:]
        return {row[0] for row in rows if len(row) > 1}

    assert today in days("&view=open") and days("&view=mine") == set()
    assert days("") == days("&view=nonsense")


def test_the_api_narrows_alike_and_nobody_else_sees_them(village: Place) -> None:
    client = client_of(KEEPER)

    def names(address: str, key: str, who: Client = client) -> list[str]:
        answer = who.get(f"/api/v1/grid/{address}")
        return [one[key] for one in answer.json().get("items", [])]

    assert names("teams/?kind=fire", "name") == ["Fire station"]
    assert names("teams/?q=NIGHT", "name") == ["Night watch"]
    assert names("storms/?kind=flood", "title") == ["High water"]
    assert names(f"storms/?until={LONG_AGO}", "title") == []
    assert client.get("/api/v1/grid/teams/?kind=nonsense").status_code == 422
    stranger: Actor = make_actor("stranger", permits.SEE, permits.STORM, at="441900/441900006/")
    for where in ("teams/?format=csv", "storms/?format=csv", "?format=csv"):
        assert client_of(stranger).get(f"/en/grid/{CODE}/{where}").status_code == 404
    assert names("teams/", "name", client_of(stranger)) == []


def test_a_helper_has_the_file_of_her_own_homes_alone(village: Place) -> None:
    helper = StormHome.objects.filter(need="carry").get().helper_id
    other = make_worker(village)[1]
    StormHome.objects.filter(need="car").update(helper=other)
    worker = make_actor("helper", permits.WORK)
    mine = Actor(
        1, None, "helper", worker.grants, posts=frozenset({helper})
    )  # fmt: skip

    assert [line[0] for line in lines(client_of(mine), storm_page())] == ["陈**"]
