"""The app's entry for Django."""

from __future__ import annotations

from django.apps import AppConfig

from linli.kernel.registries import TABLE_GRANTS, TableGrant


class TranslogConfig(AppConfig):
    name = "linli.translog"

    def ready(self) -> None:
        """Close the tables: only openings may go, by the role for erasure."""
        from linli.translog import retention

        retention.register()
        for table in ("logname", "leaf", "node", "treehead"):
            TABLE_GRANTS.add(TableGrant(f"translog_{table}", append_only=True))
        TABLE_GRANTS.add(TableGrant("translog_opening", append_only=True, retention=True))
