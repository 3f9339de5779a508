"""The edge to the SMS gateway, which is a matter of notify."""

from __future__ import annotations

from datetime import datetime

import structlog

log = structlog.get_logger("linli.access")


def send_code(phone: str, code: str, *, language: str, now: datetime) -> None:
    """Hand a sign-in code to notify, in the transaction that makes it."""
    from linli.notify import services as notify

    notify.send_code(phone, code, language=language, now=now)
