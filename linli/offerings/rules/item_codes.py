"""The code of a service item: parsed, and its parts checked.

Structure as observed on the Guangdong portal (domain PS-05 to PS-07; the standard GB/T 39554.1-2020
exists, its structure is to be confirmed): credit code of the body (18), level (1), basic code (12);
a form of 33 digits adds two for the business sub-item.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from stdnum.cn import uscc

BASIC, WHOLE, WITH_SUB, BODY = 12, 31, 33, 18
# PS-06
LEVELS = {"1": "nation", "2": "province", "3": "city", "4": "county", "5": "town", "6": "village"}
# PS-07: national, and Guangdong
REGIONS = frozenset({"00", "44"})
_SIGNS = re.compile(r"[0-9A-Z]+")


@dataclass(frozen=True, slots=True)
class ItemCode:
    """The parts of a code; a basic code alone has neither body nor level."""

    body: str
    level: str
    basic: str
    sub: str = ""

    @property
    def region(self) -> str:
        return self.basic[:2]


class NotACode(ValueError):
    """A text that is no code of an item; `reason` is signs, length, body, level or region."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def tidy_code(text: str) -> str:
    """Return a code without blanks and hyphens, in capitals."""
    return re.sub(r"[\s-]", "", text).upper()


def parse_code(text: str) -> ItemCode:
    """Return the parts of a code of 12, 31 or 33 signs. Raises NotACode."""
    code = tidy_code(text)
    if not _SIGNS.fullmatch(code):
        raise NotACode("signs")
    if len(code) == BASIC:
        return _checked(ItemCode("", "", code))
    if len(code) not in (WHOLE, WITH_SUB):
        raise NotACode("length")
    found = ItemCode(code[:BODY], code[BODY], code[BODY + 1 : WHOLE], code[WHOLE:])
    if not uscc.is_valid(found.body):
        raise NotACode("body")
    if found.level not in LEVELS:
        raise NotACode("level")
    return _checked(found)


def _checked(code: ItemCode) -> ItemCode:
    if not code.basic.isdigit() or (code.sub and not code.sub.isdigit()):
        raise NotACode("signs")
    if code.region not in REGIONS:
        raise NotACode("region")
    return code


def is_of_level(code: str, level: str) -> bool:
    """Say whether a code that can be read is of a level of decision; a basic code is of every one."""
    found = parse_code(code).level
    return not found or LEVELS[found] == level


def code_fault(text: str) -> str:
    """Return what is wrong with a code, or nothing; no code at all is right."""
    try:
        if text:
            parse_code(text)
    except NotACode as fault:
        return fault.reason
    return ""
