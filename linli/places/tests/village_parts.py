"""What tests of groups and buildings share: who acts, what is entered, the form."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from django.test import Client

from linli.kernel.permits import Actor
from linli.kernel.testing import make_actor
from linli.places import permits, services
from linli.places.models import Place
from linli.places.rules.part_rows import NewPart
from linli.places.services.changes import Decree
from linli.places.testing import NOON

VILLAGE = "441900005001"
CLERK = make_actor("clerk", permits.TEND, at=f"441900/441900005/{VILLAGE}/")
NEIGHBOUR = make_actor("clerk next door", permits.TEND, at="441900/441900005/441900005002/")
TOWN = make_actor("town", permits.TEND, at="441900/441900005/")
LEAD = make_actor("city lead", permits.CHANGE, permits.TEND, at="441900/")
SINCE = date(2020, 1, 1)
DECREE = Decree("村民会议决议〔2026〕1号", date(2026, 11, 1))
LIST = f"/zh-hans/register/places/{VILLAGE}/parts/"
HEADS = ["类别", "编号", "名称", "所属小组", "设立日期", "依据"]
FORM = {"level": "group", "number": "1", "name": "第一小组", "since": "20200101", "basis": "登记"}


def group(number: int = 1, name: str = "第一小组", **more: object) -> NewPart:
    return NewPart("group", number, name, SINCE, "登记", **more)  # type: ignore[arg-type]


def building(number: int = 1, name: str = "1栋", of: str = "", since: date = SINCE) -> NewPart:
    return NewPart("building", number, name, since, "登记", of)


def add(village: Place, part: NewPart, actor: Actor = CLERK) -> Place:
    return services.add_part(village, part, actor=actor, now=NOON)


def send(client: Client, address: str, **data: object):
    return client.post(address, {"key": str(uuid4()), **data})
