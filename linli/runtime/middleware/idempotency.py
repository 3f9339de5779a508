"""Every POST happens once: key, act and answer are one transaction (docs/adr on idempotency)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from functools import partial
from typing import Any

from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils import timezone

from linli.kernel import opened, sql
from linli.kernel.ending import let_end_at_door, once_kept
from linli.kernel.errors import Refusal, refusal_in
from linli.kernel.registries import ON_REFUSAL
from linli.kernel.web import RefusalMiddleware, Request
from linli.runtime.middleware.claims import JSON, claim_of
from linli.runtime.middleware.tries import Tries
from linli.runtime.queries import operations_of, reason_without_key
from linli.runtime.services import idempotency
from linli.runtime.services.idempotency import Answer, Claim, Claiming
from linli.runtime.types import REPLAYED
from linli.ui import badges

KEPT_HEADERS = ("Content-Type", "Location", "Content-Language", "Content-Disposition", "Vary")
FAILED = 400


class IdempotencyMiddleware:
    """Run a POST and its key in one transaction; answer a second copy from what was kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.show = RefusalMiddleware(get_response).process_exception

    def __call__(self, request: Request) -> HttpResponse:
        response = self.get_response(request)
        is_undone = getattr(request, "is_once", False) and response.status_code >= FAILED
        if request.method not in ("GET", "HEAD", "OPTIONS") and not is_undone:
            # what was just done shows in her own counts at once
            once_kept(partial(badges.forget, request.actor.account_id))
        return response

    def process_view(
        self, request: Request, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Answer in place of Django, so that the view runs inside our transaction."""
        try:
            raise_undone(request)
            return self._answer(request, view, partial(view, request, *args, **kwargs))
        except Exception as error:
            refusal = refusal_in(error)
            if refusal is None:
                raise
            return call_refused(request, refusal) if is_call(view) else self.show(request, refusal)

    def _answer(
        self, request: Request, view: Callable[..., Any], act: Callable[[], HttpResponse]
    ) -> HttpResponse | None:
        """Return what came of an act that is done once, or None for Django to go on; refuses first with TooMany."""
        request.tries = taken = Tries(request, view)  # type: ignore[attr-defined]
        response = None
        is_once = request.method == "POST" and reason_without_key(view) is None
        request.is_once = is_once  # type: ignore[attr-defined]
        try:
            if is_once:
                response = run_once(request, act, is_call(view), taken)
            taken.check()
        except Exception:
            # whatever else is wrong with it: what was tried too often is told so
            taken.check()
            raise
        finally:
            if is_once or taken.is_refused:
                taken.give_back(response)
        return response


def run_once(
    request: Request, act: Callable[[], HttpResponse], from_machine: bool, taken: Tries
) -> HttpResponse:
    """Claim the key, act, keep the answer: all of it or nothing.

    An answer of 400 or more undoes everything, so that the same form can be sent again. A page that
    shows what was sealed is kept nowhere: whoever wants to see it again gives her reason again.
    """
    claimed = claim_of(request, from_machine)
    try:
        with waiting_refusals(request) as waiting, opened.watching() as read, transaction.atomic():
            claiming = begin(request, claimed, taken, from_machine)
            if isinstance(claiming, Answer):
                return replay(claiming)
            # a page shows its form again, and asks the database for it
            with sql.undone_whole() if from_machine else nullcontext():
                response = done(act, claiming)
            if response.status_code >= FAILED:
                transaction.set_rollback(True)
            else:
                is_shown_once = bool(read and response.content)
                idempotency.keep(claimed, answer_of(response), is_shown_once=is_shown_once)
                if not (waiting or asks_on_its_way_out(request)):
                    let_end_at_door()
    except idempotency.Stopped as stopped:
        if stopped.refusal is not None:
            raise stopped.refusal from None
        return replay(idempotency.earlier(claimed))
    for refusal in waiting:
        ON_REFUSAL.call(request.actor, refusal, request.path)
    return response


def asks_on_its_way_out(request: Request) -> bool:
    """Say whether the answer to a request has something to write in the database: its session."""
    session = getattr(request, "session", None)
    return session is not None and bool(session.modified)


def raise_undone(request: Request) -> None:
    """Raise what kept an act from being kept when its answer was at the door; its tries came to nothing."""
    error: Exception | None = request.__dict__.pop("undone_by", None)
    if error is not None:
        request.__dict__["tries"].give_back(None)
        raise error


def begin(
    request: Request, claimed: Claim, taken: Tries, from_machine: bool
) -> Claiming | Answer | None:
    """Take the key; return the earlier answer, or None once it is known that there is none.

    A program's call is read and looked at while the server takes the key. A page may hold files,
    which are nothing that a transaction undoes: it waits.
    """
    now = timezone.now()
    if from_machine and request.content_type == JSON and sql.is_pipelined():
        return idempotency.begin_claim(
            claimed, before=taken.check, is_limited=taken.are_any, now=now
        )
    # a flood leaves nothing behind, not even a key that was taken back
    taken.check()
    return idempotency.claim(claimed, now=now)


def done(act: Callable[[], HttpResponse], claiming: Claiming | None) -> HttpResponse:
    """Return what an act answered; what stops it is told before what it refuses by itself."""
    try:
        response = rendered(act())
    except DatabaseError:
        if claiming is not None and claiming.stopped is not None:
            raise claiming.stopped from None
        raise
    except Exception:
        if claiming is not None:
            claiming.check()
        raise
    if claiming is not None:
        claiming.check()
    return response


@contextmanager
def waiting_refusals(request: Request) -> Iterator[list[Refusal]]:
    """Let the API put its refusals here, to be recorded when the transaction is rolled back."""
    waiting: list[Refusal] = []
    request.waiting_refusals = waiting  # type: ignore[attr-defined]
    try:
        yield waiting
    finally:
        del request.waiting_refusals  # type: ignore[attr-defined]


def rendered(response: HttpResponse) -> HttpResponse:
    """Render an answer that a library left for later, while the transaction still runs."""
    assert not response.streaming, "an answer to POST is not streamed: redirect to the page"
    render = getattr(response, "render", None)
    if callable(render):
        render()
    return response


def answer_of(response: HttpResponse) -> Answer:
    """Return what must be kept to answer the same again."""
    kept = {
        name: value
        for name, value in response.items()
        if name in KEPT_HEADERS or name.startswith("HX-")
    }
    return Answer(response.status_code, kept, bytes(response.content))


def replay(answer: Answer) -> HttpResponse:
    """Answer as the first time, and say that it is the second."""
    response = HttpResponse(answer.body, status=answer.status)
    for name, value in answer.headers.items():
        response[name] = value
    response[REPLAYED] = "true"
    return response


def is_call(view: Callable[..., Any]) -> bool:
    """Say whether a view belongs to the JSON API."""
    return bool(operations_of(view))


def call_refused(request: Request, refusal: Refusal) -> HttpResponse:
    """Answer a refused call in the shape of the API."""
    ON_REFUSAL.call(request.actor, refusal, request.path)
    body = {"code": refusal.code, "message": str(refusal), "fields": {}}
    response = JsonResponse(body, status=refusal.status)
    if "retry_after" in refusal.details:
        response["Retry-After"] = str(refusal.details["retry_after"])
    return response
