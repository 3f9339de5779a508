"""Where a block of text names its departments."""

from __future__ import annotations

import re
from dataclasses import dataclass

from linli.plan.reading import departments, names
from linli.plan.reading.departments import Entry
from linli.plan.reading.names import Word

_OPEN_LABEL = re.compile(
    r"(?:^|(?<=[。;,.!\s(]))(?:\*\*)?(?:总?牵头|主责|主办|责任|负责|主要责任|实施|落实|承办|配合|协办|协同|协助|参与|会办)"
    r"(?:负责|责任)?(?:单位|部门|处室|科室|机构|主体)?\s*:|"
    r"(?:牵头|责任|主办|负责|主责)(?:责任)?(?:单位|部门|处室|主体)\s*:?\s*(?=[市县区省团各\u4e00-\u9fff])"
)
_TAIL = re.compile(r"[\s。.;,()、:*]*$")
_SENTENCE_END = "。;!?"
_OFFICE = re.compile(r"(?:局|办|中心|站|所|分局|大队|支队|办公室)$")
# 甲牵头;乙参加 is one sentence.
_SENTENCE = re.compile(r"[。!?]|(?<!牵头)(?<!负责)(?<!主办);")
_STARTS = re.compile(r"[。;!?]")
_ROLE_TAIL = re.compile(r"(?:牵头|负责|配合|参与|参加|协办|组织实施|落实|协助)$")
_BY = re.compile(r"(?<![自经理事缘])由(?=(?P<rest>[^。!?\r\n|\t]{3,120}))")
_ROLE_IN = re.compile(
    r"\s*由?[^,;]{2,60}?(?:牵头(?:负责|组织实施|落实|实施)?|主办|主抓|负责(?:落实|实施)?|组织实施|"
    r"(?:积极|协助|做好)?(?:配合|协办|参与|参加|协同|协助))(?=[,;。]|$|组织|推进|建设|制定|建立|开展|落实|完成)"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch that names departments. `how` says what gave it away."""

    start: int
    end: int
    entries: tuple[Entry, ...]
    how: str

    @property
    def sure(self) -> bool:
        """Whether brackets, a label or a sentence end mark where the names begin."""
        return self.how not in ("glued", "unclosed")


def in_block(text: str, start: int, end: int) -> list[Mention]:
    """Return the mentions of a block, paragraph by paragraph, neighbours joined."""
    found: list[Mention] = []
    at = start
    for line in text[start:end].splitlines(keepends=True):
        found += in_paragraph(text, at, at + len(line.rstrip()))
        at += len(line)
    return _joined(text, found)


def in_paragraph(text: str, start: int, end: int) -> list[Mention]:
    """Return the mentions of one paragraph in the order of the text."""
    found = _bracketed(text, start, end)
    taken = [(m.start, m.end) for m in found]
    for mention in _labelled(text, start, end):
        if not any(a < mention.end and mention.start < b for a, b in taken):
            found.append(mention)
            taken.append((mention.start, mention.end))
    tail = _TAIL.search(text[start:end])
    last = end - len(tail.group()) if tail else end
    if not any(b >= last for _a, b in taken):
        found += _at_the_end(text, start, last)
    return sorted(found or _by(text, start, end), key=lambda m: m.start)


def _by(text: str, start: int, end: int) -> list[Mention]:
    """由甲牵头,乙配合,年底前完成: names with their roles inside a sentence, where no others stand."""
    for match in _BY.finditer(text, start, end):
        entries: list[Entry] = []
        at = last = match.end()
        for piece in re.split(r"(?<=[,;])", match["rest"]):
            role = _ROLE_IN.match(piece)
            named = departments.entries(role.group(), at) if role else []
            if not named or not all(names.strict(e.word.text) for e in named):
                break
            entries += named
            at, last = at + len(piece), at + role.end() if role else at
        if entries:
            return [Mention(match.start(), last, tuple(entries), "sentence")]
    return []


def _bracketed(text: str, start: int, end: int) -> list[Mention]:
    found: list[Mention] = []
    for a, b in _pairs(text, start, end):
        inner = text[a + 1 : b]
        entries = departments.entries(inner, a + 1)
        if not entries or any(a > m.start and b < m.end for m in found):
            continue
        if _OPEN_LABEL.match(inner.lstrip()) or _names_only(inner, entries):
            found = [m for m in found if not (m.start > a and m.end < b)]
            if _OPEN_LABEL.match(inner.lstrip()) or _stands_alone(text, a, b, start, end):
                found.append(Mention(a, b + 1, tuple(entries), "bracket"))
    return found


def _pairs(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Brackets that belong together, outermost first; a stray one is passed over."""
    stack: list[int] = []
    pairs: list[tuple[int, int]] = []
    for at in range(start, end):
        if text[at] == "(":
            stack.append(at)
        elif text[at] == ")" and stack:
            pairs.append((stack.pop(), at))
    return sorted(pairs)


def _names_only(inner: str, entries: list[Entry]) -> bool:
    words = [e.word.text for e in entries]
    good = sum(names.loose(word) for word in words)
    certain = any(names.strict(word) for word in words) or any(e.role for e in entries)
    # towns' own offices have no 市 before them: 社会事务局、司法分局
    certain = certain or (len(words) > 1 and all(_OFFICE.search(word) for word in words))
    return good == len(words) and certain and len(inner) > 2


def _stands_alone(text: str, a: int, b: int, start: int, end: int) -> bool:
    """A bracket with names counts after a sentence, before one ends, or at the line's end."""
    before, after = text[start:a].rstrip(), text[b + 1 : end].lstrip()
    return not after or not before or after[0] in "。;." or before[-1] in _SENTENCE_END


def _labelled(text: str, start: int, end: int) -> list[Mention]:
    found: list[Mention] = []
    for match in _OPEN_LABEL.finditer(text, start, end):
        if found and match.start() < found[-1].end:
            continue
        stop = _STARTS.search(text, match.end(), end)
        last = stop.start() if stop else end
        while last < end and _OPEN_LABEL.match(text[last + 1 : end].lstrip()):
            stop = _STARTS.search(text, last + 1, end)
            last = stop.start() if stop else end
        entries = departments.entries(text[match.start() : last], match.start())
        if entries and _plausible(entries):
            found.append(Mention(match.start(), last, tuple(entries), "label"))
    return found


def _plausible(entries: list[Entry]) -> bool:
    """Behind a label most of what stands there must look like a department."""
    good = sum(names.loose(e.word.text) for e in entries)
    return good * 2 >= len(entries)


def _at_the_end(text: str, start: int, last: int) -> list[Mention]:
    """Names at the end of a paragraph that nothing marks but their form."""
    begin = max((m.end() for m in _SENTENCE.finditer(text, start, last)), default=start)
    tail = text[begin:last]
    entries = departments.entries(tail, begin)
    sure = sum(names.strict(e.word.text) for e in entries)
    alone = begin > start and sure * 2 >= len(entries)
    if begin == start and _runs_on(entries):
        return _glued(text, begin, last)
    certain = entries and (sure == len(entries) or (alone and _all_loose(entries)))
    if certain and (begin > start or len(entries) > 1 or names.known(entries[0].word.text)):
        return [Mention(entries[0].word.start, last, tuple(entries), "tail")]
    if _ROLE_TAIL.search(tail) and (good := _with_roles(entries)):
        return [Mention(good[0].word.start, last, tuple(good), "sentence")]
    return _glued(text, begin, last)


def _runs_on(entries: list[Entry]) -> bool:
    """Whether the first name seems to have a place before it that no other name has."""
    first, others = entries[:1], entries[1:]
    plainly = [names.strict(e.word.text, place=False) for e in others]
    return bool(others) and all(plainly) and not names.strict(first[0].word.text, place=False)


def _all_loose(entries: list[Entry]) -> bool:
    return all(names.loose(e.word.text) for e in entries)


def _with_roles(entries: list[Entry]) -> list[Entry]:
    """The last names of a sentence, back to the first that is none, if one has a role."""
    good: list[Entry] = []
    for entry in reversed(entries):
        if not names.strict(entry.word.text) or not entry.role:
            cut = names.glued(entry.word.text) if entry.role else None
            if cut is not None:
                word = entry.word
                word = Word(word.text[cut:], word.start + cut, word.end)
                good.insert(0, Entry(word, entry.role))
            break
        good.insert(0, entry)
    return good


def _glued(text: str, begin: int, last: int) -> list[Mention]:
    """Names behind prose whose full stop or bracket was lost."""
    pieces = departments.segments(text[begin:last], begin)
    first = last
    for piece, at in reversed(pieces):
        word = piece.strip(" .。()")
        if names.strict(word, place=False):
            first = at + piece.find(word)
            continue
        cut = _cut(piece.rstrip(" .。)"), strong=first < last)
        first = at + cut if cut is not None else first
        break
    entries = departments.entries(text[first:last], first)
    if not entries or not _all_loose(entries):
        return []
    how = "unclosed" if text[begin:first].rstrip().endswith("(") else "glued"
    return [Mention(first, last, tuple(entries), how)]


def _cut(piece: str, *, strong: bool) -> int | None:
    if "(" in piece and names.strict(piece[piece.rfind("(") + 1 :]):
        return piece.rfind("(") + 1
    cut = names.glued(piece)
    if cut is None or strong:
        return cut
    return cut if names.known(piece[cut:]) else None


def _joined(text: str, found: list[Mention]) -> list[Mention]:
    """Join neighbours with nothing but signs and line ends between them."""
    out: list[Mention] = []
    for mention in found:
        if out and not text[out[-1].end : mention.start].strip(" \r\n\t。;,、()|*"):
            last = out.pop()
            both = last.entries + mention.entries
            mention = Mention(last.start, mention.end, both, last.how)
        out.append(mention)
    return out
