"""The Merkle tree of RFC 6962 over numbered leaves: root, inclusion and consistency proofs.

A node (level, index) is the root of the full subtree over leaves index·2^level to
(index+1)·2^level − 1. Full subtrees never change, so they are stored once; everything else is
folded from at most two per level. No input or output here: `read` brings the nodes asked for.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

Node = tuple[int, int]
Span = tuple[int, int]
Read = Callable[[Sequence[Node]], Mapping[Node, bytes]]
EMPTY = hashlib.sha256().digest()


def leaf_hash(data: bytes) -> bytes:
    """Return the hash of a leaf. Basis: RFC 6962 section 2.1."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node. Basis: RFC 6962 section 2.1."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def split(count: int) -> int:
    """Return the largest power of two below a number of leaves that is at least 2."""
    return 1 << ((count - 1).bit_length() - 1)


def cover(low: int, high: int) -> list[Node]:
    """Return the full subtrees, left to right, of the leaves from `low` up to, not with, `high`.

    `low` is a multiple of a power of two not below their number, as in every span of the tree.
    """
    nodes = []
    while low < high:
        level = (high - low).bit_length() - 1
        nodes.append((level, low >> level))
        low += 1 << level
    return nodes


def inclusion_spans(index: int, size: int) -> list[Span]:
    """Return the spans whose hashes prove a leaf, nearest first. Basis: RFC 6962 section 2.1.1."""
    assert 0 <= index < size, "no such leaf in a tree of this size"
    spans, low, high = [], 0, size
    while high - low > 1:
        middle = low + split(high - low)
        if index < middle:
            spans.append((middle, high))
            high = middle
        else:
            spans.append((low, middle))
            low = middle
    return spans[::-1]


def consistency_spans(old: int, new: int) -> list[Span]:
    """Return the spans that prove a tree to continue another. Basis: RFC 6962 section 2.1.2."""
    assert 0 < old <= new, "the older tree has at least one leaf and not more than the newer"
    spans, low, high, is_whole = [], 0, new, True
    while old != high:
        middle = low + split(high - low)
        if old <= middle:
            spans.append((middle, high))
            high = middle
        else:
            spans.append((low, middle))
            low, is_whole = middle, False
    if not is_whole:
        spans.append((low, high))
    return spans[::-1]


def hashes_of(spans: Sequence[Span], read: Read) -> list[bytes]:
    """Return the hash of each span; all nodes are read at once."""
    covers = [cover(low, high) for low, high in spans]
    found = read([node for nodes in covers for node in nodes])
    return [fold([found[node] for node in nodes]) for nodes in covers]


def fold(peaks: Sequence[bytes]) -> bytes:
    """Return the hash over full subtrees that lie side by side, larger ones left."""
    if not peaks:
        return EMPTY
    top = peaks[-1]
    for peak in reversed(peaks[:-1]):
        top = node_hash(peak, top)
    return top


def root(size: int, read: Read) -> bytes:
    """Return the root of the first `size` leaves."""
    return hashes_of([(0, size)], read)[0]


def inclusion_proof(index: int, size: int, read: Read) -> list[bytes]:
    """Return the audit path of a leaf in the tree of a size."""
    return hashes_of(inclusion_spans(index, size), read)


def consistency_proof(old: int, new: int, read: Read) -> list[bytes]:
    """Return the proof that the tree of size `new` begins with the tree of size `old`."""
    return hashes_of(consistency_spans(old, new), read)


class Frontier:
    """The right edge of a growing tree: enough to add leaves and to know the root."""

    def __init__(self, size: int = 0, peaks: Iterable[bytes] = ()) -> None:
        self.size = size
        self.peaks = list(peaks)
        assert len(self.peaks) == size.bit_count(), "not the peaks of a tree of this size"

    def add(self, leaf: bytes) -> Iterator[tuple[int, int, bytes]]:
        """Add a leaf's hash; yield (level, index, hash) of each subtree that it completed."""
        index, level, top = self.size, 0, leaf
        self.size += 1
        while index & 1:
            top = node_hash(self.peaks.pop(), top)
            index >>= 1
            level += 1
            yield level, index, top
        self.peaks.append(top)

    def root(self) -> bytes:
        return fold(self.peaks)


def proves_inclusion(
    leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes
) -> bool:
    """Say whether a path leads from a leaf's hash to the root. Basis: RFC 9162 section 2.1.3.2."""
    if not 0 <= index < size:
        return False
    at, last, top = index, size - 1, leaf
    for step in path:
        if last == 0:
            return False
        if at & 1 or at == last:
            top = node_hash(step, top)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            top = node_hash(top, step)
        at, last = at >> 1, last >> 1
    return last == 0 and hmac.compare_digest(top, root)


def proves_consistency(
    old: int, new: int, old_root: bytes, new_root: bytes, path: Sequence[bytes]
) -> bool:
    """Say whether a path shows the newer tree to begin with the older. Basis: RFC 9162, 2.1.4.2."""
    if not 0 < old <= new:
        return False
    if old == new:
        return not path and hmac.compare_digest(old_root, new_root)
    steps = list(path)
    if old & (old - 1) == 0:
        steps.insert(0, old_root)
    if not steps:
        return False
    at, last = old - 1, new - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    older = newer = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            older, newer = node_hash(step, older), node_hash(step, newer)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            newer = node_hash(newer, step)
        at, last = at >> 1, last >> 1
    return (
        last == 0 and hmac.compare_digest(older, old_root) and hmac.compare_digest(newer, new_root)
    )
