"""How somebody is reached: number and address of today, consent to a purpose, ways she wants or not."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q, QuerySet

from linli.kernel import sealing
from linli.kernel.permits import Actor
from linli.notify.models import ChannelChoice, EmailAddress, MessageConsent
from linli.notify.types import PHONE_OF_ACCOUNT, PURPOSES, TEMPLATES, Basis, Channel, Purpose
from linli.people.queries.persons import asked_by_entry, ids_of_one
from linli.people.queries.reaching import phone_for_message
from linli.runtime.services.limits import subject_digest

OUTSIDE = (Channel.SMS, Channel.EMAIL)
CONSOLE = "django.core.mail.backends.console.EmailBackend"


def is_mail_simulated() -> bool:
    """Say whether the demo keeps e-mail in the house, because no mail server is set."""
    return bool(settings.LINLI_DEMO) and str(settings.EMAIL_BACKEND) == CONSOLE


def is_mail_offered() -> bool:
    """Say whether e-mail is a way at all: a mail server is set, or the demo stands in for one."""
    return is_mail_simulated() or str(settings.EMAIL_BACKEND) != CONSOLE


def open_consents(
    account_id: int | None, person_id: int | None, purpose: str
) -> QuerySet[MessageConsent]:
    """Return consents to a purpose that were not taken back."""
    whose = Q(pk__in=[])
    if account_id is not None:
        whose |= Q(account_id=account_id)
    if person_id is not None:
        whose |= Q(person_id__in=ids_of_one(person_id))
    return MessageConsent.objects.filter(whose, purpose=purpose, withdrawn_at__isnull=True)


def has_consent(purpose: str, account_id: int | None, person_id: int | None) -> bool:
    """Say whether somebody agreed to a purpose in its present wording."""
    kind = PURPOSES.get(purpose)
    if kind is None:
        return False
    return open_consents(account_id, person_id, purpose).filter(version=kind.version).exists()


def people_who_agreed(purpose: str) -> list[int]:
    """Return the people of the register who agreed to a purpose in its present wording."""
    kind = PURPOSES.get(purpose)
    if kind is None:
        return []
    found = MessageConsent.objects.filter(
        purpose=purpose, version=kind.version, withdrawn_at__isnull=True, person_id__isnull=False
    )
    return sorted({one.person_id for one in found if one.person_id is not None})


def phone_of(account_id: int | None, person_id: int | None) -> str:
    """Return the mobile number of an account or a person as it is today, or nothing."""
    if account_id is not None:
        number = str(PHONE_OF_ACCOUNT.call(account_id) or "")
        if number:
            return number
    return phone_for_message(person_id) if person_id is not None else ""


def own_address(actor: Actor) -> EmailAddress | None:
    """Return the actor's e-mail address, confirmed or not, or None."""
    return EmailAddress.objects.filter(account_id=actor.account_id or 0).first()


def reached_by_email(accounts: Collection[int], persons: Collection[int]) -> set[tuple[str, int]]:
    """Return which accounts and persons have a confirmed address, as ("account", id) and ("person", id)."""
    if not (accounts or persons):
        return set()
    asked = asked_by_entry(persons)
    known = EmailAddress.objects.filter(
        Q(account_id__in=accounts) | Q(person_id__in=asked), confirmed_at__isnull=False
    )
    found: set[tuple[str, int]] = set()
    for account_id, person_id in known.values_list("account_id", "person_id"):
        found.add(("account", account_id))
        found |= {("person", one) for one in asked.get(person_id or 0, ())}
    return found


def email_of(account_id: int | None, person_id: int | None) -> str:
    """Return the confirmed e-mail address of an account or a person as it is today, or nothing."""
    whose = Q(account_id=account_id) if account_id else Q(person_id__in=ids_of_one(person_id or 0))
    row = EmailAddress.objects.filter(whose, confirmed_at__isnull=False).order_by("-id").first()
    if row is None:
        return ""
    return sealing.open_sealed(
        bytes(row.address), table="notify_emailaddress", column="address", row=row.account_id
    )


def is_wanted(purpose: str, channel: str, account_id: int | None, person_id: int | None) -> bool:
    """Say whether somebody lets messages of a purpose come by a way; who never chose does."""
    kind = PURPOSES.get(purpose)
    if kind is not None and not kind.may_be_muted:
        return True
    whose = Q(pk__in=[])
    if account_id is not None:
        whose |= Q(account_id=account_id)
    if person_id is not None:
        whose |= Q(person_id__in=ids_of_one(person_id))
    refused = ChannelChoice.objects.filter(whose, purpose=purpose, channel=channel, is_wanted=False)
    return not refused.exists()


@dataclass(frozen=True, slots=True)
class Way:
    """One way out of the house for one purpose, as the settings page shows it."""

    channel: Channel
    is_wanted: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """One purpose as the settings page shows it: agreed or not, and by which ways it comes."""

    purpose: Purpose
    is_given: bool
    is_asked: bool
    ways: tuple[Way, ...]


def choices_of(actor: Actor) -> list[Choice]:
    """Return every purpose with whether the actor agreed; duties are shown and not asked."""
    given = set(
        MessageConsent.objects.filter(
            account_id=actor.account_id or 0, withdrawn_at__isnull=True
        ).values_list("purpose", "version")
    )
    refused = set(
        ChannelChoice.objects.filter(account_id=actor.account_id or 0, is_wanted=False).values_list(
            "purpose", "channel"
        )
    )
    return [
        Choice(
            kind,
            (kind.key, kind.version) in given,
            kind.basis is Basis.CONSENT,
            tuple(Way(way, (kind.key, way.value) not in refused) for way in _ways_of(kind)),
        )
        for kind in PURPOSES
    ]


def _ways_of(purpose: Purpose) -> list[Channel]:
    """Return the ways by which messages of a purpose can come; a code goes where it was asked for.

    What cannot be muted comes by all of them: there is nothing to choose.
    """
    if not purpose.may_be_muted:
        return []
    used = {
        channel
        for template in TEMPLATES
        if template.purpose == purpose.key and Channel.INBOX in template.texts
        for channel in template.texts
    }
    if purpose.basis is Basis.CONSENT:
        used |= set(OUTSIDE)
    offered = [way for way in OUTSIDE if way in used]
    return [way for way in offered if way is not Channel.EMAIL or is_mail_offered()]


def share_of(account_id: int | None, person_id: int | None, phone: str) -> str:
    """Return whose share of a day's text messages it is: many numbers are alike behind their mask."""
    if person_id:
        return f"person {person_id}"
    if account_id:
        return f"person of account {account_id}"
    return f"person at {subject_digest('notify.share', phone).hex()}"
