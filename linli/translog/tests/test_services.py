"""Entries, proofs, heads and forgetting, over real tables."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from linli.kernel.errors import NotFound
from linli.kernel.sealing import ring
from linli.kernel.sealing.keys import Keyring
from linli.runtime.testing import Elsewhere
from linli.trail.testing import make_entry as make_act
from linli.trail.testing import seal
from linli.translog import queries, rules, services, tree
from linli.translog.errors import HeadsReversed, NoSuchHead, NotSignedYet
from linli.translog.models import Leaf, Node, Opening, TreeHead
from linli.translog.queries import nodes
from linli.translog.testing import JOB, NOON, make_entries, make_head


@pytest.mark.django_db
def test_entries_are_numbered_without_gaps_from_nought() -> None:
    assert make_entries(3) == [0, 1, 2]
    assert services.append("x", {"a": 1}, actor=JOB, now=NOON) == 3


@pytest.mark.django_db
@pytest.mark.parametrize("batches", [[1] * 9, [9], [4, 5], [1, 8], [0, 9]])
def test_the_tree_is_the_same_however_it_grew(batches: list[int]) -> None:
    for count in batches:
        make_entries(count)

    leaves = list(Leaf.objects.order_by("index").values_list("commitment", flat=True))
    edge = tree.Frontier()
    inner = [n for leaf in leaves for n in edge.add(tree.leaf_hash(bytes(leaf)))]
    assert nodes.root(9) == edge.root()
    assert {(n.level, n.index, bytes(n.hash)) for n in Node.objects.all()} == set(inner)


@pytest.mark.django_db
def test_a_public_entry_can_be_opened_by_anybody() -> None:
    index = services.append("notice", {"title": "公示", "n": 1}, actor=JOB, now=NOON)

    entry = queries.get_entry(index)

    assert entry.content == {"title": "公示", "n": 1}
    assert entry.salt is not None
    hashed = rules.content_hash(entry.content)
    assert rules.opens(entry.commitment, "notice", rules.moment(NOON), hashed, entry.salt)


@pytest.mark.django_db
def test_of_a_private_entry_only_the_commitment_is_public() -> None:
    index = services.append("result", b"\7" * 32, actor=JOB, now=NOON, salt=b"\1" * 32)

    entry = queries.get_entry(index)

    assert (entry.salt, entry.content_hash, entry.content, entry.is_forgotten) == (None,) * 3 + (
        False,
    )
    assert queries.opening(index) == (b"\1" * 32, b"\7" * 32)
    assert rules.opens(entry.commitment, "result", rules.moment(NOON), b"\7" * 32, b"\1" * 32)


@pytest.mark.django_db
def test_the_same_content_never_looks_the_same() -> None:
    first, second = (services.append("x", {"a": 1}, actor=JOB, now=NOON) for _ in range(2))

    assert queries.get_entry(first).commitment != queries.get_entry(second).commitment


@pytest.mark.django_db
def test_forgetting_leaves_every_proof_and_says_so() -> None:
    head = make_head(5)
    before = queries.inclusion(2)

    told = services.forget(2, reason="PIPL 47", actor=JOB, now=NOON)

    entry = queries.get_entry(2)
    assert entry.is_forgotten
    assert (entry.salt, entry.content) == (None, None)
    assert queries.opening(2) is None
    assert queries.get_entry(told).content == {"entry": 2, "reason": "PIPL 47"}
    assert queries.inclusion(2, head.size) == before
    services.sign_head(actor=JOB, now=NOON)
    assert queries.inclusion(2).leaf == before.leaf
    assert Opening.objects.count() == 5


@pytest.mark.django_db
def test_every_entry_is_proved_under_every_head_that_covers_it() -> None:
    heads = [make_head(count) for count in (1, 2, 4, 6)]

    for head in heads:
        for index in range(head.size):
            proof = queries.inclusion(index, head.size)
            leaf = tree.leaf_hash(queries.get_entry(index).commitment)
            assert tree.proves_inclusion(leaf, index, head.size, proof.path, head.root)


@pytest.mark.django_db
def test_every_head_continues_the_ones_before() -> None:
    heads = [make_head(count) for count in (1, 2, 4, 6)]

    for n, old in enumerate(heads):
        for new in heads[n:]:
            older, newer, path = queries.consistency(old.size, new.size)
            assert (older, newer) == (old, new)
            assert tree.proves_consistency(old.size, new.size, old.root, new.root, path)


@pytest.mark.django_db
def test_proofs_that_cannot_be_given_are_refused_with_words() -> None:
    with pytest.raises(NotFound):
        queries.inclusion(0)
    with pytest.raises(NoSuchHead):
        queries.consistency(1)
    make_entries(3)
    with pytest.raises(NotSignedYet):
        queries.inclusion(0)
    make_head(1)
    make_entries(1)
    make_head(1)
    for size in (3, 99):
        with pytest.raises(NoSuchHead):
            queries.inclusion(0, size)
    with pytest.raises(NotSignedYet):
        queries.inclusion(5, 4)
    with pytest.raises(HeadsReversed):
        queries.consistency(6, 4)
    with pytest.raises(NotFound):
        queries.get_entry(6)


@pytest.mark.django_db
def test_a_head_is_signed_once_for_each_size() -> None:
    head = make_head(3)

    assert services.sign_head(actor=JOB, now=NOON + timedelta(minutes=1)) is None
    assert queries.latest() == head
    read = rules.read_note(head.note)
    assert (read.origin, read.size, read.root) == (queries.origin(), 3, head.root)
    assert read.is_by(head.public_key)


@pytest.mark.django_db
def test_after_its_key_was_rotated_the_log_keeps_its_name_and_both_keys() -> None:
    first = make_head(1)
    with ring.using(ring.ring().with_new("log", made_at="now")):
        second = make_head(1)

    assert queries.verifier_keys() == [
        rules.verifier_key(queries.origin(), key) for key in (first.public_key, second.public_key)
    ]
    assert rules.read_note(first.note).origin == rules.read_note(second.note).origin
    assert isinstance(ring.ring(), Keyring)


@pytest.mark.django_db(transaction=True)
def test_the_head_of_the_trail_goes_in_when_it_grew() -> None:
    assert services.enter_trail_head(actor=JOB, now=NOON) is None
    make_act()
    seal()

    index = services.enter_trail_head(actor=JOB, now=NOON)

    assert index is not None
    assert services.enter_trail_head(actor=JOB, now=NOON) is None
    assert queries.get_entry(index).kind == "trail.head"
    from linli.trail.queries import chain

    assert queries.trail_heads() == {1: chain.head().hash}
    assert chain.verify(queries.trail_heads()).heads_compared == 1


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["leaf", "node", "treehead", "logname", "opening"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET {}", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_service_cannot_change_or_delete(table: str, statement: str) -> None:
    column = {"logname": "origin = origin", "opening": "salt = salt", "treehead": "size = size"}
    asked = statement.format(f"translog_{table}", column.get(table, "hash = hash"))

    with pytest.raises(DatabaseError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute(asked)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE translog_leaf SET kind = ''",
        "DELETE FROM translog_node",
        "UPDATE translog_opening SET content = '{}'",
        "DELETE FROM translog_treehead",
    ],
)
def test_even_the_owner_is_stopped_by_a_trigger(admin_db: Any, statement: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="append-only"):
        admin_db.execute(statement)


@pytest.mark.django_db(transaction=True)
def test_two_that_append_at_once_stand_one_behind_the_other() -> None:
    with transaction.atomic():
        make_entries(1)
        other = Elsewhere(lambda: make_entries(1))
        assert other.is_waiting()
    assert other.result() == [1]

    head = services.sign_head(actor=JOB, now=NOON)
    assert head is not None
    assert TreeHead.objects.get().size == 2


@pytest.mark.django_db
def test_an_append_that_is_rolled_back_leaves_no_gap() -> None:
    with pytest.raises(NotFound), transaction.atomic():
        make_entries(1)
        raise NotFound()

    assert make_entries(1) == [0]


@pytest.mark.django_db
def test_entries_are_listed_from_a_number_on_and_newest_first() -> None:
    make_entries(5)
    make_entries(1, kind="result")

    from linli.translog.queries.entries import newest

    assert [e.index for e in queries.entries_from(2, 2)] == [2, 3]
    assert [e.index for e in newest(6, 2)] == [5, 4]
    assert queries.kinds() == ["notice", "result"]
    assert [e.index for e in newest(6, 3, "notice")] == [4, 3, 2]


@pytest.mark.django_db
def test_a_content_is_whole_or_a_hash_of_32_bytes() -> None:
    with pytest.raises(AssertionError):
        services.append("x", b"short", actor=JOB, now=NOON)
    with pytest.raises(TypeError):
        services.append("x", {"a": 0.5}, actor=JOB, now=NOON)
