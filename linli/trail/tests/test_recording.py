"""Recording acts, readings and refusals."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from linli.kernel.errors import NotAllowed, NotFound, Refusal
from linli.kernel.permits import NOBODY, Actor, Grant
from linli.kernel.registries import ON_REFUSAL
from linli.kernel.sealing.signing import is_marked
from linli.kernel.testing import TOWN, VILLAGE
from linli.trail import rules, services
from linli.trail.models import Entry
from linli.trail.queries import chain
from linli.trail.services import recording
from linli.trail.testing import CLERK, NOON, make_entry
from linli.trail.types import Act

TABLES = ["trail_entry", "trail_seal", "trail_epoch"]
SECRETARY = Actor(
    account_id=9,
    person_id=4,
    label="secretary",
    grants=(Grant("x", TOWN, 3, post_id=11), Grant("x", VILLAGE, 3, post_id=12)),
    posts=frozenset({11, 12, 13}),
    acting_for=77,
    purpose="yearly check",
)


@pytest.mark.django_db
def test_an_act_is_recorded_with_who_where_on_what() -> None:
    services.record(
        "cases.accepted", on=("cases.case", 5), actor=SECRETARY, now=NOON, place=VILLAGE,
        person_id=31, level=4, number="K-7", count=2,
    )  # fmt: skip

    entry = Entry.objects.get()
    assert (entry.verb, entry.kind, entry.key, entry.outcome) == (
        "cases.accepted", "cases.case", "5", "done",
    )  # fmt: skip
    assert (entry.account_id, entry.acting_for, entry.label) == (9, 77, "secretary")
    assert (entry.post_id, entry.purpose, entry.at) == (12, "yearly check", NOON)
    assert (entry.path, entry.town, entry.village) == (VILLAGE, TOWN, VILLAGE)
    assert (entry.person_id, entry.level) == (31, 4)
    assert entry.details == {"number": "K-7", "count": 2}


@pytest.mark.django_db
def test_place_and_person_are_read_off_the_thing() -> None:
    thing = Entry(pk=8, path=TOWN, person_id=31)

    services.record("x", on=thing, actor=CLERK, now=NOON)

    entry = Entry.objects.get()
    assert (entry.kind, entry.key, entry.path, entry.person_id) == ("trail.entry", "8", TOWN, 31)


@pytest.mark.django_db
def test_a_reading_says_which_fields_and_why() -> None:
    services.record_read(
        on=("people.document", 3), fields=["number"], actor=CLERK, now=NOON, reason="permit",
        person_id=31, place=VILLAGE,
    )  # fmt: skip

    entry = Entry.objects.get()
    assert (entry.verb, entry.outcome, entry.person_id, entry.level) == ("read", "read", 31, 5)
    assert entry.details == {"fields": ["number"], "reason": "permit"}


@pytest.mark.django_db
def test_what_is_recorded_reads_back_and_bears_our_mark() -> None:
    make_entry(
        label_zh="塘厦 𠮷 \0 \ud800", on_day=date(2026, 11, 24), amount=Decimal("1.10"), share=0.1,
        nested={"z": [1, None, True], "a": {"x": "%<script>"}}, big=2**53, empty={}, long="长" * 9000,
    )  # fmt: skip

    row = chain.ready_to_seal((0, 0, 0), 10) or _all_rows()
    assert row[0].line.details["share"] == "0.1"
    assert len(row[0].line.details["long"]) == 2000
    assert is_marked(rules.body(row[0].line), row[0].mark, purpose=b"trail")


def _all_rows() -> list[chain.Sealable]:
    """The test's own transaction is never ready to be sealed."""
    with connection.cursor() as cursor:
        cursor.execute(chain.ROW)
        return [chain.sealable(row) for row in cursor.fetchall()]


@pytest.mark.django_db
def test_many_are_recorded_as_one_is() -> None:
    acts = [
        Act("imported", ("people.person", n), {"row": n}, {"place": VILLAGE}) for n in range(70)
    ]

    assert services.record_many(acts, actor=CLERK, now=NOON) == 70

    assert Entry.objects.count() == 70
    assert {r.line.details["row"] for r in _all_rows()} == set(range(70))
    assert all(is_marked(rules.body(r.line), r.mark, purpose=b"trail") for r in _all_rows())
    assert services.record_many([], actor=CLERK, now=NOON) == 0


@pytest.mark.django_db
def test_an_act_that_is_rolled_back_leaves_no_trace() -> None:
    with pytest.raises(NotFound), transaction.atomic():
        make_entry()
        raise NotFound()

    assert Entry.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_all_rows_of_a_transaction_bear_its_number() -> None:
    with transaction.atomic():
        make_entry()
        make_entry()
    make_entry()

    numbers = list(Entry.objects.order_by("xid", "id").values_list("xid", flat=True))
    assert numbers[0] == numbers[1] < numbers[2]
    assert set(Entry.objects.values_list("epoch", flat=True)) == {1}


@pytest.mark.django_db
def test_a_refused_act_is_recorded_without_what_was_typed() -> None:
    refusal = NotAllowed(permit="cases.close", at=VILLAGE, typed="441900199001011234")

    services.record_refusal(CLERK, refusal, "/zh-hans/cases/5/close")

    entry = Entry.objects.get()
    assert (entry.verb, entry.outcome, entry.kind) == ("refused", "refused", "address")
    assert (entry.key, entry.path) == ("/zh-hans/cases/5/close", VILLAGE)
    assert entry.details == {"code": "not_allowed", "permit": "cases.close", "at": VILLAGE}


@pytest.mark.django_db
def test_refusals_that_say_nothing_about_rights_are_not_recorded() -> None:
    class SignInFailed(Refusal):
        code = "sign_in_failed"
        recorded = True

    services.record_refusal(CLERK, NotFound(), "/x")
    services.record_refusal(CLERK, SignInFailed(), "/x")

    assert [entry.details["code"] for entry in Entry.objects.all()] == ["sign_in_failed"]


@pytest.mark.django_db
def test_strangers_cannot_fill_the_trail(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recording, "strangers", recording._Strangers())

    [services.record_refusal(NOBODY, NotAllowed(), "/x") for _ in range(100)]

    assert Entry.objects.count() == 60


@pytest.mark.django_db
def test_kernel_tells_the_trail_of_refusals() -> None:
    ON_REFUSAL.call(CLERK, NotAllowed(permit="x", at=TOWN), "/y")

    assert Entry.objects.get().path == TOWN


@pytest.mark.django_db
def test_one_record_is_one_statement() -> None:
    """Ids are fetched many at once: of two records in a row at most one fetches new ones."""
    make_entry()
    made = []
    for key in (1, 2):
        with CaptureQueriesContext(connection) as seen:
            services.record("x", on=("y", key), actor=CLERK, now=NOON)
        made.append(len(seen))

    assert min(made) == 1 and max(made) <= 2
    assert Entry.objects.filter(verb="x", kind="y").count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("statement", ["UPDATE {} SET xid = xid", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_service_cannot_change_or_delete_a_row(table: str, statement: str) -> None:
    column = "cluster" if table == "trail_epoch" else "xid"
    asked = statement.format(table).replace("xid", column)

    with pytest.raises(DatabaseError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute(asked)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "statement", ["UPDATE trail_entry SET label = ''", "DELETE FROM trail_seal"]
)
def test_even_the_owner_is_stopped_by_a_trigger(admin_db, statement: str) -> None:  # type: ignore[no-untyped-def]
    import psycopg

    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="append-only"):
        admin_db.execute(statement)


@pytest.mark.django_db
def test_the_post_is_the_nearest_that_gives_rights_there() -> None:
    assert SECRETARY.post_at(VILLAGE) == 12
    assert SECRETARY.post_at(TOWN) == 11
    assert SECRETARY.post_at("441900/441900006/") == 11
    assert replace(SECRETARY, grants=(), posts=frozenset()).post_at(TOWN) is None


@pytest.mark.django_db(transaction=True)
def test_ids_are_not_given_twice_when_processes_share_a_table() -> None:
    first = make_entry()
    connection.close()
    second = make_entry()

    assert second > first
    assert Entry.objects.count() == 2


@pytest.mark.django_db
def test_the_place_of_a_thing_is_found_whether_it_is_called_path_or_place() -> None:
    class Meta:
        label_lower = "test.thing"

    class Thing:
        _meta, pk = Meta, 1

        def __init__(self, **found: object) -> None:
            self.__dict__.update(found)

    node = Thing(path="441900/441900005/")
    things = [Thing(path="441900/"), Thing(place="441900/441900006/"), Thing(place=node), Thing()]

    for thing in things:
        services.record("test.placed", on=thing, actor=CLERK, now=NOON)

    found = Entry.objects.filter(verb="test.placed").order_by("id").values_list("path", flat=True)
    assert list(found) == ["441900/", "441900/441900006/", "441900/441900005/", ""]
