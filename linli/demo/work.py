"""What lies on the desks of the demo town: papers, a possible twin, a hand-over, a request, the plan."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from linli.access.models import Account, DataRequest
from linli.access.queries.actors import account_actor
from linli.access.services import acting, requests
from linli.cases.services import weekly
from linli.demo import (
    asked,
    by_cell,
    cells,
    centres,
    connected,
    culture,
    hotline,
    life,
    matters,
    party,
    patrol,
    posting,
    reports,
    rosters,
    venues,
    visiting,
    weather,
)
from linli.demo.cast import COMMUNITY, RESIDENT_NAME, RESIDENT_PHONE, TOWN, VILLAGE_1, VILLAGE_2
from linli.documents import services as papers
from linli.documents.models import SealUse
from linli.documents.services.seals import Application
from linli.documents.types import Issue
from linli.kernel.money import Money
from linli.kernel.permits import Actor
from linli.orgs.models import Handover, Organisation, Pairing, Post
from linli.orgs.services import handovers, holdings, pairings, staff
from linli.orgs.types import Appointment, CertificateKind, EndReason, Subject
from linli.people.rules.documents import check_sign
from linli.people.services import duplicates, register, rolls, vault
from linli.people.types import PersonRow, RollKind
from linli.places.models import Place
from linli.plan import services as plan
from linli.plan.models import FundingLine, Pilot, PlanDocument, Task
from linli.plan.types import CallKind

SINCE = date(2026, 3, 1)
BORN = date(1990, 6, 18)
WATER_CUT_IN_DAYS = 4
CARD = {
    "title": "楼栋先议，再上村民代表会议",
    "problem": "停车位不够，意见分散，会上谈不拢。",
    "steps": "楼栋长收集意见，分楼栋议一次，结果公示七天，再提交代表会议。",
    "effect": "一次会议通过停车方案，公示期没有异议。",
}
HANDED_OVER = (
    {"kind": "印章、钥匙", "text": "会议室、档案柜钥匙", "count": "2"},
    {"kind": "未办事项", "text": "和顺路路灯维修，施工单位已报价", "count": "1"},
)


def make(*, actor: Actor, now: datetime) -> None:
    """Let it happen once, by the people in their posts where that is theirs to do."""
    chair, clerk = _staff("he.weiming", now=now), _staff("ye.shaofen", now=now)
    _papers(clerk, now=now)
    _resident(chair, clerk, maker=actor, now=now)
    _handover(_staff("li.guoqiang", now=now), maker=actor, now=now)
    _staff_facts(actor=actor, now=now)
    town, city = _staff("zhou.meiling", now=now), _staff("city.plan", now=now)
    life.file_plan(town, city, now=now)
    _plan(town, city, now=now)
    posting.make(clerk, chair, _staff("zeng.xianzhang", now=now), now=now)
    _funding(_staff("zeng.xianzhang", now=now), now=now)
    matters.make(chair, town, now=now)
    asked.make(clerk, chair, town, _staff("zeng.xianzhang", now=now), now=now)
    hotline.make(chair, town, _village(TOWN).path, now=now)
    connected.make(city, town, now=now)
    venues.make(chair, now=now)
    visiting.make(chair, now=now)
    culture.make(chair, now=now)
    centres.make(chair, _staff("zeng.xianzhang", now=now), maker=actor, now=now)
    worker = _staff("mo.zhaoqiang", now=now)
    if cells.make(chair, _staff("zeng.xianzhang", now=now), worker, now=now):
        patrol.make(chair, worker, now=now)
        rosters.make(chair, now=now)
        by_cell.make(chair, now=now)
        weather.make(chair, _staff("zeng.xianzhang", now=now), now=now)
    reports.make(town, chair, now=now)
    party.make(_staff("security", now=now), now=now)
    weekly.publish_weeks(actor=actor, now=now)


def _staff(username: str, *, now: datetime) -> Actor:
    return account_actor(Account.objects.get(username=username).pk, now=now)


def _village(code: str) -> Place:
    return Place.objects.get(code=code)


def _body(code: str, kind: str = "villagers_committee") -> Organisation:
    return Organisation.objects.get(place__code=code, kind_id=kind)


def water_notice(today: date) -> dict[str, Any]:
    """What the demo's paper says: a cut that lies ahead on the city's day of issue."""
    cut = today + timedelta(days=WATER_CUT_IN_DAYS)
    words = f"因更换供水主管，示范大道1号至60号将于{cut.month}月{cut.day}日8:00至18:00停水，请提前储水。"
    return {
        "addressee": "示范大道全体住户",
        "text": [words],
        "period": f"{_said(today)}至{_said(cut)}",
        "contact": "麦润根，0769-5550 0123",
        "objection": "有困难的老人可以致电，村里派人送水。",
    }


def _said(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


@transaction.atomic
def _papers(clerk: Actor, *, now: datetime) -> None:
    """A notice was printed for the seal, and a contract waits for it."""
    if SealUse.objects.exists():
        return
    path = _village(VILLAGE_1).path
    issue = Issue(place=path, office="示范一村村民委员会", title="停水通知")
    papers.issue_document(
        "documents.notice", water_notice(localdate(now)), issue=issue, actor=clerk, now=now
    )
    contract = Application("contract", "公共厕所保洁合同", 2, "示范保洁服务部")
    papers.apply_for_seal(contract, place=path, actor=clerk, now=now)


@transaction.atomic
def _resident(chair: Actor, clerk: Actor, *, maker: Actor, now: datetime) -> None:
    """The demo's resident stands in the register, once too often, votes, and asks for her data."""
    if DataRequest.objects.exists():
        return
    path = _village(VILLAGE_1).path
    person = register.register_person(_row(), actor=clerk, now=now)
    vault.set_contact(person, "phone", RESIDENT_PHONE, actor=clerk, now=now)
    register.register_person(_row("passport", "E99000990"), actor=clerk, now=now)
    duplicates.find_pairs(path, actor=maker, now=now)
    roll = rolls.open_roll(
        VILLAGE_1, RollKind.VOTER, "2026年换届选民名册（演示）", "村委会组织法", on=SINCE,
        actor=maker, now=now,
    )  # fmt: skip
    rolls.enter_on_roll(roll, person, rolls.Entered(SINCE, "本人登记"), actor=maker, now=now)
    account = Account.objects.get(display_name=RESIDENT_NAME, kind="resident")
    acting.tie_person(account, person.pk, path=path, actor=chair, now=now)
    asks = account_actor(account.pk, now=now)
    requests.file_request("copy", "请给我一份村里登记的全部资料。", path=path, actor=asks, now=now)


def _row(kind: str = "resident_id", number: str = "") -> PersonRow:
    first17 = f"009901{BORN:%Y%m%d}042"
    return PersonRow(
        1, name=RESIDENT_NAME, kind=kind, number=number or first17 + check_sign(first17),
        village=VILLAGE_1, sex="female", born_on=BORN, standing="registered_resident", basis="hukou",
        since=date(2018, 9, 1), address="示范大道32号",
    )  # fmt: skip


@transaction.atomic
def _handover(chair: Actor, *, maker: Actor, now: datetime) -> None:
    """Somebody left a post of the second village: three signatures are awaited."""
    if Handover.objects.exists():
        return
    posts = Post.objects.filter(
        organisation=_body(VILLAGE_2), kind_id="committee_member", closed_on=None
    )
    came = Appointment("罗志强", date(2026, 1, 15), "elected")
    holding = holdings.appoint(posts.order_by("pk")[0], came, actor=maker, now=now)
    leaving = handovers.Leaving(EndReason.RESIGNED, "冼惠兰", "黎国强", HANDED_OVER)
    handovers.end_holding(holding, leaving, actor=chair, now=now)


@transaction.atomic
def _staff_facts(*, actor: Actor, now: datetime) -> None:
    """Certificates and courses of the committee, and two villages paired."""
    if Pairing.objects.exists():
        return
    clerk = staff.Holder("叶少芬")
    staff.enter_certificate(
        _body(VILLAGE_1), clerk, kind=CertificateKind.ASSISTANT_SOCIAL_WORKER,
        number="示范-2025-0113", valid=(date(2025, 11, 1), None), actor=actor, now=now,
    )  # fmt: skip
    staff.enter_training(
        _body(VILLAGE_1), clerk, course=(Subject.EMERGENCY, 2026, "防汛防风演练"), half_hours=8,
        actor=actor, now=now,
    )  # fmt: skip
    both = (_village(COMMUNITY), _village(VILLAGE_2))
    pairings.pair(both, since=SINCE, content="社区带村，共用议事厅和社工站", actor=actor, now=now)


@transaction.atomic
def _plan(town: Actor, city: Actor, *, now: datetime) -> None:
    """The city asked for a report; the town tries things out, spends, and was visited."""
    if Pilot.objects.exists():
        return
    document, place = PlanDocument.objects.order_by("pk")[0], _village(TOWN)
    task = {n: Task.objects.get(document=document, number=n) for n in (5, 12)}
    plan.call_towns(
        document, CallKind.REPORT, path=place.path, due_on=date(2026, 12, 18),
        basis="实施方案第五部分（演示）", actor=city, now=now,
    )  # fmt: skip
    report = "示范一村公共服务中心已开放，服务示范一村、示范二村；示范社区的中心正在装修。两个村的公示栏和中心门口贴有开放公告。"
    plan.file_report(task[12], place, report, evidence_count=2, actor=town, now=now)
    pilot = {"title": "邻里议事厅", "started_on": SINCE}
    plan.start_pilot(document, place, [task[5]], pilot, actor=city, now=now)
    plan.add_practice(document, place, [task[5]], CARD, actor=town, now=now)
    seen = {
        "visited_on": date(2026, 11, 12), "visitors": "市民政局演示组",
        "findings": "中心的开放时间没有写在门口。", "due_on": date(2026, 12, 4),
    }  # fmt: skip
    plan.record_visit(document, place, [task[12]], seen, actor=city, now=now)


@transaction.atomic
def _funding(head: Actor, *, now: datetime) -> None:
    """The town's head wrote down what the rooms cost."""
    if FundingLine.objects.exists():
        return
    document, place = PlanDocument.objects.order_by("pk")[0], _village(TOWN)
    task = Task.objects.get(document=document, number=12)
    money = {
        "year": 2026, "source": "town", "amount": Money(18_600_000), "purpose": "公共服务中心装修",
        "task": task,
    }  # fmt: skip
    plan.add_funding_line(document, place, money, actor=head, now=now)
