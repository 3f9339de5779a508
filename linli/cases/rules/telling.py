"""What stands in a text of somebody: numbers that name people, and whether there are words at all."""

from __future__ import annotations

import re
import unicodedata

from linli.kernel.identity import FULL_WIDTH, fault_of_id

_ID = re.compile(r"(?<!\d)\d{6}[ -]?\d{8}[ -]?\d{3}[\dXx](?!\d)")
_MOBILE = re.compile(r"(?<!\d)(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)")
_OFFICE = re.compile(r"(?<!\d)0\d{2,3}[ -]?\d{7,8}(?!\d)")
# stands in each of them, however it is written in groups
_IN_EACH = re.compile(r"\d{4}")
_CARD = re.compile(r"(?<!\d)6\d{3}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?(?!\d)")


def numbers_in(text: str, own: str = "") -> list[str]:
    """Return the numbers in a text that name or reach people: identity cards, telephones, bank cards.

    The writer's `own` telephone is not one of them, nor are short numbers such as 110.
    """
    plain = text.translate(FULL_WIDTH)
    found: list[str] = []
    if not _IN_EACH.search(plain):
        return found
    mine = _digits(own)[-11:]
    for pattern in (_ID, _CARD, _MOBILE, _OFFICE):
        for match in pattern.finditer(plain):
            if pattern is _ID and fault_of_id(_tidy(match[0])):
                continue
            if not (mine and _digits(match[0]).endswith(mine)):
                found.append(match[0])
        plain = pattern.sub(lambda match: " " * len(match[0]), plain)
    return found


def masked(number: str) -> str:
    """Return a number as it may be shown beside the field: its ends alone."""
    plain = number.strip()
    return plain[:3] + "*" * max(len(plain) - 5, 1) + plain[-2:]


def covered(text: str, own: str = "") -> str:
    """Return a text in which identity and bank cards and the telephone `own` are covered.

    Other telephones stay: whoever took the words down put them there for the office.
    """
    plain, mine = text.translate(FULL_WIDTH), _digits(own)[-11:]
    found = [match for pattern in (_ID, _CARD) for match in pattern.finditer(plain)]
    if mine:
        phones = (match for pattern in (_MOBILE, _OFFICE) for match in pattern.finditer(plain))
        found += [match for match in phones if _digits(match[0]).endswith(mine)]
    for match in found:
        # sign by sign, so that the rest of the text stays as it was written
        text = text[: match.start()] + _same_length(match[0]) + text[match.end() :]
    return text


def _same_length(number: str) -> str:
    return number[:3] + "*" * max(len(number) - 5, 1) + number[-2:]


def has_words(text: str) -> bool:
    """Say whether a text holds letters or figures, not only signs, faces and blanks."""
    return any(unicodedata.category(sign)[0] in "LN" for sign in text)


def first_line(text: str, most: int = 60) -> str:
    """Return the beginning of a text for lists of staff, without numbers that name people."""
    line = " ".join(text.split())
    for number in numbers_in(line):
        line = line.translate(FULL_WIDTH).replace(number, masked(number))
    return line if len(line) <= most else line[: most - 1] + "…"


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text.translate(FULL_WIDTH))


def _tidy(text: str) -> str:
    return re.sub(r"[ -]", "", text).upper()
