"""What is shipped to browsers: known, licensed, unchanged, and nothing from elsewhere."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest

from tests.each import each

UI = Path(__file__).parent.parent
STATIC = UI / "static" / "ui"
VENDORED = json.loads((STATIC / "vendor.json").read_text(encoding="utf-8"))
PAGES = sorted(UI.parent.glob("*/jinja2/**/*.html"))
SYMBOLS = set(re.findall(r'symbol id="([^"]+)"', (STATIC / "icons.svg").read_text("utf-8")))


@pytest.mark.parametrize("entry", VENDORED, ids=lambda entry: entry["file"])
def test_what_others_made_is_unchanged_and_has_its_licence(entry: dict[str, str]) -> None:
    assert hashlib.sha256((STATIC / entry["file"]).read_bytes()).hexdigest() == entry["sha256"]
    assert (STATIC / entry["licence_text"]).stat().st_size > 0


def test_no_file_asks_for_a_source_map() -> None:
    files = [*STATIC.glob("*.css"), *STATIC.glob("**/*.js")]

    assert [f.name for f in files if "sourceMappingURL" in f.read_text("utf-8")] == []


def test_our_styles_hold_no_colour_an_old_phone_cannot_read() -> None:
    for name in ("tokens.css", "linli.css"):
        text = re.sub(r"/\*.*?\*/", "", (STATIC / name).read_text("utf-8"), flags=re.DOTALL)
        assert not re.search(r"oklch|color-mix|light-dark", text), name
        assert "!important" not in text, name


def test_our_scripts_are_small() -> None:
    assert [f.name for f in STATIC.glob("js/*.js") if f.read_text("utf-8").count("\n") > 150] == []


@each(PAGES, str)
def test_every_icon_that_a_page_names_is_in_the_sheet(page: Path) -> None:
    named = re.findall(r'\bicon\("([a-z0-9-]+)"', page.read_text("utf-8"))

    assert [name for name in named if name not in SYMBOLS] == []


@each(PAGES, str)
def test_no_page_carries_script_or_style_of_its_own(page: Path) -> None:
    text = page.read_text("utf-8")

    assert not re.search(
        r"<script(?![^>]*\bsrc=)|<style\b|\sstyle=|\son[a-z]+=\"|hx-on|javascript:", text
    )
    assert not re.search(r"(?:src|href)=\"https?://", text)
