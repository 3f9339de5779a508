"""The app's entry for Django."""

from __future__ import annotations

from django.apps import AppConfig


class TrailConfig(AppConfig):
    name = "linli.trail"

    def ready(self) -> None:
        """Close the tables, hear of refusals, offer metric, checks and the entry of the desk."""
        from django.utils.translation import gettext_lazy as _

        from linli.kernel.registries import (
            DESK,
            FILE_VISIBILITY,
            HEALTH,
            ON_REFUSAL,
            TABLE_GRANTS,
            DeskEntry,
            FileVisibility,
            HealthCheck,
            TableGrant,
        )
        from linli.runtime.types import JOB_KINDS
        from linli.trail import kinds, permits, retention, services
        from linli.trail.queries import overdue, watch
        from linli.trail.services import exporting

        for table in ("trail_entry", "trail_seal", "trail_epoch"):
            TABLE_GRANTS.add(TableGrant(table, append_only=True))
        ON_REFUSAL.fill(services.record_refusal)
        HEALTH.add(HealthCheck("trail", _("entries of the trail are sealed"), watch.check_sealing))
        HEALTH.add(HealthCheck("keys.export", _("keys were exported"), watch.check_keys))
        watch.offer_metric()
        JOB_KINDS.add(kinds.EXPORT)
        retention.register()
        HEALTH.add(
            HealthCheck("retention", _("nothing is kept longer than its term"), overdue.check)
        )
        FILE_VISIBILITY.add(FileVisibility(exporting.OWNER, exporting.may_see_export))
        DESK.add(DeskEntry("trail.list", _("Trail"), "history", "trail:list", (permits.READ,), 900))
