"""The app's entry for Django."""

from __future__ import annotations

from django.apps import AppConfig

from linli.kernel.registries import ON_REFUSAL, TABLE_GRANTS, TableGrant


class TrailConfig(AppConfig):
    name = "linli.trail"

    def ready(self) -> None:
        """Close the tables, and hear of refusals."""
        from linli.trail import services

        for table in ("trail_entry", "trail_seal", "trail_epoch"):
            TABLE_GRANTS.add(TableGrant(table, append_only=True))
        ON_REFUSAL.fill(services.record_refusal)
