"""What people said and how they are reached: after its term it goes, and the chain stays."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import connection, transaction

from linli.cases.models import Reporter
from linli.cases.queries.keeping import contacts_over, words_over
from linli.cases.services.forgetting import erase_sent, forget_reporter
from linli.cases.types.filing import UNDER_SEAL
from linli.files import services as files
from linli.kernel.errors import NotAllowed
from linli.kernel.permits import Actor, open_to_all

TABLES = ("cases_publicwords", "cases_internalwords")


@open_to_all("the nightly job alone calls it")
def let_words_go(key: str, before: datetime, limit: int, *, actor: Actor, now: datetime) -> int:
    """Let all words of cases of a kind go that ended before a moment; return of how many cases.

    Refuses with NotAllowed.
    """
    if not actor.is_system:
        raise NotAllowed()
    found = list(words_over(key, before).values_list("pk", flat=True)[:limit])
    for case_id in found:
        forget_reporter(case_id, actor=actor, now=now)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE linli_retention")
        for table in TABLES:
            cursor.execute(f"DELETE FROM {table} WHERE case_id = ANY(%s)", [found])  # noqa: S608  names of ours
        cursor.execute("RESET ROLE")
    return len(found)


@open_to_all("the nightly job alone calls it")
@transaction.atomic
def let_contacts_go(limit: int, *, actor: Actor, now: datetime) -> int:
    """Let go how reporters of cases that are long over are reached, and what they answered under seal, with
    its files; return of how many. Refuses with NotAllowed.
    """
    if not actor.is_system:
        raise NotAllowed()
    held = contacts_over(now).select_for_update(of=("self",), skip_locked=True)
    found = list(held.order_by("pk")[:limit])
    for one in found:
        if one.answers is not None:
            files.erase_files_of(UNDER_SEAL, one.pk, reason="retention", actor=actor, now=now)
    Reporter.objects.filter(pk__in=[one.pk for one in found]).update(
        contact=None, answers=None, by_sms=False, phone_masked=""
    )
    return len(found)


@open_to_all("the nightly job alone calls it")
@transaction.atomic
def let_papers_go(case_ids: Collection[int], *, actor: Actor, now: datetime) -> None:
    """Let the photos and papers go that came to these cases; that they came stays. Refuses with NotAllowed."""
    if not actor.is_system:
        raise NotAllowed()
    for case_id in case_ids:
        erase_sent(case_id, reason="retention", actor=actor, now=now)
