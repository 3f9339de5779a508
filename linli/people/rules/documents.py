"""Identity documents: kinds, what their numbers must look like, what a number itself tells."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from enum import StrEnum
from operator import mul
from typing import NamedTuple


class DocumentKind(StrEnum):
    """What a person can be identified by."""

    RESIDENT_ID = "resident_id"
    HOME_RETURN = "home_return"
    TAIWAN_PERMIT = "taiwan_permit"
    HONG_KONG_RESIDENCE = "hong_kong_residence"
    MACAU_RESIDENCE = "macau_residence"
    TAIWAN_RESIDENCE = "taiwan_residence"
    FOREIGN_PERMANENT = "foreign_permanent"
    PASSPORT = "passport"
    BIRTH_CERTIFICATE = "birth_certificate"


KINDS = frozenset(kind.value for kind in DocumentKind)


class DocumentCheck(NamedTuple):
    """A number as it is stored, what it tells, and what is wrong with it (empty: nothing)."""

    kind: DocumentKind
    number: str
    fault: str = ""
    born_on: date | None = None
    sex: str = ""


WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_SIGNS = "10X98765432"
ID_LENGTH, OLD_ID_LENGTH = 18, 15
# No province has the code 00, so no resident can bear such a number: synthetic people do.
FICTITIOUS_PREFIX = "00"
# The standard began with people who were alive in 1984; nobody born earlier holds a card.
EARLIEST_BIRTH = date(1850, 1, 1)

_RESIDENCE_PREFIX = {
    DocumentKind.HONG_KONG_RESIDENCE: "810000",
    DocumentKind.MACAU_RESIDENCE: "820000",
    DocumentKind.TAIWAN_RESIDENCE: "830000",
}
_SHAPES = {
    DocumentKind.HOME_RETURN: re.compile(r"[HM]\d{8}(\d{2})?"),
    DocumentKind.TAIWAN_PERMIT: re.compile(r"\d{8}|\d{10}[A-Z]?"),
    DocumentKind.PASSPORT: re.compile(r"(?=.*\d)[A-Z0-9]{5,15}"),
    DocumentKind.BIRTH_CERTIFICATE: re.compile(r"[A-Z]\d{9}"),
}
_OLD_PERMANENT = re.compile(r"[A-Z]{3}\d{12}")
_EXCEL = re.compile(r"\d(\.\d+)?E\+?\d+|\d{16,}\.0*", re.IGNORECASE)
_NOISE = str.maketrans("", "", " \t\r\n-_'’`‘　\u200b\ufeff")


def clean_number(text: str) -> str:
    """Return a number as stored: capitals and digits of one form, without spaces and hyphens."""
    if text.isdigit() and text.isascii():
        return text
    return unicodedata.normalize("NFKC", text).translate(_NOISE).upper()


def check_sign(first17: str) -> str:
    """Return the check sign of a resident number. Basis: GB 11643-1999 (ISO 7064 MOD 11-2)."""
    return CHECK_SIGNS[sum(map(mul, map(int, first17), WEIGHTS)) % 11]


def check_document(kind: DocumentKind, text: str, *, today: date) -> DocumentCheck:
    """Judge a number of a stated kind.

    Faults: number_missing, excel_float, id_length, id_digits, id_date, id_future, id_check,
    id_prefix, number_shape. Unknown division codes are no fault: many were abolished.
    """
    if not text.strip():
        return DocumentCheck(kind, "", "number_missing")
    if "." in text or "E" in text.upper():
        if _EXCEL.fullmatch(text.strip()):
            return DocumentCheck(kind, text.strip(), "excel_float")
        text = re.sub(r"\.0+$", "", text.strip())
    number = clean_number(text)
    shape = _SHAPES.get(kind)
    if shape is not None:
        return DocumentCheck(kind, number, "" if shape.fullmatch(number) else "number_shape")
    if kind is DocumentKind.FOREIGN_PERMANENT and _OLD_PERMANENT.fullmatch(number):
        return _old_permanent(number)
    if kind is DocumentKind.RESIDENT_ID and len(number) == OLD_ID_LENGTH and number.isdigit():
        number = lengthen(number)
    return _check_id(kind, number, today)


def lengthen(old: str) -> str:
    """Return the 18 signs of a first-generation number; its last signs tell who was born before 1900."""
    century = "18" if old[12:] in ("996", "997", "998", "999") else "19"
    first17 = old[:6] + century + old[6:]
    return first17 + check_sign(first17)


def _check_id(kind: DocumentKind, number: str, today: date) -> DocumentCheck:
    if len(number) != ID_LENGTH:
        return DocumentCheck(kind, number, "id_length")
    body = number[:17]
    if not (body.isascii() and body.isdigit()):
        return DocumentCheck(kind, number, "id_digits")
    wanted = _RESIDENCE_PREFIX.get(kind, "9" if kind is DocumentKind.FOREIGN_PERMANENT else "")
    if wanted and not number.startswith(wanted):
        return DocumentCheck(kind, number, "id_prefix")
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return DocumentCheck(kind, number, "id_date")
    if born < EARLIEST_BIRTH:
        return DocumentCheck(kind, number, "id_date")
    if born > today:
        return DocumentCheck(kind, number, "id_future")
    if check_sign(body) != number[17]:
        return DocumentCheck(kind, number, "id_check")
    return DocumentCheck(kind, number, "", born, "male" if int(body[16]) % 2 else "female")


def _old_permanent(number: str) -> DocumentCheck:
    """Judge the form before 2023: three letters, four digits, birth date as YYMMDD, two digits."""
    # Two digits do not tell the century, so no birth date is taken from it.
    month, day = int(number[9:11]), int(number[11:13])
    fault = "" if 1 <= month <= 12 and 1 <= day <= 31 else "id_date"
    return DocumentCheck(DocumentKind.FOREIGN_PERMANENT, number, fault)


def guess_kind(text: str) -> DocumentKind:
    """Return the kind that a number most likely is, where a list does not say."""
    number = clean_number(text)
    if len(number) == ID_LENGTH and number[:17].isdigit():
        for kind, prefix in _RESIDENCE_PREFIX.items():
            if number.startswith(prefix):
                return kind
        return DocumentKind.FOREIGN_PERMANENT if number[0] == "9" else DocumentKind.RESIDENT_ID
    if _OLD_PERMANENT.fullmatch(number):
        return DocumentKind.FOREIGN_PERMANENT
    if _SHAPES[DocumentKind.HOME_RETURN].fullmatch(number):
        return DocumentKind.HOME_RETURN
    if number.isdigit():
        is_taiwan = len(number) in (8, 10)
        return DocumentKind.TAIWAN_PERMIT if is_taiwan else DocumentKind.RESIDENT_ID
    return DocumentKind.PASSPORT if len(number) < OLD_ID_LENGTH else DocumentKind.RESIDENT_ID


_KIND_WORDS = {
    DocumentKind.RESIDENT_ID: "居民身份证 身份证 二代身份证 idcard residentid",
    DocumentKind.HOME_RETURN: "港澳居民来往内地通行证 来往内地通行证 回乡证 homereturn",
    DocumentKind.TAIWAN_PERMIT: "台湾居民来往大陆通行证 来往大陆通行证 台胞证 taiwanpermit",
    DocumentKind.HONG_KONG_RESIDENCE: "港澳居民居住证 香港居民居住证 港澳台居民居住证",
    DocumentKind.MACAU_RESIDENCE: "澳门居民居住证",
    DocumentKind.TAIWAN_RESIDENCE: "台湾居民居住证",
    DocumentKind.FOREIGN_PERMANENT: "外国人永久居留身份证 外国人永久居留证 永居证 永久居留证",
    DocumentKind.PASSPORT: "护照 普通护照 外国护照 passport",
    DocumentKind.BIRTH_CERTIFICATE: "出生医学证明 出生证 出生证明 birthcertificate",
}
_BY_WORD = {word: kind for kind, words in _KIND_WORDS.items() for word in words.split()}


def kind_of_word(text: str, number: str) -> DocumentKind | None:
    """Return the kind that a list names in its own words; None if nobody knows the word."""
    word = re.sub(r"[\s（）()_-]", "", text).lower()
    if not word:
        return guess_kind(number)
    if word in KINDS:
        return DocumentKind(word)
    kind = _BY_WORD.get(word) or _BY_WORD.get(word.replace("id", "idcard"))
    if kind is DocumentKind.HONG_KONG_RESIDENCE:
        # one word for three cards: the prefix decides
        guessed = guess_kind(number)
        return guessed if guessed in _RESIDENCE_PREFIX else kind
    return kind


def is_fictitious(number: str) -> bool:
    """Say whether a resident number lies in the range that no real person can have."""
    return len(number) == ID_LENGTH and number.startswith(FICTITIOUS_PREFIX)
