"""Which post takes what nobody is named for."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from linli.kernel.paths import nearest_first
from linli.kernel.testing import CITY, TOWN, VILLAGE
from linli.orgs.models import Post
from linli.orgs.queries import begin_nearest_in_charge, posts_in_charge
from linli.orgs.testing import make_holding, make_organisation, make_post, place_at
from linli.places.models import Place

TODAY = date(2026, 11, 24)
PLACES = list(nearest_first(VILLAGE))


def office(path: str, kind: str, *, post_kind: str, since: date | None = TODAY) -> Post:
    place_at()
    post = make_post(make_organisation(kind, at=Place.objects.get(path=path)), kind=post_kind)
    if since is not None:
        make_holding(post, since=since)
    return post


def told(post: Post) -> tuple[int, int]:
    return post.organisation_id, post.pk


@pytest.mark.django_db
def test_the_nearest_office_that_is_not_vacant_is_read_alone() -> None:
    village = office(VILLAGE, "villagers_committee", post_kind="committee_chair")
    town = office(TOWN, "township_government", post_kind="clerk")

    assert posts_in_charge(PLACES, TODAY) == {VILLAGE: told(village), TOWN: told(town)}
    assert begin_nearest_in_charge(PLACES, TODAY)() == {VILLAGE: told(village)}


@pytest.mark.django_db
@pytest.mark.parametrize("since", [None, TODAY + timedelta(days=1)])
def test_what_comes_to_a_vacant_office_goes_to_the_place_above(since: date | None) -> None:
    office(VILLAGE, "villagers_committee", post_kind="committee_chair", since=since)
    town = office(TOWN, "township_government", post_kind="clerk")

    assert begin_nearest_in_charge(PLACES, TODAY)() == {TOWN: told(town)}
    assert posts_in_charge(PLACES, TODAY) == {TOWN: told(town)}


@pytest.mark.django_db
def test_where_all_are_vacant_there_is_none() -> None:
    office(CITY, "city_government", post_kind="clerk", since=None)

    assert begin_nearest_in_charge(PLACES, TODAY)() == {} == posts_in_charge(PLACES, TODAY)
