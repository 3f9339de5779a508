"""Items out of a spreadsheet: one row an item, its lists one entry a line in their cells."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from linli.kernel.money import NotMoney
from linli.kernel.money import parse as parse_money
from linli.kernel.wholes import whole_number
from linli.offerings.types.items import ItemKind, Unit

# field → headings; those without which a row says nothing stand in NEEDED
HEADINGS: dict[str, tuple[str, ...]] = {
    "key": ("标识", "key"), "kind": ("事项类型", "kind"), "name": ("事项名称", "名称", "name"),
    "name_en": ("英文名称", "english name"), "says": ("一句话说明", "说明", "says"),
    "says_en": ("英文说明", "english says"), "code": ("事项编码", "实施编码", "code"), "phone": ("咨询电话", "phone"), "office": ("决定单位", "实施主体", "office"),
    "level": ("决定层级", "level"), "subject": ("服务对象", "subject"), "events": ("人生事项", "events"),
    "basis": ("法律依据", "设定依据", "basis"), "statutory": ("法定期限", "法定办结时限", "statutory days"),
    "source": ("法定期限出处", "statutory source"), "promised": ("承诺期限", "承诺办结时限", "promised days"),
    "fee": ("收费", "收费金额", "fee"), "fee_basis": ("收费依据", "fee basis"), "visits": ("跑动次数", "到办事现场次数", "visits"),
    "channels": ("办理方式", "channels"), "conditions": ("办理条件", "受理条件", "conditions"),
    "materials": ("材料", "申请材料", "materials"), "result": ("办理结果", "结果", "result"),
    "synonyms": ("其他叫法", "俗称", "synonyms"), "refused": ("不得开具依据", "refused by"), "instead": ("应该去哪里", "instead"),
}  # fmt: skip
NEEDED = ("key", "kind", "name", "says")
KINDS = {
    "行政权力事项": ItemKind.ADMINISTRATIVE, "行政许可": ItemKind.ADMINISTRATIVE, "公共服务事项": ItemKind.PUBLIC_SERVICE,
    "公共服务": ItemKind.PUBLIC_SERVICE, "村（居）委会证明": ItemKind.CERTIFICATE, "证明": ItemKind.CERTIFICATE,
    "调解": ItemKind.MEDIATION, "自办服务": ItemKind.SELF_GOVERNMENT, "不得开具": ItemKind.REFUSED,
}  # fmt: skip
LEVELS = {
    "村": "village",
    "社区": "village",
    "镇": "town",
    "镇街": "town",
    "街道": "town",
    "市": "city",
}
SUBJECTS = {"个人": "person", "自然人": "person", "单位": "organisation", "法人": "organisation", "个人和单位": "both"}  # fmt: skip
CHANNELS = {"窗口": "counter", "电话": "phone", "网上": "online", "上门": "home", "邮寄": "post"}
FORMS = {"原件": "original", "复印件": "copy", "电子证照": "e_certificate", "表格": "form"}
_LIST = re.compile(r"[、,，;；\n]+")
_NUMBER = re.compile(r"\s*(\d+)\s*(.*)")


def columns_of(headings: Sequence[str]) -> dict[str, int]:
    """Return which column holds which field, by its heading."""
    known = {word: field for field, words in HEADINGS.items() for word in words}
    found: dict[str, int] = {}
    for at, heading in enumerate(headings):
        field = known.get(heading.strip().lower().replace("_", " "))
        if field is not None:
            found.setdefault(field, at)
    return found


def missing_columns(columns: Mapping[str, int]) -> list[str]:
    """Return the headings without which a list cannot be read."""
    return [HEADINGS[field][0] for field in NEEDED if field not in columns]


def row_data(cells: Sequence[str], columns: Mapping[str, int]) -> dict[str, Any]:
    """Return a row as plain data of an item, such as `read_item` reads and judges."""
    said = {f: cells[at].strip() if at < len(cells) else "" for f, at in columns.items()}
    get = {field: said.get(field, "") for field in HEADINGS}
    data: dict[str, Any] = {
        "key": get["key"], "kind": str(KINDS.get(get["kind"], get["kind"])),
        "name": {"zh": get["name"], "en": get["name_en"]}, "says": {"zh": get["says"], "en": get["says_en"]},
        "code": get["code"], "phone": get["phone"], "office": {"zh": get["office"]}, "result": {"zh": get["result"]},
        "level": LEVELS.get(get["level"], get["level"]) or "town",
        "subject": SUBJECTS.get(get["subject"], get["subject"]) or "person",
        "events": _words(get["events"]), "synonyms": _words(get["synonyms"]),
        "channels": [CHANNELS.get(one, one) for one in _words(get["channels"])],
        "basis": [_basis(line) for line in _lines(get["basis"])],
        "statutory": _limit(get["statutory"], get["source"]), "promised": _limit(get["promised"], ""),
        "visits": _whole(get["visits"]) if get["visits"] else 1,
        "fee": {"fen": _fen(get["fee"]), "basis": get["fee_basis"]},
        "conditions": [{"zh": line} for line in _lines(get["conditions"])],
        "materials": [_material(line, n) for n, line in enumerate(_lines(get["materials"]), 1)],
    }  # fmt: skip
    if get["refused"] or get["instead"]:
        data["refused"] = {"rule": get["refused"], "instead": {"zh": get["instead"]}}
    return data


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _words(text: str) -> list[str]:
    return [one.strip() for one in _LIST.split(text) if one.strip()]


def _parts(line: str) -> list[str]:
    return [part.strip() for part in line.replace("｜", "|").split("|")] + ["", "", "", ""]


def _basis(line: str) -> dict[str, Any]:
    title, number, article, *_rest = _parts(line)
    return {"title": title.strip("《》"), "number": number, "article": article}


def _material(line: str, number: int) -> dict[str, Any]:
    """A line is name | form | register | why: with a register the office looks it up itself."""
    name, form, source, why, *_rest = _parts(line)
    return {
        "key": f"m{number}", "zh": name, "form": FORMS.get(form, form) or "original", "source": source,
        "by": "sharing" if source else "applicant", "why": {"zh": why},
    }  # fmt: skip


def _limit(text: str, source: str) -> dict[str, Any] | None:
    found = _NUMBER.fullmatch(text)
    if not text:
        return None
    if found is None:
        return {"days": text, "source": source}
    calendar = found[2] in ("天", "日", "自然日", "个自然日", "calendar days")
    return {"days": int(found[1]), "unit": str(Unit.CALENDAR if calendar else Unit.WORKING), "source": source}  # fmt: skip


def _whole(text: str) -> Any:
    number = whole_number(text)
    return text if number is None else number


def _fen(text: str) -> Any:
    if text in ("", "不收费", "免费", "否", "0"):
        return 0
    try:
        return parse_money(text).fen
    except NotMoney:
        return text
