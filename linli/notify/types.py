"""What crosses the edge of notify: recipients, templates, purposes, and the contracts of gateways."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from linli.kernel.permits import STAFF
from linli.kernel.registries import Hook, Registry


class Channel(StrEnum):
    """A way to reach somebody. The inbox is always one of them."""

    INBOX = "inbox"
    SMS = "sms"
    EMAIL = "email"


class Basis(StrEnum):
    """Why somebody may be written to: by duty of the office, or because she agreed (PIPL art. 13)."""

    DUTY = "duty"
    CONSENT = "consent"


@dataclass(frozen=True)
class Purpose:
    """What messages are for. With consent, `wording` is what the person agrees to; a new version asks anew.

    What warns somebody may not be muted: whoever got into an account would mute it first.
    """

    key: str
    title: Any
    basis: Basis
    wording: Any = ""
    version: int = 1
    may_be_muted: bool = True


@dataclass(frozen=True)
class Text:
    """What a template says in one channel; `%(name)s` stands for values."""

    body: Any
    subject: Any = ""


@dataclass(frozen=True)
class MessageTemplate:
    """A kind of message, registered by the app that sends it.

    `texts` has one entry for each channel that it may go by. Content that is confidential stays
    out of it: the message says that there is something, its link leads there after sign-in.
    `sms_code` is the number under which an operator has approved the text.
    """

    key: str
    title: Any
    purpose: str
    texts: Mapping[Channel, Text]
    sms_code: str = ""
    level: int = STAFF


def told(
    key: str, title: Any, purpose: str, body: Any, *, subject: Any = "", short: Any = ""
) -> MessageTemplate:
    """Return the usual template: the words in the inbox, its title by e-mail, `short` by SMS if given.

    An e-mail passes through houses of others: it says that there is something and leads there.
    """
    texts = {Channel.INBOX: Text(body, subject or title), Channel.EMAIL: Text(title, title)}
    if short:
        texts[Channel.SMS] = Text(short)
    return MessageTemplate(key, title, purpose, texts)


@dataclass(frozen=True, slots=True)
class Link:
    """The page that a message leads to: its name and arguments."""

    view: str
    args: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class About:
    """What a message is about: the page that it leads to, and the place whose money it costs."""

    place: str = ""
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class To:
    """Whom a message is for: an account, a person, a post, or a bare number or address.

    A message to a post is read by whoever holds it. `is_staff` decides which hours apply.
    """

    account_id: int | None = None
    person_id: int | None = None
    post_id: int | None = None
    phone: str = ""
    email: str = ""
    # empty: her own if it is known, Chinese otherwise
    language: str = ""
    is_staff: bool = False

    def __post_init__(self) -> None:
        assert any((self.account_id, self.person_id, self.post_id, self.phone, self.email)), (
            "a message is for somebody"
        )


@dataclass(frozen=True, slots=True)
class OutgoingSms:
    """One text message as a gateway gets it. `ref` is ours: a gateway that got it once sends it once."""

    ref: str
    phone: str
    text: str
    template_code: str = ""
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Accepted:
    """The gateway took a message: its own number for it, and what it costs."""

    gateway_ref: str
    cost_fen: int


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a message that the gateway had taken. Reports may come late, twice or never."""

    ref: str
    is_delivered: bool
    reason: str = ""
    at: datetime | None = None


class GatewayRefused(Exception):
    """The gateway will never send this: wrong number, forbidden text. Do not try again."""


class GatewayBusy(Exception):
    """The gateway cannot send this now: no connection, too much at once. Try again later."""


class SmsGateway(Protocol):
    """Contract of an SMS gateway (docs/contracts/sms-gateway.md)."""

    def price_fen(self, sms: OutgoingSms) -> int:
        """Say what a message will cost, before it is sent; asked against the cost cap."""

    def send(self, sms: OutgoingSms) -> Accepted:
        """Hand over a message within ten seconds. Raises GatewayRefused or GatewayBusy."""

    def reports(self) -> Sequence[Report]:
        """Return reports that came since the last call."""


class WeChatSender(Protocol):
    """Contract of WeChat template messages (docs/contracts/wechat-template.md); Linli ships none."""

    def send(self, open_id: str, template_code: str, params: Mapping[str, str], url: str) -> str:
        """Send one template message and return WeChat's number. Raises as SmsGateway.send."""


TEMPLATES: Registry[MessageTemplate] = Registry("message templates")
PURPOSES: Registry[Purpose] = Registry("purposes of messages")
# () → SmsGateway; unfilled, the simulator answers
GATEWAY: Hook[Callable[[], SmsGateway | None]] = Hook("sms gateway")
# (account_id) → mobile number or ""; filled by access, which keeps it sealed
PHONE_OF_ACCOUNT: Hook[Callable[[int], str]] = Hook("phone of an account", "")
# (ids of accounts, ids of persons) → {("account" or "person", id): language}; filled by access
LANGUAGES_OF: Hook[Callable[[set[int], set[int]], Mapping[tuple[str, int], str]]] = Hook(
    "languages of accounts and persons", {}
)
USUAL_LANGUAGE = "zh-hans"
