"""Files of results that went back to the hotline, and what it was asked to take back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from linli.exchange import permits
from linli.exchange.models import HandBack, ResultFile, ReturnedResult
from linli.exchange.queries.orders import not_of_order
from linli.files import queries as stored
from linli.files.types import Owner
from linli.kernel.errors import NotFound
from linli.kernel.paging import Keyset, Page, page_of
from linli.kernel.permits import Actor
from linli.kernel.reach import in_reach

NEWEST = Keyset("newest", ("-id",))
IN_ORDER = Keyset("in_order", ("id",))
OWNER = "exchange.results"


def visible_files(actor: Actor) -> QuerySet[ResultFile]:
    """Files of results for places where the actor deals with the hotline.

    A file that tells of a case about her is not for her as a whole: its sums would tell of it too.
    """
    found = ResultFile.objects.all()
    if actor.is_system:
        return found
    rows = ReturnedResult.objects.filter(file=OuterRef("pk"))
    about_her = rows.exclude(not_of_order(actor, "order__"))
    return found.filter(in_reach(actor, permits.HOTLINE)).filter(~Exists(about_her))


def result_files(actor: Actor, cursor: str | None, limit: int) -> Page[ResultFile]:
    """Return a page of files of results, newest first."""
    return page_of(visible_files(actor), NEWEST, cursor=cursor, limit=limit)


def get_results(actor: Actor, number: str) -> ResultFile:
    """Return one file of results by its number. Refuses with NotFound."""
    found = visible_files(actor).filter(number=number).first()
    if found is None:
        raise NotFound()
    return found


def may_see_results(actor: Actor, file_id: int) -> bool:
    """Say whether an actor may open a file of results."""
    return visible_files(actor).filter(pk=file_id).exists()


def files_seen(actor: Actor, told: Iterable[ReturnedResult]) -> set[int]:
    """Return the ids of the files of these rows that an actor may open."""
    asked = {row.file_id for row in told}
    return set(visible_files(actor).filter(pk__in=asked).values_list("pk", flat=True))


def is_kept(made: ResultFile) -> bool:
    """Say whether the file itself is still here; what it said always is."""
    return bool(stored.files_of(Owner(OWNER, made.pk)))


def rows_of(made: ResultFile, cursor: str | None, limit: int) -> Page[ReturnedResult]:
    """Return a page of what a file said of each order."""
    found = ReturnedResult.objects.filter(file=made).select_related("order", "order__case")
    return page_of(found, IN_ORDER, cursor=cursor, limit=limit)


def visible_hand_backs(actor: Actor) -> QuerySet[HandBack]:
    """What the hotline was asked at places where the actor deals with it, nothing of cases about her."""
    found = HandBack.objects.select_related("order", "order__case", "file")
    if actor.is_system:
        return found
    return found.filter(in_reach(actor, permits.HOTLINE)).filter(not_of_order(actor, "order__"))


def hand_backs(actor: Actor, cursor: str | None, limit: int) -> Page[Any]:
    """Return a page of what the hotline was asked to take back, newest first."""
    return page_of(visible_hand_backs(actor), NEWEST, cursor=cursor, limit=limit)


def get_hand_back(actor: Actor, hand_back_id: int) -> HandBack:
    """Return one. Refuses with NotFound."""
    found = visible_hand_backs(actor).filter(pk=hand_back_id).first()
    if found is None:
        raise NotFound()
    return found
