"""A reporter is forgotten: her words, photos and contact go, the chain of her cases stays whole."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Q

from linli.cases.engine.reading_first import needless
from linli.cases.engine.stepping import perform_step
from linli.cases.models import CallBack, Case, Reporter
from linli.cases.queries.intake import cases_of_account, cases_of_person
from linli.cases.queries.keeping import sent_and_kept
from linli.cases.queries.releasing import standing_without_reporter
from linli.cases.services.showing import take_down
from linli.cases.types.filing import UNDER_SEAL
from linli.cases.types.kinds import CaseKind
from linli.cases.types.moves import At, Given, Held
from linli.cases.types.shapes import Hand
from linli.files import services as files
from linli.kernel.errors import NotAllowed
from linli.kernel.permits import Actor, open_to_all

ERASED = "erased"
WORDS = "DELETE FROM cases_publicwords WHERE case_id = %s AND is_by_reporter"
REASONS = """
DELETE FROM cases_internalwords WHERE case_id = %s AND event_id IN (
    SELECT id FROM cases_caseevent WHERE case_id = %s AND by = 'reporter')
"""


@open_to_all("the job that follows an erasure alone calls it")
@transaction.atomic
def forget_person(person_id: int, *, actor: Actor, now: datetime) -> int:
    """Forget somebody in every case that she reported, and say so in its chain; return how many.

    A second run changes nothing. Refuses with NotAllowed.
    """
    if not actor.is_system:
        raise NotAllowed()
    cases = cases_of_person(person_id)
    for case_id in cases:
        forget_reporter(case_id, actor=actor, now=now)
    return len(cases)


@open_to_all("the job that follows an erasure alone calls it")
@transaction.atomic
def forget_account(
    account_id: int, person_ids: Collection[int], *, actor: Actor, now: datetime
) -> int:
    """Forget whose account was erased in every case that she reported by it; return how many.

    What she filed for somebody else stays that person's, with words and papers: her account goes out of it,
    and how she was reached as the helper. A second run changes nothing. Refuses with NotAllowed.
    """
    if not actor.is_system:
        raise NotAllowed()
    cases = cases_of_account(account_id, person_ids)
    helped = Reporter.objects.filter(pk__in=cases, is_for_other=True)
    others = frozenset(helped.values_list("pk", flat=True))
    for case_id in cases:
        if case_id not in others:
            forget_reporter(case_id, actor=actor, now=now)
    helped.update(contact=None, phone_masked="", by_sms=False)
    Reporter.objects.filter(account_id=account_id).update(account_id=None)
    return len(cases)


@open_to_all("the erasure of an account alone calls it")
@transaction.atomic
def note_helped(case_ids: Collection[int], *, actor: Actor, now: datetime) -> int:
    """Note of cases that whoever reported helped somebody else, as of those from before that was noted.

    A second run changes nothing. Refuses with NotAllowed.
    """
    if not actor.is_system:
        raise NotAllowed()
    return Reporter.objects.filter(pk__in=case_ids, is_for_other=False).update(is_for_other=True)


@open_to_all("the job that follows an erasure alone calls it")
@transaction.atomic
def forget_reporter(case_id: int, *, actor: Actor, now: datetime) -> None:
    """Forget the reporter of one case: words, photos, contact, answers under seal; commitments and events stay.

    Refuses with NotAllowed.
    """
    if not actor.is_system:
        raise NotAllowed()

    def build(held: Held, kind: CaseKind) -> Given:
        return needless(held, standing_without_reporter(held.id), now)

    perform_step(
        At(case_id).wish(ERASED), build, permit=None, actor=actor, now=now, hand=Hand("job")
    )
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE linli_retention")
        cursor.execute(WORDS, [case_id])
        cursor.execute(REASONS, [case_id, case_id])
        cursor.execute("RESET ROLE")
    Case.objects.filter(pk=case_id).update(title="", title_en="")
    hers = Q(case_id=case_id, by_case=None) | Q(by_case_id=case_id)
    CallBack.objects.filter(hers).update(note="")
    erase_sent(case_id, reason="erasure", actor=actor, now=now)
    files.erase_files_of(UNDER_SEAL, case_id, reason="erasure", actor=actor, now=now)
    Reporter.objects.filter(pk=case_id).update(
        person_id=None, account_id=None, contact=None, answers=None, phone_masked="",
        by_sms=False, forgotten_at=now,
    )  # fmt: skip


@open_to_all("who is forgotten, or a term that is over, asked for it")
def erase_sent(case_id: int, *, reason: str, actor: Actor, now: datetime) -> None:
    """Erase the photos and papers that the reporter of a case sent, and what everybody saw of them."""
    for one in sent_and_kept().filter(case_id=case_id).select_related("file", "shown"):
        take_down(one, reason=reason, actor=actor, now=now)
        files.erase_file(one.file, reason=reason, actor=actor, now=now)
