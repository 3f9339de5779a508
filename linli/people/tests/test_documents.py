"""Numbers of documents and telephones. Basis: GB 11643-1999, domain rules 8.3, 13.3."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.people.rules.documents import (
    DocumentKind,
    check_document,
    check_sign,
    guess_kind,
    is_fictitious,
    kind_of_word,
)
from linli.people.rules.masks import mask_contact
from linli.people.rules.phones import clean_phone
from linli.ui.masks import mask_id

TODAY = date(2026, 11, 24)
CARD = DocumentKind.RESIDENT_ID


@pytest.mark.parametrize(
    "number",
    ["11010519491231002X", "440524188001010014", "44190019900101001X", "441900198506150021"],
)
def test_the_numbers_of_the_standard_are_valid(number: str) -> None:
    assert check_document(CARD, number, today=TODAY).fault == ""


def test_a_number_tells_birth_date_and_sex() -> None:
    checked = check_document(CARD, "441900198506150021", today=TODAY)

    assert (checked.born_on, checked.sex) == (date(1985, 6, 15), "female")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("44190019900101001x", "44190019900101001X"),
        ("４４１９００１９９００１０１００１Ｘ", "44190019900101001X"),
        ("441900 19900101 001X", "44190019900101001X"),
        ("441900900101001", "44190019900101001X"),
        ("110105000101996", "110105180001019966"),
    ],
)
def test_a_number_is_written_in_one_way(typed: str, kept: str) -> None:
    assert check_document(CARD, typed, today=TODAY).number[:17] == kept[:17]


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        ("", "number_missing"),
        ("441900199001010011", "id_check"),
        ("44190019900230001X", "id_date"),
        ("441900209001010012", "id_future"),
        ("4419001990010100", "id_length"),
        ("4419A019900101001X", "id_digits"),
        ("4.41900199001010E+17", "excel_float"),
        ("441900199001010000.0", "excel_float"),
    ],
)
def test_each_wrong_number_is_told_by_one_word(number: str, fault: str) -> None:
    assert check_document(CARD, number, today=TODAY).fault == fault


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        (DocumentKind.HOME_RETURN, "H12345678"),
        (DocumentKind.HOME_RETURN, "M1234567801"),
        (DocumentKind.TAIWAN_PERMIT, "12345678"),
        (DocumentKind.HONG_KONG_RESIDENCE, "810000199408230021"),
        (DocumentKind.TAIWAN_RESIDENCE, "830000199201300022"),
        (DocumentKind.FOREIGN_PERMANENT, "911124198108030024"),
        (DocumentKind.FOREIGN_PERMANENT, "USA440076010101"),
        (DocumentKind.PASSPORT, "E12345678"),
    ],
)
def test_other_documents_are_known_by_their_numbers(kind: DocumentKind, number: str) -> None:
    assert guess_kind(number) is kind
    assert check_document(kind, number, today=TODAY).fault == ""


@pytest.mark.parametrize(
    ("kind", "number", "fault"),
    [
        (DocumentKind.HONG_KONG_RESIDENCE, "830000199201300022", "id_prefix"),
        (DocumentKind.HOME_RETURN, "X12345678", "number_shape"),
        (DocumentKind.FOREIGN_PERMANENT, "USA440076130101", "id_date"),
        (DocumentKind.PASSPORT, "ABC", "number_shape"),
    ],
)
def test_a_number_must_fit_its_kind(kind: DocumentKind, number: str, fault: str) -> None:
    assert check_document(kind, number, today=TODAY).fault == fault


@pytest.mark.parametrize(
    ("word", "number", "kind"),
    [
        ("身份证", "44190019900101001X", CARD),
        ("回乡证", "H12345678", DocumentKind.HOME_RETURN),
        ("港澳居民居住证", "820000199408230021", DocumentKind.MACAU_RESIDENCE),
        ("永居证", "911124198108030024", DocumentKind.FOREIGN_PERMANENT),
        ("", "E12345678", DocumentKind.PASSPORT),
        ("会员卡", "1", None),
    ],
)
def test_lists_name_documents_in_their_own_words(word: str, number: str, kind: object) -> None:
    assert kind_of_word(word, number) is kind


@given(st.dates(date(1850, 1, 1), TODAY), st.integers(0, 999), st.integers(0, 999999))
def test_one_changed_digit_never_passes(born: date, serial: int, division: int) -> None:
    first17 = f"{division:06d}{born:%Y%m%d}{serial:03d}"
    right = first17 + check_sign(first17)
    changed = str((int(right[16]) + 1) % 10)

    assert check_document(CARD, right, today=TODAY).fault == ""
    assert check_document(CARD, right[:16] + changed + right[17], today=TODAY).fault == "id_check"


def test_numbers_of_synthetic_people_can_be_nobodys() -> None:
    assert is_fictitious("000017195001010017")
    assert not is_fictitious("44190019900101001X")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("13812345678", "13812345678"),
        ("+86 138 1234 5678", "13812345678"),
        ("13812345678.0", "13812345678"),
        ("0769-22112233", "076922112233"),
        ("22112233转801", "22112233x801"),
        ("852 6123 4567", "+85261234567"),
        ("12345", "12345"),
        ("+1 415 555 2671", "+14155552671"),
        ("138123456", None),
        ("phone", None),
        ("", None),
    ],
)
def test_telephones_as_people_write_them(typed: str, kept: str | None) -> None:
    assert clean_phone(typed) == kept


def test_masks_show_enough_to_recognise() -> None:
    assert mask_id("44190019900101001X") == "4419*************X"
    assert mask_contact("phone", "13812345678") == "138****5678"
    assert (
        mask_contact("hukou_address", "湖南省长沙市岳麓区12号3栋502") == "湖南省长沙市岳麓区12号**"
    )
    assert mask_contact("email", "lin@example.org") == "l***@example.org"


def test_whoever_sees_birth_date_and_district_cannot_work_out_the_number() -> None:
    known = "44190019900101"
    numbers = [f"{known}{n:03d}{check_sign(f'{known}{n:03d}')}" for n in range(1000)]
    alike = [one for one in numbers if mask_id(one) == mask_id(numbers[7])]

    assert numbers[7] in alike and len(alike) > 80
