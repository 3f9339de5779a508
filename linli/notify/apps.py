"""The app's entry for Django."""

from __future__ import annotations

from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class NotifyConfig(AppConfig):
    name = "linli.notify"

    def ready(self) -> None:
        """Register messages, purposes and desk, subscribe, and declare what is sealed and what goes."""
        from linli.kernel.registries import DESK, HEALTH, HOME_SLOTS, HealthCheck
        from linli.notify import burden, desk, kinds, retention
        from linli.notify.queries.messages import stopped_faults
        from linli.notify.types import PURPOSES, TEMPLATES

        PURPOSES.add_all(kinds.PURPOSES)
        TEMPLATES.add_all(kinds.TEMPLATES)
        _listen()
        _declare_own_data()
        _declare_person_columns()
        _declare_tables()
        retention.register()
        burden.register()
        DESK.add(desk.INBOX)
        DESK.add(desk.DELIVERIES)
        HOME_SLOTS.add(desk.MINE)
        HEALTH.add(HealthCheck("notify.gateway", _("Text messages"), _check_gateway))
        HEALTH.add(HealthCheck("notify.stopped", _("Messages held"), stopped_faults))
        HEALTH.add(HealthCheck("notify.mail", _("E-mail"), _check_mail))


def _listen() -> None:
    from linli.documents.events import SealUseDecided
    from linli.kernel.events import subscribe
    from linli.notify import listeners
    from linli.notify.events import DeliveriesQueued
    from linli.orgs.events import HandoverPrinted, HandoverWithdrawn, HoldingEnded
    from linli.people.events import PersonCorrected, PersonErased, PersonLeft
    from linli.runtime.events import LongJobEnded

    subscribe(DeliveriesQueued, listeners.on_deliveries_queued)
    subscribe(LongJobEnded, listeners.on_long_job_ended)
    subscribe(SealUseDecided, listeners.on_seal_use_decided)
    subscribe(PersonCorrected, listeners.on_person_corrected)
    subscribe(PersonLeft, listeners.on_person_left)
    subscribe(PersonErased, listeners.on_person_erased)
    subscribe(HandoverPrinted, listeners.on_handover_printed)
    subscribe(HandoverWithdrawn, listeners.on_handover_withdrawn)
    subscribe(HoldingEnded, listeners.on_holding_ended)


def _declare_person_columns() -> None:
    from linli.kernel.joined import PERSON_COLUMNS, PersonColumn

    for table, title in (
        ("message", _("Messages")), ("messageconsent", _("Consents to messages")),
        ("emailaddress", _("E-mail addresses")), ("channelchoice", _("Ways of messages")),
    ):  # fmt: skip
        key = f"notify_{table}.person_id"
        PERSON_COLUMNS.add(PersonColumn(key, title, "account_id", is_own=True))
    # what went out stays as it went
    waiting = "state IN ('queued', 'held')"
    PERSON_COLUMNS.add(
        PersonColumn("notify_delivery.person_id", _("Messages on their way"), "account_id",
                     is_own=True, only=waiting)
    )  # fmt: skip


def _declare_tables() -> None:
    from linli.kernel.registries import PATH_COLUMNS, TABLE_GRANTS, PathColumn, TableGrant
    from linli.kernel.sealing.rotation import SEALED, SealedColumn

    for table in ("message", "delivery"):
        PATH_COLUMNS.add(PathColumn(f"notify_{table}.place"))
    for column in ("address", "text"):
        SEALED.add(SealedColumn("notify_delivery", column, row="ref"))
    SEALED.add(SealedColumn("notify_emailaddress", "address", row="account_id"))
    for table in ("message", "delivery", "simulatedsms", "counter", "emailaddress",
                  "channelchoice", "messageconsent"):  # fmt: skip
        TABLE_GRANTS.add(TableGrant(f"notify_{table}", delete=True))


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


def _check_mail() -> Sequence[tuple[str, str]]:
    from linli.notify.clients import edges

    fault = edges.mail_fault()
    if not fault:
        return []
    mend = "check EMAIL_HOST, EMAIL_PORT, EMAIL_USER and EMAIL_PASSWORD; without EMAIL_HOST no e-mail is offered"
    return [(f"the mail server does not answer: {fault}", mend)]


def _declare_own_data() -> None:
    from linli.kernel.own_data import OWN_DATA, OwnData
    from linli.notify.services import own_data

    OWN_DATA.add(OwnData("messages", own_data.messages))
    OWN_DATA.add(OwnData("consents", own_data.consents))
    OWN_DATA.add(OwnData("ways", own_data.ways))
