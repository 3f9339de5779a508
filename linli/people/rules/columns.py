"""Which column of a list means what: by its heading, else by what stands in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date

from linli.people.rules.documents import DocumentKind, check_document
from linli.people.rules.phones import MOBILE

# field → headings under which lists of villages, towns and factories have it
HEADINGS: dict[str, str] = {
    "name": "姓名 名字 人员姓名 员工姓名 居民姓名 住户姓名 name fullname personname",
    "other_name": "别名 其他姓名 曾用名 外文名 英文名 拼音姓名 othername latinname",
    "sex": "性别 sex gender",
    "born_on": "出生日期 出生年月日 出生年月 生日 birthdate birthday dateofbirth born bornon",
    "document_kind": "证件类型 证件种类 证件类别 documentkind documenttype idtype",
    "document_number": (
        "证件号码 证件号 身份证号码 身份证号 身份证 公民身份号码 公民身份证号码 身份号码 "
        "idnumber idcard idno documentnumber documentno"
    ),
    "document_until": "证件有效期 证件有效期至 身份证有效期 documentuntil idvaliduntil",
    "phone": "手机 手机号 手机号码 联系电话 电话 联系方式 联系号码 电话号码 phone mobile tel telephone",
    "place": "村社区 村居 村 社区 所属村社区 所属村居 所属社区 行政村 村居委会 村居名称 village place",
    "group": "村民小组 村居民小组 居民小组 小组 组别 村小组 group",
    "address": "住址 本地住址 现住址 居住地址 现居住地址 详细地址 地址 房屋地址 address livingaddress",
    "hukou_address": "户籍地址 户籍地 户口所在地 户籍所在地 原籍 籍贯地址 hukouaddress",
    "standing": "户籍类型 居民类别 人口类别 人员类别 居民类型 户籍性质 是否户籍 本地户籍 standing residentkind",
    "basis": "居住依据 居住事由 登记依据 basis",
    "since": "入住日期 居住日期 迁入日期 来莞日期 入住时间 入职日期 登记日期 since movedin",
    "until": "离开日期 迁出日期 搬离日期 离职日期 until movedout",
    "permit_until": "居住证有效期 居住证有效期至 居住证到期 居住证到期日 permituntil",
    "household": "户号 户编号 家庭编号 户籍号 householdnumber household",
    "household_kind": "户别 户类型 户口类别 householdkind",
    "relation": "与户主关系 户主关系 关系 家庭关系 relation relationship",
    "dwelling_kind": "房屋类型 住房类型 房屋用途 住所类型 dwellingkind housing",
    "employer": "工作单位 单位 单位名称 用工单位 企业名称 公司 厂名 工厂 employer company factory",
    "room": "宿舍 宿舍号 房号 房间号 房间 寝室 room dormitory",
    "bed": "床位 床号 床位号 bed",
}
REQUIRED = ("name", "document_number")
FIELDS = tuple(HEADINGS)
SAMPLE_SIZE = 200
MOSTLY = 0.6
_BY_HEADING = {word: field for field, words in HEADINGS.items() for word in words.split()}
_SEXES = frozenset({"男", "女", "m", "f", "male", "female"})
_VILLAGE = re.compile(r".{1,20}(村|社区|居委会|村委会)|\d{12}")
_DAY = re.compile(r"(19|20)\d{2}[-/年.]?\d{1,2}[-/月.]?\d{1,2}日?")


def heading_key(heading: str) -> str:
    """Return a heading without what differs from list to list: stars, brackets, spaces, case."""
    text = unicodedata.normalize("NFKC", heading).casefold()
    text = re.sub(r"[(\[【（].*?[)\]】）]", "", text) or text
    return re.sub(r"[\W_]+", "", text)


def signature(headings: Sequence[str]) -> str:
    """Return what recognises the same list next month, whatever is in it."""
    return "|".join(heading_key(heading) for heading in headings)


def suggest(
    headings: Sequence[str],
    sample: Sequence[Sequence[str]],
    *,
    today: date,
    remembered: Mapping[str, str] | None = None,
) -> dict[str, int]:
    """Return field → column: what was chosen last time, then by heading, then by content."""
    keys = [heading_key(heading) for heading in headings]
    chosen: dict[str, int] = {}
    for source in (remembered or {}, _BY_HEADING):
        for column, key in enumerate(keys):
            field = source.get(key)
            if field and field not in chosen and column not in chosen.values():
                chosen[field] = column
    for column in range(len(headings)):
        if column not in chosen.values():
            field = _by_content(
                [row[column] for row in sample[:SAMPLE_SIZE] if len(row) > column], today
            )
            if field and field not in chosen:
                chosen[field] = column
    return chosen


def remembering(headings: Sequence[str], mapping: Mapping[str, int]) -> dict[str, str]:
    """Return heading → field, to be kept for the next list from the same source."""
    return {heading_key(headings[column]): field for field, column in mapping.items()}


def missing_fields(mapping: Mapping[str, int]) -> tuple[str, ...]:
    """Return the fields without which no row can be read."""
    return tuple(field for field in REQUIRED if field not in mapping)


def _by_content(values: Sequence[str], today: date) -> str | None:
    filled = [value.strip() for value in values if value.strip()]
    if not filled:
        return None
    judges = {
        "document_number": lambda v: (
            not check_document(DocumentKind.RESIDENT_ID, v, today=today).fault
        ),
        "phone": lambda v: bool(MOBILE.fullmatch(v)),
        "sex": lambda v: v.casefold() in _SEXES,
        "place": lambda v: bool(_VILLAGE.fullmatch(v)),
        "born_on": lambda v: bool(_DAY.fullmatch(v)),
    }
    for field, judge in judges.items():
        if sum(map(judge, filled)) >= MOSTLY * len(filled):
            return field
    return None
