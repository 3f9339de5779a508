"""How a browser becomes somebody: pending step, session, counter, and the way out again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import login
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from linli.access import rules
from linli.access.clients.messages import tell
from linli.access.entering.passwords import may_enter
from linli.access.errors import FreshSignInNeeded, SignInNeeded
from linli.access.models import Account, CounterDevice
from linli.access.queries.actors import account_actor, lost_post, self_actor
from linli.access.queries.devices import is_second_factor, live_device
from linli.access.secrets import hash_secret
from linli.access.services.counter import note_presence
from linli.access.services.passwords import close_links
from linli.access.services.sessions import note_agent
from linli.access.sessions import ABOUT, SessionStore
from linli.access.types import Factor
from linli.kernel.web import Request
from linli.notify.types import Link
from linli.people import permits as people
from linli.runtime.types import client_address
from linli.trail.services import record
from linli.ui.entries import page_of
from linli.ui.formats import moment

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
COUNTER_COOKIE, KEPT_COOKIE = "linli-counter", "linli-kept"
PENDING, FRESH_AT = "pending", "fresh_at"


def way_in(view: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a page that is open while nobody is signed in or the counter is locked."""
    view.is_way_in = True  # type: ignore[attr-defined]
    return view


@transaction.atomic
def enter(
    request: Request, account: Account, *, factor: Factor, device: CounterDevice | None = None
) -> None:
    """Begin a session for an account; whatever the browser had before is forgotten."""
    now = timezone.now()
    idle = rules.idle_after(account.kind, device.idle_seconds if device else None)
    is_new = note_agent(account.pk, client_agent(request), actor=self_actor(account), now=now)
    request.session.flush()
    request.session[ABOUT] = {
        "factor": factor.value,
        "device_id": device.pk if device else None,
        "idle_seconds": int(idle.total_seconds()),
        "life_seconds": int(rules.session_life(account.kind).total_seconds()),
        "address": client_address(request) or None,
        "agent": client_agent(request),
    }
    # a cookie of staff ends with the browser; residents stay signed in on their own phone
    if account.is_staff_member:
        request.session.set_expiry(0)
    login(request, account, backend=BACKEND)
    close_links(account, actor=self_actor(account), now=now)
    request.entered_as = account.pk  # type: ignore[attr-defined]
    if factor not in (Factor.COUNTER, Factor.CODE, Factor.BADGE):
        request.session[FRESH_AT] = now.isoformat()
    record(
        "access.signed_in",
        on=account,
        actor=self_actor(account),
        now=now,
        place=account.path,
        factor=factor.value,
        device=device.pk if device else None,
    )
    if is_new and device is None:
        values = {"when": moment(now), "device": rules.agent_text(client_agent(request))}
        tell("access.new_device", account, values, link=Link("access:security"),
             actor=self_actor(account), now=now)  # fmt: skip


def client_agent(request: HttpRequest) -> str:
    """Return how a browser names itself."""
    return request.headers.get("User-Agent", "")[:200]


def enter_at_counter(request: Request, account: Account, device: CounterDevice) -> None:
    """Begin a session on an enrolled computer after the password; the PIN is enough from now on."""
    note_presence(device, account, actor=self_actor(account), now=timezone.now())
    enter(request, account, factor=Factor.COUNTER, device=device)
    request.session[FRESH_AT] = timezone.now().isoformat()


def leave(request: Request) -> None:
    """End the session at hand."""
    if request.actor.account_id is not None:
        record(
            "access.signed_out",
            on=("access.account", request.actor.account_id),
            actor=request.actor,
            now=timezone.now(),
        )
    request.session.flush()


def begin_pending(request: Request, account: Account, step: str, to: str) -> None:
    """Remember for ten minutes that the password was right and what comes next."""
    request.session.flush()
    request.session[PENDING] = {
        "account": account.pk, "step": step, "next": to, "set": str(account.password_set_at),
    }  # fmt: skip


def pending(request: Request, step: str) -> tuple[Account, str] | None:
    """Return who is on the way in, and where to; None if nobody is at this step."""
    kept = request.session.get(PENDING)
    if not kept or kept["step"] != step:
        return None
    account = Account.objects.filter(pk=kept["account"]).first()
    if account is None or not may_enter(account):
        return None
    # a password set meanwhile, such as by the same link once more, ends every other way in
    return (account, kept["next"]) if kept.get("set") == str(account.password_set_at) else None


def device_at(request: HttpRequest, now: datetime) -> CounterDevice | None:
    """Return the enrolled computer that this browser is, or None."""
    secret = request.COOKIES.get(COUNTER_COOKIE, "")
    return live_device(hash_secret("counter", secret), now=now) if secret else None


def is_of_device(account: Account, device: CounterDevice | None) -> bool:
    """Say whether a computer counts as the second factor of an account: all its posts are there."""
    return device is not None and is_second_factor(device, account, now=timezone.now())


def require_fresh(request: Request, now: datetime) -> None:
    """Refuse with FreshSignInNeeded unless the password was typed a quarter of an hour ago."""
    if not is_fresh(request, now):
        raise FreshSignInNeeded()


def require_own_way(request: Request) -> None:
    """Refuse with FreshSignInNeeded in a session that a badge alone opened."""
    row = store(request).row
    if row is not None and row.factor == Factor.BADGE:
        raise FreshSignInNeeded()


def is_fresh(request: Request, now: datetime) -> bool:
    """Say whether the password was typed within the last quarter of an hour."""
    kept = request.session.get(FRESH_AT)
    if not isinstance(kept, str):
        return False
    typed = datetime.fromisoformat(kept)
    return now - typed < rules.FRESH and not rules.is_ahead(typed, now)


def make_fresh(request: Request, now: datetime) -> None:
    """Remember that the password was typed just now."""
    request.session[FRESH_AT] = now.isoformat()


def store(request: HttpRequest) -> SessionStore:
    """Return the session as our own class."""
    session = request.session
    assert isinstance(session, SessionStore), "settings name our session engine"
    return session


def session_id(request: Request) -> int:
    """Return the id of the session at hand. Refuses with SignInNeeded."""
    row = store(request).row
    if row is None:
        raise SignInNeeded()
    return row.id


def session_id_or_none(request: Request) -> int | None:
    """Return the id of the session at hand, or None."""
    row = store(request).row
    return row.id if row is not None else None


def held_posts(request: Request) -> set[int]:
    """Return the posts of the session's account, also those not chosen at the moment."""
    row = store(request).row
    return {post[0] for post in row.posts} if row is not None else set()


def chosen_post(request: Request) -> int | None:
    """Return the one post by which the session acts, or None for all."""
    row = store(request).row
    return row.post_id if row is not None else None


def has_lost_post(request: Request) -> bool:
    """Say whether the chosen post has ended, so that the session acts by none."""
    row = store(request).row
    return row is not None and lost_post(row)


def safe_next(request: HttpRequest, fallback: str = "") -> str:
    """Return where to go after signing in: an address of ours, or the fallback."""
    to = request.POST.get("next") or request.GET.get("next") or ""
    fits = url_has_allowed_host_and_scheme(
        to, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return to if fits and to.startswith("/") else fallback


def set_counter_cookie(response: HttpResponse, secret: str, secure: bool) -> None:
    """Give a browser the secret that makes it a counter computer."""
    response.set_cookie(
        COUNTER_COOKIE,
        secret,
        max_age=timedelta(days=400),
        httponly=True,
        secure=secure,
        samesite="Lax",
    )


def start_at_counter(account: Account) -> str:
    """Return where work at a window begins: with whoever stands there, if the register is hers to see."""
    actor = account_actor(account.pk, now=timezone.now())
    return reverse("people:counter") if actor.paths(people.VIEW) else ""


def after_sign_in(request: Request, to: str) -> str:
    """Return the address after signing in: what was typed comes first, then where one wanted to."""
    if request.COOKIES.get(KEPT_COOKIE):
        return reverse("access:kept")
    return to or landing(request)


def landing(request: HttpRequest) -> str:
    """Return where somebody starts who wanted nothing in particular: her desk, or her own affairs."""
    account = getattr(request, "user", None)
    if not isinstance(account, Account):
        return "/"
    works = account.is_staff_member and account_actor(account.pk, now=timezone.now()).is_staff
    return page_of("portal:desk" if works else "portal:me") or "/"
