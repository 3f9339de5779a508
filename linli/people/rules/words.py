"""The words with which lists say sex, standing, relation, use of a dwelling, and days."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache

from linli.kernel.dates import Lean, NotADate, parse
from linli.people.types import Basis, DwellingKind, HouseholdKind, Relation, Sex, Standing

# what people write when there is nothing to write
NOTHING = frozenset(
    {"", "-", "--", "—", "/", "无", "無", "没有", "未知", "不详", "n/a", "na", "null", "none"}
)
_EXCEL_DAY_ONE = date(1899, 12, 30)
_EXCEL_DAY = re.compile(r"[1-7]\d{4}(\.\d+)?")
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[ T]00:00(?::00(?:\.0+)?)?)?")


def _words(table: Mapping[str, str]) -> dict[str, str]:
    found = {word: value for value, words in table.items() for word in words.split()}
    return found | {value: value for value in table}


SEX = _words({Sex.MALE: "男 男性 m 1", Sex.FEMALE: "女 女性 f 2", Sex.UNKNOWN: "未说明 0 9"})
STANDING = _words(
    {
        Standing.REGISTERED: "户籍 户籍人口 本地户籍 户籍居民 户籍村民 本地 莞籍 本村户籍 常住户籍 是 yes",
        Standing.NON_LOCAL: (
            "非户籍 非户籍人口 非户籍常住人口 非户籍常住居民 流动人口 外来人口 外地 非莞籍 新莞人 非本地户籍 "
            "异地务工人员 常住非户籍 否 no"
        ),
    }
)
BASIS = _words(
    {
        Basis.HUKOU: "户籍 户口 落户",
        Basis.RESIDENCE_PERMIT: "居住证",
        Basis.DECLARED: "居住登记 申报 自主申报 居住申报 租赁 租房 租住",
        Basis.EMPLOYER: "单位申报 用工单位申报 用工单位 务工 企业申报 宿舍",
        Basis.OWNER: "购房 在此购房 自有住房 产权",
        Basis.VISIT: "走访 走访登记 上门登记",
    }
)
HOUSEHOLD = _words(
    {
        HouseholdKind.FAMILY: "家庭户 家庭 普通户",
        HouseholdKind.COLLECTIVE: "集体户 集体 集体宿舍 宿舍",
    }
)
RELATION = _words(
    {
        Relation.HEAD: "户主 本人 self",
        Relation.SPOUSE: "配偶 妻 夫 妻子 丈夫 妻/配偶 夫/配偶 爱人 wife husband",
        Relation.CHILD: (
            "子 女 儿子 女儿 长子 次子 三子 四子 长女 次女 三女 四女 独生子 独生女 子女 "
            "养子 养女 继子 继女 son daughter"
        ),
        Relation.PARENT: "父 母 父亲 母亲 父母 father mother",
        Relation.GRANDCHILD: "孙 孙子 孙女 外孙 外孙子 外孙女 孙子女",
        Relation.GRANDPARENT: "祖父 祖母 爷爷 奶奶 外祖父 外祖母 祖父母",
        Relation.SIBLING: "兄 弟 姐 妹 哥哥 弟弟 姐姐 妹妹 兄弟 姐妹 兄弟姐妹 brother sister",
        Relation.IN_LAW: "姻亲 儿媳 女婿 岳父 岳母 公公 婆婆 媳妇",
        Relation.ROOMMATE: "室友 工友 同住人员 同住 合租 集体户成员",
        Relation.OTHER: "其他 其他成员 非亲属 亲属 其他亲属 保姆",
    }
)
DWELLING = _words(
    {
        DwellingKind.OWN: "自有 自住 自有住房 自建房 商品房",
        DwellingKind.LET: "出租 出租屋 租赁 租住 租房 出租房",
        DwellingKind.DORMITORY: "宿舍 集体宿舍 员工宿舍 工厂宿舍 工棚",
        DwellingKind.EMPTY: "空置 空房 空置房",
    }
)


@lru_cache(maxsize=65536)
def read_day(text: str, today: date) -> date:
    """Return the day that a cell names. Raises NotADate.

    Spreadsheets write days as 1990-01-01 00:00:00, or as the number of days since 1899-12-30.
    """
    iso = _ISO.fullmatch(text)
    if iso:
        try:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        except ValueError:
            raise NotADate("no_such_day") from None
    if _EXCEL_DAY.fullmatch(text):
        return _EXCEL_DAY_ONE + timedelta(days=int(float(text)))
    return parse(text, today=today, lean=Lean.PAST)


def blank(text: str) -> bool:
    """Say whether a cell is empty or says that there is nothing."""
    return not text or text.strip().casefold() in NOTHING
