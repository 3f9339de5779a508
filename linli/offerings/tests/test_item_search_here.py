"""A search finds what is offered at a place and not over."""

from __future__ import annotations

import pytest

from linli.offerings.queries.item_search import search_items
from linli.offerings.services import item_moves
from linli.offerings.testing import NOON, TODAY, make_item, make_publisher
from linli.places.testing import make_village


@pytest.mark.django_db
def test_only_what_is_public_here_is_found() -> None:
    place, other = make_village(), make_village("441900006001")
    item = make_item(place).item
    item.refresh_from_db()

    assert [one.key for one in search_items("居住证", TODAY, path=place.path)] == [item.key]
    assert search_items("居住证", TODAY, path=other.path) == []
    item_moves.end_item(item, "结束", edition=item.edition, actor=make_publisher(place), now=NOON)
    assert search_items("居住证", TODAY) == []
