"""The tool for words: finds, keeps, compiles, and tells what is wrong."""

from __future__ import annotations

import gettext
from pathlib import Path

import pytest

from linli.ui import words

CODE = """
from django.utils.translation import gettext as _, ngettext, pgettext
A = _("Call %(name)s.")
B = ngettext("%(n)s day", "%(n)s days", 2)
C = pgettext("door", "Open")
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    (tmp_path / "shop" / "jinja2" / "shop").mkdir(parents=True)
    (tmp_path / "shop" / "__init__.py").write_text('"""Shop."""')
    (tmp_path / "shop" / "code.py").write_text(CODE)
    (tmp_path / "shop" / "jinja2" / "shop" / "page.html").write_text(
        '<p title="{{ _("Hello") if 1 else "" }}">{{ ngettext("%(num)s cat", "%(num)s cats", n) }}</p>'
    )
    (tmp_path / "shop" / "tests").mkdir()
    (tmp_path / "shop" / "tests" / "test_x.py").write_text('_("never translated")')
    return tmp_path


def translate(package: Path, **chinese: str) -> None:
    path = words.po_path("shop", package)
    catalog = words.kept_in(path)
    for message in catalog:
        first = message.id[0] if isinstance(message.id, tuple) else message.id
        if first in chinese:
            many = isinstance(message.id, tuple)
            message.string = (chinese[first],) if many else chinese[first]
    path.write_text(words._written(catalog, "shop"), encoding="utf-8")


CHINESE = {
    "Call %(name)s.": "请打电话给 %(name)s。",
    "%(n)s day": "%(n)s 天",
    "Open": "开门",
    "Hello": "您好",
    "%(num)s cat": "%(num)s 只猫",
}


def test_words_are_found_in_code_and_templates_and_not_in_tests(package: Path) -> None:
    words.extract("shop", package)

    text = words.po_path("shop", package).read_text("utf-8")
    assert all(f'"{english}"' in text for english in CHINESE)
    assert "never translated" not in text


def test_extracting_again_changes_nothing_and_keeps_the_chinese(package: Path) -> None:
    path = words.extract("shop", package)
    assert path is not None
    translate(package, **CHINESE)
    before = path.read_text("utf-8")

    words.extract("shop", package)

    assert path.read_text("utf-8") == before


def test_a_complete_translation_has_no_faults(package: Path) -> None:
    words.extract("shop", package)
    translate(package, **CHINESE)

    assert words.faults(package) == []


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"Hello": ""}, "has no Chinese"),
        ({"Call %(name)s.": "请打电话。"}, "placeholders differ"),
        ({"Call %(name)s.": "请打电话给 %(name)s."}, "ends with 。"),
        ({"Hello": "百分之 5%"}, "a literal % is written %%"),
    ],
)
def test_a_faulty_translation_is_told(package: Path, change: dict[str, str], what: str) -> None:
    words.extract("shop", package)
    translate(package, **{**CHINESE, **change})

    faults = words.faults(package)
    assert len(faults) == 1
    assert what in faults[0].what


def test_new_words_in_the_code_are_told_before_they_are_extracted(package: Path) -> None:
    words.extract("shop", package)
    translate(package, **CHINESE)
    (package / "shop" / "more.py").write_text('_("Good bye")')

    assert [str(fault) for fault in words.faults(package)] == [
        "shop: “Good bye”: not in the .po; run `linli words extract`"
    ]


def test_one_english_with_two_chinese_needs_a_context(package: Path) -> None:
    words.extract("shop", package)
    translate(package, **CHINESE)
    other = package / "bank"
    other.mkdir()
    (other / "__init__.py").write_text('_("Hello")')
    words.extract("bank", package)
    path = words.po_path("bank", package)
    path.write_text(
        path.read_text("utf-8").replace('msgid "Hello"\nmsgstr ""', 'msgid "Hello"\nmsgstr "喂"')
    )

    assert [fault.app for fault in words.faults(package)] == ["shop"]


def test_compiling_makes_what_gettext_reads_once(package: Path) -> None:
    words.extract("shop", package)
    translate(package, **CHINESE)

    made = words.compile_stale(package)

    with made[0].open("rb") as file:
        catalogue = gettext.GNUTranslations(file)
    assert catalogue.gettext("Hello") == "您好"
    assert catalogue.ngettext("%(n)s day", "%(n)s days", 5) == "%(n)s 天"
    assert catalogue.pgettext("door", "Open") == "开门"
    assert words.compile_stale(package) == []
