"""Checks an exported log with nothing but the file: leaves, roots, signatures, openings.

Basis: docs/formats/transparency-log.md.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from linli.translog import rules, tree

FORMAT = "linli-log-1"
MOST_PROBLEMS = 100


@dataclass
class Checked:
    """What the check of an export found. Problems are (number of the line, what is wrong)."""

    origin: str = ""
    entries: int = 0
    opened: int = 0
    forgotten: int = 0
    heads: int = 0
    signed_size: int = 0
    root: str = ""
    known_head_found: bool | None = None
    problems: list[tuple[int, str]] = field(default_factory=list)

    @property
    def is_well(self) -> bool:
        return not self.problems


class Reader:
    """Reads lines in order. `keys` are verifier keys that one trusts; else those of the file count."""

    def __init__(self, keys: Iterable[str] = (), known: rules.ReadHead | None = None) -> None:
        self.found = Checked(known_head_found=None if known is None else False)
        self._trusted = list(keys)
        self._keys: list[bytes] = []
        self._earlier: list[tuple[str, int]] = []
        self._known = known
        self._edge: tree.Frontier | None = None
        self._number = 0

    def read(self, lines: Iterable[str | bytes]) -> Checked:
        """Check the lines of one file; call again for the parts that follow."""
        for line in lines:
            self._number += 1
            if len(self.found.problems) >= MOST_PROBLEMS:
                break
            for what in self._line(line):
                self.found.problems.append((self._number, what))
        return self.found

    def finish(self) -> Checked:
        """Say what is still open at the end."""
        if self._edge is None:
            self.found.problems.append((self._number, "this is no export of a log"))
        elif self.found.heads == 0:
            self.found.problems.append((self._number, "no signed head covers any entry"))
        if self._known is not None and not self.found.known_head_found:
            what = f"the head of size {self._known.size} that you know is not in this log"
            if self._known.origin != self.found.origin:
                what += f": it is of {self._known.origin}, before a restore, and covers entries that were lost"
            self.found.problems.append((self._number, what))
        return self.found

    def _line(self, line: str | bytes) -> Iterator[str]:
        try:
            said = json.loads(line)
            if "format" in said:
                yield from self._begin(said)
            elif self._edge is None:
                yield "the file does not begin with a line that names its format"
            elif "head" in said:
                yield from self._head(rules.read_note(said["head"]), self._edge)
            else:
                yield from self._entry(said, self._edge)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            yield f"cannot be read: {error}"

    def _begin(self, said: dict[str, Any]) -> Iterator[str]:
        if said["format"] != FORMAT:
            yield f"the format “{said['format']}” is not known; {FORMAT} is"
            return
        first, edge = int(said["first"]), self._edge
        if edge is None:
            peaks = [bytes.fromhex(peak) for peak in said.get("before", [])]
            if len(peaks) != first.bit_count():
                yield f"the roots before entry {first} are missing"
                return
            self._edge = tree.Frontier(first, peaks)
        elif edge.size != first:
            yield f"this part begins at entry {first}, expected {edge.size}"
        self.found.origin = said["origin"]
        # names from before a restore, each good for heads over so many entries
        self._earlier = [(str(e["origin"]), int(e["until"])) for e in said.get("earlier", [])]
        names = {said["origin"], *(name for name, _until in self._earlier)}
        self._keys = [_public(key, names) for key in self._trusted or said["keys"]]

    def _entry(self, said: dict[str, Any], edge: tree.Frontier) -> Iterator[str]:
        committed = bytes.fromhex(said["commitment"])
        if said["entry"] != edge.size:
            yield f"entry {said['entry']} stands where entry {edge.size} is expected"
        for _ in edge.add(tree.leaf_hash(committed)):
            pass
        self.found.entries += 1
        self.found.forgotten += bool(said.get("forgotten"))
        if "salt" in said:
            hashed = rules.content_hash(said["content"])
            salt = bytes.fromhex(said["salt"])
            if rules.opens(committed, said["kind"], said["at"], hashed, salt):
                self.found.opened += 1
            else:
                yield f"the content of entry {said['entry']} is not what was entered"

    def _head(self, head: rules.ReadHead, edge: tree.Frontier) -> Iterator[str]:
        if head.size != edge.size:
            yield f"the head of size {head.size} stands behind {edge.size} entries"
            return
        if head.origin != self._name_at(head.size):
            yield f"the head of size {head.size} is of another log, {head.origin}"
        if not any(head.is_by(public) for public in self._keys):
            yield f"the head of size {head.size} is not signed by a key of this log"
        root = edge.root()
        if head.root != root:
            yield f"the head of size {head.size} has another root than its entries"
        self.found.heads += 1
        self.found.signed_size, self.found.root = head.size, root.hex()
        self._against_known(head, root)

    def _name_at(self, size: int) -> str:
        """Return the name under which a head of so many entries must be signed."""
        return next((name for name, until in self._earlier if size <= until), self.found.origin)

    def _against_known(self, head: rules.ReadHead, root: bytes) -> None:
        known = self._known
        if known is not None and known.size == head.size:
            self.found.known_head_found = known.root == root


def _public(key: str, origins: Collection[str]) -> bytes:
    name, hashed, encoded = key.split("+", 2)
    raw = base64.b64decode(encoded, validate=True)
    public = raw[1:]
    if name not in origins or raw[:1] != rules.ED25519 or len(public) != 32:
        raise ValueError(f"“{key}” is not a key of the log {', '.join(sorted(origins))}")
    if rules.key_hash(name, public).hex() != hashed:
        raise ValueError(f"the key “{key}” is damaged")
    return public
