"""What somebody means who types into the search field: a name, a number, an address."""

from __future__ import annotations

from dataclasses import dataclass

from linli.people.rules.addresses import address_key, looks_like_address
from linli.people.rules.documents import ID_LENGTH, OLD_ID_LENGTH, clean_number, lengthen
from linli.people.rules.names import search_terms
from linli.people.rules.phones import clean_phone

SHORTEST_NUMBER = 7
LONGEST_QUESTION = 100
SHORTEST_PART = 2


@dataclass(frozen=True, slots=True)
class Asked:
    """The ways in which a question can be answered; those that are empty are not tried."""

    terms: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    phone: str = ""
    address: str = ""
    # a part of an address or employer that does not look like one: looked for where no name is found
    part: str = ""


def read_question(text: str) -> Asked:
    """Return what a question may mean. A number is only ever looked for as a whole."""
    text = text.strip()[:LONGEST_QUESTION]
    if not text:
        return Asked()
    number = clean_number(text)
    if is_number(number):
        numbers = [number]
        if len(number) == OLD_ID_LENGTH and number.isdigit():
            numbers.append(lengthen(number))
        return Asked(numbers=tuple(numbers), phone=clean_phone(text) or "")
    if looks_like_address(text):
        return Asked(terms=search_terms(text), address=address_key(text))
    key = address_key(text)
    is_part = len(key) >= SHORTEST_PART and not key.isascii()
    return Asked(terms=search_terms(text), part=key if is_part else "")


def is_number(cleaned: str) -> bool:
    """Say whether a cleaned text can be the number of a document or a telephone."""
    if not cleaned.isascii() or not cleaned.isalnum() or len(cleaned) > ID_LENGTH:
        return False
    return len(cleaned) >= SHORTEST_NUMBER and sum(map(str.isdigit, cleaned)) * 2 >= len(cleaned)
