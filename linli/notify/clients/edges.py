"""Handing a message to the outside, with the outside's errors told apart: never again, or later."""

from __future__ import annotations

from smtplib import SMTPException, SMTPRecipientsRefused
from typing import Any

from django.core.mail import EmailMessage, get_connection

from linli.notify import queries
from linli.notify.clients.simulator import Simulator
from linli.notify.types import GATEWAY, Accepted, GatewayBusy, GatewayRefused, SmsGateway

_simulator = Simulator()


def gateway() -> SmsGateway:
    """Return the gateway of this installation, or the simulator."""
    filled: Any = GATEWAY.call()
    return filled if filled is not None else _simulator


def is_simulated() -> bool:
    """Say whether text messages stay in the house."""
    return GATEWAY.call() is None


def mail_fault() -> str:
    """Return why the mail server that is set does not answer, or nothing."""
    if not queries.is_mail_offered() or queries.is_mail_simulated():
        return ""
    connection = get_connection(timeout=5)
    try:
        connection.open()
    except (SMTPException, OSError) as error:
        return f"{type(error).__name__}: {error}"[:200]
    connection.close()
    return ""


def send_email(ref: str, address: str, subject: str, text: str) -> Accepted:
    """Send a plain e-mail by Django's backend. Raises GatewayRefused or GatewayBusy."""
    if queries.is_mail_simulated():
        return _simulator.keep_mail(ref, address, f"{subject}\n\n{text}")
    mail = EmailMessage(subject, text, to=[address], headers={"Message-ID": f"<{ref}@linli>"})
    try:
        mail.send()
    except SMTPRecipientsRefused as error:
        raise GatewayRefused("address_unknown") from error
    except ValueError as error:  # a line feed, a sign that no header takes: it stays so
        raise GatewayRefused("not_writable") from error
    except (SMTPException, OSError) as error:
        raise GatewayBusy(type(error).__name__) from error
    return Accepted(ref, 0)
