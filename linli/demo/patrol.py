"""What the demo's grid worker saw in her cells, and how far it has come; and what she checked."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from linli.cases.types.moves import At
from linli.demo.cast import VILLAGE_1
from linli.demo.cells import FIRST, SECOND
from linli.grid.rules.checklists import LISTS, failed
from linli.grid.services import checks, events
from linli.grid.types import Answer, CellKey, CheckFacts, Hazard, Matter, Sight
from linli.kernel.permits import Actor
from linli.places import queries as places

# in the first cell of the first of the invented villages
ALLEY = (114_345_200, 22_714_600)
STEP = timedelta(minutes=40)
# matter, words, cell, days and hours ago, and the steps taken since with what was noted
SEEN: tuple[tuple[str, str, CellKey, int, int, tuple[tuple[str, str], ...]], ...] = (
    (Matter.FACILITY, "水边街20号前的路灯整晚不亮。", SECOND, 0, 2, ()),
    (Matter.SAFETY, "榕树巷8号门口电线垂下来，伸手能碰到。", FIRST, 0, 1, ()),
    (Matter.FACILITY, "榕树巷12号对面的下水井盖松动，车压过会响。", FIRST, 1, 3,
     (("take", ""), ("verify", "现场看过，井盖四周开裂。"), ("file", ""), ("start", "已通知维修班组。"))),
    (Matter.RUBBISH, "榕树巷尾有装修垃圾占了半条路。", FIRST, 3, 2,
     (("take", ""), ("verify", ""), ("file", ""), ("start", ""), ("dispose", "已请运输队清走，路面扫净。"))),
    (Matter.ROAD, "榕树巷中段路面塌陷一块，雨天积水。", FIRST, 9, 0,
     (("take", ""), ("verify", "长约一米，深约十厘米。"), ("file", ""), ("start", ""),
      ("dispose", "填平并压实。"), ("rework", "雨后又下沉，需要重新夯实。"))),
    (Matter.ORDER, "水边街占道摆卖，行人走不过去。", SECOND, 12, 0,
     (("settle", "当场劝导后自行收摊。"), ("pass_check", "傍晚再看，没有反弹。"))),
    (Matter.NEED, "榕树巷8号的老人腿脚不便，买药困难。", FIRST, 20, 0,
     (("take", ""), ("verify", ""), ("file", ""), ("start", ""), ("dispose", "志愿者每周三代买药，已约好。"),
      ("pass_check", "电话问过，药已送到。"))),
)  # fmt: skip
OFFICE_STEPS = {"rework", "pass_check"}


def make(chair: Actor, worker: Actor, *, now: datetime) -> None:
    """Let the worker report, move on and check; the office checks what was disposed of."""
    for matter, text, cell, days, hours, steps in SEEN:
        then = now - timedelta(days=days, hours=hours)
        case_id = _report(matter, text, cell, chair if not steps else worker, then)
        for number, (step, note) in enumerate(steps, 1):
            who = chair if step in OFFICE_STEPS else worker
            at = min(then + number * STEP, now)
            events.make_move(At(case_id), step, note=note, actor=who, now=at)
    _checks(worker, now=now)


@transaction.atomic
def _report(matter: str, text: str, cell: CellKey, who: Actor, then: datetime) -> int:
    place = places.get_place(VILLAGE_1)
    sight = Sight(matter, text, ALLEY if cell == FIRST else None)
    return events.report_event(place, cell, sight, actor=who, now=then).case_id


@transaction.atomic
def _checks(worker: Actor, *, now: datetime) -> None:
    """A shop failed, was better at the second look, and is looked at once more; rooms were in order."""
    place = places.get_place(VILLAGE_1)
    shop = _found(Hazard.FIRE, "extinguisher", "wiring")
    first = checks.record_check(
        place, FIRST, CheckFacts(Hazard.FIRE, "榕树巷5号杂货店", shop), actor=worker,
        now=now - timedelta(days=9),
    )  # fmt: skip
    again = {line: str(Answer.GOOD) for line in failed(first.answers)}
    again["wiring"] = str(Answer.BAD)
    checks.record_recheck(first, again, actor=worker, now=now - timedelta(days=4))
    rooms = CheckFacts(Hazard.RENTAL, "水边街12号三楼", _found(Hazard.RENTAL))
    checks.record_check(place, SECOND, rooms, actor=worker, now=now - timedelta(days=2))


def _found(hazard: str, *bad: str) -> dict[str, str]:
    answers = {line.key: str(Answer.GOOD) for line in LISTS[hazard]}
    return answers | dict.fromkeys(bad, str(Answer.BAD))
