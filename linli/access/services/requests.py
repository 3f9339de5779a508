"""Requests about personal data, from receipt to answer (PIPL 44 to 50)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.functional import lazy
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.access import permits
from linli.access.clients.messages import tell, tell_others
from linli.access.errors import NotForYourself
from linli.access.events import DataRequestReceived
from linli.access.models import DataRequest
from linli.access.queries.due import due_of_request
from linli.access.queries.others import posts_in_reach
from linli.access.queries.requests import is_between, is_own, waits_for_erasure
from linli.access.states import DATA_REQUEST
from linli.access.types import RequestKind
from linli.kernel.errors import Invalid, NotFound
from linli.kernel.events import publish
from linli.kernel.permits import VAULT, Actor, open_to_all, require
from linli.notify.types import Link, To
from linli.people.permits import ERASE
from linli.people.queries import entries_of
from linli.runtime.services.numbers import next_number
from linli.trail.services import record
from linli.ui.formats import day

SERIES = "GR"
# put into words with the message, in the language of whoever gets it
DAY_TOLD = lazy(day, str)
_NOT_ERASED = gettext_lazy(
    "This person's data are still here. Erase them first, or refuse with the reason."
)


@open_to_all("everybody may ask about their own data")
@transaction.atomic
def file_request(
    kind: str, text: str, *, path: str, for_deceased: str = "", actor: Actor, now: datetime
) -> DataRequest:
    """File a request for a copy, a correction, a deletion or an explanation. Refuses with Invalid."""
    faults: dict[str, list[str]] = {}
    if kind not in set(RequestKind):
        faults["kind"] = [_("Choose what you ask for.")]
    if not text.strip():
        faults["text"] = [_("Say which data you mean, and what is wrong with them.")]
    if not path:
        faults["place"] = [_("Choose the village or community.")]
    if faults:
        raise Invalid(faults)
    due = due_of_request(path, now=now)
    request = DataRequest.objects.create(
        number=next_number(SERIES, "", localdate(now).year, now=now),
        kind=kind,
        account_id=actor.account_id,
        person_id=actor.acting_for or actor.person_id,
        for_deceased=for_deceased.strip()[:120],
        path=path,
        text=text.strip()[:2000],
        received_at=now,
        due_on=due.on,
        due_by_rule=due.frozen,
    )
    record(
        "access.data_request_filed",
        on=request,
        actor=actor,
        now=now,
        place=path,
        person_id=request.person_id,
        kind=kind,
    )
    publish(DataRequestReceived(request.pk, path))
    _tell("access.data_request_received", request, actor, now)
    return request


@transaction.atomic
def take_request(request: DataRequest, *, actor: Actor, now: datetime) -> DataRequest:
    """Take a request into work; a deletion is told to whoever may erase, if the taker may not.

    Who filed it leaves it to a colleague. Refuses with NotAllowed, NotForYourself, WrongState.
    """
    request = _moved(request, "take", actor)
    request.taken_by_id, request.taken_at = actor.account_id, now
    request.save(update_fields=["state", "taken_by", "taken_at"])
    if waits_for_erasure(request) and not actor.may(ERASE, at=request.path, level=VAULT):
        _hand_over(request, actor, now)
    return _noted(request, "take", actor, now)


@transaction.atomic
def answer_request(
    request: DataRequest, answer: str, *, is_refused: bool, actor: Actor, now: datetime
) -> DataRequest:
    """Answer a request, or refuse it with the reason that the law asks for (PIPL 50).

    A deletion is done once the person was erased, and answered as done only then (PIPL 47).
    Refuses with NotAllowed, NotForYourself, WrongState, Invalid.
    """
    move = "refuse" if is_refused else "answer"
    request = _moved(request, move, actor)
    if not answer.strip():
        raise Invalid({"answer": [_("Write what was done, or why it is refused.")]})
    if not is_refused and waits_for_erasure(request):
        raise Invalid({"outcome": [str(_NOT_ERASED)]})
    request.answer, request.answered_at = answer.strip()[:4000], now
    request.save(update_fields=["state", "answer", "answered_at"])
    _tell("access.data_request_answered", request, actor, now)
    return _noted(request, move, actor, now)


def _hand_over(request: DataRequest, actor: Actor, now: datetime) -> None:
    """Tell the posts that may erase at the place or above it; the request stands on their list too."""
    for post in posts_in_reach(ERASE, request.path, now=now):
        tell_others(
            "access.erasure_wanted", To(post_id=post, is_staff=True),
            {"number": request.number, "day": DAY_TOLD(request.due_on)}, place=request.path,
            link=Link("access:request", (request.number,)), actor=actor, now=now,
        )  # fmt: skip


def _tell(template: str, request: DataRequest, actor: Actor, now: datetime) -> None:
    """Tell whose data it is about (PIPL 50), whoever filed it for her."""
    values = {"number": request.number, "day": DAY_TOLD(request.due_on)}
    link = Link("access:request", (request.number,))
    if request.person_id is not None and not _is_filed_by_her(request):
        to = To(person_id=request.person_id)
        tell_others(template, to, values, place=request.path, link=link, actor=actor, now=now)
    elif request.account is not None:
        tell(template, request.account, values, link=link, actor=actor, now=now)


def _is_filed_by_her(request: DataRequest) -> bool:
    account = request.account
    return account is not None and account.person_id in entries_of(request.person_id)


@open_to_all("whoever asked may withdraw")
@transaction.atomic
def withdraw_request(request: DataRequest, *, actor: Actor, now: datetime) -> DataRequest:
    """Withdraw one's own request, whoever filed it. Refuses with NotFound, WrongState."""
    request = DataRequest.objects.select_for_update().get(pk=request.pk)
    if not is_own(request, actor):
        raise NotFound(number=request.number)
    request.state = DATA_REQUEST.after(request.state, "withdraw")
    request.save(update_fields=["state"])
    return _noted(request, "withdraw", actor, now)


def _moved(request: DataRequest, move: str, actor: Actor) -> DataRequest:
    request = DataRequest.objects.select_for_update().get(pk=request.pk)
    require(actor, permits.ANSWER, at=request.path)
    if is_between(request, actor):
        raise NotForYourself()
    request.state = DATA_REQUEST.after(request.state, move)
    return request


def _noted(request: DataRequest, move: str, actor: Actor, now: datetime) -> DataRequest:
    record(
        f"access.data_request_{move}",
        on=request,
        actor=actor,
        now=now,
        place=request.path,
        person_id=request.person_id,
    )
    return request
