"""Rows as bytes, the chain over them, and what a check finds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.trail import rules
from linli.trail.types import Line, Link, Sealable

NOON = datetime(2026, 11, 24, 4, 0, 0, 120, tzinfo=UTC)
OURS, FORGED = b"\1" * 20, b"\0" * 20


def row(number: int, *, epoch: int = 1, verb: str = "cases.accepted") -> Sealable:
    line = Line(
        number, NOON, 7, None, "林月", 3, verb, "cases.case", "5", "441900/", None, "", 1,
        {"b": 1, "a": "二"}, "done",
    )  # fmt: skip
    return Sealable(epoch, 100 + number, line, OURS)


ROWS = [row(number) for number in range(1, 7)]


def sealed(rows: list[Sealable], algorithm: str = "sha256") -> list[Link]:
    hashes = rules.chain(rules.GENESIS, rows, algorithm)
    return [
        Link(seq, r.epoch, r.xid, r.line.id, algorithm, found)
        for seq, (r, found) in enumerate(zip(rows, hashes, strict=True), start=1)
    ]


LINKS = sealed(ROWS)


def found(
    rows: list[Sealable], links: list[Link], heads: Mapping[int, bytes] | None = None
) -> list[tuple[str, int | None]]:
    check = rules.Check(lambda r: r.mark == OURS, heads or {})
    return [(problem.kind, problem.entry_id) for problem in check.problems(rows, links)]


def test_a_row_is_written_as_documented() -> None:
    """docs/formats/trail-chain.md gives the same row and hash."""
    assert rules.body(ROWS[0].line).decode() == (
        '[1,"2026-11-24T04:00:00.000120Z",7,null,"林月",3,"cases.accepted","cases.case","5",'
        '"441900/",null,"",1,{"a":"二","b":1},"done"]'
    )
    assert LINKS[0].hash.hex() == (
        "8bd26c1af4d15d5dc80219ebedbfb387780a9bed403dc2e41af19d79d9ad300c"
    )


def test_a_moment_is_the_same_in_every_time_zone() -> None:
    china = timezone(timedelta(hours=8))

    assert rules.moment(NOON.astimezone(china)) == rules.moment(NOON)


@pytest.mark.parametrize("algorithm", ["sha256", "sm3"])
def test_an_intact_chain_has_no_problems(algorithm: str) -> None:
    links = sealed(ROWS, algorithm)

    assert found(ROWS, links, {6: links[5].hash}) == []


def test_rows_behind_the_last_seal_are_left_over() -> None:
    check = rules.Check(lambda r: True, {})

    assert list(check.problems(ROWS, LINKS[:4])) == []
    assert list(check.rows_left) == ROWS[4:]


@pytest.mark.parametrize("at", range(6))
def test_a_changed_row_is_named_once(at: int) -> None:
    changed = replace(ROWS[at], line=replace(ROWS[at].line, label="somebody"), mark=FORGED)

    assert found([*ROWS[:at], changed, *ROWS[at + 1 :]], LINKS) == [("changed", at + 1)]


@pytest.mark.parametrize("at", range(6))
def test_a_missing_row_is_named_once(at: int) -> None:
    assert found([*ROWS[:at], *ROWS[at + 1 :]], LINKS) == [("missing", at + 1)]


@pytest.mark.parametrize("at", range(6))
def test_an_inserted_row_is_named(at: int) -> None:
    extra = replace(row(99), xid=ROWS[at].xid - 1)

    assert found([*ROWS[:at], extra, *ROWS[at:]], LINKS) == [("inserted", 99)]


def test_a_row_of_another_hand_is_named_although_it_was_sealed() -> None:
    rows = [*ROWS, replace(row(7), mark=FORGED)]

    assert found(rows, sealed(rows)) == [("inserted", 7)]


@pytest.mark.parametrize("at", range(5))
def test_a_seal_taken_away_is_told_and_its_row_is_not_accused(at: int) -> None:
    assert found(ROWS, [*LINKS[:at], *LINKS[at + 1 :]]) == [("seal_missing", None)]


def test_a_changed_seal_is_told() -> None:
    links = [*LINKS[:2], replace(LINKS[2], hash=bytes(32)), *LINKS[3:]]

    assert found(ROWS, links) == [("seal_changed", 3), ("seal_changed", 4)]


def test_seals_out_of_order_are_told() -> None:
    links = [*LINKS[:3], replace(LINKS[0], seq=4), *LINKS[3:]]

    assert ("seal_changed", 1) in found(ROWS, links)


def test_a_chain_written_anew_differs_from_a_head_known_elsewhere() -> None:
    rows = [ROWS[0], replace(ROWS[1], line=replace(ROWS[1].line, label="x")), *ROWS[2:]]

    assert found(rows, sealed(rows), {4: LINKS[3].hash}) == [("head_differs", 4)]


def test_a_chain_that_was_cut_off_is_shorter_than_a_head_known_elsewhere() -> None:
    assert found(ROWS[:3], LINKS[:3], {5: LINKS[4].hash}) == [("cut_off", None)]


def test_rows_of_a_later_epoch_come_after_those_with_higher_numbers() -> None:
    rows = [*ROWS, row(1, epoch=2, verb="trail.epoch")]

    assert found(rows, sealed(rows)) == []


def test_an_unknown_algorithm_is_no_crash() -> None:
    links = [replace(LINKS[0], algorithm="md5"), *LINKS[1:]]

    assert found(ROWS, links) == [("seal_changed", 1)]


@given(st.sets(st.integers(0, 5)), st.sets(st.integers(0, 5)))
def test_missing_and_changed_rows_are_all_named(gone: set[int], changed: set[int]) -> None:
    rows = [
        replace(r, line=replace(r.line, level=8), mark=FORGED) if at in changed else r
        for at, r in enumerate(ROWS)
        if at not in gone
    ]

    wanted = [(("missing" if at in gone else "changed"), at + 1) for at in sorted(gone | changed)]
    assert found(rows, LINKS) == wanted
