"""What follows a restore: nothing that was given out, sent, ended or published since happens a second time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner
from django.db import connection, transaction

from linli.access.models import Account, ApiToken, CounterDevice, OneTimeLink, SignIn
from linli.access.services import restoring
from linli.access.services.accounts import disable_account
from linli.access.services.resets import enable_account
from linli.access.testing import make_account
from linli.cli import kept_outside, outgoing, restored
from linli.cli.embedded.cluster import Cluster
from linli.config.env import read_env
from linli.config.test_home import HOME
from linli.exchange.models import Letter
from linli.exchange.queries.waiting_long import health, stopped_letters
from linli.exchange.services.letters import Matter, queue_letter
from linli.exchange.types.connections import System
from linli.kernel.permits import system_actor
from linli.kernel.sealing import export, files
from linli.kernel.testing import VILLAGE, stop_clock
from linli.notify import services as notify
from linli.notify.models import Delivery
from linli.notify.queries.messages import stopped_faults
from linli.notify.testing import make_message
from linli.notify.types import To
from linli.runtime.models import NumberSeries
from linli.runtime.rules import after_gap
from linli.runtime.services import numbers
from linli.trail.models import Entry
from linli.translog import offline, queries, rules, services
from linli.translog.models import LogName
from linli.translog.queries.export import lines
from linli.translog.testing import JOB, make_entries, make_head

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
RESTORE = system_actor("restore")
BEFORE, SINCE = NOON - timedelta(days=60), NOON - timedelta(hours=6)


def test_a_gap_holds_three_times_what_a_series_gives_in_as_many_days() -> None:
    assert after_gap(12, 200, 2) == 40
    assert after_gap(100_000, 200, 2) == 103_020
    assert after_gap(5, 1, 3) == 70
    assert after_gap(0, 0, 1) == 20


@pytest.mark.django_db
def test_no_number_is_given_twice_also_in_a_year_that_began_since() -> None:
    year_end = datetime(2026, 12, 31, 4, 0, tzinfo=UTC)
    with transaction.atomic():
        numbers.next_value("SF", "", 2026, now=year_end, count=730)
        numbers.next_value("RX", "", 2025, now=year_end, count=5)
    known = {("JK", "", 2027): 44, ("SF", "", 2027): 3}

    found = numbers.leave_gaps(year_end, known, actor=RESTORE, now=year_end + timedelta(days=2))

    rows = {(one.series, one.year): one.last for one in NumberSeries.objects.all()}
    assert rows == {("SF", 2026): 770, ("SF", 2027): 40, ("JK", 2027): 44, ("RX", 2025): 5}
    assert {(row.series, row.year): before for row, before in found} == {
        ("SF", 2026): 730, ("SF", 2027): 0, ("JK", 2027): 0,
    }  # fmt: skip
    assert numbers.next_number("JK", "", 2027, now=year_end) == "JK-2027-0045"


def session(account: Account) -> SignIn:
    return SignIn.objects.create(
        key_hash=account.username.encode(), account=account, started_at=BEFORE, seen_at=BEFORE,
        expires_at=NOON + timedelta(days=1), idle_seconds=60,
    )  # fmt: skip


@pytest.mark.django_db
def test_nobody_is_signed_in_and_what_was_ended_since_is_ended_again() -> None:
    anna, ben = make_account("anna"), make_account("ben")
    Account.objects.update(created_at=BEFORE)
    open_one = session(ben)
    link = OneTimeLink.objects.create(
        account=ben, use="invite", token_hash=b"l", made_at=BEFORE, ends_at=NOON + timedelta(days=1)
    )
    keys = [
        ApiToken.objects.create(
            name=name, account=ben, head=name, token_hash=name.encode(), permits=[], path=VILLAGE,
            ceiling=1, starts_at=starts, ends_at=NOON + timedelta(days=9),
        )
        for name, starts in (("old", BEFORE), ("kept", BEFORE), ("new", NOON))
    ]  # fmt: skip
    computer = CounterDevice.objects.create(
        name="c", path=VILLAGE, token_hash=b"c", idle_seconds=60, enrolled_at=BEFORE,
        enrolled_by=ben, ends_at=NOON + timedelta(days=9),
    )  # fmt: skip
    ended = {
        ("token", keys[0].pk): SINCE, ("token", keys[2].pk): SINCE, ("device", computer.pk): SINCE,
        ("account", anna.pk): SINCE, ("right", 99_999): SINCE,
    }  # fmt: skip

    sessions = restoring.end_ways_in(1, actor=RESTORE, now=NOON)
    again = restoring.end_again(ended, actor=RESTORE, now=NOON)

    for row in (open_one, link, computer, *keys, anna, ben):
        row.refresh_from_db()
    assert (sessions, again) == (1, 3)
    assert (open_one.ended_at, link.revoked_at, computer.revoked_at) == (NOON, NOON, SINCE)
    # a number that was given again meanwhile means something else
    assert [one.revoked_at for one in keys] == [SINCE, None, None]
    assert (anna.state, ben.state) == ("disabled", "active")
    assert Entry.objects.filter(verb="access.ended_again").count() == 3
    assert restoring.end_again(ended, actor=RESTORE, now=NOON) == 0


def letter(seq: int) -> Letter:
    about = Matter(System.HALL, "YS1", seq, VILLAGE)
    return queue_letter(about, "state", {}, actor=RESTORE, now=BEFORE)


@pytest.mark.django_db
def test_what_waited_to_go_out_is_held_until_somebody_says_whether_it_goes() -> None:
    make_message(To(account_id=5, phone="13800009999"), now=BEFORE)
    make_message(To(account_id=5, phone="13800009998"), now=BEFORE, urgent=True)
    letter(1), letter(2)

    from linli.exchange.services.stopped import stop_waiting as stop_letters
    from linli.notify.services.stopped import stop_waiting as stop_messages

    assert stop_messages(1, actor=RESTORE, now=NOON) == 2
    assert stop_letters(1, actor=RESTORE, now=NOON) == 2
    for one in Delivery.objects.all():
        assert notify.deliver(one.pk, actor=system_actor("notify"), now=NOON) == ""
    assert {one.state for one in Letter.objects.all()} == {"dead"}
    assert len(stopped_faults()) == 1
    assert len(health()) == 1

    told = CliRunner().invoke(outgoing.go, [])

    assert told.exit_code == 0, told.output
    states = dict(Delivery.objects.values_list("is_urgent", "state"))
    # a code or a warning of then helps nobody now
    assert states == {False: "queued", True: "dead"}
    assert {one.state for one in Letter.objects.all()} == {"waiting"}
    stop_letters(1, actor=RESTORE, now=NOON)
    told = CliRunner().invoke(outgoing.drop, ["--why", "大厅都已收到"])
    assert told.exit_code == 0, told.output
    assert {one.state for one in Letter.objects.all()} == {"dropped"}
    assert list(stopped_letters()) == []
    assert stopped_faults() == ()
    assert Entry.objects.get(verb="notify.dropped").details["reason"] == "大厅都已收到"


@pytest.mark.django_db
def test_the_log_goes_on_under_a_new_name_and_names_the_last_head_that_was_known() -> None:
    make_head(5)
    old = queries.origin()
    with transaction.atomic():
        sign = transaction.savepoint()
        lost = make_head(3)
        transaction.savepoint_rollback(sign)

    index = services.begin_anew(lost.note, actor=RESTORE, now=NOON)
    make_head(2)

    assert index == 5
    assert queries.origin() != old
    assert queries.get_entry(5).content == {
        "before": old, "head": {"origin": old, "root": lost.root.hex(), "size": 8}, "kept": 5,
    }  # fmt: skip
    assert queries.earlier_names() == [(old, 5)]
    text = list(lines())
    found = checked(text)
    assert found.problems == []
    assert (found.heads, found.signed_size, found.origin) == (2, 8, queries.origin())
    told = checked(text, rules.read_note(lost.note)).problems
    assert "before a restore, and covers entries that were lost" in told[0][1]


@pytest.mark.django_db
def test_a_head_of_the_old_name_over_what_came_after_the_restore_is_a_fault() -> None:
    make_head(5)
    services.begin_anew("", actor=RESTORE, now=NOON)
    make_head(2)
    said = [json.loads(line) for line in lines()]
    said[0]["earlier"][0]["until"] = 8

    problems = checked(json.dumps(line) for line in said).problems

    assert ["is of another log" in what for _line, what in problems] == [True]


@pytest.mark.django_db
def test_an_empty_log_begins_as_ever() -> None:
    assert services.begin_anew("", actor=RESTORE, now=NOON) is None
    make_entries(1)
    assert services.sign_head(actor=JOB, now=NOON) is not None
    assert queries.earlier_names() == []


def checked(text: Any, known: Any = None) -> offline.Checked:
    reader = offline.Reader((), known)
    reader.read(text)
    return reader.finish()


@pytest.mark.django_db
def test_what_is_kept_outside_outlives_the_database_that_it_was_read_from(
    tmp_path: Path, admin_db: Any
) -> None:
    kept = kept_outside.Outside(
        "note", {("SF", "", 2026): 7}, {("token", 3): "2026-11-24T04:00:00+00:00"}
    )
    kept_outside._write(tmp_path, kept)

    kept_outside.keep(tmp_path, Cluster(HOME).database("super"), admin_db.info.dbname)

    assert kept_outside.known(tmp_path) == kept
    assert (tmp_path / "keys" / "outside.json").stat().st_mode & 0o077 == 0
    assert kept_outside.known(tmp_path / "none") == kept_outside.Outside()


@pytest.fixture
def reads_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept outside is read in the test's own transaction."""

    @contextmanager
    def here(*_address: object) -> Iterator[Any]:
        yield connection.connection

    monkeypatch.setattr(kept_outside.roles, "connect", here)


@pytest.mark.django_db
@pytest.mark.usefixtures("reads_here")
def test_a_restore_that_was_broken_off_takes_back_nothing_of_what_is_known(tmp_path: Path) -> None:
    make_head(2)
    with transaction.atomic():
        last = make_head(3).note
        transaction.set_rollback(True)
    with transaction.atomic():
        numbers.next_value("SF", "", 2026, now=NOON, count=7)
    kept = kept_outside.Outside(last, {("SF", "", 2026): 50, ("RX", "", 2026): 4})
    kept_outside._write(tmp_path, kept)

    kept_outside.keep(tmp_path, Cluster(HOME).database("super"), "")
    assert kept_outside.known(tmp_path) == kept

    with transaction.atomic():
        numbers.next_value("SF", "", 2026, now=NOON, count=60)
    services.begin_anew(last, actor=RESTORE, now=NOON)
    new = services.sign_head(actor=RESTORE, now=NOON)
    kept_outside.keep(tmp_path, Cluster(HOME).database("super"), "")
    found = kept_outside.known(tmp_path)
    assert new is not None and found.head == new.note
    assert found.numbers == {("SF", "", 2026): 67, ("RX", "", 2026): 4}


@pytest.mark.django_db
@pytest.mark.usefixtures("reads_here")
def test_an_account_that_was_opened_again_is_not_closed_by_a_restore(tmp_path: Path) -> None:
    account, closed = make_account("anna"), make_account("ben")
    noted = {("account", account.pk), ("account", closed.pk)}

    def kept() -> set[tuple[str, int]]:
        kept_outside.keep(tmp_path, Cluster(HOME).database("super"), "")
        return set(kept_outside.known(tmp_path).ended)

    for one in (account, closed):
        disable_account(one, "left", actor=RESTORE, now=BEFORE)
    assert kept() == noted
    # a restored database that has them open again says nothing of an opening
    Account.objects.update(state="active", disabled_at=None)
    assert kept() == noted
    Account.objects.update(state="disabled", disabled_at=BEFORE)
    enable_account(account, actor=RESTORE, now=SINCE)
    assert kept() == {("account", closed.pk)}
    account.refresh_from_db()
    disable_account(account, "left", actor=RESTORE, now=NOON)
    assert kept() == noted


def carried(home: Path, to: Path, tmp_path: Path, *, is_new: bool) -> None:
    """Export the keys of a home and bring them to another one."""
    away = tmp_path / "away.json"
    export.export_keys(home, away, outside=kept_outside.plain(home), passphrase="p", now=NOON)
    brought = export.open_export(away, passphrase="p")
    export.import_export(to, brought)
    kept_outside.bring_in(to, brought.outside, is_new=is_new)


@pytest.mark.django_db
@pytest.mark.usefixtures("reads_here")
def test_what_is_kept_outside_goes_to_another_machine_with_the_keys(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    files.create_keyring(old, now=NOON)
    lost = "another log\n" + make_head(2).note.partition("\n")[2]
    kept = kept_outside.Outside(lost, {("SF", "", 2026): 50}, {("token", 3): NOON.isoformat()})
    kept_outside._write(old, kept)

    carried(old, new, tmp_path, is_new=True)
    # a city that was made there says nothing of the one that is to be restored
    kept_outside.keep(new, Cluster(HOME).database("super"), "")
    found = kept_outside.known(new)
    assert found == replace(kept, is_brought=True)
    assert (new / "keys" / "outside.json").stat().st_mode & 0o077 == 0

    LogName.objects.create(origin="another log", made_at=NOON)
    kept_outside.keep(new, Cluster(HOME).database("super"), "")
    assert not kept_outside.known(new).is_brought

    # an export from before says nothing of a home that has keys of its own but what it cannot know
    kept_outside._write(old, replace(kept, ended={("account", 5): NOON.isoformat()}))
    before = kept_outside.known(new)
    carried(old, new, tmp_path, is_new=False)
    assert kept_outside.known(new) == before
    assert kept_outside.bring_in(new, {}, is_new=True) == kept_outside.Outside()


@pytest.mark.django_db
@pytest.mark.usefixtures("reads_here")
@pytest.mark.parametrize("answers", [True, False])
def test_an_export_of_keys_knows_what_was_given_out_since_the_last_backup_if_the_database_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answers: bool
) -> None:
    @contextmanager
    def database(_env: object) -> Iterator[None]:
        if not answers:
            raise click.ClickException("it does not start")
        yield

    monkeypatch.setattr(kept_outside, "running_database", database)
    env = read_env({"LINLI_HOME": str(tmp_path)})
    (tmp_path / "pg").mkdir()
    kept_outside._write(tmp_path, kept_outside.Outside(numbers={("SF", "", 2026): 5}))
    with transaction.atomic():
        numbers.next_value("SF", "", 2026, now=NOON, count=9)

    kept = kept_outside.brought_up_to_date(env)

    assert kept["numbers"] == [["SF", "", 2026, 9 if answers else 5]]
    (tmp_path / "pg").rmdir()
    assert kept_outside.brought_up_to_date(env) == kept


@pytest.mark.django_db
def test_an_account_that_the_backup_knows_to_be_open_again_is_not_closed(tmp_path: Path) -> None:
    account, other = make_account("anna"), make_account("ben")
    disable_account(account, "left", actor=RESTORE, now=BEFORE)
    enable_account(account, actor=RESTORE, now=SINCE)
    ended = {("account", one.pk): BEFORE.isoformat() for one in (account, other)}
    kept_outside._write(tmp_path, kept_outside.Outside(ended=ended))

    assert set(kept_outside.known_here(tmp_path).ended) == {("account", other.pk)}


@pytest.mark.django_db
def test_a_restore_does_all_of_it_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction.atomic():
        numbers.next_value("SF", "", 2026, now=NOON, count=7)
    make_message(To(account_id=5, phone="13800009999"), now=BEFORE)
    make_head(2)
    told: list[str] = []

    stop_clock(monkeypatch, NOON)

    restored.part_from_before(tmp_path, SINCE, 1, told.append)

    assert NumberSeries.objects.get(series="SF", year=2026).last == 30
    entry = Entry.objects.get(verb="runtime.numbers_skipped")
    assert (entry.details["first"], entry.details["last"]) == (8, 30)
    assert any("outgoing" in line for line in told)
    assert any("新名称" in line or "new name" in line for line in told)
