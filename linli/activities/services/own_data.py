"""What activities keep about a person: what she booked and where she takes part."""

from __future__ import annotations

from datetime import datetime

from linli.activities.clients import envelopes
from linli.activities.clients.envelopes import BOOKERS, TAKERS
from linli.activities.engine.telling import TELLER
from linli.activities.models import Booking, BookingVault, Enrolment, EnrolmentVault
from linli.kernel import scope
from linli.kernel.own_data import Gathered, Herself
from linli.kernel.permits import Actor, open_to_all

HERS = (
    "everybody may have a copy of their own data; people asks who they are, and records the reading"
)


@open_to_all(HERS)
def bookings(herself: Herself, *, actor: Actor, now: datetime) -> Gathered:
    """Return what she booked when signed in, with name and number as she gave them."""
    found = Booking.objects.filter(account_id=herself.account_id or 0).select_related("venue")
    rows = list(found.order_by("-pk"))
    with scope.acting(TELLER):
        vaults = BookingVault.objects.in_bulk([one.pk for one in rows])
    return [
        {
            "code": one.code, "venue": one.venue.name, "from": one.starts_at, "to": one.ends_at,
            "state": one.state, "people": one.people,
            **_opened(vaults.get(one.pk), BOOKERS, ("name", "phone")),
        }
        for one in rows
    ]  # fmt: skip


@open_to_all(HERS)
def enrolments(herself: Herself, *, actor: Actor, now: datetime) -> Gathered:
    """Return where she or her family takes part, with what she said of them."""
    found = Enrolment.objects.filter(account_id=herself.account_id or 0).select_related("event")
    rows = list(found.order_by("-pk"))
    with scope.acting(TELLER):
        vaults = EnrolmentVault.objects.in_bulk([one.pk for one in rows])
    return [
        {
            "code": one.code, "event": one.event.title, "from": one.event.first_at,
            "state": one.state,
            **_opened(vaults.get(one.pk), TAKERS, ("takers", "phone", "guardian")),
        }
        for one in rows
    ]  # fmt: skip


def _opened(
    vault: BookingVault | EnrolmentVault | None, table: str, columns: tuple[str, ...]
) -> dict[str, str]:
    if vault is None:
        return {}
    return {name: envelopes.opened(getattr(vault, name), table, name, vault.pk) for name in columns}
