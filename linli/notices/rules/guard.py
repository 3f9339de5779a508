"""What in a text may be about a person: pointed out before it is public, and numbers that never may.

It points; it does not decide. Whole numbers of identity and bank cards are grave: no notice needs one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from linli.kernel.identity import FULL_WIDTH, fault_of_id

MOST = 50


class Sign(StrEnum):
    """What a place in a text looks like."""

    IDENTITY = "identity"
    BANK_CARD = "bank_card"
    MOBILE = "mobile"
    HOME = "home"
    PARTY = "party"
    PROTECTED = "protected"


GRAVE = frozenset({Sign.IDENTITY, Sign.BANK_CARD})
_DIGITS = re.compile(r"(?<![0-9A-Za-z])\d(?:[ \-]?\d){10,22}[ \-]?[\dXx]?(?![0-9A-Za-z])")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_HOME = re.compile(r"\d+\s*[栋幢座]\s*(?:\d+\s*单元)?\s*\d{2,4}\s*(?:室|房|号房)?")
_PARTY = re.compile(r"入党|党员发展|发展党员|预备党员|发展对象|党员名单|党费|开除党籍|党内处分")
_PROTECTED = re.compile(
    r"艾滋|梅毒|肝炎|癌|肿瘤|精神障碍|精神病|残疾|怀孕|流产|吸毒|戒毒|社区矫正|刑满|服刑"
    r"|未成年|孤儿|留守儿童|低保|五保|特困|病历|确诊"
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One place in a text: what it looks like, the words, and in which field they stand."""

    sign: Sign
    words: str
    field: str

    @property
    def is_grave(self) -> bool:
        return self.sign in GRAVE


def look(texts: dict[str, str], *, phones_fit: frozenset[str] = frozenset()) -> list[Finding]:
    """Return what may be about a person in texts by field; telephones are expected in `phones_fit`."""
    found: list[Finding] = []
    for name, text in texts.items():
        for sign, words in _signs(text):
            if sign is Sign.MOBILE and name in phones_fit:
                continue
            finding = Finding(sign, words, name)
            if finding not in found:
                found.append(finding)
    return found[:MOST]


def _signs(text: str) -> Iterator[tuple[Sign, str]]:
    flat = text.translate(FULL_WIDTH)
    for match in _DIGITS.finditer(flat):
        sign = _sign_of(re.sub(r"[ \-]", "", match[0]).upper())
        if sign is not None:
            yield sign, match[0].strip()
    for sign, pattern in ((Sign.HOME, _HOME), (Sign.PARTY, _PARTY), (Sign.PROTECTED, _PROTECTED)):
        for match in pattern.finditer(flat):
            yield sign, match[0].strip()


def _sign_of(digits: str) -> Sign | None:
    """Return what a run of digits is: the check digits tell cards from amounts and numbers of papers."""
    if not fault_of_id(digits):
        return Sign.IDENTITY
    if not digits.isdigit():
        return None
    if 16 <= len(digits) <= 19 and digits[0] in "3456" and _is_luhn(digits):
        return Sign.BANK_CARD
    if _MOBILE.fullmatch(digits) or _MOBILE.fullmatch(digits.removeprefix("86")):
        return Sign.MOBILE
    return None


def _is_luhn(digits: str) -> bool:
    """Say whether the check digit of a bank card fits (ISO/IEC 7812)."""
    doubled = [
        int(d) if n % 2 == 0 else sum(divmod(2 * int(d), 10))
        for n, d in enumerate(reversed(digits))
    ]
    return sum(doubled) % 10 == 0
