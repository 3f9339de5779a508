"""A resident's account at the counter and by herself: a new number, and the end of an account."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from linli.access import permits
from linli.access.clients.messages import forget_reaching, take_over, tell, tell_others
from linli.access.models import Account
from linli.access.queries.residents import home_of
from linli.access.secrets import open_phone, put_phone
from linli.access.services.accounts import close, end_all
from linli.access.services.mandates import end_mandates_held
from linli.access.states import AccountKind
from linli.files import services as files
from linli.kernel import sql
from linli.kernel.errors import Invalid, NotAllowed, NotFound
from linli.kernel.joined import ACCOUNT_COLUMNS
from linli.kernel.permits import Actor, open_to_all, require
from linli.notify.types import Link, To
from linli.people.queries import persons as people
from linli.trail.services import record

SECURITY = Link("access:security")
NUMBER = ["phone_sealed", "phone_index", "phone_index_next", "phone_masked"]
MOVED, OWN = "moved", "own"
BRING = "UPDATE {table} SET {column} = %s WHERE {column} = %s"


@open_to_all("tying an account has required the permit at the counter")
@transaction.atomic
def take_over_number(known: Account, new: Account, *, actor: Actor, now: datetime) -> Account:
    """Let the account that somebody has go on with the number of a new one, which is closed.

    She signed in with the new number, so that it is hers. Sessions of both end: whoever has the old
    number is out at once. She is told at both numbers.
    """
    number, before = open_phone(new), open_phone(known)
    new.person_id, new.path = known.person_id, known.path
    put_phone(new, None)
    close(new, MOVED, actor=actor, now=now, fields=[*NUMBER, "person", "path"])
    put_phone(known, number)
    known.save(update_fields=NUMBER)
    end_all(known, actor=actor, now=now)
    _bring_along(new.pk, known.pk)
    take_over(new.pk, known.pk, actor=actor, now=now)
    files.drafts_follow(new.pk, known.pk, actor=actor)
    record("access.number_moved", on=known, actor=actor, now=now, place=known.path,
           person_id=known.person_id)  # fmt: skip
    _tell_of_number(known, before, actor, now)
    return known


def _bring_along(gone_id: int, kept_id: int) -> None:
    """Let all that she wrote by the one account be the other one's, before anybody looks."""
    for one in ACCOUNT_COLUMNS:
        text = BRING.format(table=one.table, column=one.column)
        sql.execute(f"access.bring_along.{one.key}", text, [kept_id, gone_id])


def _tell_of_number(account: Account, before: str | None, actor: Actor, now: datetime) -> None:
    """Tell her, and without a name whoever has the old number: a wrong move is set right soonest so."""
    tell("access.number_moved", account, link=SECURITY, actor=actor, now=now)
    if before:
        tell_others("access.number_gone", To(phone=before, language=account.language), {},
                    place=account.path, link=SECURITY, actor=actor, now=now)  # fmt: skip


@transaction.atomic
def close_resident(account: Account, reason: str, *, actor: Actor, now: datetime) -> Account:
    """Close the account of a resident at the counter, after her document was seen.

    Refuses with NotAllowed, NotFound, Invalid, WrongState.
    """
    account = Account.objects.select_for_update().get(pk=account.pk)
    if account.kind != AccountKind.RESIDENT or account.person_id is None:
        raise NotFound(account=account.pk)
    # where it was tied, or where she lives today
    if not actor.may(permits.ENROL, at=account.path):
        require(actor, permits.ENROL, at=home_of(actor, people.current_id(account.person_id)))
    if not people.may_see_person(actor, people.current_id(account.person_id), permits.ACT_FOR):
        raise NotFound(account=account.pk)
    if not reason.strip():
        raise Invalid({"reason": [_("Say why: it is kept with the account.")]})
    _close(account, reason.strip()[:200], actor, now)
    return account


@open_to_all("everybody closes their own account")
@transaction.atomic
def close_own(*, actor: Actor, now: datetime) -> Account:
    """Close one's own account as a resident; what was filed by it stays.

    Refuses with NotFound, NotAllowed, WrongState.
    """
    if actor.is_machine or actor.acting_for is not None:
        raise NotAllowed()
    account = Account.objects.select_for_update().filter(pk=actor.account_id or 0).first()
    if account is None or account.kind != AccountKind.RESIDENT:
        raise NotFound()
    _close(account, OWN, actor, now)
    return account


def _close(account: Account, reason: str, actor: Actor, now: datetime) -> None:
    """Close it, and let its number go: whoever has it next begins anew, and so may she."""
    before = open_phone(account)
    put_phone(account, None)
    close(account, reason, actor=actor, now=now, fields=NUMBER)
    end_mandates_held(account, actor=actor, now=now)
    forget_reaching(account, actor=actor, now=now)
    record("access.disabled", on=account, actor=actor, now=now, place=account.path, reason=reason)
    if before:
        tell_others("access.account_closed", To(phone=before, language=account.language), {},
                    place=account.path, link=SECURITY, actor=actor, now=now)  # fmt: skip
