"""Reads on requests about personal data."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from linli.access import permits
from linli.access.models import Account, DataRequest
from linli.access.queries.rights import below
from linli.access.states import OPEN_REQUESTS, AccountKind
from linli.access.types import ERASED, RequestKind
from linli.kernel.errors import NotFound
from linli.kernel.paging import Keyset
from linli.kernel.permits import Actor
from linli.kernel.words import every_word
from linli.people.queries import entries_of, ids_of_one

if TYPE_CHECKING:
    from linli.people.models import Person

SORTS = (
    Keyset("due", ("due_on", "pk")),
    Keyset("-due", ("-due_on", "-pk")),
    Keyset("-received", ("-received_at", "-pk")),
)


def visible_requests(actor: Actor) -> QuerySet[DataRequest]:
    """Return requests at places where the actor answers them, and what she asked or was asked for her."""
    seen = below(actor, permits.ANSWER) | _seen(actor)
    return DataRequest.objects.filter(seen).select_related("account", "person", "taken_by")


def _own(actor: Actor) -> Q:
    """Return the condition for requests about her own data, or of whom she acts for just now."""
    filed = Q(account_id=actor.account_id or 0)
    if actor.acting_for is not None:
        return filed & Q(person_id__in=ids_of_one(actor.acting_for))
    hers = filed & Q(person__isnull=True)
    if actor.person_id is not None:
        hers |= Q(person_id__in=ids_of_one(actor.person_id))
    return hers


def _seen(actor: Actor) -> Q:
    """Return the condition for what she asked or was asked for her: a key never sees its holder's.

    Who filed one in the name of another still finds it; the other's affair it stays.
    """
    if actor.is_machine:
        return Q(pk__in=[])
    if actor.acting_for is not None:
        return _own(actor)
    return _own(actor) | Q(account_id=actor.account_id or 0)


def own_among(found: Iterable[DataRequest], actor: Actor) -> set[int]:
    """Return the ids of those requests that are about the actor's own data, in one query."""
    ids = [one.pk for one in found]
    return set(DataRequest.objects.filter(_own(actor), pk__in=ids).values_list("pk", flat=True))


def is_own(request: DataRequest, actor: Actor) -> bool:
    """Say whether a request is about the actor's own data, or of whom she acts for just now."""
    return bool(own_among([request], actor))


def may_read_answer(request: DataRequest, actor: Actor, *, is_hers: bool) -> bool:
    """Say whether the answer is for the actor: whose data it is about, or who answers there.

    Who only filed it in the name of another reads none.
    """
    return is_hers or actor.may(permits.ANSWER, at=request.path)


def between(actor: Actor) -> Q:
    """Return the condition for what the actor filed or what is about her: somebody else answers it."""
    # a key acts for its holder, who answers nothing about herself by it either
    found = _own(actor) | Q(person_id__in=entries_of(actor.human_id))
    return found | Q(account_id=actor.account_id) if actor.account_id is not None else found


def is_between(request: DataRequest, actor: Actor) -> bool:
    """Say whether the actor filed a request or it is about her: then somebody else answers it."""
    return DataRequest.objects.filter(between(actor), pk=request.pk).exists()


def requests_to_answer(actor: Actor, *, state: str = "", path: str = "") -> QuerySet[DataRequest]:
    """Return requests that the actor answers, open ones unless a state is asked."""
    found = DataRequest.objects.filter(below(actor, permits.ANSWER)).select_related(
        "account", "person", "taken_by"
    )
    found = found.filter(state=state) if state else found.filter(state__in=OPEN_REQUESTS)
    return found.filter(path__gte=path, path__lt=path + "~") if path else found


def own_requests(actor: Actor) -> QuerySet[DataRequest]:
    """Return what the actor asked or was asked for her, the newest first; while acting, for that person alone."""
    return DataRequest.objects.filter(_seen(actor)).order_by("-received_at", "-pk")


def found_requests(actor: Actor, words: str) -> QuerySet[DataRequest]:
    """Return requests that the actor answers or made, by number or words in them, newest first."""
    found = visible_requests(actor).select_related(None)
    text = every_word(words, "text__icontains")
    return found.filter(Q(number__iexact=words.strip()) | text).order_by("-received_at", "-pk")


def get_request(actor: Actor, number: str) -> DataRequest:
    """Return one request. Refuses with NotFound."""
    found = visible_requests(actor).filter(number=number).first()
    if found is None:
        raise NotFound(number=number)
    return found


def waits_for_erasure(request: DataRequest) -> bool:
    """Say whether a deletion is asked by somebody whose data still stand here: entry or account.

    Who asks for a relative who died stands there herself: nothing is known of the relative's entry.
    """
    person = person_to_erase(request)
    return bool(person.name) if person is not None else account_to_erase(request) is not None


def person_to_erase(request: DataRequest) -> Person | None:
    """Return the entry that a deletion is about; also one to which the account was tied since."""
    if not _asks_for_herself(request):
        return None
    return request.person or (request.account.person if request.account is not None else None)


def account_to_erase(request: DataRequest) -> Account | None:
    """Return the account that a deletion is about, if it is a resident's of no entry and not erased."""
    account = request.account
    if account is None or not _asks_for_herself(request) or person_to_erase(request) is not None:
        return None
    is_hers = account.kind == AccountKind.RESIDENT and account.disabled_reason != ERASED
    return account if is_hers else None


def _asks_for_herself(request: DataRequest) -> bool:
    return request.kind == RequestKind.DELETE and not request.for_deceased
