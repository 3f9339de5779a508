"""The joint meeting of the first village: who takes part, what they have, need and do together."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from linli.demo.cast import TOWN
from linli.kernel.permits import Actor
from linli.orgs.models import JointEntry, JointMeeting, JointMember, Organisation
from linli.orgs.services import joint, joint_lines
from linli.orgs.services.joint_lines import EntryFacts
from linli.orgs.types import EntryState, ListKind

SINCE = date(2026, 4, 10)
NAME = "示范一村“大党委”联席会议"
UNITS = ("示范镇人民政府", "示范小学", "示范卫生站", "示范电子厂", "示范农商银行网点")
RESOURCE, NEED = ListKind.RESOURCE, ListKind.NEED
# list, unit, what, details
LINES = (
    (RESOURCE, 1, "周末开放的操场", "周六、周日8:00–18:00，登记后进"),
    (RESOURCE, 2, "每月一次上门量血压", "两名医生，半天"),
    (RESOURCE, 3, "二十名青年志愿者", ""),
    (RESOURCE, 4, "防诈骗讲座", "可到榕树下讲"),
    (NEED, 1, "放学路口有人护送", "榕树巷口，下午四点半"),
    (NEED, 3, "外来员工子女暑期托管", "约三十名孩子"),
    (NEED, None, "独居老人每月有人上门", "共十一户"),
)
# what the need is, what meets it, what it is called, in how many days, where it stands
PROJECTS = (
    ("放学路口有人护送", "二十名青年志愿者", "护学岗", 30, EntryState.DONE),
    ("独居老人每月有人上门", "每月一次上门量血压", "敲门行动", 60, EntryState.AGREED),
    ("外来员工子女暑期托管", "周末开放的操场", "暑期托管班", 240, EntryState.OPEN),
)


def make_meeting(leader: Organisation, keeper: Actor, *, now: datetime) -> None:
    """Found it, let the units join, and fill the three lists."""
    meeting = joint.found_joint_meeting(leader, name=NAME, since=SINCE, actor=keeper, now=now)
    units = [_joined(meeting, name, keeper, now) for name in UNITS]
    lines: dict[str, JointEntry] = {}
    for kind, unit, title, detail in LINES:
        member = None if unit is None else units[unit]
        facts = EntryFacts(kind, title, detail, member=member)
        lines[title] = joint_lines.enter_line(meeting, facts, actor=keeper, now=now)
    for need, resource, title, days, state in PROJECTS:
        due_on = localdate(now) + timedelta(days=days)
        facts = EntryFacts(
            ListKind.PROJECT, title, need=lines[need], resource=lines[resource], due_on=due_on
        )
        made = joint_lines.enter_line(meeting, facts, actor=keeper, now=now)
        if state is not EntryState.OPEN:
            joint_lines.move_line(made, state=state, edition=made.edition, actor=keeper, now=now)


def _joined(meeting: JointMeeting, name: str, keeper: Actor, now: datetime) -> JointMember:
    """The town's government stands in the register of organisations; the others by their name."""
    known = Organisation.objects.filter(place__code=TOWN, kind_id="township_government").first()
    organisation = known if name == UNITS[0] else None
    return joint.join_meeting(
        meeting, unit_name=name, organisation=organisation, actor=keeper, now=now
    )
