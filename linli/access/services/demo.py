"""Sign-ins of the demo. They exist only where the demo was asked for."""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction

from linli.access import rules
from linli.access.errors import DemoOnly
from linli.access.models import Account
from linli.access.secrets import demo_secrets, put_phone
from linli.access.services.accounts import invite_account
from linli.access.services.codes import DEMO_CODE
from linli.access.services.factors import keep_totp
from linli.access.states import ACCOUNT, AccountKind
from linli.access.types import DemoSignIn, NewAccount
from linli.kernel.permits import Actor, open_to_all
from linli.trail.services import record

COMMANDS = "refuses unless the demo was asked for; the demo command alone calls it"


@open_to_all(COMMANDS)
@transaction.atomic
def create_demo_account(
    new: NewAccount, *, post: str, place: str, actor: Actor, now: datetime
) -> DemoSignIn:
    """Make a member of staff who can sign in with a printed password and second factor.

    Asked again for the same name, it returns the same. Refuses with DemoOnly, NotAllowed.
    """
    if not settings.LINLI_DEMO:
        raise DemoOnly(move="make", state="real")
    password, secret = demo_secrets(new.username)
    account = Account.objects.filter(username=new.username, is_demo=True).first()
    if account is None:
        account, _link = invite_account(new, actor=actor, now=now, is_demo=True)
        account.state = ACCOUNT.after(account.state, "activate")
        account.set_password(password)
        account.password_set_at = now
        account.save(update_fields=["state", "password", "password_set_at"])
    if not Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).exists():
        keep_totp(account, secret, counter=0, actor=actor, now=now)
    return DemoSignIn(post, place, account.username, password, secret)


@open_to_all(COMMANDS)
@transaction.atomic
def create_demo_resident(
    phone: str, person_id: int | None, name: str, path: str, *, actor: Actor, now: datetime
) -> tuple[str, str]:
    """Make a resident who signs in with a fixed code; return number and code.

    Refuses with DemoOnly.
    """
    if not settings.LINLI_DEMO:
        raise DemoOnly(move="make", state="real")
    username = f"demo-{phone[-4:]}"
    account = Account.objects.filter(username=username, is_demo=True).first()
    if account is None:
        account = Account(
            username=username,
            kind=AccountKind.RESIDENT,
            state=ACCOUNT.after(ACCOUNT.start, "activate"),
            display_name=name,
            person_id=person_id,
            path=path,
            is_demo=True,
            created_at=now,
        )
        account.set_unusable_password()
        account.save()
        # people type the number as they like; it is found by its one normal form
        put_phone(account, rules.normal_phone(phone))
        account.save()
        record("access.resident_made", on=account, actor=actor, now=now, place=path)
    return phone, DEMO_CODE
