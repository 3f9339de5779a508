"""Setting a paper with Typst: data go in as JSON and never become markup."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
import structlog
import typst

from linli.documents.errors import TemplateBroken
from linli.ui import formats

PACKAGE = Path(__file__).resolve().parents[2]
FONTS = PACKAGE / "documents" / "print" / "fonts"
# archival and readable aloud: fonts embedded, tagged, with title, language and date
STANDARDS: list[Any] = ["a-2a", "ua-1"]
_NO_GLYPH = re.compile(r"the text `?\"?([^`\"]+)\"?`? could not be displayed")
log = structlog.get_logger("linli.documents")


@dataclass(frozen=True, slots=True)
class Paper:
    """A finished PDF, and the characters that no font has."""

    pdf: bytes
    unprintable: str = ""


@cache
def fonts() -> typst.Fonts:
    """Return Noto Sans and Serif SC, regular and bold, and nothing of the machine's own."""
    wheel = find_spec("pylopdf_fonts_zh_cn")
    assert wheel is not None and wheel.submodule_search_locations is not None
    folders = [Path(wheel.submodule_search_locations[0]), FONTS]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


def set_paper(source: str, doc: Mapping[str, Any], data: Mapping[str, Any]) -> Paper:
    """Return the PDF of a template with its data. Refuses with TemplateBroken."""
    inputs = {"doc": json.dumps(doc), "data": json.dumps(plain(data))}
    try:
        return Paper(_compile(source, inputs, STANDARDS))
    except typst.TypstError as error:
        missing = _NO_GLYPH.search(error.message)
        if missing is None:
            log.error("template_broken", source=source, why=error.message)
            raise TemplateBroken() from error
    # the paper is still needed: the character is left blank and written in by hand
    return Paper(_compile(source, inputs, []), missing.group(1)[:40])


def set_picture(source: str, data: Mapping[str, Any]) -> bytes:
    """Return the PNG of a template that has one page. Refuses with TemplateBroken."""
    inputs = {"data": json.dumps(plain(data))}
    try:
        picture = _compiler(source, inputs).compile(format="png", ppi=216)
    except typst.TypstError as error:
        log.error("template_broken", source=source, why=error.message)
        raise TemplateBroken() from error
    assert isinstance(picture, bytes), "one page"
    return picture


def _compile(source: str, inputs: dict[str, str], standards: list[Any]) -> bytes:
    pdf = _compiler(source, inputs).compile(format="pdf", pdf_standards=standards)
    assert isinstance(pdf, bytes)
    return pdf


def _compiler(source: str, inputs: dict[str, str]) -> typst.Compiler:
    return typst.Compiler(
        PACKAGE / source,
        root=PACKAGE,
        font_paths=fonts(),
        ignore_system_fonts=True,
        sys_inputs=inputs,
    )


def plain(value: Any) -> Any:
    """Return data as the template gets them: days in words of the language, nothing else changed."""
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(inner) for inner in value]
    if isinstance(value, datetime):
        return formats.moment(value)
    if isinstance(value, date):
        return formats.day_plain(value)
    if value is None or isinstance(value, (bool, int)):
        return value
    return str(value)


def qr_image(address: str) -> str:
    """Return a QR code as the SVG that the layout draws."""
    out = BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="svg", border=2, xmldecl=False)
    return out.getvalue().decode()
