"""The app's entry for Django."""

from __future__ import annotations

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "linli.exchange"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what is kept, and for how long."""
        from linli.exchange import permits, retention
        from linli.kernel.registries import TABLE_GRANTS, TableGrant

        assert permits.REPORT, "a permit is known once its module was read"
        TABLE_GRANTS.add(TableGrant("exchange_postedrequest", delete=True))
        retention.register()
