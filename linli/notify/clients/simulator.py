"""An SMS gateway that sends nothing: it shows the message on the console and on the demo's telephone.

It misbehaves on purpose, by the last four digits of the number, so that every fault can be tried:
0001 refuses, 0002 is busy at the first two tries, 0003 sends and reports twice, 0004 reports late,
0005 never reports, 0006 takes the message and reports that it could not be delivered.
"""

from __future__ import annotations

from collections.abc import Sequence

import click
from django.utils import timezone

from linli.notify import rules
from linli.notify.models import SimulatedSms
from linli.notify.types import Accepted, GatewayBusy, GatewayRefused, OutgoingSms, Report

REFUSES, BUSY, TWICE, LATE, SILENT, FAILS = "0001", "0002", "0003", "0004", "0005", "0006"
FEN_A_PIECE = 5
BUSY_TRIES = 2
LATE_MINUTES = 30


class Simulator:
    """See the module."""

    def __init__(self) -> None:
        self._tries: dict[str, int] = {}

    def price_fen(self, sms: OutgoingSms) -> int:
        return rules.pieces(sms.text) * FEN_A_PIECE

    def send(self, sms: OutgoingSms) -> Accepted:
        habit = sms.phone[-4:]
        if habit == REFUSES:
            raise GatewayRefused("number_unknown")
        if habit == BUSY:
            self._tries[sms.ref] = self._tries.get(sms.ref, 0) + 1
            if self._tries[sms.ref] <= BUSY_TRIES:
                raise GatewayBusy("try_later")
        if not SimulatedSms.objects.filter(ref=sms.ref).exists():
            self._keep(sms, 2 if habit == TWICE else 1)
        return Accepted(f"sim-{sms.ref}", self.price_fen(sms))

    def keep_mail(self, ref: str, address: str, text: str) -> Accepted:
        """Keep an e-mail of the demo, beside the text messages."""
        if not SimulatedSms.objects.filter(ref=ref).exists():
            SimulatedSms.objects.create(
                ref=ref, phone=address, text=text, at=timezone.now(), is_reported=True
            )
        return Accepted(f"sim-{ref}", 0)

    def _keep(self, sms: OutgoingSms, copies: int) -> None:
        now = timezone.now()
        click.echo(f"SMS {sms.phone}: {sms.text}", err=True)
        SimulatedSms.objects.bulk_create(
            [
                SimulatedSms(ref=sms.ref, phone=sms.phone, text=sms.text, at=now)
                for _ in range(copies)
            ]
        )

    def reports(self) -> Sequence[Report]:
        now = timezone.now()
        found: list[Report] = []
        for sms in SimulatedSms.objects.filter(is_reported=False).order_by("id")[:500]:
            habit = sms.phone[-4:]
            is_late = habit == LATE and (now - sms.at).total_seconds() < LATE_MINUTES * 60
            if habit == SILENT or is_late:
                continue
            sms.is_reported = True
            sms.save(update_fields=["is_reported"])
            reason = "switched_off" if habit == FAILS else ""
            found.append(Report(sms.ref, not reason, reason, now))
        return found
