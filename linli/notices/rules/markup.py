"""The little that a text may do: paragraphs by lines, and lists of lines that begin with a hyphen."""

from __future__ import annotations

import re
from dataclasses import dataclass

ITEM = re.compile(r"^\s*[-*•·]\s+(.*)$")
SPACE = re.compile(r"[ \t\u3000]+")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of one line, or a list of several."""

    is_list: bool
    lines: tuple[str, ...]


def blocks(text: str) -> list[Block]:
    """Return a text as paragraphs and lists; everything else in it stays plain words."""
    found: list[Block] = []
    for line in text.splitlines():
        item = ITEM.match(line)
        words = SPACE.sub(" ", item[1] if item else line).strip()
        if not words:
            continue
        if item and found and found[-1].is_list:
            found[-1] = Block(True, (*found[-1].lines, words))
        else:
            found.append(Block(bool(item), (words,)))
    return found


def plain(text: str) -> str:
    """Return a text on one line, for feeds and lists."""
    return " ".join(line for block in blocks(text) for line in block.lines)


def shortened(text: str, signs: int) -> str:
    """Return the beginning of a text on one line."""
    line = plain(text)
    return line if len(line) <= signs else line[: signs - 1] + "…"
