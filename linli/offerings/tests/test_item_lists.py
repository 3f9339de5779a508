"""Items come in from files: each new one a draft, each changed one the next version."""

from __future__ import annotations

import pytest

from linli.kernel.errors import NotAllowed
from linli.offerings.models import Item, ItemVersion
from linli.offerings.queries.item_lists import check_items
from linli.offerings.services import item_lists
from linli.offerings.testing import (
    NOON,
    SYSTEM,
    item_data,
    make_item,
    make_publisher,
    make_writer,
    refused_data,
)
from linli.places.testing import make_village

pytestmark = pytest.mark.django_db


def test_a_list_becomes_drafts_and_the_same_list_again_does_nothing() -> None:
    place, rows = make_village(), [item_data(), refused_data()]
    writer = make_writer(place)

    first = item_lists.take_items(place, rows, actor=writer, now=NOON)
    again = item_lists.take_items(place, rows, actor=writer, now=NOON)

    assert (first.count("made"), again.count("same")) == (2, 2)
    assert {one.state for one in ItemVersion.objects.all()} == {"draft"}


def test_a_changed_row_is_the_next_version_and_what_is_public_stays() -> None:
    place = make_village()
    make_item(place)

    found = item_lists.take_items(place, [item_data(visits=0)], actor=make_writer(place), now=NOON)

    assert found.count("changed") == 1
    assert [(v.number, v.state) for v in ItemVersion.objects.order_by("number")] == [
        (1, "published"), (2, "draft")
    ]  # fmt: skip


def test_wrong_rows_stay_out_with_their_reasons() -> None:
    place, other = make_village(), make_village("441900005002")
    make_item(other, key="of-another-place")
    rows = [
        item_data("bad-one", promised={"days": 99, "unit": "working"}), item_data("fine-one"),
        item_data("fine-one"), item_data("of-another-place"),
    ]  # fmt: skip

    found = item_lists.take_items(place, rows, actor=make_writer(place), now=NOON)

    assert found.fates == {0: "refused", 1: "made", 2: "refused", 3: "elsewhere"}
    assert [one.code for one in found.faults[0]] == ["promised_longer"]
    assert [one.code for one in found.faults[2]] == ["lost"]
    assert set(Item.objects.values_list("key", flat=True)) == {"of-another-place", "fine-one"}


def test_a_check_leaves_no_trace() -> None:
    place = make_village()

    found = check_items(place, [item_data()])

    assert found.fates == {0: "made"}
    assert not Item.objects.exists()


def test_who_may_not_write_takes_no_list_and_who_may_not_publish_publishes_none() -> None:
    place = make_village()

    with pytest.raises(NotAllowed):
        item_lists.take_items(place, [item_data()], actor=make_publisher(place), now=NOON)
    with pytest.raises(NotAllowed):
        item_lists.publish_shipped(place, [item_data()], actor=make_writer(place), now=NOON)

    assert not Item.objects.exists()
    assert (
        item_lists.publish_shipped(place, [item_data()], actor=SYSTEM, now=NOON).count("made") == 1
    )
