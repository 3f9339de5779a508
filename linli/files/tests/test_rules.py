"""What a file is, from its bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.files import rules
from linli.files.rules import Member
from linli.files.types import FileKind

MIB = 1024 * 1024


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b"\xff\xd8\xff\xe0rest", "jpeg"),
        (b"\x89PNG\r\n\x1a\nrest", "png"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "webp"),
        (b"RIFF\x10\0\0\0WAVEfmt ", "unknown"),
        (b"%PDF-1.7\n", "pdf"),
        (b"PK\x03\x04rest", "zip"),
        (b"<!DOCTYPE html><html>", "markup"),
        (b"  \n<svg xmlns='x'>", "markup"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>", "markup"),
        (b"<script>alert(1)</script>", "markup"),
        ("姓名,电话\n李某,138".encode(), "text"),
        ("姓名,电话\n".encode("gb18030"), "text"),
        (b"name\n<script>alert(1)</script>,1", "text"),
        (b"GIF89a\x01\x00\x00", "unknown"),
        (b"MZ\x90\x00\x03", "unknown"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", "unknown"),
        (b"", "unknown"),
    ],
)
def test_the_first_bytes_decide(head: bytes, expected: str) -> None:
    assert rules.sniff(head) == expected


def test_a_head_that_ends_inside_a_character_is_still_text() -> None:
    text = "滘" * 1000
    assert rules.sniff(text.encode()[:2048]) == "text"
    assert rules.sniff(text.encode("gb18030")[:2047]) == "text"


@given(st.text(st.characters(exclude_categories=("Cc", "Cs"))))
def test_every_text_in_both_encodings_is_read_as_itself(text: str) -> None:
    assert rules.decode_text(text.encode()) == text.removeprefix("\ufeff")
    assert rules.decode_text(text.encode("gb18030")) is not None


@given(st.binary(max_size=200))
def test_sniffing_never_fails(data: bytes) -> None:
    assert isinstance(rules.sniff(data), str)


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("C:\\Users\\x\\合同.pdf", FileKind.PDF, "合同.pdf"),
        ("../../etc/passwd", FileKind.TXT, "passwd.txt"),
        ("photo.jpg.exe", FileKind.JPEG, "photo.jpg.exe.jpg"),
        ("照片.JPG", FileKind.PNG, "照片.png"),
        ("a\u202egnp.exe\x00", FileKind.TXT, "agnp.exe.txt"),
        (None, FileKind.CSV, "file.csv"),
        ("...", FileKind.CSV, "file.csv"),
        ('a<b>"c"|d?.csv', FileKind.CSV, "a b c d.csv"),
        ("𠮷" * 200, FileKind.TXT, "𠮷" * 114 + ".txt"),
    ],
)
def test_a_name_becomes_harmless(name: str | None, kind: FileKind, expected: str) -> None:
    assert rules.clean_name(name, kind) == expected


def test_a_name_goes_into_the_header_for_old_and_new_browsers() -> None:
    assert rules.disposition('合"同.pdf', inline=False) == (
        "attachment; filename=\"___.pdf\"; filename*=UTF-8''%E5%90%88%22%E5%90%8C.pdf"
    )


@pytest.mark.parametrize(
    ("packed", "unpacked", "expected"),
    [
        (1000, 7 * MIB, False),
        (100_000, 100 * MIB, True),
        (MIB, 100 * MIB, False),
        (50 * MIB, 401 * MIB, True),
    ],
)
def test_what_is_a_bomb(packed: int, unpacked: int, expected: bool) -> None:
    assert rules.unpacks_too_large(packed, unpacked) is expected
    assert rules.archive_is_bomb([Member("a", packed, unpacked)]) is expected


def test_an_archive_of_very_many_members_is_a_bomb() -> None:
    assert rules.archive_is_bomb([Member(str(n), 1, 1) for n in range(2001)])


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        (b"/Type/Catalog", ""),
        (b"/OpenAction <</S/JavaScript/JS (app.alert(1))>>", "program"),
        (b"/OpenAction <</S/#4aava#53cript /JS (x)>>", "program"),
        (b"/AA <</Launch <<>> >>", "program"),
        (b"/Encrypt 5 0 R", "protected"),
    ],
)
def test_what_speaks_against_a_pdf(body: bytes, fault: str) -> None:
    assert rules.pdf_fault(b"%PDF-1.7\n" + body + b"\n%%EOF") == fault


def test_a_pdf_that_was_cut_off_is_damaged() -> None:
    assert rules.pdf_fault(b"%PDF-1.7\n1 0 obj") == "damaged"


@pytest.mark.parametrize(
    ("size", "side", "expected"),
    [
        ((4000, 3000), 1920, (1920, 1440)),
        ((300, 200), 1920, (300, 200)),
        ((10000, 1), 480, (480, 1)),
    ],
)
def test_smaller_copies_keep_their_shape_and_never_grow(size, side, expected) -> None:
    assert rules.fit(*size, side) == expected


def test_pixels_have_a_limit() -> None:
    assert not rules.too_many_pixels(8000, 5000)
    assert rules.too_many_pixels(8001, 5000)
    assert rules.too_many_pixels(30000, 30000)
    assert rules.too_many_pixels(0, 10)
