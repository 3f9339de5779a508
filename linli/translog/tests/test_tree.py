"""The Merkle tree: known trees of RFC 6962, and that every proof holds and no altered one does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.translog import tree

# the leaves and roots that the test suites of certificate transparency logs share
LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
PATHS = {
    (0, 1): [],
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
}
CONSISTENT = {
    (1, 1): [],
    (1, 8): PATHS[0, 8],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}


class Grown:
    """A tree in memory: stored nodes, and the root after each leaf."""

    def __init__(self, leaves: Sequence[bytes]) -> None:
        self.nodes: dict[tree.Node, bytes] = {}
        self.roots = [tree.EMPTY]
        edge = tree.Frontier()
        for index, leaf in enumerate(leaves):
            self.nodes[0, index] = tree.leaf_hash(leaf)
            self.nodes |= {(at, i): top for at, i, top in edge.add(self.nodes[0, index])}
            self.roots.append(edge.root())

    def read(self, wanted: Sequence[tree.Node]) -> Mapping[tree.Node, bytes]:
        return {node: self.nodes[node] for node in wanted}


KNOWN = Grown(LEAVES)
BIG = Grown([index.to_bytes(4, "big") for index in range(700)])
sizes = st.integers(1, 700)


def plain_root(leaves: Sequence[bytes]) -> bytes:
    """The definition of RFC 6962, word for word."""
    if len(leaves) < 2:
        return tree.leaf_hash(leaves[0]) if leaves else tree.EMPTY
    at = max(1 << power for power in range(20) if 1 << power < len(leaves))
    return tree.node_hash(plain_root(leaves[:at]), plain_root(leaves[at:]))


def hexes(hashes: Sequence[bytes]) -> list[str]:
    return [item.hex() for item in hashes]


def test_roots_of_the_known_trees() -> None:
    assert hexes(KNOWN.roots) == ROOTS
    assert [tree.root(size, KNOWN.read).hex() for size in range(9)] == ROOTS


@pytest.mark.parametrize(("index", "size"), list(PATHS))
def test_inclusion_paths_of_the_known_trees(index: int, size: int) -> None:
    assert hexes(tree.inclusion_proof(index, size, KNOWN.read)) == PATHS[index, size]


@pytest.mark.parametrize(("old", "new"), list(CONSISTENT))
def test_consistency_paths_of_the_known_trees(old: int, new: int) -> None:
    assert hexes(tree.consistency_proof(old, new, KNOWN.read)) == CONSISTENT[old, new]


@given(st.integers(0, 700))
@settings(max_examples=40, deadline=None)
def test_a_root_is_what_the_definition_says(size: int) -> None:
    leaves = [index.to_bytes(4, "big") for index in range(size)]

    assert BIG.roots[size] == tree.root(size, BIG.read) == plain_root(leaves)


@given(sizes, st.data())
def test_every_inclusion_proof_holds(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    path = tree.inclusion_proof(index, size, BIG.read)

    assert tree.proves_inclusion(BIG.nodes[0, index], index, size, path, BIG.roots[size])


@given(sizes, st.data())
def test_no_altered_inclusion_proof_holds(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    path = tree.inclusion_proof(index, size, BIG.read)
    leaf, root = BIG.nodes[0, index], BIG.roots[size]
    at = data.draw(st.integers(0, max(len(path) - 1, 0)))
    bad = bytes(32)

    assert not tree.proves_inclusion(bad, index, size, path, root)
    assert not tree.proves_inclusion(leaf, index, size, path, bad)
    assert not tree.proves_inclusion(leaf, index, size, [*path, bad], root)
    assert not tree.proves_inclusion(leaf, size, size, path, root)
    assert not tree.proves_inclusion(leaf, -1, size, path, root)
    assert not path or not tree.proves_inclusion(leaf, index, size, path[:-1], root)
    assert not path or not tree.proves_inclusion(
        leaf, index, size, [*path[:at], bad, *path[at + 1 :]], root
    )
    other = data.draw(st.integers(0, size - 1).filter(lambda i: i != index or size == 1))
    assert other == index or not tree.proves_inclusion(leaf, other, size, path, root)


@given(sizes, sizes)
def test_every_consistency_proof_holds(one: int, other: int) -> None:
    old, new = sorted((one, other))
    path = tree.consistency_proof(old, new, BIG.read)

    assert tree.proves_consistency(old, new, BIG.roots[old], BIG.roots[new], path)


@given(sizes, sizes, st.data())
def test_no_altered_consistency_proof_holds(one: int, other: int, data: st.DataObject) -> None:
    old, new = sorted((one, other))
    path = tree.consistency_proof(old, new, BIG.read)
    older, newer, bad = BIG.roots[old], BIG.roots[new], bytes(32)
    at = data.draw(st.integers(0, max(len(path) - 1, 0)))

    assert not tree.proves_consistency(old, new, bad, newer, path)
    assert not tree.proves_consistency(old, new, older, bad, path)
    assert not tree.proves_consistency(old, new, older, newer, [*path, bad])
    assert not path or not tree.proves_consistency(old, new, older, newer, path[1:])
    assert not path or not tree.proves_consistency(
        old, new, older, newer, [*path[:at], bad, *path[at + 1 :]]
    )
    assert not tree.proves_consistency(0, new, older, newer, path)
    assert old == new or not tree.proves_consistency(new, old, newer, older, path)


def test_a_tree_that_left_out_a_leaf_is_not_consistent() -> None:
    forked = Grown([index.to_bytes(4, "big") for index in range(699) if index != 5])

    path = tree.consistency_proof(100, 600, forked.read)

    assert not tree.proves_consistency(100, 600, BIG.roots[100], forked.roots[600], path)


def test_a_proof_reads_few_nodes() -> None:
    asked: list[int] = []

    def read(nodes: Sequence[tree.Node]) -> Mapping[tree.Node, bytes]:
        asked.append(len(nodes))
        return dict.fromkeys(nodes, bytes(32))

    tree.inclusion_proof(123_456, 1_000_003, read)
    tree.consistency_proof(123_456, 1_000_003, read)
    tree.root(1_000_003, read)

    assert len(asked) == 3
    assert max(asked) <= 40


@given(st.lists(sizes, min_size=2, max_size=6))
def test_a_frontier_goes_on_where_it_stopped(stops: list[int]) -> None:
    edge = tree.Frontier()
    for low, high in pairwise([0, *sorted(stops)]):
        edge = tree.Frontier(low, [BIG.nodes[node] for node in tree.cover(0, low)])
        for index in range(low, high):
            assert {(at, i): top for at, i, top in edge.add(BIG.nodes[0, index])}.items() <= (
                BIG.nodes.items()
            )

    assert edge.root() == BIG.roots[max(stops)]
