"""How a reporter is reached, and what she answered under seal: opened with a reason, on record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from linli.cases import permits
from linli.cases.engine.saying import clean
from linli.cases.errors import ReasonNeeded
from linli.cases.models import Case, Reporter
from linli.cases.queries.calling import called_at
from linli.cases.queries.intake import kept_sealed, may_open_contact
from linli.cases.queries.sealed_answers import files_under_seal, told_answers
from linli.cases.types.filing import Contact
from linli.files import services as files
from linli.formkit.queries import Told
from linli.kernel.errors import NotAllowed, NotFound
from linli.kernel.permits import VAULT, Actor, require
from linli.trail.services import record_read

if TYPE_CHECKING:
    from linli.files.models import StoredFile

SHORTEST_REASON, LONGEST_REASON = 2, 200


@dataclass(frozen=True, slots=True)
class Revealed:
    """What lay under seal of a reporter."""

    contact: Contact
    answers: tuple[Told, ...]
    files: tuple[tuple[str, Sequence[StoredFile]], ...] = ()


@transaction.atomic
def reveal_sealed(case: Case, reason: str, *, actor: Actor, now: datetime) -> Revealed:
    """Return name and telephone of a reporter and her answers under seal; the reading and its reason are
    recorded.

    The number is the one given for the case, else the one that messages go to.
    Who asked that handlers should not know her is shown to supervisors who do not handle it.
    Refuses with NotAllowed, NotFound, ReasonNeeded, Missing for a reason that is too long.
    """
    found = _opened(case, reason, (), actor, now)
    return Revealed(called_at(case, found), told_answers(found), files_under_seal(found))


@transaction.atomic
def open_sealed_file(
    case: Case, code: str, reason: str, *, actor: Actor, now: datetime
) -> tuple[StoredFile, bytes]:
    """Return a file with which a reporter answered under seal, and its content; the reading is recorded.

    Refuses as `reveal_sealed`.
    """
    found = _opened(case, reason, ("answers",), actor, now)
    held = {one.code: one for _asked, several in files_under_seal(found) for one in several}
    if code not in held:
        raise NotFound()
    return held[code], files.read_content(held[code], actor=actor, now=now)


def _opened(
    case: Case, reason: str, fields: Sequence[str], actor: Actor, now: datetime
) -> Reporter:
    """Return a reporter for whom something lies under seal, after the reading was noted."""
    require(actor, permits.CONTACT, at=case.path, level=max(case.level, VAULT))
    found = Reporter.objects.filter(pk=case.pk).first()
    there = kept_sealed(found)
    if found is None or not there:
        raise NotFound()
    if not may_open_contact(actor, case, found):
        raise NotAllowed(permit=permits.SUPERVISE.name, at=case.path)
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonNeeded()
    why = clean(reason, field="reason", most=LONGEST_REASON)
    record_read(
        on=("cases.case", case.pk), fields=list(fields) or there, actor=actor, now=now, place=case.path,
        reason=why, person_id=found.person_id, level=VAULT,
    )  # fmt: skip
    return found
