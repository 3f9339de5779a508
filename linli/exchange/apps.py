"""The app's entry for Django."""

from __future__ import annotations

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "linli.exchange"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register jobs, desk entries, sealed columns, rights on tables, and what is kept how long."""
        from django.utils.translation import gettext_lazy as _

        from linli.exchange import burden, desk, kinds, permits, retention
        from linli.exchange.kinds import sheet, tabs
        from linli.exchange.queries.waiting_long import health
        from linli.kernel.registries import HEALTH, HealthCheck
        from linli.runtime.types import JOB_KINDS

        assert permits.REPORT, "a permit is known once its module was read"
        JOB_KINDS.add_all((kinds.CHECK, kinds.TAKE, kinds.RESULTS))
        for part in (burden, desk, retention, sheet, tabs):
            part.register()
        HEALTH.add(HealthCheck("exchange.hall", _("Applications of the hall"), health))
        _declare_tables()
        _listen()
        _declare_files()
        _open_doors()


def _declare_tables() -> None:
    from linli.kernel.registries import PATH_COLUMNS, TABLE_GRANTS, PathColumn, TableGrant
    from linli.kernel.sealing.rotation import SEALED, SealedColumn

    for table in ("postedrequest", "orderline", "orderlist", "ordersender", "simulated"):
        TABLE_GRANTS.add(TableGrant(f"exchange_{table}", delete=True))
    SEALED.add(SealedColumn("exchange_orderline", "cells"))
    SEALED.add(SealedColumn("exchange_hotlineorder", "row"))
    for table in ("orderlist", "hotlineorder", "resultfile", "handback"):
        PATH_COLUMNS.add(PathColumn(f"exchange_{table}.path"))
    PATH_COLUMNS.add(PathColumn("exchange_ordersender.path", merges=False))
    SEALED.add(SealedColumn("exchange_hallapplication", "row", row="number"))
    SEALED.add(SealedColumn("exchange_hallchange", "row", row="number"))
    for table in ("letter", "hallapplication", "hallchange", "payorder", "paynotice"):
        PATH_COLUMNS.add(PathColumn(f"exchange_{table}.path"))


def _listen() -> None:
    from linli.cases.events import CaseMoved
    from linli.exchange import listeners
    from linli.exchange.events import OwedOtherwise, PaymentCame
    from linli.kernel.events import subscribe

    subscribe(PaymentCame, listeners.on_payment_came)
    subscribe(OwedOtherwise, listeners.on_owed_otherwise)
    subscribe(CaseMoved, listeners.on_case_moved)


def _open_doors() -> None:
    from linli.documents.types import HAS_SEAL_SERVICE, TELL_SEAL_SERVICE
    from linli.exchange.queries.connections import is_connected
    from linli.exchange.services.seals import tell_seal_service
    from linli.exchange.types.connections import System

    HAS_SEAL_SERVICE.fill(lambda: is_connected(System.SEALS))
    TELL_SEAL_SERVICE.fill(tell_seal_service)


def _declare_files() -> None:
    from linli.exchange.queries.lists import may_see_list
    from linli.exchange.queries.returns import OWNER, may_see_results
    from linli.exchange.services import order_lists
    from linli.exchange.views import list_files
    from linli.kernel.list_files import LIST_FILES
    from linli.kernel.registries import FILE_VISIBILITY, FileVisibility

    LIST_FILES.add_all(list_files.FILES)
    FILE_VISIBILITY.add(FileVisibility(order_lists.OWNER, may_see_list))
    FILE_VISIBILITY.add(FileVisibility(OWNER, may_see_results))
