"""Reading single cells of a list: each reader fills its part of the row, or says what is wrong."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from datetime import date

from linli.kernel.dates import NotADate
from linli.people.rules import words
from linli.people.rules.documents import DocumentKind, check_document, kind_of_word
from linli.people.rules.names import clean_name, name_fault
from linli.people.rules.phones import clean_phone
from linli.people.types import Fault, PersonRow, Sex

TEXT_LONGEST = 200
SHOWN = 40
FOR_EVER = frozenset({"长期", "永久", "长期有效", "long-term"})

Cell = Callable[[date, PersonRow, str, list[Fault]], None]


def _name_into(field: str) -> Cell:
    def read(today: date, row: PersonRow, text: str, faults: list[Fault]) -> None:
        name = clean_name(text)
        fault = name_fault(name)
        if fault:
            faults.append(Fault(field, fault, text[:SHOWN]))
        setattr(row, field, name)

    return read


def _kind(today: date, row: PersonRow, text: str, faults: list[Fault]) -> None:
    # kept as written: the number, read next, decides where the word does not
    row.kind = text


def _number(today: date, row: PersonRow, text: str, faults: list[Fault]) -> None:
    kind = kind_of_word(row.kind, text)
    if kind is None:
        faults.append(Fault("document_kind", "kind_unknown", row.kind[:SHOWN]))
        kind = DocumentKind.RESIDENT_ID
    checked = check_document(kind, text, today=today)
    row.kind, row.number = checked.kind.value, checked.number
    if checked.fault:
        faults.append(Fault("document_number", checked.fault, text[:SHOWN]))
    elif checked.born_on:
        row.sex, row.born_on = checked.sex, checked.born_on


def _sex(today: date, row: PersonRow, text: str, faults: list[Fault]) -> None:
    sex = words.SEX.get(text) or words.SEX.get(text.strip().casefold())
    if sex is None:
        faults.append(Fault("sex", "sex_unknown", text[:SHOWN]))
    elif row.sex == Sex.UNKNOWN:
        row.sex = sex
    elif sex not in (row.sex, Sex.UNKNOWN):
        faults.append(Fault("sex", "sex_conflict", text[:SHOWN]))


def _born(today: date, row: PersonRow, text: str, faults: list[Fault]) -> None:
    born = _day("born_on", today, text, faults)
    if born is None:
        return
    if born > today:
        faults.append(Fault("born_on", "day_future", text[:SHOWN]))
    elif row.born_on is None:
        row.born_on = born
    elif born != row.born_on:
        faults.append(Fault("born_on", "born_conflict", text[:SHOWN]))


def _phone(today: date, row: PersonRow, text: str, faults: list[Fault]) -> None:
    phone = clean_phone(text)
    if phone is None:
        faults.append(Fault("phone", "phone_shape", text[:SHOWN]))
    else:
        row.phone = phone


def _day(field: str, today: date, text: str, faults: list[Fault]) -> date | None:
    try:
        return words.read_day(text.strip(), today)
    except NotADate as error:
        faults.append(Fault(field, f"day_{error.code}", text[:SHOWN]))
        return None


def _day_into(field: str) -> Cell:
    def read(today: date, row: PersonRow, text: str, faults: list[Fault]) -> None:
        if text.strip() not in FOR_EVER:
            setattr(row, field, _day(field, today, text, faults))

    return read


def _word_into(field: str, table: Mapping[str, str], otherwise: str = "") -> Cell:
    def read(today: date, row: PersonRow, text: str, faults: list[Fault]) -> None:
        word = table.get(text) or table.get(text.strip().casefold(), otherwise)
        if word:
            setattr(row, field, str(word))
        else:
            faults.append(Fault(field, "word_unknown", text[:SHOWN]))

    return read


def clean_text(text: str) -> str:
    """Return free text in one form of each sign, without spaces around it."""
    stripped = text.strip()
    return stripped if stripped.isascii() else unicodedata.normalize("NFKC", stripped)


def text_fault(text: str, longest: int = TEXT_LONGEST) -> str | None:
    """Return text_too_long or text_signs, if that is so."""
    if len(text) > longest:
        return "text_too_long"
    return None if text.isprintable() else "text_signs"


def _text_into(field: str, longest: int = TEXT_LONGEST) -> Cell:
    def read(today: date, row: PersonRow, text: str, faults: list[Fault]) -> None:
        clean = clean_text(text)
        fault = text_fault(clean, longest)
        if fault:
            faults.append(Fault(field, fault, clean[:SHOWN]))
        setattr(row, field, clean)

    return read


# In this order: the number tells sex and birth date, which the columns after it may confirm.
CELLS: dict[str, Cell] = {
    "name": _name_into("name"),
    "other_name": _name_into("other_name"),
    "document_kind": _kind,
    "document_number": _number,
    "document_until": _day_into("document_until"),
    "sex": _sex,
    "born_on": _born,
    "phone": _phone,
    "group": _text_into("group", 40),
    "address": _text_into("address"),
    "hukou_address": _text_into("hukou_address"),
    "standing": _word_into("standing", words.STANDING),
    "basis": _word_into("basis", words.BASIS),
    "since": _day_into("since"),
    "until": _day_into("until"),
    "permit_until": _day_into("permit_until"),
    "household": _text_into("household", 40),
    "household_kind": _word_into("household_kind", words.HOUSEHOLD),
    "relation": _word_into("relation", words.RELATION, "other"),
    "dwelling_kind": _word_into("dwelling_kind", words.DWELLING),
    "employer": _text_into("employer", 100),
    "room": _text_into("room", 40),
    "bed": _text_into("bed", 20),
}
