"""How much of access hangs on a place or a person: what a merge previews, and who is in use."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce, ExtractYear, Greatest
from django.utils import timezone

from linli.access.models import Account, CounterDevice, DataRequest, GivenRight, Mandate
from linli.access.states import OPEN_REQUESTS, AccountKind, AccountState
from linli.places.queries.rows_of_others import path_of_id
from linli.rulebook.queries import term_before

KEPT = "people.keep_after_leaving"
# since this year it is noted when somebody was last in her account
NOTED_SINCE = 2026


def accounts_at(place_id: int) -> int:
    """Count staff accounts that are looked after at a place, 1,000 at most."""
    return _count(Account, place_id)


def rights_at(place_id: int) -> int:
    """Count rights that hold at a place, 1,000 at most."""
    return _count(GivenRight, place_id)


def devices_at(place_id: int) -> int:
    """Count counter computers of a place, 1,000 at most."""
    return _count(CounterDevice, place_id)


def in_use_of(person_id: int) -> int:
    """Count what somebody still uses: her account, mandates that hold, requests without an answer.

    An account in which nobody came for as long as her entry is kept after she left is not used.
    """
    hers = Account.objects.filter(person_id=person_id, kind=AccountKind.RESIDENT)
    since = term_before(KEPT)(timezone.now()).year
    made = Greatest(ExtractYear("created_at"), NOTED_SINCE)
    used = hers.alias(year=Coalesce("last_year", made))
    open_ones = used.filter(year__gte=since).exclude(state=AccountState.DISABLED)
    mandates = Mandate.objects.filter(
        Q(principal_id=person_id) | Q(agent__in=hers),
        revoked_at__isnull=True,
        ends_at__gt=timezone.now(),
    )
    asked = DataRequest.objects.filter(
        Q(person_id=person_id) | Q(account__in=hers), state__in=OPEN_REQUESTS
    )
    return open_ones.count() + mandates.count() + asked.count()


def _count(model: type[models.Model], place_id: int) -> int:
    return model._default_manager.filter(path=path_of_id(place_id))[:1000].count()
