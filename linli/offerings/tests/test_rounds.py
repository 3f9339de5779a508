"""Scarce dates by draw: promised before, one entry a number, drawn so that anybody can make it again."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linli.cli.draws import verify_draw
from linli.kernel.draw_files import check
from linli.kernel.draws import commitment_of
from linli.kernel.errors import Invalid, NotAllowed, NotFound, WrongState
from linli.kernel.permits import NOBODY
from linli.notify.models import Delivery
from linli.offerings.errors import EnteredBefore, NotTaken, WaitsForDraw
from linli.offerings.models import Appointment, DrawEntry, DrawRound, ServiceWindow
from linli.offerings.queries import rounds as queries
from linli.offerings.services import drawing, rounds, windows
from linli.offerings.tests.visit_samples import (
    CLERK,
    KEEPER,
    NOON,
    SYSTEM,
    TODAY,
    make_visit,
    make_window,
)
from linli.offerings.types.rounds import RoundFacts
from linli.offerings.types.visits import ClosingFacts, Contact, Way, Why
from linli.runtime.testing import at_once
from linli.runtime.types import HONOURED

pytestmark = pytest.mark.django_db
FIRST, LAST = TODAY + timedelta(days=7), TODAY + timedelta(days=8)
UNTIL = NOON + timedelta(days=3)
FACTS = RoundFacts("学位核对", FIRST, LAST, UNTIL)
AFTER = UNTIL + HONOURED
DAYS = [FIRST.isoformat(), LAST.isoformat()]


def announced(facts: RoundFacts = FACTS, **more: Any) -> tuple[DrawRound, ServiceWindow]:
    """A draw for two days of a window with four times each."""
    window = make_window(spans=((510, 590),), **more)
    made = rounds.open_round(window.centre_id, window.path, facts, actor=KEEPER, now=NOON)
    return made, window


def entered(one: DrawRound, number: int, *, way: Way = Way.ONLINE, wishes: list[str] | None = None,
            now: datetime = NOON) -> DrawEntry:  # fmt: skip
    actor = NOBODY if way is Way.ONLINE else CLERK
    return rounds.enter(
        one, wishes or DAYS, Contact("", f"138{number:08d}"), way=way, actor=actor, now=now
    )


def drawn(one: DrawRound, value: str = "") -> DrawRound:
    one = drawing.close_round(one, actor=SYSTEM, now=AFTER)
    one = drawing.draw_round(one, value, actor=KEEPER, now=AFTER)
    drawing.finish_draw(one.pk, actor=SYSTEM, now=AFTER)
    one.refresh_from_db()
    return one


def test_the_seed_is_promised_before_and_published_after_and_the_file_holds() -> None:
    one, _window = announced()
    for number in range(12):
        entered(one, number)
    assert one.commitment and one.file is None

    one = drawn(one)

    assert one.file and commitment_of(one.file["seed"]) == one.commitment
    assert check(one.file).problems == () and one.file["list_hash"] == one.list_hash
    assert len(one.file["drawn"]) == 8 and len(one.file["waiting"]) == 4
    signs = {entry.sign for entry in DrawEntry.objects.all()}
    assert signs == {*one.file["drawn"], *one.file["waiting"]}
    assert not any(entry.code in json.dumps(one.file) for entry in DrawEntry.objects.all())


def test_who_was_drawn_has_a_time_on_a_wished_day_and_no_time_is_given_twice() -> None:
    one, window = announced()
    for number in range(12):
        entered(one, number)
    before = Delivery.objects.count()

    drawn(one)

    visits = Appointment.objects.filter(state="booked")
    assert visits.count() == 8 == len({(v.window_id, v.starts_at) for v in visits})
    for entry in DrawEntry.objects.filter(visit__isnull=False).select_related("visit"):
        assert entry.visit is not None
        assert entry.visit.starts_at.date().isoformat() in entry.wishes and entry.visit.phone_masked
    assert Delivery.objects.count() == before + 12


def test_before_the_draw_nobody_books_its_days_and_afterwards_what_is_left_is_open() -> None:
    one, window = announced()
    entered(one, 1)
    with pytest.raises(WaitsForDraw):
        make_visit(window, 530, on=FIRST)
    assert make_visit(window, 530, on=FIRST - timedelta(days=1))

    drawn(one)

    free = queries.times_of(one)
    assert sum(map(len, free.values())) == 7
    assert make_visit(window, 570, on=LAST, now=AFTER)


def test_times_kept_for_callers_go_to_them() -> None:
    one, _window = announced(replace(FACTS, last=FIRST, kept_phone=2))
    for number in range(30):
        entered(one, number, wishes=DAYS[:1])
    callers = {entered(one, 100 + n, way=Way.PHONE, wishes=DAYS[:1]).sign for n in range(2)}

    one = drawn(one)

    assert one.file and callers <= set(one.file["drawn"]) and len(one.file["drawn"]) == 4


def test_one_number_enters_once_and_again_after_taking_back() -> None:
    one, _window = announced()
    first = entered(one, 1)
    with pytest.raises(EnteredBefore):
        entered(one, 1)

    rounds.withdraw(first.code, actor=NOBODY, now=NOON)

    assert entered(one, 1).code != first.code
    with pytest.raises(NotTaken):
        rounds.withdraw(first.code, actor=NOBODY, now=NOON)
    with pytest.raises(NotFound):
        rounds.withdraw("NOSUCHCODE", actor=NOBODY, now=NOON)


@pytest.mark.usefixtures("noon")
def test_who_entered_before_is_told_the_way_to_her_entry_and_opens_it_by_its_code() -> None:
    one, _window = announced()
    client, to = Client(), f"/en/draws/{one.code}/"
    key = {"key": "c1b2c3d4e5f6a7b1", "first_wish": DAYS[0], "phone": "13800000001"}

    client.post(to, key)
    mine = DrawEntry.objects.get()
    again = client.post(to, key | {"key": "c1b2c3d4e5f6a7b2"})
    typed = f"{mine.code[:5].lower()} {mine.code[5:]}"
    found = client.get(to, {"entry": typed}, follow=True)

    assert again.status_code == 422 and "Open that entry with its code" in again.content.decode()
    assert 'name="entry"' in again.content.decode() and mine.code not in again.content.decode()
    assert mine.sign in found.content.decode() and found.status_code == 200
    for wrong in ("NOSUCHCODE", "登记", "../"):
        assert mine.sign not in client.get(to, {"entry": wrong}, follow=True).content.decode()
    assert DrawEntry.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_entry_that_is_sent_four_times_at_once_stands_once() -> None:
    one, _window = announced()

    told = at_once(*[lambda: entered(one, 1)] * 4)

    assert sorted(told) == ["", *["entered_before"] * 3] and DrawEntry.objects.count() == 1


def test_one_second_after_the_closing_no_entry_is_taken_or_taken_back() -> None:
    one, _window = announced()
    mine = entered(one, 1, now=UNTIL - timedelta(seconds=1))

    for late in (UNTIL, UNTIL + timedelta(seconds=1)):
        with pytest.raises(NotTaken):
            entered(one, 2, now=late)
        with pytest.raises(NotTaken):
            rounds.withdraw(mine.code, actor=NOBODY, now=late)
    with pytest.raises(WrongState):
        drawing.close_round(one, actor=SYSTEM, now=AFTER - timedelta(seconds=1))

    assert DrawEntry.objects.filter(withdrawn_at__isnull=True).count() == 1


@pytest.mark.parametrize("wishes", [[], ["2030-01-01"], ["x"], [*DAYS, "2026-12-09", "2026-12-10"]])
def test_wishes_outside_of_the_draw_are_refused(wishes: list[str]) -> None:
    one, _window = announced()

    with pytest.raises(Invalid):
        rounds.enter(one, wishes, Contact("", "13800000001"), actor=NOBODY, now=NOON)
    with pytest.raises(Invalid):
        rounds.enter(one, DAYS, Contact("", ""), actor=NOBODY, now=NOON)
    with pytest.raises(NotAllowed):
        rounds.enter(one, DAYS, Contact("", "13800000001"), way=Way.PHONE, actor=NOBODY, now=NOON)

    assert not DrawEntry.objects.exists()


def test_a_day_on_which_the_centre_is_closed_is_neither_offered_nor_taken_as_a_wish() -> None:
    # from a Friday to a Monday
    friday = FIRST + timedelta(days=3)
    one, window = announced(replace(FACTS, first=friday, last=friday + timedelta(days=3)))
    saturday, monday = friday + timedelta(days=1), friday + timedelta(days=3)

    with pytest.raises(Invalid):
        entered(one, 1, wishes=[saturday.isoformat(), friday.isoformat()])
    assert not DrawEntry.objects.exists()
    assert list(queries.times_of(one)) == queries.open_days(one) == [friday, monday]

    day = ClosingFacts(monday, monday, 0, 1440, Why.POWER)
    windows.close_days(window.centre_id, window.path, day, actor=KEEPER, now=NOON)
    assert queries.open_days(one) == [friday]
    with pytest.raises(Invalid):
        entered(one, 1, wishes=[monday.isoformat()])
    assert entered(one, 1, wishes=[friday.isoformat()])


@pytest.mark.parametrize("facts", [
    replace(FACTS, first=FIRST + timedelta(days=4), last=FIRST + timedelta(days=5)), replace(FACTS, name=" "), replace(FACTS, first=TODAY), replace(FACTS, last=FIRST - timedelta(days=1)),
    replace(FACTS, last=FIRST + timedelta(days=80)), replace(FACTS, takes_until=NOON),
    replace(FACTS, takes_until=NOON + timedelta(days=7)),
])  # fmt: skip
def test_an_impossible_draw_is_not_announced(facts: RoundFacts) -> None:
    with pytest.raises(Invalid):
        announced(facts)

    assert not DrawRound.objects.exists()


def test_a_promised_number_must_be_typed_and_makes_the_line() -> None:
    one, _window = announced(replace(FACTS, public="3D number of the next day"))
    for number in range(9):
        entered(one, number)
    one = drawing.close_round(one, actor=SYSTEM, now=AFTER)
    with pytest.raises(Invalid):
        drawing.draw_round(one, "", actor=KEEPER, now=AFTER)

    one = drawing.draw_round(one, "5 0 7", actor=KEEPER, now=AFTER)

    assert one.file and one.file["public"] == "5 0 7" and check(one.file).problems == ()


def test_only_who_keeps_the_windows_draws_and_a_draw_is_made_once_or_called_off() -> None:
    one, window = announced()
    one = drawing.close_round(one, actor=SYSTEM, now=AFTER)
    for actor in (NOBODY, CLERK):
        with pytest.raises(NotAllowed):
            drawing.draw_round(one, "", actor=actor, now=AFTER)
        with pytest.raises(NotAllowed):
            rounds.call_off(one, actor=actor, now=AFTER)
    rounds.call_off(one, actor=KEEPER, now=AFTER)
    with pytest.raises(WrongState):
        drawing.draw_round(one, "", actor=KEEPER, now=AFTER)

    assert make_visit(window, 530, on=FIRST, now=AFTER)


def test_the_job_closes_what_is_over_and_contacts_go_a_month_later() -> None:
    one, _window = announced()
    entered(one, 1)

    assert drawing.close_due(actor=SYSTEM, now=NOON) == 0
    assert drawing.close_due(actor=SYSTEM, now=AFTER) == 1
    assert drawing.close_due(actor=SYSTEM, now=AFTER) == 0
    assert rounds.let_entries_go(NOON + timedelta(days=30), 10, actor=SYSTEM) == 0
    assert rounds.let_entries_go(NOON + timedelta(days=45), 10, actor=SYSTEM) == 1
    assert DrawEntry.objects.get().contact_mark is None


def test_the_page_tells_the_outcome_and_the_file_is_verified_by_the_command(tmp_path: Path) -> None:
    one, _window = announced()
    mine = entered(one, 1)
    client = Client()
    assert client.get(f"/en/draws/{one.code}/draw.json").status_code == 404
    drawn(one)

    assert client.get(f"/zh-hans/draws/{one.code}/").status_code == 200
    assert mine.sign in client.get(f"/en/draws/{one.code}/").content.decode()
    assert client.get(f"/en/draws/entries/{mine.code}/").status_code == 200
    file = tmp_path / "draw.json"
    file.write_bytes(client.get(f"/en/draws/{one.code}/draw.json").content)
    good = CliRunner().invoke(verify_draw, [str(file), "--json"])
    file.write_text(file.read_text().replace(f'"{DAYS[0]}"', f'"{DAYS[1]}"'))
    bad = CliRunner().invoke(verify_draw, [str(file)])
    assert good.exit_code == 0 and json.loads(good.output)["ok"] and bad.exit_code == 1


def test_what_an_entry_tells_and_a_step_of_the_job_leave_the_file_of_the_draw_where_it_is() -> None:
    one, _window = announced()
    for number in range(12):
        entered(one, number, way=Way.PHONE if number < 2 else Way.ONLINE)
    assert queries.count_entries(one) == {"online": 10, "phone": 2}
    one = drawn(one)
    assert one.file

    for place, sign in enumerate(one.file["waiting"], 1):
        entry = queries.entry_called(DrawEntry.objects.get(sign=sign).code)
        assert (queries.place_of(entry), queries.drawn_day(entry)) == (place, None)
        assert entry.round.get_deferred_fields() == {"file", "plan", "seed"}
    won = queries.entry_called(DrawEntry.objects.get(sign=next(iter(one.file["drawn"]))).code)
    assert queries.place_of(won) is None
    assert str(queries.drawn_day(won)) == one.file["drawn"][won.sign]
    rows = list(queries.rounds_of(one.centre_id))
    told = queries.progress_of(rows)[one.pk]
    assert (told.won, told.booked, told.entered, told.told) == (8, 8, 12, 12)
    assert "file" in rows[0].get_deferred_fields()


def test_a_draw_that_somebody_closed_meanwhile_stops_no_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one, window = announced()
    days = replace(FACTS, first=LAST + timedelta(days=1), last=LAST + timedelta(days=1))
    other = rounds.open_round(window.centre_id, window.path, days, actor=KEEPER, now=NOON)
    due = queries.due_to_close(AFTER)
    rounds.call_off(one, actor=KEEPER, now=NOON)
    monkeypatch.setattr(queries, "due_to_close", lambda _now: due)

    assert drawing.close_due(actor=SYSTEM, now=AFTER) == 1

    states = DrawRound.objects.in_bulk([one.pk, other.pk])
    assert (states[one.pk].state, states[other.pk].state) == ("called_off", "closed")


def test_an_entry_is_taken_back_with_its_draw_held_first_as_where_it_is_booked() -> None:
    one, _window = announced()
    mine = entered(one, 1)
    with CaptureQueriesContext(connection) as caught:
        rounds.withdraw(mine.code, actor=NOBODY, now=NOON)

    held = [q["sql"].split('FROM "')[1].split('"')[0] for q in caught if "FOR UPDATE" in q["sql"]]
    assert held == ["offerings_drawround", "offerings_drawentry"]
