"""Lists of staff as offices send them: xlsx, or csv in any usual encoding. Cells are text."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any

from django.utils.translation import gettext as _
from python_calamine import CalamineError, load_workbook

from linli.kernel.errors import Invalid

ENCODINGS = ("utf-8-sig", "gb18030")
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
MOST_ROWS = 20_000
# what a heading may be called, in Chinese or English, by the field that it fills
HEADINGS = {
    "name": ("姓名", "name"),
    "username": ("登录名", "用户名", "账号", "username"),
    "phone": ("手机", "手机号", "手机号码", "联系电话", "phone", "mobile"),
    "place": ("村社区代码", "地点代码", "区划代码", "代码", "place", "code"),
    "organisation": ("单位", "组织", "机构", "office", "organisation"),
    "post": ("职务", "岗位", "post", "title"),
    "kind": ("岗位类别", "类别", "post_kind", "kind"),
    "since": ("任职时间", "起始日期", "任职日期", "since", "from"),
    "came_by": ("来源方式", "任职方式", "came_by"),
}
NEEDED = ("name", "place")
_FIELDS = {word: field for field, words in HEADINGS.items() for word in words}


def rows_of(content: bytes) -> list[tuple[int, dict[str, str]]]:
    """Return (line, fields) of every row under the headings. Refuses with Invalid."""
    lines = _workbook(content) if content.startswith(b"PK\x03\x04") else _text(content)
    table = [(number, cells) for number, cells in lines if any(cells)]
    if not table:
        raise Invalid({"file": [_("The file is empty.")]})
    heads = [_FIELDS.get(cell.strip().lower().replace(" ", "_"), "") for cell in table[0][1]]
    lacking = [HEADINGS[field][0] for field in NEEDED if field not in heads]
    if lacking:
        words = _("These columns are missing: %(names)s.") % {"names": ", ".join(lacking)}
        raise Invalid({"file": [words]})
    if len(table) > MOST_ROWS:
        words = _("More than %(most)s rows. Split the file.") % {"most": MOST_ROWS}
        raise Invalid({"file": [words]})
    return [
        (number, {field: cell.strip() for field, cell in zip(heads, cells, strict=False) if field})
        for number, cells in table[1:]
    ]


def _workbook(content: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        sheet = load_workbook(BytesIO(content)).get_sheet_by_index(0)
        for number, cells in enumerate(sheet.iter_rows(), 1):
            yield number, [_cell(cell) for cell in cells]
    except CalamineError as error:
        raise Invalid(
            {"file": [_("The workbook cannot be read. Save it again as xlsx.")]}
        ) from error


def _cell(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)


def _text(content: bytes) -> Iterator[tuple[int, list[str]]]:
    # without its mark UTF-16 cannot be told from GB 18030
    for encoding in ("utf-16",) if content.startswith(UTF16_MARKS) else ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            break
    else:
        raise Invalid({"file": [_("This is no list. Send xlsx or csv.")]})
    head = text.partition("\n")[0]
    separator = max(",;\t", key=head.count)
    yield from enumerate(csv.reader(StringIO(text), delimiter=separator), 1)
