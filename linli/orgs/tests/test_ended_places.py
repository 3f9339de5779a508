"""A place that ended keeps what it has and takes nothing new."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.urls import reverse

from linli.kernel.permits import system_actor
from linli.kernel.testing import client_of
from linli.orgs import services
from linli.orgs.models import CoverageSpot, NonLocalDuty, Organisation, Pairing
from linli.orgs.services.coverage import add_spot
from linli.orgs.services.party import name_for_non_local
from linli.orgs.services.proposals import propose_setups
from linli.orgs.testing import NOON, TODAY, make_kind, place_at
from linli.orgs.types import Details, SpotKind
from linli.places.errors import Ended
from linli.places.models import Place
from linli.places.testing import make_village

SYSTEM = system_actor("test")
BY = {"actor": SYSTEM, "now": NOON}
ACTS: dict[str, Callable[[Place], object]] = {
    "organisation": lambda p: services.add_organisation(
        p, "villagers_committee", Details(name="村委会"), **BY
    ),
    "spot": lambda p: add_spot(p, kind=SpotKind.ESTATE, name="小区", since=TODAY, **BY),
    "duty": lambda p: name_for_non_local(p, since=TODAY, document="文", **BY),
    "proposals": lambda p: propose_setups(p, **BY),
    "pairing": lambda p: services.pair(
        (p, make_village("441900006001")), since=TODAY, content="共建", **BY
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize("act", ACTS.values(), ids=list(ACTS))
def test_nothing_new_is_entered_at_a_place_that_ended(act: Callable[[Place], object]) -> None:
    make_kind("villagers_committee")
    place = place_at()
    place.valid_to = date(2026, 11, 1)
    place.save()

    with pytest.raises(Ended):
        act(place)

    for model in (Organisation, CoverageSpot, NonLocalDuty, Pairing):
        assert not model._default_manager.exists()


@pytest.mark.django_db
def test_the_form_for_a_new_organisation_is_closed_there() -> None:
    place = place_at()
    Place.objects.filter(pk=place.pk).update(valid_to=date(2026, 11, 1))

    answer = client_of(SYSTEM).get(reverse("orgs:add", args=[place.code]))

    assert answer.status_code == 409
