"""Lists of the rounds: narrowed by words, matter and days, whole as files, nothing of other villages."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from io import StringIO

import pytest
from django.test import Client
from django.utils import timezone

from linli.cases import permits as cases
from linli.cases.models import Case
from linli.cases.testing import make_case
from linli.cases.types.moves import At
from linli.grid import permits
from linli.grid.forms.lists import CheckFilter, EventFilter, KeptFilter
from linli.grid.models import HazardCheck, Headship, Stop
from linli.grid.queries.narrowing import Wanted
from linli.grid.services import events
from linli.grid.testing import CELL, make_cell, make_duty, make_worker
from linli.grid.types import Matter, Sight
from linli.kernel.permits import Actor
from linli.kernel.testing import client_of, make_actor
from linli.places.models import Layer
from linli.places.testing import make_village

pytestmark = pytest.mark.django_db
CHIEF = make_actor("chief", permits.CHECK, permits.WORK, cases.SEE, cases.SUPERVISE, cases.HANDLE)


@pytest.fixture
def worker() -> Actor:
    """A worker with two events, two places and two checks."""
    place, now = make_village(), timezone.now()
    make_cell(place)
    made, post = make_worker(place, is_held=True)
    make_duty(place, post)
    for matter, text in (
        (Matter.FACILITY, "Lamp is dark"),
        (Matter.RUBBISH, "Rubbish at the gate"),
    ):
        events.report_event(place, CELL, Sight(matter, text), actor=made, now=now)
    layer = Layer.objects.get(key=CELL.layer)
    for n, title in enumerate(("Old tower", "Shop 7")):
        Stop.objects.create(
            path=place.path, layer=layer, cell_code=CELL.code, title=title, every_days=7,
            since=date(2026, 1, 1), due_on=now.date() - timedelta(days=n),
        )  # fmt: skip
    for hazard, title in (("fire", "Shop 7"), ("health", "Market")):
        HazardCheck.objects.create(
            path=place.path, layer=layer, cell_code=CELL.code, title=title, hazard=hazard,
            on=now.date(), answers={}, bad=0,
        )  # fmt: skip
    return made


def lines(client: Client, where: str) -> list[list[str]]:
    """The file of a list, without its heads and the mark of demo data."""
    answer = client.get(f"/en/grid/{where}{'&' if '?' in where else '?'}format=csv")
    assert answer.status_code == 200
    return list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))[1:]


@pytest.mark.parametrize(
    ("where", "first_column", "titles"),
    [
        ("events/", 1, {"Lamp is dark", "Rubbish at the gate"}),
        ("events/?q=lamp", 1, {"Lamp is dark"}),
        (f"events/?q={CELL.code}", 1, {"Lamp is dark", "Rubbish at the gate"}),
        ("events/?matter=rubbish", 1, {"Rubbish at the gate"}),
        ("events/?until=2020-01-01", 1, set()),
        ("events/?since=2020-01-01&view=all", 1, {"Lamp is dark", "Rubbish at the gate"}),
        ("events/?view=mine", 1, {"Lamp is dark", "Rubbish at the gate"}),
        ("events/?view=check", 1, set()),
        ("events/?since=nonsense", 1, {"Lamp is dark", "Rubbish at the gate"}),
        ("stops/", 0, {"Old tower", "Shop 7"}),
        ("stops/?q=tower", 0, {"Old tower"}),
        ("checks/?hazard=fire", 1, {"Shop 7"}),
        ("checks/?q=market", 1, {"Market"}),
        ("checks/?until=2020-01-01", 1, set()),
    ],
)
def test_a_list_is_narrowed_on_the_page_as_in_its_file(
    worker: Actor, where: str, first_column: int, titles: set[str]
) -> None:
    client = client_of(worker)

    assert {line[first_column] for line in lines(client, where) if len(line) > 1} == titles
    html = client.get(f"/en/grid/{where}").content.decode()
    everything = {"Lamp is dark", "Rubbish at the gate", "Old tower", "Market"}
    assert {title for title in everything if f">{title}<" in html} == titles & everything


def test_who_looks_at_what_was_disposed_of_finds_it_in_a_list_of_its_own(worker: Actor) -> None:
    case = Case.objects.get(title="Lamp is dark")
    now = timezone.now()
    for n, move in enumerate(("take", "verify", "file", "start", "dispose"), start=1):
        events.make_move(
            At(case.pk), move, note="done", actor=worker, now=now + timedelta(minutes=n)
        )

    client = client_of(CHIEF)
    assert [line[1] for line in lines(client, "events/?view=check")] == ["Lamp is dark"]
    assert "view=check" in client.get("/en/grid/events/").content.decode()
    assert "view=check" not in client_of(worker).get("/en/grid/events/").content.decode()


def test_what_does_not_fit_on_the_page_of_the_day_is_led_to(
    worker: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("linli.grid.views.today.SHOWN", 1)

    html = client_of(worker).get("/en/grid/today/").content.decode()

    assert html.count("There are more; the whole list shows them.") == 2
    assert "/en/grid/events/?view=mine" in html and "/en/grid/stops/?view=due" in html


def test_what_the_post_handles_besides_events_is_on_the_page_of_the_day(
    worker: Actor,
) -> None:
    mine, _elses, over = (
        make_case(said=words).held.id for words in ("Lamp at No. 7", "Of another", "Long settled")
    )
    Case.objects.filter(pk__in=[mine, over]).update(lead_post_id=min(worker.posts))
    Case.objects.filter(pk=over).update(is_open=False, closed_at=timezone.now())
    number = Case.objects.get(pk=mine).number

    html = client_of(worker).get("/en/grid/today/").content.decode()

    assert f'href="/en/desk/cases/{number}/"' in html
    assert "Lamp at No. 7" in html and "Other matters with your post" in html
    assert "Of another" not in html and "Long settled" not in html


def test_filters_that_cannot_be_read_filter_nothing() -> None:
    assert EventFilter({"matter": "x", "since": "?"}).wanted == Wanted()
    assert CheckFilter({"hazard": "fire", "q": " a "}).wanted == Wanted("a", "fire")
    assert CheckFilter(None).wanted == Wanted()


def test_a_list_lies_on_paper_with_what_it_was_narrowed_by(worker: Actor) -> None:
    html = client_of(worker).get("/en/grid/checks/?hazard=fire&format=print").content.decode()

    assert "Checklist: Fire safety" in html
    assert "Shop 7" in html and "Market" not in html


def test_heads_are_narrowed_paged_and_handed_out_and_everybody_finds_hers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    place = make_village()
    Headship.objects.bulk_create(
        Headship(
            path=place.path, kind="building", ground=f"Building {n}", public_name=f"Head {n}",
            stood_on=date(2026, 1, 1), state="serving" if n else "stands", since=date(2026, 1, 2),
        )
        for n in range(3)
    )  # fmt: skip
    office = client_of(make_actor("office", permits.HEADS))
    monkeypatch.setattr("linli.grid.views.head_lists.PAGE", 1)

    kept = lines(office, f"{place.code}/heads/?state=stands")
    public = f"/en/places/{place.code}/heads/"
    first, found = (
        Client().get(f"{public}{query}").content.decode() for query in ("", "?q=Building+2")
    )

    assert [line[0] for line in kept if len(line) > 1] == ["Building 0"]
    assert "Building 1" in first and "Building 2" not in first and 'rel="next"' in first
    assert "Building 2" in found and "Building 1:" not in found


def test_kept_entries_are_narrowed_by_act_and_day() -> None:
    wanted = KeptFilter({"act": "visit", "since": "2026-11-01", "q": " WG-1 "}).wanted

    assert (wanted.words, wanted.kind, wanted.since) == ("WG-1", "visit", date(2026, 11, 1))
