"""Who reads what the office writes to a reporter: perhaps nobody, perhaps others who reported the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linli.access.queries.persons import has_account
from linli.cases.models import Case, Reporter
from linli.cases.queries.own_moves import has_left, is_shared
from linli.cases.queries.wholes import following_ids, tells_others
from linli.cases.types.kinds import Ask, CaseMove
from linli.people.queries.reaching import has_number

ASK_BACK, LAPSE, GO_ON = "ask_back", "lapse", "resume"


def hears(case_id: int) -> bool:
    """Say whether what the office asks reaches the reporter herself by a message, and she may answer.

    Whom the register alone knows has no inbox: a message comes to her by an account of hers, or by
    the number that is kept of her.
    """
    one = Reporter.objects.filter(pk=case_id).first()
    if one is None or has_left(case_id):
        return False
    if one.by_sms or one.account_id is not None:
        return True
    return one.person_id is not None and (has_account(one.person_id) or has_number(one.person_id))


def instead(case_id: int, name: str) -> str:
    """Return the move to make when a clock would make one of a report.

    None ends by the silence of a reporter whom the question did not reach, and none that others
    wait for too: it goes on without what was asked.
    """
    if name == LAPSE and (is_shared(case_id) or not hears(case_id)):
        return GO_ON
    return name


def asks_nobody(case_id: int, name: str) -> bool:
    """Say whether a question would go to nobody: whoever it was for took back what is hers."""
    return name == ASK_BACK and has_left(case_id)


def words_beside(case_id: int, moves: Sequence[CaseMove[Any]]) -> dict[str, str]:
    """Return by move what whoever writes to the reporter has to know of who reads it."""
    found: dict[str, str] = {}
    told = [move.name for move in moves if Ask.PUBLIC in move.asks and move.name != ASK_BACK]
    others = len(following_ids(case_id)) if told else 0
    if others and tells_others(Case.objects.get(pk=case_id)):
        words = ngettext(
            "%(num)s other who reported the same reads these words too: name nobody.",
            "%(num)s others who reported the same read these words too: name nobody.", others,
        ) % {"num": others}  # fmt: skip
        found = dict.fromkeys(told, words)
    if any(move.name == ASK_BACK for move in moves) and not hears(case_id):
        found[ASK_BACK] = _(
            "No message reaches this reporter: they read the question only if they look. Without an answer in time it goes on without it."
        )
    return found
