"""Numbers that name a person, as people type them: identity cards and telephones."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import phonenumbers
from django.utils.translation import gettext_lazy as _
from stdnum.exceptions import ValidationError as WrongNumber
from stdnum.iso7064 import mod_11_2

SHORT_NUMBER = re.compile(r"^1\d{2,4}$")  # 110, 12345: in use here, unknown to the library
MOBILE, ID_LENGTH = 11, 18
PLAIN_MOBILE = re.compile(r"1[3-9][0-9]{9}")
FULL_WIDTH = {0xFF01 + n: 0x21 + n for n in range(94)} | {0x3000: 0x20}


PHONE_FAULTS: dict[str, Any] = {
    "length": _("A mobile number has 11 digits, this one has %(count)s."),
    "unreadable": _("This is no telephone number. For other countries begin with +."),
}
ID_FAULTS: dict[str, Any] = {
    "length": _("The number has 18 characters, this one has %(count)s."),
    "unreadable": _("The number has 17 digits and ends with a digit or X."),
    "birth": _("Digits 7 to 14 are no date of birth. Compare them with the card."),
    "check": _("The last character does not fit the others. Compare the number with the card."),
}


class NotAPhone(ValueError):
    """A text that is no telephone number; `code` says why, `count` how many digits it has.

    `str()` of it is the words for whoever typed it.
    """

    def __init__(self, code: str, count: int = 0) -> None:
        self.code, self.count = code, count
        super().__init__(code)

    def __str__(self) -> str:
        return str(PHONE_FAULTS[self.code]) % {"count": self.count}


def read_phone(text: str, region: str = "CN", *, may_be_short: bool = False) -> str:
    """Return +8613800001234, or a short number as it is where an office may be meant. Raises NotAPhone.

    No person is reached under a short number such as 12345.
    """
    clean = text.translate(FULL_WIDTH).strip()
    if region == "CN" and PLAIN_MOBILE.fullmatch(clean):
        # nearly all of them; the library comes to the same and takes 25 times as long
        return f"+86{clean}"
    digits = re.sub(r"\D", "", clean)
    if SHORT_NUMBER.match(clean) and not may_be_short:
        raise NotAPhone("length", len(digits))
    if not clean or SHORT_NUMBER.match(clean):
        return clean
    if re.match(r"^1[3-9]", digits) and len(digits) != MOBILE and not clean.startswith("+"):
        raise NotAPhone("length", len(digits))
    try:
        number = phonenumbers.parse(clean, region)
    except phonenumbers.NumberParseException as error:
        raise NotAPhone("unreadable") from error
    if not phonenumbers.is_possible_number(number):
        raise NotAPhone("unreadable")
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def tidy_id(text: str) -> str:
    """Return the number of an identity card without blanks, in capitals."""
    return re.sub(r"[\s-]", "", text.translate(FULL_WIDTH)).upper()


def fault_of_id(text: str) -> str:
    """Return what is wrong with a tidied number of an identity card, or nothing."""
    if len(text) != ID_LENGTH:
        return "length"
    if not re.fullmatch(r"[0-9]{17}[0-9X]", text):
        return "unreadable"
    try:
        date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return "birth"
    try:
        mod_11_2.validate(text)
    except WrongNumber:
        return "check"
    return ""


def told_of_id(text: str) -> str:
    """Tell whoever typed a number, tidied, what is wrong with it; nothing if it is in order."""
    fault = fault_of_id(text)
    return str(ID_FAULTS[fault]) % {"count": len(text)} if fault else ""
