"""The sealer and the check: order of commits, kills, restores, and every way to tamper."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection, transaction

from linli.kernel.permits import system_actor
from linli.kernel.sealing import ring
from linli.kernel.sealing.keys import new_ring
from linli.trail import rules, services
from linli.trail.models import Entry, Epoch, Seal
from linli.trail.queries import chain
from linli.trail.services import sealing
from linli.trail.testing import CLERK, NOON, SEALER, make_entry, seal
from linli.trail.types import Act, Report

RESTORE = system_actor("restore")
pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def elsewhere() -> Iterator[psycopg.Connection[Any]]:
    """A second connection of the service."""
    db = settings.DATABASES["default"]
    with psycopg.connect(
        host=db["HOST"], port=db["PORT"], dbname=db["NAME"], user=db["USER"], password=db["PASSWORD"]
    ) as link:  # fmt: skip
        yield link


@contextmanager
def by_force(admin: psycopg.Connection[Any]) -> Iterator[psycopg.Connection[Any]]:
    """A superuser who switches the triggers off."""
    admin.execute("SET session_replication_role = replica")
    yield admin
    admin.execute("SET session_replication_role = origin")


def sealed_entries(count: int = 5) -> list[int]:
    entries = [make_entry(number=n) for n in range(count)]
    assert seal() == count
    return entries


def named(report: Report) -> list[tuple[str, int | None]]:
    return [(problem.kind, problem.entry_id) for problem in report.problems]


def seal_order() -> list[int]:
    return list(Seal.objects.order_by("seq").values_list("entry_id", flat=True))


def test_what_was_recorded_is_sealed_once_and_verifies() -> None:
    entries = sealed_entries()

    assert seal() == 0
    report = chain.verify({})
    assert report.is_intact
    assert (report.sealed, report.tail.count) == (5, 0)
    assert seal_order() == entries
    assert report.head == chain.head()


def test_the_tail_is_named_until_it_is_sealed() -> None:
    sealed_entries()
    late = make_entry()

    report = chain.verify({})

    assert report.is_intact
    assert (report.sealed, report.tail.count, report.tail.first) == (5, 1, (late,))
    assert report.tail.oldest_at == NOON


def test_a_late_commit_never_enters_behind_a_sealed_row() -> None:
    with elsewhere() as slow:
        slow.execute("SELECT pg_current_xact_id()")
        quick = make_entry()
        held_back = services.seal_once(actor=SEALER, now=NOON)
        slow_id = _insert_like(slow, quick)
        slow.commit()
    sealed = seal()

    assert (held_back, sealed) == (0, 2)
    assert seal_order() == [slow_id, quick]
    report = chain.verify({})
    # the row was copied by hand, so its mark is not ours; its place in the chain is right
    assert named(report) == [("inserted", slow_id)]


def _insert_like(link: psycopg.Connection[Any], entry: int) -> int:
    row = link.execute(
        "INSERT INTO trail_entry (id, epoch, at, label, verb, kind, key, path, town, village, "
        "purpose, level, details, outcome, mark) "
        "SELECT 900000, epoch, at, label, verb, kind, key, path, town, village, "
        "purpose, level, details, outcome, mark FROM trail_entry WHERE id = %s RETURNING id",
        [entry],
    ).fetchone()
    assert row is not None
    return int(row[0])


def test_batches_go_on_where_the_last_one_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "BATCH", 4)
    with transaction.atomic():
        services.record_many([Act("x", ("y", n)) for n in range(11)], actor=CLERK, now=NOON)

    assert seal() == 11

    assert Seal.objects.count() == 11
    assert chain.verify({}).is_intact


def test_two_sealers_do_not_seal_twice() -> None:
    make_entry()
    with elsewhere() as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", [_seal_lock()])
        assert services.seal_once(actor=SEALER, now=NOON) == 0

    assert seal() == 1


def _seal_lock() -> int:
    from linli.kernel.locks import key_of

    return key_of("trail.seal")


def test_a_sealer_killed_in_the_middle_leaves_nothing_half_done() -> None:
    with transaction.atomic():
        services.record_many([Act("x", ("y", n)) for n in range(3000)], actor=CLERK, now=NOON)
    killed = subprocess.Popen(
        [sys.executable, "-c", KILLED_SEALER],
        env={**os.environ, "LINLI_DB_NAME": settings.DATABASES["default"]["NAME"]},
        stdout=subprocess.PIPE,
    )
    assert killed.stdout is not None
    assert killed.stdout.readline() == b"half\n"
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    time.sleep(0.2)

    assert Seal.objects.count() == 0
    assert seal() == 3000
    assert chain.verify({}).is_intact


KILLED_SEALER = """
import os, time
os.environ["DJANGO_SETTINGS_MODULE"] = "linli.config.settings"
import django
django.setup()
from linli.trail import rules
from linli.trail.testing import seal
whole = rules.chain
def half(*args):
    for number, found in enumerate(whole(*args)):
        if number == 1500:
            print("half", flush=True)
            time.sleep(60)
        yield found
rules.chain = half
seal()
"""


def test_a_changed_row_is_named(admin_db: Any) -> None:
    entries = sealed_entries()
    with by_force(admin_db) as force:
        force.execute("UPDATE trail_entry SET label = 'nobody' WHERE id = %s", [entries[2]])

    assert named(chain.verify({})) == [("changed", entries[2])]


@pytest.mark.parametrize(
    "change",
    [
        "at = at + interval '1 microsecond'", "account_id = 8", "acting_for = 1", "post_id = 5",
        "verb = 'x'", "kind = 'x'", "key = 'x'", "path = '441900/'", "person_id = 1",
        "purpose = 'x'", "level = 2", "details = '{\"number\": 3}'", "outcome = 'read'",
        "xid = xid + 1000000", "epoch = 0", "mark = '\\x00'",
    ],
)  # fmt: skip
def test_no_column_can_be_changed_unnoticed(admin_db: Any, change: str) -> None:
    entries = sealed_entries(3)
    with by_force(admin_db) as force:
        force.execute(f"UPDATE trail_entry SET {change} WHERE id = %s", [entries[1]])

    assert named(chain.verify({})) == [("changed", entries[1])]


def test_a_missing_row_is_named(admin_db: Any) -> None:
    entries = sealed_entries()
    with by_force(admin_db) as force:
        force.execute("DELETE FROM trail_entry WHERE id = %s", [entries[0]])

    assert named(chain.verify({})) == [("missing", entries[0])]


def test_a_row_inserted_among_sealed_ones_is_named(admin_db: Any) -> None:
    entries = sealed_entries()
    with by_force(admin_db) as force:
        new = _insert_like(force, entries[2])
        force.execute(
            "UPDATE trail_entry SET xid = (SELECT xid FROM trail_entry WHERE id = %s) WHERE id = %s",
            [entries[2], new],
        )

    assert named(chain.verify({})) == [("inserted", new)]


def test_a_row_inserted_by_another_hand_is_named_although_it_gets_sealed(admin_db: Any) -> None:
    entries = sealed_entries()
    new = _insert_like(admin_db, entries[2])

    assert seal() == 1
    assert named(chain.verify({})) == [("inserted", new)]


def test_a_chain_written_anew_is_betrayed_by_the_marks_and_by_a_head_known_elsewhere(
    admin_db: Any,
) -> None:
    entries = sealed_entries()
    known = chain.head()
    with by_force(admin_db) as force:
        force.execute("UPDATE trail_entry SET label = 'x' WHERE id = %s", [entries[1]])
        force.execute("DELETE FROM trail_seal")
    seal()

    report = chain.verify({known.seq: known.hash})

    assert named(report) == [("inserted", entries[1]), ("head_differs", entries[4])]
    assert report.heads_compared == 1


def test_a_chain_that_was_cut_off_is_betrayed_by_a_head_known_elsewhere(admin_db: Any) -> None:
    entries = sealed_entries()
    known = chain.head()
    with by_force(admin_db) as force:
        force.execute("DELETE FROM trail_entry WHERE id = ANY(%s)", [entries[3:]])
        force.execute("DELETE FROM trail_seal WHERE seq > 3")

    assert chain.verify({}).is_intact
    assert named(chain.verify({known.seq: known.hash})) == [("cut_off", None)]


def test_a_changed_or_missing_seal_is_told(admin_db: Any) -> None:
    entries = sealed_entries()
    with by_force(admin_db) as force:
        force.execute("UPDATE trail_seal SET hash = sha256('x') WHERE seq = 2")
        force.execute("DELETE FROM trail_seal WHERE seq = 4")

    found = named(chain.verify({}))

    assert found == [
        ("seal_changed", entries[1]),
        ("seal_changed", entries[2]),
        ("seal_missing", None),
    ]


def test_after_a_restore_into_a_cluster_with_lower_numbers_the_chain_goes_on(admin_db: Any) -> None:
    entries = sealed_entries(3)
    unsealed = make_entry()
    with by_force(admin_db) as force:
        # what a dump brings along: numbers far above those of the new cluster, another cluster's name
        force.execute("UPDATE trail_entry SET xid = xid + 1000000000")
        force.execute("UPDATE trail_epoch SET cluster = 1")
        force.execute("DELETE FROM trail_seal")
        force.execute("SET session_replication_role = origin")
    assert Epoch.objects.get().cluster == 1

    assert services.ensure_epoch(actor=RESTORE, now=NOON) == 2
    assert services.ensure_epoch(actor=RESTORE, now=NOON) == 2
    late = make_entry()

    assert seal() == 6
    order = seal_order()
    assert order[:4] == [*entries, unsealed]
    assert order[5] == late
    assert Entry.objects.get(pk=order[4]).verb == "trail.epoch"
    assert Entry.objects.get(pk=late).epoch == 2
    assert chain.verify({}).is_intact


def test_a_tamper_is_still_found_after_a_restore(admin_db: Any) -> None:
    entries = sealed_entries(3)
    with by_force(admin_db) as force:
        force.execute("UPDATE trail_epoch SET cluster = 1")
        force.execute("UPDATE trail_entry SET label = 'x' WHERE id = %s", [entries[1]])
    services.begin_epoch(actor=RESTORE, now=NOON)
    make_entry()
    seal()

    assert named(chain.verify({})) == [("changed", entries[1])]


def test_the_chain_can_change_its_algorithm() -> None:
    sealed_entries(2)
    home = ring.ring()
    with ring.using(new_ring("sm", made_at="now").joined(home)):
        sealed_entries(2)

        assert chain.verify({}).is_intact
    assert set(Seal.objects.values_list("algorithm", flat=True)) == {"sha256", "sm3"}
    assert chain.verify({}).is_intact, "a lost key of marks is no accusation"


def test_an_empty_trail_verifies() -> None:
    report = chain.verify({})

    assert report.is_intact
    assert (report.sealed, report.head.hash) == (0, rules.GENESIS)


def test_the_sealer_reads_a_frontier_and_not_the_whole_table() -> None:
    sealed_entries()
    with connection.cursor() as cursor:
        cursor.execute("SET enable_seqscan = off")
        cursor.execute("EXPLAIN " + chain.READY, [1, 5, 5, 10])
        plan = "\n".join(row[0] for row in cursor.fetchall())

    assert "Index Scan using trail_entry_in_order" in plan
    assert SEALER.is_system
