"""What happens in the grid of the demo city of the tests: a cell, who looks after it, whom one may ask."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.utils.timezone import localdate

from linli.demo.cast import VILLAGE_1
from linli.grid.clients import envelopes
from linli.grid.rules.checklists import LISTS
from linli.grid.services import (
    checks,
    contacts,
    duties,
    events,
    heads,
    homes,
    storms,
    swaps,
    teams,
    visits,
    warnings,
    watch,
    words,
)
from linli.grid.types import (
    Answer,
    CellKey,
    CheckFacts,
    Choice,
    Consent,
    ContactFacts,
    DutyFacts,
    Hazard,
    Matter,
    Role,
    Shift,
    Sight,
    Standing,
    StopFacts,
)
from linli.grid.types.storms import HomeFacts, ShelterFacts
from linli.grid.types.warnings import WarningFacts
from linli.grid.types.watch import Seat, ShiftOn, TeamFacts
from linli.kernel.permits import Actor
from linli.places import queries as places
from linli.places.services.cells import draw_cell
from linli.places.types import CellShape

CELL = CellKey("social", "G1")
SQUARE = [[113.9, 23.0], [113.901, 23.0], [113.901, 23.001], [113.9, 23.001], [113.9, 23.0]]
LATELY = date(2026, 3, 2)


def live(*, actor: Actor, now: datetime) -> None:
    """A post looks after a cell; a neighbour agreed to be named."""
    place = places.get_place(VILLAGE_1)
    shape = CellShape(CELL.code, "一网格", {"type": "Polygon", "coordinates": [SQUARE]}, 320)
    layer = places.get_layer(CELL.layer)
    draw_cell(layer, place, shape, valid_from=LATELY, actor=actor, now=now)
    post = _first("orgs.post", organisation__place=place, kind_id="committee_member")
    facts = DutyFacts(post.pk, Role.WORKER, Shift.WHOLE, LATELY)
    duties.name_duty(place, CELL, facts, actor=actor, now=now)
    agreed = localdate(now) - timedelta(days=1)
    neighbour = ContactFacts("李阿姨", "+8613800138001", "1 栋", Consent.PAPER, agreed)
    contacts.name_contact(place, CELL, neighbour, actor=actor, now=now)

    sight = Sight(Matter.FACILITY, "路灯不亮，3 栋门口")
    events.report_event(place, CELL, sight, actor=actor, now=now)
    visits.add_stop(place, CELL, StopFacts("3 栋", 30), actor=actor, now=now)
    found = {line.key: str(Answer.GOOD) for line in LISTS[Hazard.HEALTH]}
    found["rats"] = str(Answer.BAD)
    checked = CheckFacts(Hazard.HEALTH, "肉菜市场", found)
    checks.record_check(place, CELL, checked, actor=actor, now=now)

    _kept(place, now)

    who = Standing("building", "3 栋", "李阿姨", "+8613800138001")
    head = heads.stand(place, who, actor=actor, now=now)
    own = _first("access.account", username="ye.shaofen")
    apps.get_model("grid", "headship").objects.filter(pk=head.pk).update(account_id=own.pk)
    chosen = Choice(True, localdate(now), 41, 3, "3 栋住户签名表")
    heads.record_choice(head, chosen, actor=actor, now=now)
    _watch(place, actor=actor, now=now)
    _storm(place, actor=actor, now=now)
    words.say(head, "ask", "几号停水？", actor=actor, now=now)


def _kept(place: Any, now: datetime) -> None:
    """A phone of the office sent a step on a case that was not there any more."""
    own = _first("access.account", username="ye.shaofen")
    queue = apps.get_model("grid", "phonequeue").objects.create(
        code="SAMPLEQUEUE", account_id=own.pk, device=uuid4(), used_on=localdate(now)
    )
    row = apps.get_model("grid", "queued").objects.create(
        queue=queue, seq=1, key=uuid4(), act="note", path=place.path, account_id=own.pk,
        phone_at=now, happened_at=now, received_at=now, state="refused", reason="not_found",
    )  # fmt: skip
    words = {"case": "", "said": {"note": "3 栋门口的路灯仍然不亮。"}}
    row.said = envelopes.sealed(json.dumps(words), envelopes.QUEUED, "said", row.pk)
    row.save()


def _watch(place: Any, *, actor: Actor, now: datetime) -> None:
    """A patrol whose post is asked to swap; the clerk's own post stands there today."""
    facts = TeamFacts("巡防一队", "patrol", 9, "every", ("evening",))
    team = teams.add_team(place, facts, actor=actor, now=now)
    own = _first("orgs.post", organisation__place=place, kind_id="committee_vice_chair")
    other = _first("orgs.post", organisation__place=place, kind_id="committee_member")
    today = localdate(now)
    seat = watch.put_on_duty(team, Seat(today, "evening", own.pk), actor=actor, now=now)
    shift = ShiftOn(today, "evening")
    watch.write_note(team, shift, "钥匙在值班室。", actor=actor, now=now)
    asks = replace(actor, posts=frozenset({own.pk}))
    swaps.ask_swap(seat, other.pk, actor=asks, now=now)


def _storm(place: Any, *, actor: Actor, now: datetime) -> None:
    """A typhoon, a shelter with room, a home that is to be moved, and the village's numbers."""
    storm = storms.begin_storm(place, "typhoon", "第12号台风", actor=actor, now=now)
    room = ShelterFacts("示范小学礼堂", "示范大道6号", 200, "毛毯80条")
    shelter = storms.add_shelter(place, room, actor=actor, now=now)
    post = _first("orgs.post", organisation__place=place, kind_id="committee_member")
    who = HomeFacts("陈阿婆", "+8613800138002", "榕树巷8号", 2, "carry", post.pk, shelter.pk)
    homes.name_home(storm, place, who, actor=actor, now=now)
    numbers = {"houses": 0, "roads": 1, "rescuers": 12, "boats": 0}
    storms.type_sheet(storm, place, numbers, actor=actor, now=now)
    coming = WarningFacts("typhoon", "yellow", "市气象台", "今晚有大风。", ("关好门窗。",))
    warnings.pass_on(place, coming, actor=actor, now=now)


def samples() -> dict[tuple[str, str], Any]:
    """Return what fills the addresses of the grid."""
    return {
        ("grid/", "code"): VILLAGE_1,
        ("grid/", "layer"): CELL.layer,
        ("api/v1/grid/", "layer"): CELL.layer,
        ("api/v1/grid/", "cell"): CELL.code,
        ("register/", "layer"): CELL.layer,
        ("api/v1/places/", "layer"): CELL.layer,
        ("grid/", "cell"): CELL.code,
        ("grid/", "duty_id"): _first("grid.cellduty", cell_code=CELL.code).pk,
        ("grid/", "contact_id"): _first("grid.cellcontact", cell_code=CELL.code).pk,
        ("grid/", "number"): _first(
            "cases.case", kind="grid_event", title="路灯不亮，3 栋门口"
        ).number,
        ("grid/", "move"): "verify",
        ("grid/", "stop_id"): _first("grid.stop", cell_code=CELL.code).pk,
        ("grid/", "check_id"): _first("grid.hazardcheck", cell_code=CELL.code).pk,
        ("grid/", "entry_id"): _first("grid.queued").pk,
        ("api/v1/grid/", "entry_id"): _first("grid.queued").pk,
        ("grid/", "hazard"): "fire",
        ("api/v1/grid/", "code"): VILLAGE_1,
        ("api/v1/grid/places/", "key"): "grid.rework",
        ("grid/", "team_id"): _first("grid.team", name="巡防一队").pk,
        ("api/v1/grid/", "team_id"): _first("grid.team", name="巡防一队").pk,
        ("grid/", "seat_id"): _first("grid.watchseat", team__name="巡防一队").pk,
        ("grid/", "swap_id"): _first("grid.watchswap").pk,
        ("grid/watch/swaps/", "move"): "agree",
        ("grid/storms/", "move"): "move",
        ("grid/", "storm_id"): _first("grid.storm").pk,
        ("api/v1/grid/", "storm_id"): _first("grid.storm").pk,
        ("grid/", "warning_id"): _first("grid.weatherwarning", path__endswith=f"{VILLAGE_1}/").pk,
        ("api/v1/grid/", "warning_id"): _first(
            "grid.weatherwarning", path__endswith=f"{VILLAGE_1}/"
        ).pk,
        ("warnings/", "warning_id"): _first(
            "grid.weatherwarning", path__endswith=f"{VILLAGE_1}/"
        ).pk,
        ("grid/", "shelter_id"): _first("grid.shelter").pk,
        ("grid/", "home_id"): _first("grid.stormhome").pk,
        ("grid/heads/", "head_id"): _first("grid.headship", ground="3 栋").pk,
        ("heads/", "head_id"): _first("grid.headship", ground="3 栋").pk,
        ("heads/", "word"): _first("grid.word", head__ground="3 栋").code,
        ("me/heads/", "word"): _first("grid.word", head__ground="3 栋").code,
        ("api/v1/grid/", "head_id"): _first("grid.headship", ground="3 栋").pk,
        ("api/v1/grid/", "stop_id"): _first("grid.stop", cell_code=CELL.code).pk,
        ("api/v1/grid/", "duty_id"): _first("grid.cellduty", cell_code=CELL.code).pk,
        ("api/v1/grid/", "contact_id"): _first("grid.cellcontact", cell_code=CELL.code).pk,
    }


def _first(model: str, **which: Any) -> Any:
    app, name = model.split(".")
    found = apps.get_model(app, name).objects.filter(**which).order_by("pk").first()
    assert found is not None, (model, which)
    return found
