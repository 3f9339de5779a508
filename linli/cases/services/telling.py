"""News for reporters: each step that concerns her, by the way she asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import translation

from linli.cases.models import Case, Reporter
from linli.cases.models.contacts import contact_of
from linli.cases.queries.kinds import kind_of
from linli.cases.queries.own_moves import has_left, who_left
from linli.cases.queries.wholes import following_ids, tells_others
from linli.cases.types.kinds import StateDef
from linli.kernel.errors import NotAllowed
from linli.kernel.permits import Actor, open_to_all
from linli.notify import services as notify
from linli.notify.types import LANGUAGES_OF, About, Link, To

# language by ("account", id) and ("person", id)
Languages = Mapping[tuple[str, int], str]


@open_to_all("the job that follows a step alone calls it")
@transaction.atomic
def tell_reporter_of(
    case_id: int, state: str, *, is_word: bool, by_case: int = 0, actor: Actor, now: datetime
) -> bool:
    """Tell the reporter of a case that it came to a state, or that the office wrote; say if anybody was told.

    `by_case` is the case whose reporter brought it there herself: she knows. Refuses with NotAllowed.
    """
    if not actor.is_system:
        raise NotAllowed()
    case = Case.objects.filter(pk=case_id).first()
    if case is None:
        return False
    # what the office writes is for the reporter herself; where it stands, for whoever follows it too
    is_hers_alone = is_word or not tells_others(case)
    followers = {} if is_hers_alone else Case.objects.in_bulk(following_ids(case_id))
    cases = {case.pk: case, **followers}
    for silent in (by_case, *who_left(cases)):
        cases.pop(silent, None)
    reporters = list(Reporter.objects.filter(pk__in=cases).order_by("pk"))
    known = _languages_of(reporters)
    reached = [(cases[row.pk], _reached(row, known)) for row in reporters]
    whole = _Stand(case, state, by_case)
    told = [_tell(to, one, whole, is_word, actor, now) for one, to in reached]
    return any(told)


@open_to_all("the service that has something to tell has required its own permit")
@transaction.atomic
def tell_own(
    case_id: int, template: str, values: Mapping[str, str], *, actor: Actor, now: datetime
) -> bool:
    """Tell whoever a case is from something of it besides its steps, as she asked for; say if she was told."""
    reporter = Reporter.objects.select_related("case").filter(pk=case_id).first()
    to = _reached(reporter, _languages_of([reporter])) if reporter is not None else None
    if reporter is None or to is None or has_left(case_id):
        return False
    one = reporter.case
    about = About(one.path, Link("cases:follow", (one.number,)))
    notify.send(template, to, values, actor=actor, now=now, about=about)
    return True


@dataclass(frozen=True, slots=True)
class _Stand:
    """Where a case came to, and the case whose reporter brought it there, if one did."""

    case: Case
    state: str
    by_case: int

    def said_to(self, one: Case) -> StateDef:
        """Return where it stands in words for the reporter of one of the cases that are the same."""
        case = self.case
        kind = kind_of(case.kind, case.version)
        says = kind.says_to_others if one.pk != case.pk or self.by_case else kind.says
        return says(self.state, case.lead_post_id, case.offered_post_id)


def _tell(
    to: To | None, one: Case, whole: _Stand, is_word: bool, actor: Actor, now: datetime
) -> bool:
    """Tell the reporter of a case where the whole stands, under the number that she has."""
    if to is None:
        return False
    words = kind_of(one.kind, one.version).words
    with translation.override(to.language):
        told = {"number": one.number, "named": words.named % {"number": one.number}}
        if not is_word:
            said = whole.said_to(one)
            told |= {"state": str(said.public), "next": str(said.next)}
    about = About(one.path, Link("cases:follow", (one.number,)))
    notify.send(words.said if is_word else words.news, to, told, actor=actor, now=now, about=about)
    return True


def _languages_of(reporters: Sequence[Reporter]) -> Languages:
    """Return in which language accounts and persons among them read; one read for all."""
    accounts = {one.account_id for one in reporters if one.account_id}
    persons = {one.person_id for one in reporters if one.person_id}
    return LANGUAGES_OF.call(accounts, persons) if accounts or persons else {}


def _language_of(reporter: Reporter, known: Languages) -> str:
    """Return the language in which she reads: her account's, else that of her report."""
    account, person = ("account", reporter.account_id or 0), ("person", reporter.person_id or 0)
    own = known.get(account) or known.get(person)
    return own or reporter.language


def _reached(reporter: Reporter, known: Languages) -> To | None:
    """An account is told in its inbox and as it chose, at the number of this case if she gave one for it;
    a telephone alone if she asked for it."""
    phone = contact_of(reporter).phone if reporter.by_sms else ""
    if reporter.account_id is not None or reporter.person_id is not None:
        return To(
            account_id=reporter.account_id,
            person_id=reporter.person_id,
            phone=phone,
            language=_language_of(reporter, known),
        )
    return To(phone=phone, language=reporter.language) if phone else None
