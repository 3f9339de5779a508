"""T08-1, T10-1 and the figures of GR-04: what they count, what they rest on, and that unknown is not zero."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from linli.cases import permits as cases
from linli.cases.models import Case
from linli.cases.services import verifying
from linli.cases.services.sweeping import sweep
from linli.cases.testing import move
from linli.cases.types.moves import At
from linli.grid import indicators, permits
from linli.grid.queries.figures import Part, page_of_part
from linli.grid.queries.figures_export import lines_of
from linli.grid.rules.recounting import recount_grid
from linli.grid.services import duties, events, heads
from linli.grid.testing import CELL, NOON, SYSTEM, TODAY, make_cell, make_duty, make_worker
from linli.grid.types import CellKey, Choice, Matter, Sight, Standing
from linli.grid.types.figures import FIGURES, Span
from linli.kernel.errors import Invalid
from linli.kernel.paths import code_of
from linli.kernel.permits import NOBODY
from linli.kernel.registries import INDICATORS, Measured
from linli.kernel.testing import VILLAGE, client_of, make_actor
from linli.places.models import Place
from linli.places.queries import chain_of
from linli.places.testing import make_village

pytestmark = pytest.mark.django_db
LAMP = Sight(Matter.FACILITY, "The lamp at building 3 is dark.")
CHIEF = make_actor("chief", permits.CHECK, permits.WORK, permits.SEE, cases.SEE, cases.HANDLE)
STOPS = make_actor("stops", cases.SEE, cases.SUPERVISE, account_id=9)
UP_TO = TODAY + timedelta(days=20)


def walked(*steps: str, slow: bool = False) -> str:
    """Report something at noon and go these steps, two hours apart, the last after ten days if slow."""
    place = make_village()
    worker, _post = make_worker(place, permits.CHECK)
    made = events.report_event(place, CELL, LAMP, actor=worker, now=NOON)
    now = NOON
    for number, step in enumerate(steps, 1):
        is_last = number == len(steps)
        now += timedelta(days=10) if slow and is_last else timedelta(hours=2)
        who = CHIEF if step in ("rework", "pass_check") else SYSTEM
        events.make_move(At(made.case_id), step, note="Seen.", actor=who, now=now)
    return made.number


def said_of(key: str, on: date) -> Measured:
    """What a figure says of the village over the 90 days up to a day."""
    one = INDICATORS.get(key)
    assert one is not None
    return one.measure(VILLAGE, on)


def texts(said: Measured) -> tuple[list[str], list[str]]:
    return [one.text for one in said.evidence], [one.text for one in said.missing]


@pytest.mark.parametrize("key", [one.key for one in FIGURES])
def test_where_nothing_was_seen_the_figure_is_unknown_and_not_zero(key: str) -> None:
    make_village()

    said = said_of(key, TODAY)

    assert (said.numerator, said.denominator, said.as_of) == (None, None, TODAY)


def test_shares_of_events_name_the_cases_that_they_rest_on() -> None:
    """GR-04: in time ÷ due, closed ÷ filed, sent back ÷ disposed of."""
    make_cell(make_village())
    good = walked("verify", "file", "start", "dispose", "pass_check")
    late = walked("verify", "file", "start", "dispose", slow=True)
    back = walked("verify", "file", "start", "dispose", "rework")
    spot = walked("settle", "pass_check")

    due = said_of("grid.on_time", UP_TO)
    closed = said_of("grid.closing", UP_TO)
    again = said_of("grid.rework", UP_TO)
    hours = said_of("grid.hours", UP_TO)

    assert (due.numerator, due.denominator) == (1, 3)
    assert texts(due) == ([good], [late, back])
    assert (closed.numerator, closed.denominator) == (1, 3)
    assert (again.numerator, again.denominator) == (1, 4)
    assert texts(again) == ([back], [good, late, spot])
    # four hours, ten days and two hours, four hours
    assert (hours.numerator, hours.denominator) == (round((4 + 242 + 4) / 3), None)


def test_what_was_late_before_it_was_suspended_stays_counted() -> None:
    """GR-04: stopping its time takes no late event out of those that were due."""
    make_cell(make_village())
    late = walked("verify", "file", "start")
    sweep(actor=SYSTEM, now=NOON + timedelta(days=9))
    case_id = Case.objects.get(number=late).pk
    move(case_id, "suspend", STOPS, now=NOON + timedelta(days=9), internal={"reason": "Rain."})

    due = said_of("grid.on_time", UP_TO)

    assert (due.numerator, due.denominator) == (0, 1)
    assert recount_grid(lines_of(chain_of(code_of(VILLAGE))[-1], Span(TODAY, UP_TO))).problems == []


def test_what_happened_later_does_not_change_the_figure_of_an_earlier_day() -> None:
    make_cell(make_village())
    walked("verify", "file", "start", "dispose", slow=True)

    before = said_of("grid.closing", TODAY)
    due = said_of("grid.on_time", TODAY + timedelta(days=5))

    assert (before.numerator, before.denominator) == (0, 1)
    assert (due.numerator, due.denominator) == (0, 1)
    assert said_of("grid.on_time", TODAY - timedelta(days=1)).numerator is None


def test_an_area_is_unknown_when_only_invented_places_are_on_record() -> None:
    """T08-1, T10-1: the demo town lies in the city and counts in none of its sums."""
    make_village()
    place = make_village("441900990201")
    Place.objects.filter(code__startswith="441900990").update(is_invented=True)
    make_cell(place)

    for measure in (indicators.villages_in_cells, indicators.villages_with_heads):
        assert measure("441900/", TODAY).numerator is None
    assert indicators.villages_in_cells(place.path, TODAY).numerator == 0


def test_a_village_counts_when_every_cell_has_somebody_on_the_day() -> None:
    """T08-1."""
    place = make_village()
    assert indicators.villages_in_cells(VILLAGE, TODAY).numerator is None
    make_cell(place)
    make_cell(place, code="G2")
    _worker, post = make_worker(place)
    duty = make_duty(place, post)
    assert indicators.villages_in_cells(VILLAGE, TODAY).numerator == 0

    make_duty(place, post, CellKey("social", "G2"))
    there = indicators.villages_in_cells(VILLAGE, TODAY)
    duties.end_duty(duty, on=TODAY, actor=SYSTEM, now=NOON)

    assert (there.numerator, there.denominator) == (1, 1)
    assert there.evidence[0].path == VILLAGE
    gone = indicators.villages_in_cells(VILLAGE, TODAY)
    assert (gone.numerator, [one.path for one in gone.missing]) == (0, [VILLAGE])
    assert indicators.villages_in_cells(VILLAGE, TODAY - timedelta(days=1)).numerator == 1


def test_a_village_has_heads_from_the_choice_to_the_end_of_the_term() -> None:
    """T10-1."""
    place = make_village()
    assert indicators.villages_with_heads(VILLAGE, TODAY).numerator is None
    standing = Standing("lane", "Fig lane", "Auntie Li", "+8613800138001")
    head = heads.stand(place, standing, actor=SYSTEM, now=NOON)
    assert indicators.villages_with_heads(VILLAGE, TODAY).numerator is None

    chosen = Choice(True, TODAY, 9, 1, "Sheet", until=date(2029, 8, 10))
    heads.record_choice(head, chosen, actor=SYSTEM, now=NOON)

    said = indicators.villages_with_heads(VILLAGE, TODAY)
    assert (said.numerator, said.denominator) == (1, 1)
    assert indicators.villages_with_heads(VILLAGE, date(2029, 8, 10)).numerator is None


def test_the_page_and_the_api_show_unknown_as_unknown_and_only_to_staff_of_the_place() -> None:
    place = make_village()
    client = client_of(CHIEF)

    shown = client.get(f"/en/grid/{place.code}/figures/")
    told = client.get(f"/api/v1/grid/places/{place.code}/figures/")

    assert "unknown" in shown.content.decode() and "0%" not in shown.content.decode()
    assert {one["numerator"] for one in told.json()["items"]} == {None}
    nobody = client_of(NOBODY).get(f"/api/v1/grid/places/{place.code}/figures/")
    assert nobody.status_code in (401, 403, 404)


def test_a_figure_opens_its_events_on_the_page_as_a_file_on_paper_and_over_the_api() -> None:
    """GR-04: also of the town above, and of the days that are asked for."""
    place = make_village()
    make_cell(place)
    good = walked("verify", "file", "start", "dispose", "pass_check")
    back = walked("verify", "file", "start", "dispose", "rework")
    client, days = client_of(SYSTEM), f"first={TODAY}&last={UP_TO}"
    town = place.path.split("/")[-3]

    page = client.get(f"/en/grid/{town}/figures/?{days}").content.decode()
    part = f"of=grid.rework&part=no&{days}"
    shown = client.get(f"/en/grid/{town}/figures/?{part}").content.decode()
    file = client.get(f"/en/grid/{town}/figures/?{part}&format=csv").content.decode()
    paper = client.get(f"/en/grid/{town}/figures/?{days}&format=print").content.decode()
    told = client.get(f"/api/v1/grid/places/{town}/figures/grid.rework/?{days}&limit=1").json()

    assert f"/en/grid/{place.code}/figures/" in page and "1 ÷ 2" in page
    assert good in shown and back not in shown
    assert good in file and back not in file
    assert "Events done once more" in paper and "50" in paper
    assert (told["count"], [one["number"] for one in told["items"]]) == (1, [back])
    assert client.get(f"/api/v1/grid/places/{town}/figures/grid.none/").status_code == 404


def test_pages_of_a_figure_go_on_after_the_last_event_and_a_damaged_address_is_refused() -> None:
    make_cell(make_village())
    numbers = [walked("settle", "pass_check") for _n in range(3)]
    part = Part(VILLAGE, Span(TODAY, UP_TO), FIGURES[2], is_good=False)

    first = page_of_part(part, cursor=None, limit=2)
    second = page_of_part(part, cursor=first.next, limit=2)

    assert [one.number for one in (*first.items, *second.items)] == sorted(numbers)
    assert (first.count, second.next) == (3, None)
    with pytest.raises(Invalid):
        page_of_part(part, cursor="x", limit=2)


def file_of(code: str) -> list[str]:
    page = client_of(SYSTEM).get(
        f"/en/grid/{code}/figures/?first={TODAY}&last={UP_TO}&format=events"
    )
    return b"".join(page.streaming_content).decode().splitlines()


def test_the_figures_are_counted_again_from_their_file_and_a_lie_in_it_is_found() -> None:
    """GR-04: in time, closing, sent back and mean time, of the town and of each village."""
    place = make_village()
    make_cell(place)
    walked("verify", "file", "start", "dispose", "pass_check")
    walked("verify", "file", "start", "dispose", slow=True)
    walked("verify", "file", "start", "dispose", "rework")
    walked("settle", "pass_check")
    walked("verify", "file")
    town = place.path.split("/")[-3]

    for code in (place.code, town):
        found = recount_grid(file_of(code))
        assert (found.problems, found.cases) == ([], 5)
    lines = file_of(town)
    assert recount_grid(lines).published == 2 * len(FIGURES)
    assert list(verifying.differing(recount_grid(lines).events, actor=SYSTEM)) == []
    for old, new in (
        ('"figure":"grid.hours","good":83', '"figure":"grid.hours","good":3'),
        ('"figure":"grid.rework","good":1', '"figure":"grid.rework","good":0'),
        ('"move":"rework"', '"move":"start"'),
        ('"paused":false', '"paused":true'),
    ):
        assert any(old in line for line in lines), old
        assert recount_grid([line.replace(old, new) for line in lines]).problems != [], old


def test_what_is_not_to_be_named_to_a_reader_stands_in_no_line_and_no_number_of_her_file() -> None:
    place = make_village()
    make_cell(place)
    kept, hers = walked("verify", "file"), walked("verify", "file", "start", "dispose")
    unseen = (Case.objects.get(number=hers).pk,)

    lines = list(lines_of(chain_of(place.code)[-1], Span(TODAY, UP_TO), unseen))

    assert (recount_grid(lines).problems, recount_grid(lines).cases) == ([], 1)
    assert kept in "".join(lines) and hers not in "".join(lines)


def test_a_file_of_figures_that_is_none_is_told() -> None:
    assert recount_grid([]).problems and recount_grid(["{}"]).problems
    header = '{"format":"linli-grid-1","place":"1","since":"","until":""}'
    assert recount_grid([header, "[]", '{"case":1}']).problems != []
