"""What the register of people answers in reports: numbers of residents, households and homes by village.

Numbers alone, of nobody by name. A village without anybody on record is left out: unknown is not zero.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from linli.kernel import sql
from linli.kernel.reporting import ReportColumn, ReportSource, ReportValue
from linli.people.rules.ages import born_for_ages
from linli.people.types import DwellingKind, HouseholdKind, RollKind, Sex, Standing

PEOPLE, HOMES = "人", "户"
# key → youngest, oldest, what offices call them, in English
BANDS: dict[str, tuple[int | None, int | None, tuple[str, ...], str]] = {
    "all": (None, None, ("常住", "总", "人口", "全村", "全社区", "居民", "辖区", "实有"), "Residents"),
    "0_2": (0, 2, ("3岁以下", "0至2岁", "三岁以下婴幼儿", "3岁以下婴幼儿"), "Under 3"),
    "3_5": (3, 5, ("3至5岁", "学龄前儿童", "学前儿童"), "3 to 5"),
    "0_17": (0, 17, ("未成年", "未成年人", "18岁以下", "0至17岁", "不满18岁"), "Under 18"),
    "6_14": (6, 14, ("6至14岁", "适龄学生", "义务教育阶段儿童"), "6 to 14"),
    "14_35": (14, 35, ("14至35岁", "青年", "青年人"), "14 to 35"),
    "16_59": (16, 59, ("16至59岁", "劳动年龄", "劳动力"), "16 to 59"),
    "18_": (18, None, ("18岁以上", "成年人", "年满18岁"), "18 and over"),
    "60_": (60, None, ("60岁以上", "60岁以上老年人", "60岁以上老人", "老年人", "老年", "老人"), "60 and over"),
    "65_": (65, None, ("65岁以上", "65岁以上老年人", "65岁以上老人"), "65 and over"),
    "70_": (70, None, ("70岁以上", "70岁以上老年人", "70岁以上老人"), "70 and over"),
    "80_": (80, None, ("80岁以上", "80岁以上老年人", "80岁以上老人", "高龄老人", "高龄老年人"), "80 and over"),
    "90_": (90, None, ("90岁以上", "90岁以上老年人", "90岁以上老人"), "90 and over"),
    "100_": (100, None, ("100岁以上", "百岁老人", "百岁以上老人"), "100 and over"),
}  # fmt: skip
CROSSED = ("all", "0_17", "60_", "65_", "80_")
# key → condition, what is written before or behind a band, in English
PARTS: dict[str, tuple[str, tuple[str, ...], str]] = {
    "male": (f"r.sex = '{Sex.MALE}'", ("男", "男性"), "men"),
    "female": (f"r.sex = '{Sex.FEMALE}'", ("女", "妇女", "女性"), "women"),
    "registered": (f"r.standing = '{Standing.REGISTERED}'", ("户籍", "本地户籍"), "with local hukou"),
    "non_local": (f"r.standing = '{Standing.NON_LOCAL}'", ("非户籍", "外来", "流动", "非本市户籍", "新莞人"), "without local hukou"),
}  # fmt: skip
IN_YEAR = {
    "born": ("r.born_on >= %(year)s AND r.until IS NULL", "本年出生", "Born this year", ("本年度出生", "今年出生", "新生儿")),
    "came": ("r.since >= %(year)s AND r.until IS NULL", "本年迁入", "Moved in this year", ("今年迁入", "迁入")),
    "left": ("r.until >= %(year)s", "本年迁出", "Moved out this year", ("今年迁出", "迁出")),
    "permits": ("r.basis = 'residence_permit' AND r.until IS NULL", "持居住证", "With a residence permit", ("居住证", "办理居住证", "持有居住证")),
}  # fmt: skip


def _population() -> tuple[ReportColumn, ...]:
    found = []
    for band, (_youngest, _oldest, words, english) in BANDS.items():
        zh = "常住人口" if band == "all" else words[0]
        found.append(ReportColumn(f"people.{band}", zh, english, PEOPLE, words))
        for part, (_where, marks, of) in PARTS.items():
            if band in CROSSED:
                base = words if band != "all" else ("", *words)
                twins = tuple(f"{one}·{mark}" for mark in marks for one in base)
                twins += tuple(f"{mark}·{one}" for mark in marks for one in base if one)
                name = f"{zh}·{marks[-1] if of in ('men', 'women') else marks[0]}"
                key = f"people.{band}.{part}"
                found.append(ReportColumn(key, name, f"{english}, {of}", PEOPLE, twins))
    for key, (_where, zh, english, words) in IN_YEAR.items():
        found.append(ReportColumn(f"people.year.{key}", f"{zh}人数", english, PEOPLE, (zh, *words)))
    return tuple(found)


def measure_people(
    keys: Collection[str], path: str, on: date
) -> Mapping[str, Mapping[str, ReportValue]]:
    """Count residents of today of each village below a path; one query for all columns."""
    params: dict[str, Any] = {"path": path, "year": date(on.year, 1, 1)}
    counts = [f"count(*) FILTER (WHERE {_condition(key, on, params)})" for key in keys]
    text = f"""SELECT r.path, {", ".join(counts)} FROM people_residency r
 WHERE r.path >= %(path)s AND r.path < %(path)s || '~' AND NOT r.is_shadowed
   AND (r.until IS NULL OR r.until >= %(year)s)
 GROUP BY r.path HAVING bool_or(r.until IS NULL)"""  # noqa: S608  conditions of this file
    return _by_key(keys, sql.tuples("people.reporting", text, params))


def _condition(key: str, on: date, params: dict[str, Any]) -> str:
    """Return the condition of a column; days of birth go into `params`."""
    _people, band, *parts = key.split(".")
    if band == "year":
        return IN_YEAR[parts[0]][0]
    youngest, oldest, _words, _english = BANDS[band]
    earliest, latest = born_for_ages(on, youngest, oldest)
    found = ["r.until IS NULL", *(PARTS[part][0] for part in parts)]
    for name, day, sign in ((f"e{band}", earliest, ">="), (f"l{band}", latest, "<=")):
        if day is not None:
            params[name] = day
            found.append(f"r.born_on {sign} %({name})s")
    return " AND ".join(found)


def _by_key(
    keys: Collection[str], rows: Collection[tuple[Any, ...]]
) -> dict[str, dict[str, ReportValue]]:
    return {
        key: {str(row[0]): row[number] for row in rows if row[number] is not None}
        for number, key in enumerate(keys, 1)
    }


HOUSEHOLDS = {
    "homes.households": ("TRUE", "户数", "Households", ("总户", "居民户", "常住户", "户"), HOMES),
    "homes.family": (f"h.kind = '{HouseholdKind.FAMILY}'", "家庭户户数", "Family households", ("家庭户",), HOMES),
    "homes.collective": (f"h.kind = '{HouseholdKind.COLLECTIVE}'", "集体户户数", "Collective households", ("集体户",), HOMES),
}  # fmt: skip
DWELLINGS = {
    "dwellings.all": ("TRUE", "住房套数", "Dwellings", ("住房", "房屋", "房屋总", "住宅"), "套"),
    "dwellings.own": (f"h.kind = '{DwellingKind.OWN}'", "自住房屋", "Lived in by owners", ("自住房", "自有住房"), "套"),
    "dwellings.let": (f"h.kind = '{DwellingKind.LET}'", "出租屋", "Let dwellings", ("出租房", "出租房屋", "租赁房屋", "出租屋套"), "套"),
    "dwellings.dormitory": (f"h.kind = '{DwellingKind.DORMITORY}'", "集体宿舍", "Dormitories", ("宿舍", "工厂宿舍", "企业宿舍"), "间"),
    "dwellings.empty": (f"h.kind = '{DwellingKind.EMPTY}'", "空置房屋", "Empty dwellings", ("空置房", "闲置房屋", "空置"), "套"),
    "dwellings.declared": ("h.declared_on IS NOT NULL", "已登记备案出租屋", "Declared lettings", ("登记备案", "租赁备案", "已备案出租屋"), "套"),
}  # fmt: skip
ROLLS = {
    "rolls.voters": (RollKind.VOTER, "登记选民人数", "Registered voters", ("选民", "登记选民", "有选举权")),
    "rolls.members": (RollKind.COLLECTIVE_MEMBER, "集体经济组织成员人数", "Members of the collective", ("集体成员", "集体经济组织成员", "经济组织成员")),
    "rolls.shareholders": (RollKind.SHAREHOLDER, "股东人数", "Shareholders", ("股东", "股民")),
    "rolls.owners": (RollKind.OWNER, "业主人数", "Owners", ("业主", "物业业主")),
}  # fmt: skip
TABLES = {
    "people_household": (HOUSEHOLDS, "AND h.until IS NULL"),
    "people_dwelling": (DWELLINGS, ""),
}


def measure_homes(
    keys: Collection[str], path: str, on: date
) -> Mapping[str, Mapping[str, ReportValue]]:
    """Count households and dwellings of each village below a path; a query for each table asked."""
    found: dict[str, Mapping[str, ReportValue]] = {}
    for table, (columns, more) in TABLES.items():
        asked = [key for key in keys if key in columns]
        if not asked:
            continue
        counts = ", ".join(f"count(*) FILTER (WHERE {columns[key][0]})" for key in asked)
        text = f"""SELECT h.path, {counts} FROM {table} h
 WHERE h.path >= %(path)s AND h.path < %(path)s || '~' {more} GROUP BY h.path"""  # noqa: S608  names of this file
        found |= _by_key(asked, sql.tuples(f"{table}.reporting", text, {"path": path}))
    return found


ON_ROLLS = """
SELECT o.kind, o.path, count(e.id) FROM people_roll o
  LEFT JOIN people_rollentry e ON e.roll_id = o.id AND (e.until IS NULL OR e.until > %(on)s)
 WHERE o.path >= %(path)s AND o.path < %(path)s || '~' AND o.closed_on IS NULL AND o.opened_on <= %(on)s
 GROUP BY o.kind, o.path
"""


def measure_rolls(
    keys: Collection[str], path: str, on: date
) -> Mapping[str, Mapping[str, ReportValue]]:
    """Count who is on the rolls of each village below a path; a village without the roll is left out."""
    rows = sql.tuples("people.reporting_rolls", ON_ROLLS, {"path": path, "on": on})
    return {
        key: {str(at): count for kind, at, count in rows if kind == ROLLS[key][0]} for key in keys
    }


def _columns(rows: Mapping[str, tuple[Any, ...]]) -> tuple[ReportColumn, ...]:
    return tuple(
        ReportColumn(key, zh, english, unit, words)
        for key, (_where, zh, english, words, unit) in rows.items()
    )


SOURCES = (
    ReportSource("people.residents", "居民登记", "Register of residents", _population(), measure_people),
    ReportSource("people.homes", "住户和房屋", "Households and dwellings", (*_columns(HOUSEHOLDS), *_columns(DWELLINGS)), measure_homes),
    ReportSource(
        "people.rolls", "名册", "Rolls",
        tuple(ReportColumn(key, zh, english, PEOPLE, words) for key, (_kind, zh, english, words) in ROLLS.items()),
        measure_rolls,
    ),
)  # fmt: skip
