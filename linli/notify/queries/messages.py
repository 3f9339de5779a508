"""Reads of the inbox, and of what went out of the house or could not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from linli.kernel.errors import NotFound
from linli.kernel.languages import told_in
from linli.kernel.numbers import Share
from linli.kernel.paging import Keyset, Page, page_of
from linli.kernel.permits import Actor
from linli.notify import permits
from linli.notify.models import Delivery, Message, SimulatedSms
from linli.notify.states import DeliveryState
from linli.notify.types import TEMPLATES, USUAL_LANGUAGE, Link
from linli.people.queries.persons import entries_of_one
from linli.rulebook.queries import lookup

# ids are taken in blocks and what is brought in later may be older: neither gives an order
LATEST = Keyset("latest", ("-created_at", "-id"))
BADGE_MOST = 100
FEN = 100
STATE_WORDS = {
    "queued": _("Waiting"),
    "held": _("Held until the morning"),
    "sending": _("On its way"),
    "sent": _("Sent"),
    "delivered": _("Delivered"),
    "skipped": _("Not sent, in the inbox"),
    "dead": _("Given up"),
}
# to a number alone: whoever has no account and is in no register has no inbox either
NO_INBOX = _("Not sent, and there is no inbox: call if it matters")
# why something was given up that waited when a backup was made, by which we go on
RESTORED = "restored"
REASON_WORDS = {
    RESTORED: _("it may have gone before the restore: look, then send it or let it go"),
    "hours": _("outside the hours for messages"),
    "no_consent": _("no consent"),
    "no_address": _("no number known"),
    "not_wanted": _("not wanted by this way"),
    "enough_today": _("enough messages for one day"),
    "broke": _("something broke on our side; it is tried again"),
    "not_writable": _("subject or address cannot be written into an e-mail"),
    "cost_cap": _("the money for text messages is used up"),
    "number_unknown": _("the number does not exist"),
    "switched_off": _("the telephone could not be reached"),
    "try_later": _("the gateway was busy"),
    "address_unknown": _("the address does not exist"),
    "erased": _("erased"),
}


def visible_messages(actor: Actor) -> QuerySet[Message]:
    """Return messages to the actor's account, person or posts; nobody else's, whatever the rights."""
    mine = Q(pk__in=[])
    if actor.account_id is not None:
        mine |= Q(account_id=actor.account_id)
    if actor.person_id is not None:
        # what was sent before two entries of a person were joined still names the other one
        mine |= Q(person_id__in=entries_of_one(actor.person_id))
    if actor.posts:
        mine |= Q(post_id__in=sorted(actor.posts))
    return Message.objects.filter(mine)


def get_message(actor: Actor, code: str) -> Message:
    """Return one message. Refuses with NotFound."""
    message = visible_messages(actor).filter(code=code).first()
    if message is None:
        raise NotFound()
    return message


def posts_told(template: str, since: datetime) -> set[int]:
    """Return the posts that got a message of this kind since a moment."""
    found = Message.objects.filter(template=template, created_at__gte=since, post_id__isnull=False)
    return {post for post in found.values_list("post_id", flat=True) if post is not None}


def list_messages(
    actor: Actor, *, is_unread: bool = False, cursor: str | None = None, limit: int = 50
) -> Page[Message]:
    """Return a page of the inbox, newest first."""
    found = visible_messages(actor)
    if is_unread:
        found = found.filter(read_at__isnull=True)
    return page_of(found, LATEST, cursor=cursor, limit=limit)


def count_unread(actor: Actor) -> int:
    """Return how many messages are unread, up to a hundred; nothing is counted beyond."""
    unread = visible_messages(actor).filter(read_at__isnull=True)
    return len(list(unread.values_list("pk", flat=True)[:BADGE_MOST]))


def address_of(message: Message) -> str:
    """Return the page that a message leads to, in the reader's language, or nothing."""
    if not message.link:
        return ""
    try:
        return reverse(message.link["view"], args=message.link["args"])
    except NoReverseMatch:
        return ""


def page_for_phone(link: Link | None) -> str:
    """Return the page of a link as a text message has room for: whole, without language and last slash."""
    if link is None:
        return ""
    with told_in(USUAL_LANGUAGE):
        path = reverse(link.view, args=link.args)
    return settings.LINLI_PUBLIC_URL + path.removeprefix(f"/{USUAL_LANGUAGE}").rstrip("/")


def visible_deliveries(actor: Actor) -> QuerySet[Delivery]:
    """Return deliveries of places that the actor oversees."""
    if actor.is_system:
        return Delivery.objects.all()
    seen = Q(pk__in=[])
    for path in actor.paths(permits.OVERSEE):
        seen |= Q(place__gte=path, place__lt=path + "~")
    if overseen_at(actor, ""):
        seen |= Q(place="")
    return Delivery.objects.filter(seen)


def overseen_at(actor: Actor, place: str) -> str:
    """Return the place at which a delivery is overseen; one without a place belongs to the city."""
    cities = (path for path in actor.paths(permits.OVERSEE) if path.count("/") == 1)
    return place or next(cities, "")


def list_deliveries(
    actor: Actor, *, state: str = "", cursor: str | None = None, limit: int = 50
) -> Page[Delivery]:
    """Return a page of deliveries, newest first."""
    found = visible_deliveries(actor)
    return page_of(
        found.filter(state=state) if state else found, LATEST, cursor=cursor, limit=limit
    )


def get_delivery(actor: Actor, ref: str) -> Delivery:
    """Return one delivery. Refuses with NotFound."""
    delivery = visible_deliveries(actor).filter(ref=ref).first()
    if delivery is None:
        raise NotFound()
    return delivery


def state_words(delivery: Delivery) -> Any:
    """Return what became of a delivery; the inbox is named only where the recipient has one."""
    if delivery.state == DeliveryState.SKIPPED and delivery.message_id is None:
        return NO_INBOX
    return STATE_WORDS[delivery.state]


def title_of(template: str) -> Any:
    """Return what a kind of message is called."""
    known = TEMPLATES.get(template)
    return known.title if known else template


def simulated_messages(phone: str, limit: int = 50) -> list[SimulatedSms]:
    """Return what the simulator got, newest first."""
    found = SimulatedSms.objects.all()
    if phone:
        found = found.filter(phone=phone)
    return list(found.order_by("-id")[:limit])


def stopped() -> QuerySet[Delivery]:
    """Return what a restore stopped, oldest first."""
    found = Delivery.objects.filter(state="dead", reason=RESTORED, text__isnull=False)
    return found.order_by("created_at", "pk")


def stopped_faults() -> Sequence[tuple[str, Any]]:
    """Tell `linli doctor` of messages that wait for a person since a restore."""
    count = stopped().count()
    if not count:
        return ()
    what = _("%(num)s messages are held since the restore: some of them may have gone before")
    return ((what % {"num": count}, _("look, then: linli outgoing go, or linli outgoing drop")),)


def due_deliveries(*, now: datetime, is_urgent: bool = False, limit: int = 200) -> list[int]:
    """Return deliveries that are due, oldest first, also those whose worker never came back.

    Those that are urgent and the others are asked for apart: neither stands behind the other.
    """
    waiting = Delivery.objects.filter(
        state__in=["queued", "held", "sending"], due_at__lte=now, is_urgent=is_urgent
    )
    return list(waiting.order_by("due_at", "id").values_list("id", flat=True)[:limit])


def sms_month_cap(place: str, on: date) -> int:
    """Return what text messages of a place may cost in a month, in fen."""
    return _number(lookup("notify.sms.month_cap", place, on).value) * FEN


def sms_most_a_day(place: str, on: date) -> int:
    """Return how many messages that are not urgent one person may get in a day."""
    return _number(lookup("notify.sms.person_day_max", place, on).value)


def _number(value: object) -> int:
    """A bound of the form "at most n" is its n."""
    if isinstance(value, Share):
        return value.num // value.den
    assert isinstance(value, int), f"not a number: {value!r}"
    return value
