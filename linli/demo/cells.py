"""The grid of the demo town: cells, who looks after them, what was seen, checked and chosen there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from linli.access.models import Account
from linli.access.queries.actors import account_actor
from linli.demo.cast import COMMUNITY, RESIDENT_NAME, VILLAGE_1, VILLAGE_2
from linli.grid.models import CellDuty
from linli.grid.services import contacts, duties, heads, parts, visits, words
from linli.grid.types import (
    CellKey,
    Choice,
    Consent,
    ContactFacts,
    DutyFacts,
    Outcome,
    Role,
    Shift,
    Standing,
    StopFacts,
)
from linli.kernel.permits import NOBODY, Actor
from linli.orgs.models import Post
from linli.places import queries as places
from linli.places.services.cells import draw_cell
from linli.places.types import CellShape

SINCE = date(2026, 3, 2)
UNTIL = date(2029, 3, 1)


@dataclass(frozen=True, slots=True)
class Ground:
    """A cell: its corners in degrees, its households, and the kind and title of its posts."""

    village: str
    code: str
    name: str
    ring: tuple[tuple[float, float], ...]
    households: int | None
    staff: tuple[tuple[str, str, str, str], ...] = ()


def _worker(title: str, shift: str = Shift.WHOLE) -> tuple[str, str, str, str]:
    return ("grid_worker", title, Role.WORKER, shift)


HEAD = ("committee_member", "", Role.HEAD, Shift.WHOLE)
CHAIR = ("committee_chair", "", Role.HEAD, Shift.WHOLE)
# the south of the first village is drawn by nobody yet; nobody looks after its third cell
CELLS = (
    Ground(VILLAGE_1, "201-01", "第一网格（榕树巷）",
           ((114.34, 22.711), (114.351, 22.7105), (114.352, 22.72), (114.34, 22.72)), 348,
           (_worker("第一网格员"), HEAD)),
    Ground(VILLAGE_1, "201-02", "第二网格（水边街）",
           ((114.351, 22.7105), (114.36, 22.711), (114.36, 22.72), (114.352, 22.72)), 412,
           (_worker("第二网格员", Shift.DAY), HEAD)),
    Ground(VILLAGE_1, "201-03", "第三网格（和顺路）",
           ((114.34, 22.702), (114.36, 22.702), (114.36, 22.711), (114.351, 22.7105), (114.34, 22.711)),
           536),
    Ground(VILLAGE_2, "202-01", "第一网格（祠堂路）",
           ((114.36, 22.70), (114.371, 22.70), (114.37, 22.72), (114.36, 22.72)), 365,
           (_worker("第一网格员"), CHAIR)),
    Ground(VILLAGE_2, "202-02", "第二网格（新围）",
           ((114.371, 22.70), (114.38, 22.70), (114.38, 22.72), (114.37, 22.72)), None),
    Ground(COMMUNITY, "203-01", "第一网格（示范花园）",
           ((114.34, 22.68), (114.362, 22.68), (114.361, 22.70), (114.34, 22.70)), 478,
           (_worker("第一网格员"), CHAIR)),
)  # fmt: skip
FIRST, SECOND = CellKey("social", "201-01"), CellKey("social", "201-02")
PARTS = (
    (FIRST, ("第一村民小组", "榕树巷3号", "榕树巷5号")),
    (SECOND, ("第二村民小组", "水边街12号")),
)
STOPS = (
    (FIRST, "榕树巷3号二楼", 30, 35, Outcome.MET),
    (FIRST, "榕树巷5号一楼杂货店", 14, 16, Outcome.MET),
    (FIRST, "榕树巷8号", 7, 2, Outcome.MET),
    (SECOND, "水边街12号出租屋", 30, 9, Outcome.NOBODY),
    (SECOND, "水边街20号", 90, 0, ""),
)
HEADS = (
    (VILLAGE_1, Standing("building", "榕树巷3号", "黄姨", "+8613800000981"), (26, 2), UNTIL),
    (VILLAGE_1, Standing("block", "水边街12号至20号", "阿强", "+8613800000982"), (38, 5), UNTIL),
    (COMMUNITY, Standing("building", "示范花园1栋", "罗老师", "+8613800000983"), (57, 4), UNTIL),
)
STANDS = Standing("building", "榕树巷5号", "周姐", "+8613800000984")
LANE = Standing("lane", "榕树巷", "秀珍", "+8613800000990")


@transaction.atomic
def make(chair: Actor, town: Actor, worker: Actor, *, now: datetime) -> bool:
    """Draw the cells and let people look after them, once; say whether this made them."""
    if CellDuty.objects.exists():
        return False
    for ground in CELLS:
        _cell(ground, town, now=now)
    _parts(town, now=now)
    _contact(chair, now=now)
    _rounds(worker, now=now)
    _heads(chair, town, now=now)
    return True


def _cell(ground: Ground, town: Actor, *, now: datetime) -> None:
    place, layer = places.get_place(ground.village), places.get_layer("social")
    ring = [list(corner) for corner in (*ground.ring, ground.ring[0])]
    outline = {"type": "Polygon", "coordinates": [ring]}
    shape = CellShape(ground.code, ground.name, outline, ground.households)
    draw_cell(layer, place, shape, valid_from=SINCE, actor=town, now=now)
    for kind, title, role, shift in ground.staff:
        posts = Post.objects.filter(
            organisation__place=place, kind_id=kind, closed_on__isnull=True
        ).order_by("pk")
        post = posts.filter(title=title)[0] if title else posts[0]
        facts = DutyFacts(post.pk, role, shift, SINCE)
        cell = CellKey("social", ground.code)
        duties.name_duty(place, cell, facts, actor=town, now=now)


def _parts(town: Actor, *, now: datetime) -> None:
    """The first two cells have their groups and buildings, so that what lies in them is counted."""
    place = places.get_place(VILLAGE_1)
    known = dict(places.parts_of(place).values_list("name", "pk"))
    for cell, names in PARTS:
        ids = [known[name] for name in names if name in known]
        parts.put_parts(place, cell, ids, actor=town, now=now)


def _contact(chair: Actor, *, now: datetime) -> None:
    """A neighbour agreed on paper to be named to the homes beside hers."""
    agreed = localdate(now) - timedelta(days=40)
    willing = ContactFacts("黄丽霞", "+8613800000981", "榕树巷1号至9号", Consent.PAPER, agreed)
    place = places.get_place(VILLAGE_1)
    contacts.name_contact(place, FIRST, willing, actor=chair, now=now)


def _rounds(worker: Actor, *, now: datetime) -> None:
    """Places come back in their rhythm: two are due, one was not at home, one was never visited."""
    place = places.get_place(VILLAGE_1)
    for cell, title, every, ago, outcome in STOPS:
        then = now - timedelta(days=ago)
        facts = StopFacts(title, every)
        stop = visits.add_stop(place, cell, facts, actor=worker, now=then)
        if outcome:
            visits.record_visit(stop, outcome, actor=worker, now=then)


def _heads(chair: Actor, town: Actor, *, now: datetime) -> None:
    """Three were chosen, the demo's resident for her lane among them; one stands, one stopped."""
    today = localdate(now)
    then = now - timedelta(days=120)
    record = "楼栋住户签名表（演示）"
    resident = account_actor(
        Account.objects.get(display_name=RESIDENT_NAME, kind="resident").pk, now=now
    )
    own = heads.stand(places.get_place(VILLAGE_1), LANE, actor=resident, now=then)
    chosen = Choice(True, localdate(then), 31, 1, record, until=UNTIL)
    heads.record_choice(own, chosen, actor=chair, now=then)
    for code, standing, (aye, nay), until in HEADS:
        keeper = chair_of(code, now=now)
        head = heads.stand(places.get_place(code), standing, actor=keeper, now=then)
        choice = Choice(True, localdate(then), aye, nay, record, until=until)
        head = heads.record_choice(head, choice, actor=keeper, now=then)
    village = places.get_place(VILLAGE_1)
    heads.stand(village, STANDS, actor=chair, now=now - timedelta(days=3))
    left = Standing("lane", "水边街", "阿英", "+8613800000985")
    gone = heads.stand(village, left, actor=chair, now=then)
    gone = heads.record_choice(
        gone, Choice(True, localdate(then), 22, 3, record, until=UNTIL), actor=chair, now=then
    )
    heads.end_term(
        gone, on=today - timedelta(days=12), handed_over="巷道消防箱钥匙交村委会办公室；搬离本村。",
        actor=chair, now=now,
    )  # fmt: skip
    words.say(
        own, "tell", "巷口的消防箱门关不上，能不能请人看看？", actor=NOBODY,
        now=now - timedelta(hours=20),
    )  # fmt: skip


def chair_of(code: str, *, now: datetime) -> Actor:
    """Return who leads the office of a place of the demo."""
    name = {VILLAGE_1: "he.weiming", VILLAGE_2: "li.guoqiang", COMMUNITY: "chen.zhiyuan"}[code]
    return account_actor(Account.objects.get(username=name).pk, now=now)
