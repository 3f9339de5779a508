"""Words of kinds that say how long they are kept: after the term they go, and the chain stays."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from linli.cases.queries.keeping import words_over
from linli.cases.services.forgetting import forget_reporter
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
