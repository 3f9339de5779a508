"""How a row of a hotline's list reads: which column means what, numbers, moments, yes and no."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from linli.exchange.types.orders import Fault, OrderRow
from linli.kernel.dates import Lean, NotADate
from linli.kernel.dates import parse as parse_day
from linli.kernel.identity import NotAPhone, read_phone

SHANGHAI = ZoneInfo("Asia/Shanghai")
# field → headings under which hotlines and towns have it
HEADINGS: dict[str, str] = {
    "number": "工单编号 工单号 工单编码 诉求编号 诉求单号 受理编号 办件编号 业务编号 编号 ordernumber order number",
    "text": "诉求内容 工单内容 反映内容 来电内容 问题描述 问题内容 诉求描述 主要内容 内容 content text description",
    "title": "标题 工单标题 诉求标题 事项标题 title subject",
    "matter": "诉求类型 工单类型 诉求类别 诉求性质 来电类型 事项类型 类型 matter type",
    "category": "诉求分类 问题分类 问题类别 内容分类 事项分类 二级分类 三级分类 category",
    "place": "所属村社区 所属村 村社区 村 所属村居 村居 所属社区 社区 行政村 village community",
    "address": "事发地址 事发地点 诉求地址 诉求地点 发生地址 发生地点 详细地址 地址 address location",
    "name": "来电人 诉求人 诉求人姓名 反映人 市民姓名 姓名 caller name",
    "phone": "来电号码 联系电话 诉求人电话 来电人电话 联系方式 手机号码 电话 phone telephone",
    "withheld": "是否保密 保密 信息保密 confidential",
    "again": "是否重办 重办 重新办理 是否二次派单 again",
    "sent_at": "派单时间 转办时间 派发时间 交办时间 受理时间 来电时间 登记时间 sentat received",
    "due_at": "办理期限 办结期限 办理时限 要求办结时间 截止时间 到期时间 处理时限 deadline dueat",
}
FIELDS = tuple(HEADINGS)
NEEDED = ("number", "text")
_BY_HEADING = {word: field for field, words in HEADINGS.items() for word in words.split()}
MATTERS = {
    "咨询": "inquiry", "求助": "help", "投诉": "complaint", "举报": "tip", "建议": "suggestion",
    "意见": "suggestion", "表扬": "praise", "感谢": "praise",
    "inquiry": "inquiry", "help": "help", "complaint": "complaint", "tip": "tip",
    "suggestion": "suggestion", "praise": "praise",
}  # fmt: skip
YES = frozenset({"是", "需要", "要", "保密", "重办", "有", "yes", "y", "true", "1", "√"})
NO = frozenset(
    {"", "否", "不需要", "不", "无", "不保密", "公开", "no", "n", "false", "0", "×", "-", "/"}
)
NOTHING = frozenset({"", "无", "没有", "匿名", "未提供", "不详", "-", "—", "/", "none", "null"})
_NUMBER = re.compile(r"[0-9A-Za-z\u4e00-\u9fff〔〕()\[\]._-]{4,40}")
_LOST = re.compile(r"\d+(\.\d+)?[eE]\+?\d+|\d{15,}\.0")
_MOMENT = re.compile(
    r"(?P<day>.+?)[\sT]*(?P<hour>\d{1,2})[:时点](?P<minute>\d{1,2})?分?(:\d{1,2}(\.\d+)?)?"
)
_SERIAL = re.compile(r"\d{5}(\.\d+)?")
# days of spreadsheets are counted from here; the numbers are of the years 1982 to 2091
_EPOCH, FIRST_SERIAL, LAST_SERIAL = date(1899, 12, 30), 30_000, 70_000
MOST_TEXT, MOST_CELL = 5000, 200
LEAST_DIGITS = 4
HOURS, MINUTES = 24, 60


def heading_key(heading: str) -> str:
    """Return a heading without what differs from list to list: stars, brackets, spaces, case."""
    text = unicodedata.normalize("NFKC", heading).casefold()
    text = re.sub(r"[(\[【].*?[)\]】]", "", text) or text
    return re.sub(r"[\W_]+", "", text)


def suggest_columns(
    headings: Sequence[str], remembered: Mapping[str, str] | None = None
) -> dict[str, int]:
    """Return field → column: what was chosen last time for this sender, then by heading."""
    keys, chosen = [heading_key(one) for one in headings], dict[str, int]()
    for source in (remembered or {}, _BY_HEADING):
        for column, key in enumerate(keys):
            field = source.get(key)
            if field and field not in chosen and column not in chosen.values():
                chosen[field] = column
    return chosen


def remembering(headings: Sequence[str], mapping: Mapping[str, int]) -> dict[str, str]:
    """Return heading → field, to be kept for the next list of the same sender."""
    return {heading_key(headings[column]): field for field, column in mapping.items()}


def row_of_headings(lines: Sequence[tuple[int, list[str]]], look: int = 10) -> int:
    """Return which of the first lines holds the headings: lists often bear a title above them."""
    known = [sum(heading_key(cell) in _BY_HEADING for cell in cells) for _, cells in lines[:look]]
    return known.index(max(known)) if known and max(known) > 1 else 0


def missing_fields(mapping: Mapping[str, int]) -> list[str]:
    """Return the fields without which no row can be read."""
    return [field for field in NEEDED if field not in mapping]


def read_row(
    line: int, cells: Sequence[str], mapping: Mapping[str, int], today: date
) -> tuple[OrderRow, tuple[Fault, ...]]:
    """Return an order and every fault of its row."""
    given = {
        field: cells[column].strip() if column < len(cells) else ""
        for field, column in mapping.items()
    }
    faults: list[Fault] = []
    number = _number(given.get("number", ""), faults)
    text = _text(given, faults)
    sent = _moment_in(given, "sent_at", today, faults, at_end=False)
    due = _moment_in(given, "due_at", today, faults, at_end=True)
    if sent and due and due <= sent:
        faults.append(Fault("due_at", "before_sent"))
    row = OrderRow(
        line=line, number=number, text=text, matter=_matter(given.get("matter", ""), faults),
        category=_short(given.get("category", "")), place=_short(given.get("place", "")),
        address=_short(given.get("address", "")), name=_short(given.get("name", "")),
        phone=_phone(given.get("phone", ""), faults),
        is_withheld=_yes(given, "withheld", faults), is_again=_yes(given, "again", faults),
        sent_at=sent, due_at=due,
    )  # fmt: skip
    return row, tuple(faults)


def joined(before: OrderRow, row: OrderRow) -> OrderRow:
    """Return what holds of an order after a later list: the newest, where it says nothing the old."""
    return replace(
        row, due_at=row.due_at or before.due_at, name=row.name or before.name,
        phone=row.phone or before.phone, is_withheld=row.is_withheld or before.is_withheld,
    )  # fmt: skip


def caller(row: OrderRow) -> tuple[str, str, bool]:
    """Return how the caller is reached: name, telephone, whether handlers may know them."""
    return row.name, row.phone, row.is_withheld


def _number(text: str, faults: list[Fault]) -> str:
    plain = unicodedata.normalize("NFKC", text).replace(" ", "")
    if not plain:
        faults.append(Fault("number", "missing"))
    elif _LOST.fullmatch(plain):
        # an office program made a number of it, and its last digits are gone
        faults.append(Fault("number", "lost_digits"))
    elif not _NUMBER.fullmatch(plain) or sum(sign.isdigit() for sign in plain) < LEAST_DIGITS:
        faults.append(Fault("number", "no_number"))
    return plain[:40]


def _text(given: Mapping[str, str], faults: list[Fault]) -> str:
    title, text = given.get("title", ""), given.get("text", "")
    whole = f"{title}\n{text}".strip() if title and title not in text else text
    if not any(unicodedata.category(sign)[0] in "LN" for sign in whole):
        faults.append(Fault("text", "missing"))
    elif len(whole) > MOST_TEXT:
        faults.append(Fault("text", "too_long"))
    return whole


def _matter(text: str, faults: list[Fault]) -> str:
    plain = text.casefold().removesuffix("类").strip()
    if not plain:
        return "help"
    found = next((word for key, word in MATTERS.items() if plain.startswith(key)), "")
    if not found:
        faults.append(Fault("matter", "unknown"))
    return found


def _phone(text: str, faults: list[Fault]) -> str:
    if text.casefold() in NOTHING:
        return ""
    try:
        return read_phone(text, may_be_short=True)
    except NotAPhone:
        faults.append(Fault("phone", "no_phone"))
        return ""


def _short(text: str) -> str:
    return "" if text.casefold() in NOTHING else " ".join(text.split())[:MOST_CELL]


def _yes(given: Mapping[str, str], field: str, faults: list[Fault]) -> bool:
    plain = given.get(field, "").casefold()
    if plain not in YES and plain not in NO:
        faults.append(Fault(field, "yes_or_no"))
    return plain in YES


def _moment_in(
    given: Mapping[str, str], field: str, today: date, faults: list[Fault], *, at_end: bool
) -> datetime | None:
    text = given.get(field, "")
    if text.casefold() in NOTHING:
        return None
    try:
        return read_moment(text, today, at_end=at_end)
    except (NotADate, ValueError):
        faults.append(Fault(field, "no_moment"))
        return None


def read_moment(text: str, today: date, *, at_end: bool) -> datetime:
    """Return a moment of the city as lists write it; a day alone means its beginning or its end.

    Takes 2026-12-03 17:30, 2026/12/3, 2026年12月3日17时30分 and the day numbers of spreadsheets.
    Raises NotADate, ValueError.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if _SERIAL.fullmatch(plain) and FIRST_SERIAL < float(plain) < LAST_SERIAL:
        return _of_serial(float(plain), at_end=at_end)
    found = _MOMENT.fullmatch(plain)
    if found is None:
        day = parse_day(plain, today=today, lean=Lean.NEAREST)
        return datetime.combine(day + timedelta(days=int(at_end)), time(), SHANGHAI)
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if hour > HOURS or minute >= MINUTES or (hour == HOURS and minute):
        raise ValueError(text)
    day = parse_day(found["day"], today=today, lean=Lean.NEAREST)
    return datetime.combine(day, time(), SHANGHAI) + timedelta(hours=hour, minutes=minute)


def _of_serial(number: float, *, at_end: bool) -> datetime:
    day, share = divmod(number, 1)
    begin = datetime.combine(_EPOCH + timedelta(days=int(day)), time(), SHANGHAI)
    if not share:
        return begin + timedelta(days=int(at_end))
    return begin + timedelta(minutes=round(share * HOURS * MINUTES))
