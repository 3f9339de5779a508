"""Public codes that people read aloud, and keys for requests."""

from __future__ import annotations

import re
import secrets
import unicodedata

# no 0 O 1 I L U: they are misread or misheard
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
# a number of a series without its hyphens; no code is taken for one, as none has a 0
NUMBER = re.compile(r"([A-Z]{1,8})(20[0-9]{2})([0-9]{4,8})")


def public_code(length: int = 8) -> str:
    """Return an unguessable code such as "K7QM3XRW" (nearly 5 bits a sign)."""
    # one draw for all signs; each number below the bound is as likely as the other
    number, signs = secrets.randbelow(len(ALPHABET) ** length), []
    for _ in range(length):
        number, sign = divmod(number, len(ALPHABET))
        signs.append(ALPHABET[sign])
    return "".join(signs)


def code_typed(text: str) -> str:
    """Return a code as it is kept: signs in groups and small letters are the same code."""
    return "".join(sign for sign in text.upper() if sign.isalnum())


def number_typed(text: str) -> str:
    """Return a number such as JB-2026-0012 as it is kept, however it was typed: small, in full width, with
    blanks or other dashes or without any. What has not the shape of a number stays what it is.
    """
    plain = "".join(unicodedata.normalize("NFKC", text).upper().split())
    parts = NUMBER.fullmatch("".join(sign for sign in plain if sign.isalnum()))
    return "-".join(parts.groups()) if parts else plain
