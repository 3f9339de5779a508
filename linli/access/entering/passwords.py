"""Names and passwords: checked with a lock-out, and with limits that tell nothing."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from linli.access import rules
from linli.access.clients.messages import tell
from linli.access.entering.last import last_account
from linli.access.errors import LockedOut, SignInRefused
from linli.access.models import Account
from linli.access.queries.accounts import account_named
from linli.kernel.errors import Refusal, TooMany
from linli.kernel.permits import system_actor
from linli.kernel.registries import ON_REFUSAL
from linli.kernel.scope import acting
from linli.kernel.web import Request, page
from linli.runtime.services import limits
from linli.runtime.types import Rate, client_address
from linli.ui.forms import Form

LOCK_MINUTES = 15
# to one name from anywhere: slows a search for passwords down
NAME_RATE = Rate(60, timedelta(hours=1), burst=20)
# whoever searches with patience, from as many addresses as she likes, gets no further in a day
DAY_RATE = Rate(100, timedelta(days=1), burst=50)
TOLD_RATE = Rate(1, timedelta(days=1))
PATIENT = "access.password_day"
# of a name, and the same in the browser of its owner: names are typed by anybody, buckets by nobody
BUCKETS = ("access.password", PATIENT)
OWN_BUCKETS = ("access.password_own", "access.password_day_own")
SEARCHED = system_actor("access.many_tries")
ADDRESS_RATE = Rate(300, timedelta(hours=1), burst=60)
FORGOT_RATE = Rate(20, timedelta(hours=1))
FACTOR_RATE = Rate(10, timedelta(minutes=15))


def check_password(request: Request, name: str, password: str) -> Account:
    """Return the account of a name or number and its password.

    Refuses with SignInRefused, LockedOut, TooMany; none tells whether the name exists.
    """
    typed = name.strip().lower()
    phone = rules.normal_phone(typed)
    account = account_named(phone) if phone else None
    username = account.username if account else typed[:60]
    now = timezone.now()
    limits.take("access.address", client_address(request), rate=ADDRESS_RATE, now=now)
    _count_try(username, is_hers=_is_her_browser(request, username), now=now)
    found = authenticate(request, username=username, password=password)
    if getattr(request, "axes_locked_out", False):
        raise LockedOut(minutes=LOCK_MINUTES)
    if not isinstance(found, Account) or not found.is_staff_member or not may_enter(found):
        raise SignInRefused()
    return found


def _is_her_browser(request: Request, username: str) -> bool:
    """Say whether the owner of a name was the last to sign in here: nobody else's tries shut her out."""
    last = last_account(request)
    return last is not None and Account.objects.filter(pk=last, username=username).exists()


def _count_try(username: str, *, is_hers: bool, now: datetime) -> None:
    """Count a try on a name. Refuses with TooMany; whose name it is, is told when a day's tries are used up."""
    hour, day = OWN_BUCKETS if is_hers else BUCKETS
    tries = (limits.Try(hour, username, NAME_RATE), limits.Try(day, username, DAY_RATE))
    try:
        limits.take_all(tries, now=now)
    except TooMany as refusal:
        if refusal.details["bucket"] == day:
            _warn(username, now)
        raise


def _warn(username: str, now: datetime) -> None:
    """Tell the holder of a name once a day that somebody tries passwords on it."""
    account = Account.objects.filter(username=username).first()
    if account is None or not may_enter(account):
        return
    try:
        limits.take("access.told_of_tries", username, rate=TOLD_RATE, now=now)
    except TooMany:
        return
    with acting(SEARCHED):
        tell("access.many_tries", account, actor=SEARCHED, now=now)


def may_enter(account: Account) -> bool:
    """Say whether an account may sign in at all: open, and no demo sign-in in a real city."""
    return account.is_active and (not account.is_demo or settings.LINLI_DEMO)


def lockout_response(
    request: HttpRequest, response: HttpResponse | None = None, credentials: Any = None
) -> HttpResponse:
    """Leave our own answer as it is: the page says that signing in is closed, and for how long."""
    assert response is not None, "axes hands over the answer"
    return response


def count_factor(account: Account, now: datetime) -> None:
    """Count a try of the second factor. Refuses with TooMany."""
    limits.take("access.factor", str(account.pk), rate=FACTOR_RATE, now=now)


def client_text(*_args: Any) -> str:
    """Return what logs say of somebody who failed to sign in: neither name nor address."""
    return "somebody"


def name_typed(text: str) -> str:
    """Return a typed sign-in name, or the normal number if it is one."""
    typed = text.strip().lower()
    return rules.normal_phone(typed) or typed


def refused(
    request: Request, whole: str, *, form: Form, refusal: Refusal, **context: object
) -> HttpResponse:
    """Show a refusal on the form that caused it, and let it be recorded."""
    ON_REFUSAL.call(request.actor, refusal, request.path)
    if not form.errors and not hasattr(form, "cleaned_data"):
        form.cleaned_data = {}
    form.add_error(None, str(refusal))
    return page(request, whole, {"form": form, **context}, status=refusal.status)
