"""What whoever follows a case reads of it: what the office decided and why it is late, not what it asked one reporter."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import datetime

from linli.cases.models import Case, PublicWords
from linli.cases.queries.heard import ASK_BACK
from linli.cases.queries.kinds import kind_of
from linli.cases.queries.told import Told, steps_of
from linli.cases.queries.wholes import reads_from, tells_others
from linli.cases.rules.lateness import SAY_WHY
from linli.kernel.permits import STAFF

FOR_ALL = frozenset({SAY_WHY, "extend"})


def words_for_others(whole: Case, case: Case) -> list[Told]:
    """Return the steps of a case whose words whoever reported the same as `case` reads, in order.

    What was said before hers was tied to it was written to somebody else: of that she reads what
    everybody does. Of a case that became confidential she reads where it stands, and no words.
    """
    if not gives_words(whole):
        return []
    moves = kind_of(whole.kind, whole.version).machine.moves
    told = [one for one in steps_of(whole.pk) if one.text and _is_for_all(one, moves)]
    return list(_read_by(case, whole, told)) if told else []


def gives_words(whole: Case) -> bool:
    """Say whether words of a case go to whoever reported the same: not once it is confidential (AP-07)."""
    return whole.level <= STAFF and tells_others(whole)


def is_for_her_too(since: datetime | None, at: datetime) -> bool:
    """Say whether words of a moment were written to her too, whose case is tied to it since then."""
    return since is not None and at >= since


def _read_by(case: Case, whole: Case, told: list[Told]) -> Iterator[Told]:
    since, shown = reads_from({case.pk: whole.pk}).get(case.pk), _shown(whole.pk)
    for one in told:
        if is_for_her_too(since, one.at):
            yield one
        elif one.seq in shown:
            yield replace(one, said={"text": shown[one.seq]})


def _shown(case_id: int) -> dict[int, str]:
    """Return the words of the office that everybody reads, as they are shown, by their steps."""
    found = PublicWords.objects.filter(
        case_id=case_id, is_by_reporter=False, released_at__isnull=False, shown__isnull=False
    )
    return {seq: text or "" for seq, text in found.values_list("event__seq", "shown")}


def _is_for_all(one: Told, moves: Collection[str]) -> bool:
    is_decided = one.move in moves and one.move != ASK_BACK
    return not one.is_by_reporter and (is_decided or one.move in FOR_ALL)
