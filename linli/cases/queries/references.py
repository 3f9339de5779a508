"""What of cases hangs on a place, for the preview of a change."""

from __future__ import annotations

from django.db.models import Q
from django.utils.timezone import localdate

from linli.cases.models import Responsibility, RuleSet
from linli.cases.types.routing import SetState
from linli.places import queries as places
from linli.places.queries.rows_of_others import count_at


def cases_at(place_id: int) -> int:
    """Return how many cases lie at a place and below."""
    return count_at("cases.at_place", ["cases_case"], place_id)


def in_charge_at(place_id: int) -> int:
    """Return how many posts the list of a place names that holds or is to hold."""
    path = places.place_of_id(place_id).path
    return Responsibility.objects.filter(_lasting(), path=path).count()


def rules_at(place_id: int) -> int:
    """Return how many sets of rules a place has, without those that are over."""
    path = places.place_of_id(place_id).path
    used = ~Q(state=SetState.IN_FORCE) | _lasting()
    return RuleSet.objects.filter(used, path=path).count()


def _lasting() -> Q:
    return Q(until__isnull=True) | Q(until__gt=localdate())
