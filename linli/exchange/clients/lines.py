"""Which connections this installation has: by its settings, or the simulator of the demo."""

from __future__ import annotations

from collections.abc import Callable

import structlog
from django.conf import settings

from linli.exchange.clients.base_data_simulator import BaseDataSimulator
from linli.exchange.clients.hall_simulator import HallSimulator
from linli.exchange.clients.http import Http
from linli.exchange.clients.payments_simulator import PaymentsSimulator
from linli.exchange.clients.seals_simulator import SealsSimulator
from linli.exchange.clients.wire import Line
from linli.exchange.queries.connections import SIMULATED, is_simulated, way_of
from linli.exchange.types.connections import System, Transport

log = structlog.get_logger("linli.exchange")
# what answers where no address is set: in the demo alone
SIMULATORS: dict[System, Callable[[str], Transport]] = {
    System.HALL: HallSimulator,
    System.BASE_DATA: BaseDataSimulator,
    System.PAYMENTS: PaymentsSimulator,
    System.SEALS: SealsSimulator,
}
SIMULATED_SECRET = "both sides of the simulator hold this"  # noqa: S105


def line_of(system: System) -> Line | None:
    """Return the connection to a system, or None where the city has none."""
    address, secret = settings.LINLI_CONNECTIONS.get(system, ("", ""))
    if address:
        return Line(Http(address), secret)
    make = SIMULATORS.get(system) if is_simulated() else None
    return Line(make(SIMULATED_SECRET), SIMULATED_SECRET, is_simulated=True) if make else None


def warn(event: str, system: System, **facts: str) -> None:
    """Warn whoever runs the place; a simulator misbehaves on purpose, which its page tells."""
    tell = log.debug if way_of(system) == SIMULATED else log.warning
    tell(event, system=system.value, **facts)
