"""A gateway that does as a test tells it, and makers of messages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from linli.kernel.permits import Actor, system_actor
from linli.notify import services
from linli.notify.models import ChannelChoice, EmailAddress, Message
from linli.notify.types import (
    GATEWAY,
    TEMPLATES,
    About,
    Accepted,
    Channel,
    MessageTemplate,
    OutgoingSms,
    Report,
    Text,
    To,
)

SYSTEM = system_actor("test")
GREETING = MessageTemplate(
    "test.greeting", "Greeting", "notify.own_matters",
    {
        Channel.INBOX: Text("Hello %(name)s, your matter is decided.", "Decided"),
        Channel.SMS: Text("Hello %(name)s, see your inbox."),
        Channel.EMAIL: Text("Hello %(name)s, see your inbox.", "Decided"),
    },
)  # fmt: skip
ACTIVITY = MessageTemplate(
    "test.activity", "Activity", "notify.events",
    {Channel.INBOX: Text("Dancing on Friday."), Channel.SMS: Text("Dancing on Friday.")},
)  # fmt: skip


class TestGateway:
    """Keeps what it got; raises or reports what it is told to."""

    __test__ = False

    def __init__(self, *, price: int = 5, errors: Sequence[Exception] = ()) -> None:
        self.price, self.errors = price, list(errors)
        self.sent: list[OutgoingSms] = []
        self.waiting: list[Report] = []

    def price_fen(self, sms: OutgoingSms) -> int:
        return self.price

    def send(self, sms: OutgoingSms) -> Accepted:
        if self.errors:
            raise self.errors.pop(0)
        self.sent.append(sms)
        return Accepted(f"g-{sms.ref}", self.price)

    def reports(self) -> Sequence[Report]:
        told, self.waiting = self.waiting, []
        return told


@contextmanager
def using(gateway: Any) -> Iterator[Any]:
    """Let messages go to a gateway inside the block."""
    before = GATEWAY._function
    GATEWAY.fill(lambda: gateway)
    try:
        yield gateway
    finally:
        GATEWAY._function = before


def make_message(
    to: To,
    *,
    now: datetime,
    template: MessageTemplate = GREETING,
    urgent: bool = False,
    about: About = About(),
    actor: Actor = SYSTEM,
) -> Message | None:
    """Send somebody a greeting."""
    TEMPLATES.add(template)
    return services.send(
        template.key, to, {"name": "何伟明"}, actor=actor, now=now, urgent=urgent, about=about
    )


def make_reaching(account_id: int, now: datetime) -> None:
    """Give an account a confirmed e-mail address and a choice, tied to no person yet."""
    EmailAddress.objects.create(
        account_id=account_id, address=b"sealed", masked="l***@example.com", asked_at=now,
        confirmed_at=now,
    )  # fmt: skip
    ChannelChoice.objects.create(
        account_id=account_id, purpose="notify.work", channel="sms", is_wanted=False,
        chosen_at=now,
    )  # fmt: skip


def reaching_of(account_id: int) -> list[int | None]:
    """Return whose the address and the choices of an account are said to be."""
    return [
        row.person_id
        for model in (EmailAddress, ChannelChoice)
        for row in model._default_manager.filter(account_id=account_id)
    ]
