"""With a cell, or with its whole layer, ends what posts and neighbours were named for in it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from linli.grid import tasks
from linli.grid.models import CellContact, CellDuty, ContactVault
from linli.grid.services import contacts, duties, ended_cells
from linli.grid.testing import CELL, NOON, SYSTEM, TODAY, make_cell
from linli.grid.tests.test_cells import FACTS, KEEPER
from linli.grid.types import DutyFacts, Role, Shift
from linli.kernel import scope
from linli.kernel.errors import NotAllowed
from linli.kernel.permits import Actor
from linli.kernel.testing import make_actor
from linli.orgs.testing import make_post
from linli.places import permits, services
from linli.places.models import Cell
from linli.places.testing import make_village

pytestmark = pytest.mark.django_db
CITY = make_actor("city lead", permits.DRAW, at="441900/")


def named(*later: int) -> tuple[CellContact, list[CellDuty]]:
    """A contact person of the cell, and posts that look after it from some days on."""
    place = make_village()
    contact = contacts.name_contact(place, CELL, FACTS, actor=KEEPER, now=NOON)
    made = [
        duties.name_duty(
            place, CELL,
            DutyFacts(role=Role.WORKER, shift=Shift.WHOLE, since=TODAY + timedelta(days),
                      post_id=make_post().pk), actor=KEEPER, now=NOON,
        )
        for days in later
    ]  # fmt: skip
    return contact, made


def followed(cell: Cell, code: str, actor: Actor = SYSTEM) -> int:
    return ended_cells.follow(cell.layer_id, code, actor=actor, now=NOON)


def ended(cell: Cell) -> None:
    cell.refresh_from_db()
    services.close_cell(cell, valid_to=TODAY, version=cell.version, actor=CITY, now=NOON)


@pytest.mark.parametrize("code", ["", CELL.code])
def test_name_and_telephone_are_gone_and_posts_are_relieved(code: str) -> None:
    cell = make_cell()
    contact, (now_on, to_come) = named(0, 5)
    assert followed(cell, code) == 0
    ended(cell)

    assert followed(cell, code) == 3
    assert followed(cell, code) == 0

    for row in (contact, now_on, to_come):
        row.refresh_from_db()
    assert (contact.until, contact.masked_name, contact.masked_phone) == (TODAY, "", "")
    with scope.acting(SYSTEM):
        assert not ContactVault.objects.exists()
    assert (now_on.until, to_come.until) == (TODAY, to_come.since)


def test_what_is_drawn_anew_or_is_another_cell_keeps_its_own() -> None:
    cell = make_cell()
    contact, _none = named()
    ended(cell)
    make_cell()

    assert followed(cell, CELL.code) == 0
    Cell.objects.filter(code=CELL.code).update(valid_to=TODAY)
    assert followed(cell, "another") == 0
    with pytest.raises(NotAllowed):
        followed(cell, "", actor=CITY)

    contact.refresh_from_db()
    assert contact.until is None and contact.masked_name
    tasks.end_of_cells(layer_id=cell.layer_id, code="")
    contact.refresh_from_db()
    assert contact.until is not None


def test_the_end_of_a_layer_or_of_a_cell_asks_for_it() -> None:
    cell = make_cell()
    ended(cell)
    layer = cell.layer
    layer.key = "fire"
    layer.save()
    services.close_layer(layer, version=layer.version, cells=0, actor=CITY, now=NOON)

    jobs = ProcrastinateJob.objects.filter(task_name="grid.end_of_cells").order_by("pk")
    assert [job.args for job in jobs] == [
        {"layer_id": layer.pk, "code": CELL.code}, {"layer_id": layer.pk, "code": ""},
    ]  # fmt: skip
