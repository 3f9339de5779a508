"""An exported log checked with nothing but its lines."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from linli.kernel.sealing import ring
from linli.translog import offline, queries, rules, services
from linli.translog.queries.export import lines
from linli.translog.testing import JOB, NOON, make_entries, make_head

pytestmark = pytest.mark.django_db
Said = list[dict[str, Any]]


def checked(text: Iterable[str], **trusted: Any) -> offline.Checked:
    reader = offline.Reader(**trusted)
    reader.read(text)
    return reader.finish()


def what(found: offline.Checked) -> list[str]:
    return [text for _, text in found.problems]


def a_log() -> list[str]:
    """Three heads over 13 entries, one private, one forgotten."""
    make_head(5)
    services.append("result", b"\7" * 32, actor=JOB, now=NOON)
    services.forget(2, reason="PIPL 47", actor=JOB, now=NOON)
    make_head(4)
    make_head(2)
    return list(lines())


def test_a_whole_log_holds() -> None:
    found = checked(a_log())

    assert found.problems == []
    assert (found.entries, found.opened, found.forgotten, found.heads) == (13, 11, 1, 3)
    last = queries.latest()
    assert last is not None
    assert (found.signed_size, found.root) == (13, last.root.hex())


def test_private_and_forgotten_entries_show_a_commitment_alone() -> None:
    said = [json.loads(line) for line in a_log()]
    by_entry = {item["entry"]: item for item in said if "entry" in item}

    assert set(by_entry[5]) == {"entry", "kind", "at", "commitment"}
    assert set(by_entry[2]) == {"entry", "kind", "at", "commitment", "forgotten"}


def test_parts_hold_together_and_from_the_second_on() -> None:
    a_log()
    parts = [list(lines(first, 6)) for first in (0, 6, 12)]

    assert checked([line for part in parts for line in part]).problems == []
    assert checked([line for part in parts[1:] for line in part]).problems == []
    assert what(checked([*parts[0], *parts[2]]))[0] == "this part begins at entry 12, expected 6"


def test_a_log_that_goes_on_behind_its_last_head_holds_up_to_it() -> None:
    a_log()
    make_entries(3)

    found = checked(lines())

    assert found.problems == []
    assert (found.entries, found.signed_size) == (16, 13)


def changed(change: Callable[[Said], object]) -> list[str]:
    said = [json.loads(line) for line in a_log()]
    change(said)
    return what(checked(json.dumps(item) for item in said))


def put(said: Said, entry: int, **values: Any) -> None:
    next(item for item in said if item.get("entry") == entry).update(values)


def test_a_changed_content_is_named() -> None:
    assert changed(lambda said: put(said, 3, content={"notice": 9})) == [
        "the content of entry 3 is not what was entered"
    ]


@pytest.mark.parametrize(
    "values", [{"kind": "x"}, {"at": "2020-01-01T00:00:00Z"}, {"salt": "00" * 32}]
)
def test_a_changed_kind_time_or_salt_is_named(values: dict[str, str]) -> None:
    assert changed(lambda said: put(said, 3, **values)) == [
        "the content of entry 3 is not what was entered"
    ]


def test_a_changed_commitment_breaks_every_head_behind_it() -> None:
    found = changed(lambda said: put(said, 5, commitment="00" * 32))

    assert found == [
        "the head of size 11 has another root than its entries",
        "the head of size 13 has another root than its entries",
    ]


def test_a_left_out_entry_is_named() -> None:
    found = changed(lambda said: said.pop(4))

    assert found[0] == "entry 4 stands where entry 3 is expected"
    assert "the head of size 5 stands behind 4 entries" in found


def test_a_head_signed_by_another_key_or_of_another_log_is_named() -> None:
    text = a_log()
    with ring.using(ring.ring().with_new("log", made_at="now")):
        make_head(1)
    trusted = json.loads(text[0])["keys"]
    other = json.loads(text[0]) | {"origin": "linli/other", "keys": []}

    assert what(checked(lines(), keys=trusted)) == [
        "the head of size 14 is not signed by a key of this log"
    ]
    assert "the head of size 5 is of another log, " + queries.origin() in what(
        checked([json.dumps(other), *text[1:]])
    )


def test_the_log_contains_a_head_that_one_kept_or_it_is_said() -> None:
    text = a_log()
    kept = rules.read_note(queries.head_of_size(5).note)
    forged = rules.ReadHead(kept.origin, 5, bytes(32), "", ())
    unknown = rules.ReadHead(kept.origin, 6, kept.root, "", ())

    assert checked(text, known=kept).known_head_found is True
    for head in (forged, unknown):
        found = checked(text, known=head)
        assert what(found) == [f"the head of size {head.size} that you know is not in this log"]


@pytest.mark.parametrize(
    "text",
    [
        [],
        ["{}\n"],
        ["no json\n"],
        ['{"format": "other-1"}'],
        ['{"format": "linli-log-1", "origin": "a", "first": 3, "keys": []}'],
        ['{"format": "linli-log-1", "origin": "a", "first": 0, "keys": ["b+0+AA=="]}'],
        ['{"format": "linli-log-1", "origin": "a", "first": 0, "keys": []}'],
        ["[1]"],
        ["\x00\xff"],
    ],
)
def test_what_is_no_export_is_told(text: list[str]) -> None:
    assert checked(text).problems


def test_many_faults_are_cut_short() -> None:
    assert len(checked(["x"] * 1000).problems) <= offline.MOST_PROBLEMS + 1
