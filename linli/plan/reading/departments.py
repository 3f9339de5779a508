"""Who is responsible: in brackets, behind a label, in a sentence, or bare at the end."""

from __future__ import annotations

import re
from dataclasses import dataclass

from linli.plan.reading import names
from linli.plan.reading.names import Word

LEAD, JOIN, BOTH, OTHER = "lead", "join", "both", "other"
_OFFICE = r"(?:单位|部门|处室|科室|机构|主体)"


def _label(name: str, words: str, *, bare: bool = True) -> str:
    """A label needs a colon, or 单位 and the beginning of a name."""
    office = rf"(?:{words}){_OFFICE}(?:\s*[:为]\s*|\s*(?=[市县区省团各]))"
    return rf"(?P<{name}>{office}" + (rf"|(?:{words})\s*:\s*)" if bare else ")")


_LABEL = re.compile(
    "|".join(
        (
            _label(LEAD, "牵头负责|牵头责任|总牵头|牵头|主责|主办|主要责任|第一责任"),
            _label(JOIN, "配合责任|配合|协办|参与|参加|协同|协助|会办|支持"),
            _label(BOTH, "责任分工|责任|负责|实施|落实|承办|承担|分工"),
            r"(?P<other>(?:完成)?(?:时限|时间|期限)(?:要求)?\s*:|"
            r"(?:责任人|责任领导|分管领导|联系人|牵头领导|联系电话|备注)\s*:)",
        )
    )
)
_ROLE_AFTER = re.compile(
    r"(?:等(?:有关|相关)?(?:单位|部门)?)?(?:按照?(?:各自)?(?:职责|分工)(?:分工)?|分工|分别|共同|具体|联合|统筹)*"
    r"(?P<role>牵头(?:负责|组织实施|落实|实施)?|主办|主抓|负责(?:落实|实施)?|组织实施|抓好落实|落实|"
    r"(?:积极|协助|做好)?(?P<join>配合(?:实施|落实|做好)?|(?<!政)协办|参与|参加|协同|协助))$"
)
_BRACKET_ROLE = re.compile(r"\((?:(牵头|主办|主责|负责)|(配合|协办|参与|参加))(?:单位|部门)?\)$")
_TAIL_WORDS = re.compile(r"(?:等(?:有关|相关)?(?:单位|部门|成员单位)?|为主|等)$")
_AND = re.compile(r"(?<=[局委部办院联会厅社])(?:和|及|与|以及|会同)(?=[\u4e00-\u9fff])")
_SEPARATORS = "、,;/|\n\r\t "


@dataclass(frozen=True, slots=True)
class Entry:
    """One department of a mention and the role that the words around it give."""

    word: Word
    role: str


def entries(text: str, start: int) -> list[Entry]:
    """Read a stretch that is known to name departments, with its labels and role words."""
    found: list[Entry] = []
    role, fresh = "", 0
    for kind, piece, at in _pieces(text, start):
        if kind == "label":
            role, fresh = piece, len(found)
            continue
        for word, after in _names(piece, at):
            if role != OTHER:
                found.append(Entry(word, role))
            if after:
                found[fresh:] = [Entry(e.word, after) for e in found[fresh:]]
                fresh = len(found)
    return found


def _pieces(text: str, start: int) -> list[tuple[str, str, int]]:
    """Cut a stretch at its labels: (label, role, offset) and (names, text, offset)."""
    out: list[tuple[str, str, int]] = []
    at = 0
    for match in _LABEL.finditer(text):
        out.append(("names", text[at : match.start()], start + at))
        out.append(("label", match.lastgroup or BOTH, start + match.start()))
        at = match.end()
    out.append(("names", text[at:], start + at))
    return out


def _names(text: str, start: int) -> list[tuple[Word, str]]:
    """The names of a stretch without labels, each with the role word that follows it."""
    out: list[tuple[Word, str]] = []
    for piece, at in segments(text, start):
        word, role = _trimmed(piece, at)
        if not word:
            if role and out:
                out[-1] = (out[-1][0], role)
            continue
        pieces = names.unjoined(word.text, word.start)
        out += [(one, "") for one in pieces[:-1]] + [(pieces[-1], role)]
    return out


def segments(text: str, start: int) -> list[tuple[str, int]]:
    """Cut at separators outside brackets, and at 和 between two names."""
    cuts: list[tuple[int, int]] = []
    inside = _bracketed(text)
    begin = 0
    for at, char in enumerate(text):
        if char in _SEPARATORS and at not in inside:
            cuts.append((begin, at))
            begin = at + 1
    cuts.append((begin, len(text)))
    out: list[tuple[str, int]] = []
    for a, b in cuts:
        pieces = [a, *(a + m.start() for m in _AND.finditer(text[a:b])), b]
        for left, right in zip(pieces, pieces[1:], strict=False):
            piece = text[left:right]
            lead = re.match(r"(?:和|及|与|以及|会同)", piece) if left > a else None
            skip = lead.end() if lead else 0
            out.append((piece[skip:], start + left + skip))
    return [one for one in out if one[0].strip()]


def _bracketed(text: str) -> set[int]:
    """The offsets inside brackets that are closed; a stray bracket encloses nothing."""
    inside: set[int] = set()
    stack: list[int] = []
    for at, char in enumerate(text):
        if char == "(":
            stack.append(at)
        elif char == ")" and stack:
            inside.update(range(stack.pop(), at))
    return inside


def _trimmed(piece: str, at: int) -> tuple[Word | None, str]:
    """Take spaces, brackets and role words off a name."""
    left = len(piece) - len(piece.lstrip(" .。:由*"))
    text = piece[left:].rstrip(" .。:*")
    role = ""
    if match := _BRACKET_ROLE.search(text):
        role = LEAD if match.group(1) else JOIN
        text = text[: match.start()]
    elif match := _ROLE_AFTER.search(text):
        role = JOIN if match.group("join") else _lead_or_both(match.group("role"))
        text = text[: match.start()]
    text = _TAIL_WORDS.sub("", text).strip()
    while text.startswith("(") and text.count("(") > text.count(")"):
        text, left = text[1:], left + 1
    if text.count(")") > text.count("("):
        text = text.replace(")", "", text.count(")") - text.count("(")).strip()
    start = at + piece.find(text, left) if text else at
    return (Word(text, start, start + len(text)) if len(text) > 1 else None), role


def _lead_or_both(word: str) -> str:
    return LEAD if word.startswith(("牵头", "主")) else BOTH


def in_order(found: list[Entry]) -> list[tuple[Word, bool]]:
    """The departments in the order of the text, each once; which one leads.

    The first one with a leading role leads, else the first one named.
    """
    leader = next((e for e in found if e.role == LEAD), None)
    leader = leader or next((e for e in found if e.role != JOIN), None)
    out: list[tuple[Word, bool]] = []
    for entry in found:
        if all(entry.word.text != word.text for word, _leads in out):
            out.append((entry.word, leader is not None and entry.word.text == leader.word.text))
    return out
