"""Lists of residents, households and homes for reports: identity numbers and telephones stay masked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import Any

from django.db.models import QuerySet

from linli.kernel.clock import age_on
from linli.kernel.reporting import ROW_NUMBER, ROW_REF, ReportColumn, ReportList
from linli.people import permits
from linli.people.models import (
    Contact,
    Dwelling,
    DwellingParty,
    Household,
    HouseholdMember,
    PersonDocument,
    Residency,
    Roll,
    RollEntry,
)
from linli.people.rules.ages import born_for_ages
from linli.people.types import ContactKind, DwellingKind, Relation, RollKind, Sex, Standing
from linli.ui.masks import mask_id, mask_phone

Row = dict[str, str]
Rows = Iterator[Row]
STEP = 500
SEXES = {Sex.MALE.value: "男", Sex.FEMALE.value: "女"}
STANDINGS = {Standing.REGISTERED.value: "户籍", Standing.NON_LOCAL.value: "非户籍"}
DWELLINGS = {
    DwellingKind.OWN.value: "自住", DwellingKind.LET.value: "出租", DwellingKind.DORMITORY.value: "集体宿舍",
    DwellingKind.EMPTY.value: "空置",
}  # fmt: skip
NUMBER = ReportColumn(ROW_NUMBER, "序号", "No.", "", ("编号", "号"))
PERSON = (
    NUMBER,
    ReportColumn("person.name", "姓名", "Name", "", ("居民姓名", "老人姓名", "选民姓名", "名字")),
    ReportColumn("person.sex", "性别", "Sex"),
    ReportColumn("person.born_on", "出生日期", "Birth date", "", ("出生年月", "出生年月日", "生日")),
    ReportColumn("person.age", "年龄", "Age", "岁", ("周岁", "年龄周岁", "实足年龄")),
    ReportColumn("person.document", "身份证号（掩码）", "Document number, masked", "", ("身份证号", "身份证号码", "身份证", "证件号码", "公民身份号码"), cover=mask_id),
    ReportColumn("person.phone", "联系电话（掩码）", "Telephone, masked", "", ("联系电话", "电话", "手机", "手机号码", "本人电话", "联系方式"), cover=mask_phone),
)  # fmt: skip
LIVING = (
    ReportColumn("person.standing", "户籍情况", "Local hukou or not", "", ("户籍", "户口", "是否户籍", "户籍或非户籍", "户口性质")),
    ReportColumn("person.address", "居住地址", "Address", "", ("住址", "地址", "现住址", "家庭住址", "居住地", "详细地址")),
    ReportColumn("person.group", "村（居）民小组", "Residents' group", "", ("小组", "村民小组", "居民小组", "所属小组", "组别")),
    ReportColumn("person.employer", "工作单位", "Employer", "", ("单位", "用工单位", "企业")),
)  # fmt: skip
ON_ROLL = (
    ReportColumn("entry.evidence", "登记依据", "By which evidence", "", ("依据", "凭证")),
    ReportColumn("entry.since", "登记日期", "Since", "", ("登记时间", "起始日期")),
)  # fmt: skip
HOUSE = (
    NUMBER,
    ReportColumn("house.number", "户号", "Number of the household", "", ("户编号", "户口簿号")),
    ReportColumn("house.head", "户主", "Head of household", "", ("户主姓名", "姓名")),
    ReportColumn("house.people", "家庭人口", "People", "人", ("人口", "家庭", "在册", "成员")),
    ReportColumn("house.address", "地址", "Address", "", ("住址", "家庭住址", "居住地址", "房屋地址")),
)  # fmt: skip
HOME = (
    NUMBER,
    ReportColumn("home.address", "房屋地址", "Address", "", ("地址", "出租屋地址", "住址", "详细地址")),
    ReportColumn("home.kind", "使用情况", "How it is used", "", ("房屋用途", "用途", "房屋类型", "类别")),
    ReportColumn("home.landlord", "业主", "Landlord", "", ("房东", "业主姓名", "房东姓名", "出租人")),
    ReportColumn("home.manager", "二房东", "Sub-letting manager", "", ("管理人", "转租人", "代理人")),
    ReportColumn("home.people", "居住人数", "People who live there", "人", ("居住", "承租", "入住", "住")),
    ReportColumn("home.declared", "备案日期", "Declared on", "", ("登记日期", "登记备案日期", "备案时间")),
)  # fmt: skip


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _in_steps(found: QuerySet[Any], most: int) -> Iterator[list[Any]]:
    """Read rows in steps, so that what belongs to them is read once for many."""
    step: list[Any] = []
    for row in found[:most].iterator(chunk_size=STEP):
        step.append(row)
        if len(step) == STEP:
            yield step
            step = []
    if step:
        yield step


def _masked(ids: Sequence[int]) -> tuple[dict[int, str], dict[int, str]]:
    """Return masked numbers and telephones of persons; row security lets through whom one may see."""
    documents = PersonDocument.objects.filter(person_id__in=ids, until__isnull=True).order_by("-pk")
    phones = Contact.objects.filter(person_id__in=ids, until__isnull=True, kind=ContactKind.PHONE)
    return (
        dict(documents.values_list("person_id", "masked")),
        dict(phones.order_by("-pk").values_list("person_id", "masked")),
    )


def _of_person(person: Any, on: date, documents: dict[int, str], phones: dict[int, str]) -> Row:
    return {
        "person.name": person.name, "person.sex": SEXES.get(person.sex, ""),
        "person.born_on": _day(person.born_on),
        "person.age": str(age_on(person.born_on, on)) if person.born_on else "",
        "person.document": documents.get(person.pk, ""), "person.phone": phones.get(person.pk, ""),
    }  # fmt: skip


def read_residents(
    path: str, on: date, most: int, *, standing: str = "", youngest: int | None = None,
    oldest: int | None = None,
) -> Rows:  # fmt: skip
    """Yield residents of a place by name."""
    found = Residency.objects.filter(path__startswith=path, until__isnull=True, is_shadowed=False)
    if standing:
        found = found.filter(standing=standing)
    earliest, latest = born_for_ages(on, youngest, oldest)
    if earliest:
        found = found.filter(born_on__gte=earliest)
    if latest:
        found = found.filter(born_on__lte=latest)
    number = 0
    for rows in _in_steps(
        found.select_related("person", "dwelling").order_by("name_key", "pk"), most
    ):
        masked = _masked([row.person_id for row in rows])
        for row in rows:
            number += 1
            yield {
                ROW_NUMBER: str(number), ROW_REF: str(row.pk), **_of_person(row.person, on, *masked),
                "person.standing": STANDINGS[row.standing], "person.group": row.group,
                "person.address": row.dwelling.address if row.dwelling else "",
                "person.employer": row.employer,
            }  # fmt: skip


def read_roll(path: str, on: date, most: int, *, kind: str) -> Rows:
    """Yield who is on the open rolls of a kind at a place, by name."""
    rolls = Roll.objects.filter(path__startswith=path, kind=kind, closed_on__isnull=True)
    found = RollEntry.objects.filter(roll__in=rolls, until__isnull=True).select_related("person")
    number = 0
    for rows in _in_steps(found.order_by("roll", "name_key", "pk"), most):
        masked = _masked([row.person_id for row in rows])
        for row in rows:
            number += 1
            yield {
                ROW_NUMBER: str(number), ROW_REF: str(row.pk), **_of_person(row.person, on, *masked),
                "entry.evidence": row.evidence, "entry.since": _day(row.since),
            }  # fmt: skip


def read_households(path: str, on: date, most: int) -> Rows:
    """Yield households of a place by number."""
    found = Household.objects.filter(path__startswith=path, until__isnull=True)
    number = 0
    for rows in _in_steps(found.select_related("dwelling").order_by("number", "pk"), most):
        heads: dict[int, str] = {}
        people: dict[int, int] = {}
        members = HouseholdMember.objects.filter(household__in=rows, until__isnull=True)
        for one in members.select_related("person"):
            people[one.household_id] = people.get(one.household_id, 0) + 1
            if one.relation == Relation.HEAD:
                heads[one.household_id] = one.person.name
        for row in rows:
            number += 1
            yield {
                ROW_NUMBER: str(number), ROW_REF: str(row.pk), "house.number": row.number,
                "house.head": heads.get(row.pk, row.name),
                "house.people": str(people.get(row.pk, 0)),
                "house.address": row.dwelling.address if row.dwelling else "",
            }  # fmt: skip


def read_dwellings(path: str, on: date, most: int, *, kind: str = "") -> Rows:
    """Yield dwellings of a place by address, with who answers for each today."""
    found = Dwelling.objects.filter(path__startswith=path)
    if kind:
        found = found.filter(kind=kind)
    number = 0
    for rows in _in_steps(found.order_by("address_key", "pk"), most):
        parties: dict[tuple[int, str], str] = {}
        open_ = DwellingParty.objects.filter(dwelling__in=rows, until__isnull=True)
        for one in open_.select_related("person"):
            parties[one.dwelling_id, one.role] = one.person.name if one.person else one.name
        people: dict[int, int] = {}
        living = Residency.objects.filter(dwelling__in=rows, until__isnull=True, is_shadowed=False)
        for home in living.values_list("dwelling_id", flat=True):
            people[home or 0] = people.get(home or 0, 0) + 1
        for row in rows:
            number += 1
            yield {
                ROW_NUMBER: str(number), ROW_REF: str(row.pk), "home.address": row.address,
                "home.kind": DWELLINGS[row.kind],
                "home.landlord": parties.get((row.pk, "landlord"), ""),
                "home.manager": parties.get((row.pk, "manager"), ""),
                "home.people": str(people.get(row.pk, 0)), "home.declared": _day(row.declared_on),
            }  # fmt: skip


def _people(key: str, zh: str, en: str, **narrowed: Any) -> ReportList:
    read: Callable[[str, date, int], Rows] = partial(read_residents, **narrowed)
    return ReportList(f"list.{key}", zh, en, (*PERSON, *LIVING), permits.VIEW, read)


LISTS = (
    _people("residents", "居民名册", "Residents"),
    _people("old_60", "60岁以上老年人名册", "Residents of 60 and over", youngest=60),
    _people("old_80", "80岁以上高龄老人名册", "Residents of 80 and over", youngest=80),
    _people("minors", "未成年人名册", "Residents under 18", oldest=17),
    _people("non_local", "非户籍居民名册", "Residents without local hukou", standing=Standing.NON_LOCAL.value),
    ReportList("list.voters", "登记选民名册", "Registered voters", (*PERSON, *ON_ROLL), permits.VIEW_ROLLS,
               partial(read_roll, kind=RollKind.VOTER.value)),
    ReportList("list.members", "集体经济组织成员名册", "Members of the collective", (*PERSON, *ON_ROLL), permits.VIEW_ROLLS,
               partial(read_roll, kind=RollKind.COLLECTIVE_MEMBER.value)),
    ReportList("list.households", "住户名册", "Households", HOUSE, permits.VIEW, read_households),
    ReportList("list.lettings", "出租屋名册", "Let dwellings", HOME, permits.VIEW, partial(read_dwellings, kind=DwellingKind.LET.value)),
)  # fmt: skip
