"""What crosses the edge of runtime: rates, marks on views, kinds of long jobs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any, Protocol, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from linli.kernel.permits import Actor, Permit
from linli.kernel.registries import Registry
from linli.kernel.web import Request

# what closes at an hour stays open so much longer for those who stood in line at it
HONOURED = timedelta(minutes=10)
V = TypeVar("V", bound=Callable[..., Any])
# on an answer that was kept of the first time
REPLAYED = "Idempotency-Replayed"


@dataclass(frozen=True, slots=True)
class Rate:
    """How often something may happen: `count` times per `per`, all of them at once if need be.

    `burst` lowers how many may come at once: Rate(60, hour, burst=1) is one a minute.
    """

    count: int
    per: timedelta
    burst: int | None = None

    def __post_init__(self) -> None:
        assert self.count > 0 and self.per > timedelta(0), "a rate allows something"
        assert self.burst is None or 0 < self.burst <= self.count, "a burst is part of the count"

    @property
    def interval(self) -> timedelta:
        """Return the time after which one more is allowed."""
        return self.per / self.count

    @property
    def tolerance(self) -> timedelta:
        """Return how far ahead of its time a request may come."""
        return self.interval * ((self.burst or self.count) - 1)


@dataclass(frozen=True, slots=True)
class Limit:
    """A rate that a view keeps for each subject, counted before its transaction begins.

    `counts` says of an answer whether it uses the limit up; without it every try does.
    """

    bucket: str
    rate: Rate
    subject_of: Callable[[HttpRequest], str]
    counts: Callable[[HttpResponse], bool] | None = None


def is_fresh(response: HttpResponse) -> bool:
    """Say whether an answer tells of something that was done just now: no fault, not sent again."""
    return response.status_code < HTTPStatus.BAD_REQUEST and REPLAYED not in response


def without_key(reason: str) -> Callable[[V], V]:
    """Mark a view whose POST needs no idempotency key, and say why.

    Such a view gets no transaction around it either: it manages its own.
    """

    def mark(view: V) -> V:
        view.without_key = reason  # type: ignore[attr-defined]
        return view

    return mark


def limited(
    bucket: str,
    rate: Rate,
    subject_of: Callable[[HttpRequest], str],
    *,
    counts: Callable[[HttpResponse], bool] | None = None,
) -> Callable[[V], V]:
    """Limit how often a view or an operation of the API is asked, for each subject; may be stacked.

    It is counted before the view's transaction, so that a refused try counts too, and no row of a
    busy bucket stays locked while the view acts. With `counts`, an answer of which it is not true
    gives its try back.
    """

    def mark(view: V) -> V:
        limits = (*getattr(view, "limits", ()), Limit(bucket, rate, subject_of, counts))
        view.limits = limits  # type: ignore[attr-defined]
        return view

    return mark


def in_line(view: V) -> V:
    """Mark an act for which all come at once: who comes while many are inside gets a place in line.

    Its form is sent again as it was, so it takes no files. Ask `came_at` when its owner came.
    """
    view.keeps_line = True  # type: ignore[attr-defined]
    return view


def came_at(request: HttpRequest) -> datetime:
    """Return when this request came: for whoever stood in line, when she took her place."""
    found: datetime | None = getattr(request, "came_at", None)
    return found or timezone.now()


def client_address(request: HttpRequest) -> str:
    """Return the address of whoever asks; behind our own proxy the one that it saw.

    Who is no proxy of ours said nothing of it: `config/https.py` takes it out.
    """
    seen = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_PROXY_SSL_HEADER:
        # `headers` would take all of them apart, at each request behind a proxy
        seen = request.META.get("HTTP_X_FORWARDED_FOR", seen).rsplit(",", 1)[-1].strip()
    return str(seen)


def account_or_address(request: HttpRequest) -> str:
    """Whoever is signed in has a limit of her own; behind one address many phones may stand."""
    account = getattr(getattr(request, "actor", None), "account_id", None)
    return f"account {account}" if account is not None else client_address(request)


def browser_of(request: Request) -> str:
    """Return who asks, an account or a browser by its secret cookie; empty if neither is known."""
    if request.actor.account_id is not None:
        return f"account {request.actor.account_id}"
    cookie = request.COOKIES.get(settings.CSRF_COOKIE_NAME)
    return f"browser {cookie}" if cookie else ""


@dataclass(frozen=True, slots=True)
class JobLink:
    """Where the result of a long job is: the name of a page, its arguments, and words for it."""

    view: str
    args: tuple[Any, ...] = ()
    words: str = ""


class JobRun(Protocol):
    """What the work of a long job gets: what to do, where it stood, and how to tell."""

    job_id: int
    code: str
    params: Mapping[str, Any]
    place: str
    actor: Actor
    checkpoint: Mapping[str, Any]

    def progress(
        self,
        done: int,
        total: int | None = None,
        text: str = "",
        checkpoint: Mapping[str, Any] | None = None,
    ) -> None:
        """Tell how far it is. Raises if somebody cancelled it: let that through."""


@dataclass(frozen=True)
class JobKind:
    """Work that takes longer than a page may: registered once, started many times.

    `run` commits what it does in steps and can start again from its last checkpoint: after a
    power cut it is called once more with the checkpoint of its last `progress`.
    It acts with what is left of the rights that the starter had when starting, unless `as_system`: they
    are asked again at each beginning and every half minute, and a job whose right has ended ends.
    """

    key: str
    title: Any
    run: Callable[[JobRun], JobLink | None]
    permit: Permit | None = None
    as_system: bool = False
    max_attempts: int = field(default=5)


@dataclass(frozen=True)
class FreeModule:
    """Views of a library, named by the beginning of their module, and why they need no key."""

    key: str
    reason: str


JOB_KINDS: Registry[JobKind] = Registry("kinds of long jobs")
FREE_MODULES: Registry[FreeModule] = Registry("modules without idempotency keys")
