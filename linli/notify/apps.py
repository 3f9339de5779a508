"""The app's entry for Django."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class NotifyConfig(AppConfig):
    name = "linli.notify"

    def ready(self) -> None:
        """Register messages, purposes and desk, subscribe, and declare what is sealed and what goes."""
        from linli.documents.events import SealUseDecided
        from linli.kernel.events import subscribe
        from linli.kernel.registries import (
            DESK,
            HEALTH,
            HOME_SLOTS,
            PATH_COLUMNS,
            RETENTION,
            TABLE_GRANTS,
            HealthCheck,
            PathColumn,
            Retention,
            TableGrant,
        )
        from linli.kernel.sealing.rotation import SEALED, SealedColumn
        from linli.notify import desk, kinds, listeners
        from linli.notify.events import DeliveriesQueued
        from linli.notify.types import PURPOSES, TEMPLATES
        from linli.runtime.events import LongJobEnded

        for purpose in kinds.PURPOSES:
            PURPOSES.add(purpose)
        for template in kinds.TEMPLATES:
            TEMPLATES.add(template)
        subscribe(DeliveriesQueued, listeners.on_deliveries_queued)
        subscribe(LongJobEnded, listeners.on_long_job_ended)
        subscribe(SealUseDecided, listeners.on_seal_use_decided)
        for table in ("message", "delivery"):
            PATH_COLUMNS.add(PathColumn(f"notify_{table}.place"))
        for column in ("address", "text"):
            SEALED.add(SealedColumn("notify_delivery", column, row="ref"))
        for table in ("message", "delivery", "simulatedsms", "counter"):
            TABLE_GRANTS.add(TableGrant(f"notify_{table}", delete=True))
        RETENTION.add(
            Retention(
                "notify.messages",
                _("Messages"),
                "notify_message",
                "messages a year, deliveries half a year, then deleted",
                _forget_old,
            )
        )
        DESK.add(desk.INBOX)
        DESK.add(desk.DELIVERIES)
        HOME_SLOTS.add(desk.MINE)
        HEALTH.add(HealthCheck("notify.gateway", _("Text messages"), _check_gateway))


def _forget_old(on: date) -> int:
    from django.utils import timezone

    from linli.kernel.permits import system_actor
    from linli.notify import services

    return services.forget_old(actor=system_actor("notify.retention"), now=timezone.now())


def _check_gateway() -> Sequence[tuple[str, str]]:
    from linli.notify.clients import edges

    if settings.LINLI_DEMO or not edges.is_simulated():
        return []
    return [
        (
            "no SMS gateway: codes and messages only reach the console",
            "fill linli.notify.types.GATEWAY as docs/contracts/sms-gateway.md says",
        )
    ]
