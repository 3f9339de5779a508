"""A list of items is handed in by page: checked without a trace, taken as drafts, told as a file."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from linli.kernel.errors import Invalid, NotAllowed, WrongState
from linli.kernel.sheets import as_xlsx
from linli.kernel.tables import read_table
from linli.kernel.testing import client_of, make_actor
from linli.offerings import permits
from linli.offerings.models import Item, ItemList, ItemVersion
from linli.offerings.services import handed_items as services
from linli.offerings.testing import NOON, make_item, make_writer, submit
from linli.offerings.tests.test_item_sheets import GOOD, HEADS
from linli.places.models import Place
from linli.places.testing import make_village

pytestmark = pytest.mark.django_db
DESK = "/en/desk/item-lists/"
WRONG = ["Bad Key", *GOOD[1:]]


def sheet(*rows: list[str]) -> bytes:
    return as_xlsx([HEADS, *rows])


def other(key: str, **more: str) -> list[str]:
    """Return a good row under another key, with cells that differ."""
    return [key, *(more.get(head, cell) for head, cell in zip(HEADS[1:], GOOD[1:], strict=True))]


def handed(place: Place, *rows: list[str]) -> ItemList:
    return services.receive_list(
        place, sheet(*rows), "清单.xlsx", actor=make_writer(place), now=NOON
    )


def test_a_list_goes_from_the_page_to_drafts_and_its_result_is_a_file(monkeypatch: Any) -> None:
    place = make_village()
    client = client_of(make_writer(place))
    file = SimpleUploadedFile("清单.xlsx", sheet(GOOD, WRONG))

    made = client.post(DESK, {"place": place.code, "file": file, "key": str(uuid4())})
    found = ItemList.objects.get()
    page = client.get(made["Location"]).content.decode()
    assert made.status_code == 303 and "Write 1 draft" in page
    assert (found.state, found.fates, Item.objects.count()) == ("checked", ["made", "refused"], 0)
    told = client.post(made["Location"], {"move": "take", "key": str(uuid4())})
    assert told.status_code == 303
    services.take_list(found, actor=make_writer(place), now=NOON)

    found.refresh_from_db()
    assert (found.state, found.taken) == ("done", 2)
    assert ItemVersion.objects.get().state == "draft"
    rows = read_table(client.get(f"{DESK}{found.code}/?format=xlsx").content)
    assert [cells[1] for _line, cells in rows][-2:] == [GOOD[0], "Bad Key"]
    assert "new draft" in rows[-2][1] and rows[-1][1][4]
    listed = client.get(DESK).content.decode()
    assert "清单.xlsx" in listed


def test_what_a_second_person_looks_at_is_not_written_over_and_stops_nothing_else() -> None:
    place = make_village()
    services.take_list(_begun(handed(place, GOOD), place), actor=make_writer(place), now=NOON)
    submit(ItemVersion.objects.get(), place)

    found = handed(place, other(GOOD[0], 承诺期限="5"), other("fine-one"))
    assert found.fates == ["waiting", "made"]
    done = services.take_list(_begun(found, place), actor=make_writer(place), now=NOON)

    assert (done.state, done.fates) == ("done", ["waiting", "made"])
    assert ItemVersion.objects.filter(item__key=GOOD[0]).get().state == "review"


def _begun(found: ItemList, place: Place) -> ItemList:
    return services.start_taking(found, actor=make_writer(place), now=NOON)


def test_a_run_that_stopped_goes_on_where_it_stood_and_takes_no_row_twice(monkeypatch: Any) -> None:
    place, actor = make_village(), None
    monkeypatch.setattr(services, "STEP", 1)
    found = _begun(handed(place, GOOD, other("second-one")), place)
    actor = make_writer(place)

    class PowerCut(Exception):
        pass

    def cut(done: int) -> None:
        raise PowerCut

    with pytest.raises(PowerCut):
        services.take_list(found, actor=actor, now=NOON, say=cut)
    found.refresh_from_db()
    assert (found.state, found.taken) == ("running", 1)
    services.take_list(_begun(found, place), actor=actor, now=NOON)

    assert sorted(Item.objects.values_list("key", flat=True)) == sorted([GOOD[0], "second-one"])
    assert ItemVersion.objects.count() == 2


def test_a_list_that_was_put_away_or_has_no_good_row_writes_nothing() -> None:
    place = make_village()
    writer = make_writer(place)
    bad = handed(place, WRONG)

    with pytest.raises(WrongState):
        services.start_taking(bad, actor=writer, now=NOON)
    services.drop_list(bad, actor=writer, now=NOON)
    with pytest.raises(WrongState):
        services.check_again(bad, actor=writer, now=NOON)

    bad.refresh_from_db()
    assert (bad.state, bad.rows, Item.objects.count()) == ("dropped", [], 0)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", as_xlsx([["a", "b"]]), as_xlsx([HEADS])])
def test_a_file_that_is_no_list_is_refused_beside_its_field(content: bytes) -> None:
    place = make_village()

    with pytest.raises(Invalid) as fault:
        services.receive_list(place, content, "x.xlsx", actor=make_writer(place), now=NOON)

    assert set(fault.value.fields) == {"file"} and not ItemList.objects.exists()


def test_nobody_else_sees_takes_or_drops_a_list() -> None:
    place = make_village()
    found = handed(place, GOOD)
    elsewhere = make_actor("other", permits.WRITE_ITEMS, at="441900/441900006/")

    assert client_of(elsewhere).get(f"{DESK}{found.code}/").status_code == 404
    for act in (services.start_taking, services.check_again, services.drop_list):
        with pytest.raises(NotAllowed):
            act(found, actor=elsewhere, now=NOON)

    found.refresh_from_db()
    assert (found.state, len(found.rows)) == ("checked", 1)


def test_items_changed_meanwhile_are_seen_by_a_second_check() -> None:
    place = make_village()
    found = handed(place, GOOD)
    assert found.fates == ["made"]
    make_item(make_village("441900005002"), key=GOOD[0])

    again = services.check_again(found, actor=make_writer(place), now=NOON)

    assert again.fates == ["elsewhere"]
