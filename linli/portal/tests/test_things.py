"""Single things have names for whoever reads the trail, and residents stay numbers."""

from __future__ import annotations

import pytest
from django.utils import translation

from linli.access.testing import make_account, make_post
from linli.kernel.registries import THING_NAMES
from linli.people.testing import make_person
from linli.places.models import Place
from linli.portal.queries.things import NAMED, names_of_things


@pytest.mark.parametrize("kind", sorted(NAMED))
@pytest.mark.django_db
def test_every_name_stands_in_a_column_that_there_is(kind: str) -> None:
    assert (kind, "999999999") not in names_of_things([(kind, "1"), (kind, "999999999")])


@pytest.mark.django_db
def test_staff_offices_posts_and_places_are_named_in_the_readers_language() -> None:
    clerk, post = make_account(display_name="叶少芬"), make_post(title="文员")
    place = Place.objects.get(level="village")
    Place.objects.filter(pk=place.pk).update(name="新村", name_en="New Village")
    things = [("access.account", str(clerk.pk)), ("places.place", str(place.pk)),
              ("orgs.post", str(post.pk)), ("orgs.organisation", str(post.organisation_id))]  # fmt: skip

    with translation.override("zh-hans"):
        chinese = THING_NAMES.call(things)
    with translation.override("en"):
        english = THING_NAMES.call(things)

    assert chinese[things[0]] == english[things[0]] == "叶少芬"
    assert (chinese[things[1]], english[things[1]]) == ("新村", "New Village")
    assert "文员" in chinese[things[2]]


@pytest.mark.django_db
def test_residents_and_what_is_no_number_have_no_name() -> None:
    resident = make_account("r-1", kind="resident", display_name="李月")
    person = make_person("李月")
    odd = [("people.person", str(person.pk)), ("access.account", str(resident.pk)),
           ("address", "/x/"), ("session", "5"), ("place", "441900/"), ("access.account", "²")]  # fmt: skip

    assert names_of_things(odd) == {}
