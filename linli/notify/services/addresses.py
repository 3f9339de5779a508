"""One's own e-mail address: given, confirmed by the code that was sent there, taken back; and by
which ways messages of a purpose come."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.db import transaction
from django.db.models import Q
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from linli.kernel import locks
from linli.kernel.errors import Invalid, NotAllowed, NotFound
from linli.kernel.permits import Actor, open_to_all
from linli.notify import queries, rules
from linli.notify.clients.envelopes import sealed_address
from linli.notify.models import ChannelChoice, Delivery, EmailAddress, Message, MessageConsent
from linli.notify.services.sending import send_email_code
from linli.notify.states import DeliveryState
from linli.notify.types import PURPOSES, Channel
from linli.runtime.services import limits
from linli.runtime.types import Rate
from linli.trail.services import record

OWN = "everybody decides for themselves, and for nobody else"
CODE_LIFE = timedelta(minutes=30)
TRIES = 5
LONGEST = 254
ERASED = "erased"
_HOLD_AN_ADDRESS = ("queued", "held", "sending", "sent", "dead")
_NOTHING: dict[str, Any] = {"address": None, "text": None, "masked": "", "subject": ""}
# a stranger's mailbox must not be flooded from here
ASKS = Rate(6, timedelta(hours=24), burst=3)


@open_to_all(OWN)
@transaction.atomic
def give_address(text: str, *, language: str, actor: Actor, now: datetime) -> EmailAddress:
    """Name the address to which e-mail may go; a code goes there first. An older one is let go.

    Refuses with NotAllowed, NotFound where e-mail is not offered, Invalid, TooMany.
    """
    account = _account(actor)
    if not queries.is_mail_offered():
        raise NotFound()
    address = _cleaned(text)
    limits.take("notify.email", f"account {account}", rate=ASKS, now=now)
    locks.hold("notify.email", account)
    code = f"{secrets.randbelow(10**6):06d}"
    row, _made = EmailAddress.objects.update_or_create(
        account_id=account,
        defaults={
            "person_id": actor.person_id, "address": sealed_address(address, account),
            "masked": rules.masked("email", address), "code_hash": _hash(account, code),
            "code_ends_at": now + CODE_LIFE, "tries": 0, "asked_at": now, "confirmed_at": None,
        },
    )  # fmt: skip
    send_email_code(address, code, language=language, actor=actor, now=now)
    record("notify.email_given", on=row, actor=actor, now=now, place=actor.place,
           person_id=actor.person_id)  # fmt: skip
    return row


@open_to_all(OWN)
def confirm_address(code: str, *, actor: Actor, now: datetime) -> EmailAddress:
    """Type the code that came by e-mail; from now on messages come there too.

    Refuses with NotAllowed, NotFound, Invalid.
    """
    account = _account(actor)
    with transaction.atomic():
        row = EmailAddress.objects.select_for_update().filter(account_id=account).first()
        if row is None or row.confirmed_at is not None or row.code_hash is None:
            raise NotFound()
        is_over = row.tries >= TRIES or row.code_ends_at is None or row.code_ends_at <= now
        typed = _hash(account, "".join(code.split()))
        fits = not is_over and constant_time_compare(bytes(row.code_hash), typed)
        if fits:
            row.confirmed_at, row.code_hash, row.code_ends_at = now, None, None
            record("notify.email_confirmed", on=row, actor=actor, now=now, place=actor.place,
                   person_id=actor.person_id)  # fmt: skip
        row.tries += not is_over
        row.save()
    if not fits:
        raise Invalid({"code": [_("This code does not fit, or is too old. Ask for a new one.")]})
    return row


@open_to_all(OWN)
@transaction.atomic
def drop_address(*, actor: Actor, now: datetime) -> None:
    """Take one's e-mail address back: nothing of it stays. Refuses with NotAllowed."""
    account = _account(actor)
    gone, _kinds = EmailAddress.objects.filter(account_id=account).delete()
    if gone:
        record("notify.email_dropped", on=("access.account", account), actor=actor, now=now, place=actor.place,
               person_id=actor.person_id)  # fmt: skip


@open_to_all("the job that follows an erasure alone calls it")
@transaction.atomic
def forget_reaching(person_id: int, *, actor: Actor, now: datetime) -> None:
    """Let go of all that was kept to reach a person who was erased. Refuses with NotAllowed."""
    if not actor.is_system:
        raise NotAllowed()
    _forget(Q(person_id=person_id), now)


@open_to_all("the closing of the account of an erased person alone calls it")
@transaction.atomic
def forget_owner(account_id: int, *, actor: Actor, now: datetime) -> None:
    """Let go of all that was kept to reach the account of a person who was erased.

    Refuses with NotAllowed.
    """
    if not actor.is_system:
        raise NotAllowed()
    _forget(Q(account_id=account_id), now)


def _forget(hers: Q, now: datetime) -> None:
    """What waits is not sent any more; what it cost stays, without number and text.

    A consent that is taken back here goes with its term.
    """
    EmailAddress.objects.filter(hers).delete()
    ChannelChoice.objects.filter(hers).delete()
    MessageConsent.objects.filter(hers, withdrawn_at__isnull=True).update(withdrawn_at=now)
    # by state, for the index: what ended well holds neither number nor text any more
    waiting = Delivery.objects.filter(hers, state__in=_HOLD_AN_ADDRESS)
    waiting.filter(state__in=("queued", "held")).update(
        state=DeliveryState.SKIPPED.value, reason=ERASED, ended_at=now, **_NOTHING
    )
    waiting.update(**_NOTHING)
    letters = Message.objects.filter(hers)
    Delivery.objects.filter(message__in=letters).update(masked="", subject="")
    letters.delete()


@open_to_all("access has required its own permit to close the account")
@transaction.atomic
def forget_account(account_id: int, *, has_number: bool, actor: Actor, now: datetime) -> None:
    """Let go of the address and the choices of an account that is closed; it may be opened again.

    While its number stays with it (`has_number`), what its owner had refused stays refused: news of her
    own matters still come to it, and would come by the way that she had closed.
    """
    EmailAddress.objects.filter(account_id=account_id).delete()
    choices = ChannelChoice.objects.filter(account_id=account_id)
    (choices.filter(is_wanted=True) if has_number else choices).delete()


@open_to_all("access has required its own permit to say whose account it is")
@transaction.atomic
def tie_account(account_id: int, person_id: int, *, actor: Actor, now: datetime) -> None:
    """Say whose the address and the choices of an account are: what tells a person uses them too."""
    EmailAddress.objects.filter(account_id=account_id).update(person_id=person_id)
    ChannelChoice.objects.filter(account_id=account_id).update(person_id=person_id)


@open_to_all(OWN)
@transaction.atomic
def choose_way(purpose: str, channel: str, *, is_wanted: bool, actor: Actor, now: datetime) -> None:
    """Let messages of a purpose come by a way, or not; the inbox has them always.

    Refuses with NotAllowed, NotFound where there is nothing to choose.
    """
    account, kind = _account(actor), PURPOSES.get(purpose)
    if kind is None or not kind.may_be_muted or channel not in queries.OUTSIDE:
        raise NotFound()
    ChannelChoice.objects.update_or_create(
        account_id=account, purpose=purpose, channel=Channel(channel),
        defaults={"person_id": actor.person_id, "is_wanted": is_wanted, "chosen_at": now},
    )  # fmt: skip
    record("notify.way_chosen", on=("purpose", purpose), actor=actor, now=now, place=actor.place,
           person_id=actor.person_id, channel=channel, wanted=is_wanted)  # fmt: skip


def _account(actor: Actor) -> int:
    if actor.account_id is None or actor.acting_for is not None:
        raise NotAllowed()
    return actor.account_id


def _cleaned(text: str) -> str:
    address = text.strip()
    try:
        EmailValidator()(address)
    except ValidationError:
        address = ""
    if not address or len(address) > LONGEST:
        raise Invalid({"email": [_("Write an e-mail address such as name@example.com.")]})
    return address


def _hash(account: int, code: str) -> bytes:
    return salted_hmac("linli.notify.email", f"{account} {code}", algorithm="sha256").digest()
