"""Lists of staff as offices send them: xlsx, or csv in any usual encoding. Cells are text."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.kernel.errors import Invalid
from linli.kernel.tables import NotATable, read_table
from linli.ui.formats import listed

UNREADABLE = {
    "empty": gettext_lazy("The file is empty."),
    "broken": gettext_lazy("The workbook cannot be read. Save it again as xlsx."),
    "not_text": gettext_lazy("This is no list. Send xlsx or csv."),
}
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
    try:
        table = read_table(content)
    except NotATable as fault:
        raise Invalid({"file": [str(UNREADABLE[fault.reason])]}) from fault
    heads = [_FIELDS.get(cell.strip().lower().replace(" ", "_"), "") for cell in table[0][1]]
    lacking = [HEADINGS[field][0] for field in NEEDED if field not in heads]
    if lacking:
        words = _("These columns are missing: %(names)s.") % {"names": listed(lacking)}
        raise Invalid({"file": [words]})
    if len(table) > MOST_ROWS:
        words = _("More than %(most)s rows. Split the file.") % {"most": MOST_ROWS}
        raise Invalid({"file": [words]})
    return [
        (number, {field: cell.strip() for field, cell in zip(heads, cells, strict=False) if field})
        for number, cells in table[1:]
    ]
