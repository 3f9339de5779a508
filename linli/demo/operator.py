"""The first operator of a real city: a one-time link, printed until somebody used it."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from linli.access.models import Account
from linli.access.services import operators
from linli.access.states import AccountState
from linli.kernel import scope
from linli.kernel.paths import CITY_PATH
from linli.kernel.permits import system_actor


def link() -> str:
    """Return the address of the one-time link, or nothing once an operator exists."""
    if Account.objects.filter(state=AccountState.ACTIVE).exists():
        return ""
    actor = system_actor("linli up --empty")
    with scope.acting(actor):
        _account, issued = operators.first_operator(CITY_PATH, actor=actor, now=timezone.now())
    return reverse("access:link", args=[issued.secret])
