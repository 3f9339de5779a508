"""What has happened in the demo town: a centre that serves two villages, decisions, a town plan."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.timezone import localdate

from linli.cases.models import Case
from linli.demo.cast import COMMUNITY, TOWN, VILLAGE_1, VILLAGE_2
from linli.formkit import services as forms
from linli.formkit.models import Form
from linli.formkit.queries import draft_of
from linli.formkit.services import Head
from linli.formkit.testing import demo_spec
from linli.formkit.types import Audience, Words
from linli.kernel.paths import CITY_PATH
from linli.kernel.permits import NOBODY, Actor
from linli.orgs.models import Organisation
from linli.orgs.services import centres, register
from linli.orgs.types import Details
from linli.places import services as places
from linli.places.models import Place, PlaceDecision
from linli.places.rules.part_rows import NewPart
from linli.places.services.decisions import Ruling
from linli.places.types import Category, Settlement
from linli.plan.models import IndicatorValue, PlanDocument, TownPlan
from linli.plan.services import calling, filing, measuring
from linli.plan.types import CallKind
from linli.portal.services import give_feedback
from linli.portal.types import KIND
from linli.rulebook.models import LocalValue
from linli.rulebook.services.values import Proposed, add_local_value

FOUNDED, BASIS = date(2018, 3, 1), "示范镇地名登记册（演示）"


def _group(number: int, name: str) -> NewPart:
    return NewPart("group", number, name, FOUNDED, BASIS)


def _building(number: int, name: str, of: str = "") -> NewPart:
    return NewPart("building", number, name, FOUNDED, BASIS, of)


GROUPS = {
    VILLAGE_1: [
        _group(1, "第一村民小组"), _group(2, "第二村民小组"), _group(3, "第三村民小组"),
        _building(1, "示范大道1号（村委会）"), _building(2, "榕树巷3号", "1"),
        _building(3, "榕树巷5号", "1"), _building(4, "水边街12号", "2"),
    ],
    VILLAGE_2: [_group(1, "第一村民小组"), _group(2, "第二村民小组"), _building(1, "祠堂路2号", "1")],
    COMMUNITY: [
        _group(1, "第一居民小组"), _building(1, "示范花园1栋", "1"), _building(2, "示范花园2栋", "1"),
    ],
}  # fmt: skip
RULING = Ruling("示府办〔2026〕3号（演示）", date(2026, 1, 20), date(2026, 2, 1))


def make(*, actor: Actor, now: datetime) -> None:
    """Make it all once. A second run changes nothing."""
    _centre(actor=actor, now=now)
    _decisions(actor=actor, now=now)
    _groups(actor=actor, now=now)
    _values(actor=actor, now=now)
    _feedback(actor=actor, now=now)
    _form(actor=actor, now=now)


def measure(*, actor: Actor, now: datetime) -> None:
    """Measure the indicators of the plan once, when all else is there."""
    if not IndicatorValue.objects.exists():
        measuring.measure_all(localdate(now), actor=actor, now=now)


def _centre(*, actor: Actor, now: datetime) -> None:
    village = Place.objects.get(code=VILLAGE_1)
    kind = "public_service_center"
    if Organisation.objects.filter(place=village, kind_id=kind).exists():
        return
    details = Details(
        name="示范一村公共服务中心", name_en="Public service centre of Shifan Village 1",
        phone="0769-5550 0130", address="示范大道1号", hours="周一至周五 08:30–12:00，14:00–17:30",
    )  # fmt: skip
    since = date(2026, 3, 1)
    body = register.add_organisation(village, kind, details, since=since, actor=actor, now=now)
    facts = centres.CentreFacts(opened_on=since)
    centre = centres.describe_centre(body, facts, edition=0, actor=actor, now=now)
    served = list(Place.objects.filter(code__in=[VILLAGE_1, VILLAGE_2]))
    centres.change_service_area(
        centre, served, since=since, edition=centre.edition, actor=actor, now=now
    )


def _decisions(*, actor: Actor, now: datetime) -> None:
    if PlaceDecision.objects.filter(place__path__startswith=f"441900/{TOWN}/").exists():
        return
    wanted = {
        VILLAGE_1: (Settlement.RURAL, Category.STRONG),
        VILLAGE_2: (Settlement.RURAL, Category.LESS_DEVELOPED),
        COMMUNITY: (Settlement.URBAN, Category.MANY_NON_LOCAL),
    }
    for code, (settlement, category) in wanted.items():
        place = Place.objects.get(code=code)
        places.decide_settlement(place, settlement, ruling=RULING, actor=actor, now=now)
        places.decide_category(place, category, ruling=RULING, actor=actor, now=now)


LOCAL_VALUES = {"plan.party.many_orgs.committee": 10, "plan.party.many_orgs.general_branch": 5}
TOWN_PLAN = {
    "title": "示范镇进一步推进城乡社区建设工作方案（演示）",
    "document_number": "示府办〔2026〕5号",
    "goals": "两年内公共服务中心的服务范围覆盖全部三个村（社区）。",
    "approach": "先试点示范一村，再全镇铺开。",
    "tasks": "修订村规民约，建好公共服务中心，健全民主协商议事制度。",
    "departments": "公共服务办公室牵头，财政所、司法所配合。",
    "schedule": "2026年6月底前试点，2027年底前全面完成。",
    "steps": "制定方案、开展试点、全面铺开。",
}


def _groups(*, actor: Actor, now: datetime) -> None:
    """Enter what stands in the invented villages: groups, and buildings in them."""
    for code, parts in GROUPS.items():
        village = Place.objects.get(code=code)
        if not Place.objects.filter(parent=village).exists():
            numbered = list(enumerate(parts, 1))
            _made, faults = places.add_parts(village, numbered, actor=actor, now=now)
            assert not faults, faults


def _values(*, actor: Actor, now: datetime) -> None:
    """The town says what counts as many new-type organisations; the plan names no number."""
    place = Place.objects.get(code=TOWN)
    for key, value in LOCAL_VALUES.items():
        if LocalValue.objects.filter(key=key, place=place.path).exists():
            continue
        proposed = Proposed(
            value,
            place.path,
            RULING.document,
            RULING.decided_on,
            "示范镇人民政府",
            RULING.valid_from,
        )
        add_local_value(key, proposed, actor=actor, now=now)


def file_plan(town: Actor, city: Actor, *, now: datetime) -> None:
    """The city asks the town for its plan, and the town's office files it: once."""
    document = PlanDocument.objects.order_by("pk")[0]
    place = Place.objects.get(code=TOWN)
    if TownPlan.objects.filter(place_id=place.pk).exists():
        return
    calling.call_towns(
        document, CallKind.TOWN_PLAN, path=place.path, due_on=date(2026, 12, 31),
        basis="实施方案第四部分（演示）", actor=city, now=now,
    )  # fmt: skip
    filing.file_town_plan(document, place, TOWN_PLAN, actor=town, now=now)


def _feedback(*, actor: Actor, now: datetime) -> None:
    """Two residents said something about the pages: work for the clerk's desk."""
    if Case.objects.filter(kind=KIND).exists():
        return
    path = Place.objects.get(code=VILLAGE_1).path
    page = f"/zh-hans/places/{VILLAGE_1}/"
    for text in (
        "首页的办公时间能不能写上中午休不休息？",
        "大字版里表格还是有点小，老人家看不清。",
    ):
        give_feedback(text, page=page, path=path, language="zh-hans", actor=NOBODY, now=now)


def _form(*, actor: Actor, now: datetime) -> None:
    """The town asks homes to check themselves for fire safety; a second version is being built.

    And whoever reports a lift is asked three things about it; unpaid wages are written down month by month,
    who can confirm them under seal; dumped waste is shown in photos, the truck under seal, and at its point.
    """
    if Form.objects.exists():
        return
    town = Place.objects.get(code=TOWN).path
    form = _published(
        "fire-check", "家庭消防安全自查", "Fire-safety self check for homes", town, actor, now
    )
    forms.new_version(form, actor=actor, now=now)
    _published("report-lift", "关于这台电梯", "About this lift", CITY_PATH, actor, now)
    _published("report-wages", "关于拖欠的工资", "About the unpaid wages", CITY_PATH, actor, now)
    waste = ("关于倒掉的建筑垃圾", "About the dumped waste")
    _published("report-waste-dumping", *waste, CITY_PATH, actor, now)


def _published(key: str, zh: str, en: str, path: str, actor: Actor, now: datetime) -> Form:
    head = Head(key, Words(zh, en), path, Audience.RESIDENTS)
    form = forms.create_form(head, actor=actor, now=now, spec=demo_spec(key))
    first = draft_of(form)
    assert first is not None, "a form begins with a draft"
    basis = "示府办〔2026〕12号（演示）"
    forms.publish_version(first, edition=first.edition, basis=basis, actor=actor, now=now)
    return form
