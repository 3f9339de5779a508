"""Public codes that people read aloud, and keys for requests."""

from __future__ import annotations

import secrets

# no 0 O 1 I L U: they are misread or misheard
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


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
