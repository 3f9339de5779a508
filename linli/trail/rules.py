"""How a row of the trail is written as bytes, chained to the one before, and checked."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from linli.kernel.moments import moment
from linli.kernel.sealing.suites import HASHES
from linli.trail.types import Line, Link, Problem, Sealable

GENESIS = bytes(32)
_write = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
).encode


def told(details: Mapping[str, Any]) -> str:
    """Return the details of a row as canonical JSON."""
    return _write(details) if details else "{}"


def body(line: Line, details: str | None = None) -> bytes:
    """Return what a row says as canonical JSON: the bytes that its mark is made over.

    `details` spares writing them twice. Basis: docs/formats/trail-chain.md.
    """
    before = _write(
        [
            line.id,
            moment(line.at),
            line.account_id,
            line.acting_for,
            line.label,
            line.post_id,
            line.verb,
            line.kind,
            line.key,
            line.path,
            line.person_id,
            line.purpose,
            line.level,
        ]
    )
    after = told(line.details) if details is None else details
    return f'{before[:-1]},{after},"{line.outcome}"]'.encode()


def link(before: bytes, row: Sealable, algorithm: str) -> bytes:
    """Return the hash that seals a row behind the hash before."""
    written = b'[%d,%d,%b,"%b"]' % (
        row.epoch,
        row.xid,
        body(row.line)[1:-1],
        row.mark.hex().encode(),
    )
    return HASHES[algorithm](before + written)


def chain(before: bytes, rows: Iterable[Sealable], algorithm: str) -> Iterator[bytes]:
    """Return the hashes that seal rows one after the other."""
    for row in rows:
        before = link(before, row, algorithm)
        yield before


class Check:
    """Compares rows with seals, both in their order, and names what differs.

    A seal that does not fit is taken as it stands for the next one, so that one changed row is
    named once. `is_marked` says whether a row bears our mark, or None if that key is lost.
    """

    def __init__(
        self, is_marked: Callable[[Sealable], bool | None], heads: Mapping[int, bytes]
    ) -> None:
        self._is_marked, self._heads = is_marked, heads
        self.before, self.seq = GENESIS, 0
        self.last: tuple[int, int, int] | None = None
        self.heads_compared = self.marks_unknown = 0
        self.rows_left: Iterator[Sealable] = iter(())

    def problems(self, rows: Iterable[Sealable], links: Iterable[Link]) -> Iterator[Problem]:
        """Yield what is not as it was sealed; `rows_left` then holds the rows behind the last seal."""
        left = iter(rows)
        row = next(left, None)
        for seal in links:
            gap = seal.seq - self.seq - 1
            if gap > 0:
                text = f"{gap} seals before number {seal.seq} are missing"
                yield Problem("seal_missing", text, None, seal.seq)
            if self.last is not None and seal.position <= self.last:
                text = f"seal {seal.seq} stands out of order"
                yield Problem("seal_changed", text, seal.entry_id, seal.seq)
                self.seq = seal.seq
                continue
            while row is not None and row.position < seal.position:
                yield from self._without_seal(row, seal.algorithm if gap > 0 else "")
                row = next(left, None)
            if row is None or row.position > seal.position:
                yield from self._missing(seal)
            else:
                yield from self._pair(row, seal)
                row = next(left, None)
            self.before, self.seq, self.last = seal.hash, seal.seq, seal.position
            yield from self._against_head(seal)
        yield from self._heads_beyond()
        self.rows_left = _chained(row, left)

    def _without_seal(self, row: Sealable, gap_algorithm: str) -> Iterator[Problem]:
        """A row among sealed ones: either its seal was taken away, or it was put in later."""
        if gap_algorithm in HASHES and self._is_marked(row) is not False:
            self.before = link(self.before, row, gap_algorithm)
            return
        text = f"entry {row.line.id} was inserted among entries that were sealed before it"
        yield Problem("inserted", text, row.line.id)

    def _missing(self, seal: Link) -> Iterator[Problem]:
        text = f"entry {seal.entry_id} is missing; it was sealed as number {seal.seq}"
        yield Problem("missing", text, seal.entry_id, seal.seq)

    def _pair(self, row: Sealable, seal: Link) -> Iterator[Problem]:
        fits = seal.algorithm in HASHES and link(self.before, row, seal.algorithm) == seal.hash
        marked = self._is_marked(row)
        self.marks_unknown += marked is None
        if fits and marked is not False:
            return
        entry = row.line.id
        if fits:
            text = f"entry {entry} was not written by this service: its mark is not ours"
            yield Problem("inserted", text, entry, seal.seq)
        elif marked:
            text = f"the seal of entry {entry}, or the one before it, was changed"
            yield Problem("seal_changed", text, entry, seal.seq)
        else:
            text = f"entry {entry} was changed after it was sealed as number {seal.seq}"
            yield Problem("changed", text, entry, seal.seq)

    def _against_head(self, seal: Link) -> Iterator[Problem]:
        known = self._heads.get(seal.seq)
        if known is None:
            return
        self.heads_compared += 1
        if known != seal.hash:
            text = f"the chain up to number {seal.seq} is not the one in the transparency log"
            yield Problem("head_differs", text, seal.entry_id, seal.seq)

    def _heads_beyond(self) -> Iterator[Problem]:
        beyond = [seq for seq in self._heads if seq > self.seq]
        if beyond:
            text = (
                f"the chain ends at number {self.seq}, but the transparency log knows it "
                f"up to number {max(beyond)}: the last entries are missing"
            )
            yield Problem("cut_off", text, None, max(beyond))


def _chained(first: Sealable | None, rest: Iterator[Sealable]) -> Iterator[Sealable]:
    if first is not None:
        yield first
    yield from rest
