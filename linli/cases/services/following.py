"""What a reporter does with her own case: add, correct, take back, agree, say that it is not solved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from linli.cases.engine.accusing import check_own_matter
from linli.cases.engine.checking import without_numbers
from linli.cases.engine.saying import clean
from linli.cases.engine.stepping import perform_step
from linli.cases.errors import CaseOver, OwnMatter, WrongCodes
from linli.cases.models import Case
from linli.cases.models.holding import hold_cases
from linli.cases.models.reading import words_of
from linli.cases.queries.following import open_followed
from linli.cases.queries.kinds import kind_of
from linli.cases.queries.own_moves import AGREE, CONFIRM, has_left, is_shared, own_moves, sources_of
from linli.cases.services.joined import object_for_all
from linli.cases.services.perform import perform
from linli.cases.services.photos import hang_photos
from linli.cases.services.stepping_out import step_out
from linli.cases.services.words import REPORTER, add_words
from linli.cases.types.filing import GUESSES, Added
from linli.cases.types.kinds import CaseKind
from linli.cases.types.moves import At, Done, Given, Held, Wish
from linli.kernel.errors import NotFound, TooMany, WrongState
from linli.kernel.ids import number_typed
from linli.kernel.permits import NOBODY, Actor, open_to_all
from linli.runtime.services import limits

HERS = "whoever has the follow code, or reported when signed in, is the reporter"


@open_to_all(HERS)
def find_own(number: str, code: str, *, guesses: bool, actor: Actor, now: datetime) -> Case:
    """Return a case to its reporter; none and a wrong code look alike.

    Where its code is all that is asked for, a wrong one `guesses` and is counted for its number.
    Refuses with NotFound, and with TooMany after some.
    """
    try:
        return open_followed(actor, number, code)
    except NotFound:
        if code and guesses:
            _count_guess(number, now)
        raise


def _count_guess(number: str, now: datetime) -> None:
    try:
        limits.take("cases.guesses", number_typed(number)[:24], rate=GUESSES, now=now)
    except TooMany as refused:
        raise WrongCodes(**refused.details) from None


@open_to_all(HERS)
@transaction.atomic
def add_to_report(at: At, added: Added, *, actor: Actor, now: datetime) -> Done:
    """Take down what the reporter adds or sets right; an open question of the office is answered by it.

    Where hers is the same as another, whoever handles that one reads it. Refuses with CaseOver,
    Missing, NumbersInText, PhotoGone, OwnMatter.
    """
    text = without_numbers(clean(added.text), numbers_meant=added.numbers_meant)
    case = Case.objects.get(pk=at.case_id)
    check_own_matter(text, is_joined=case.merged_into_id is not None)
    moves = own_moves(case, now)
    if not moves & {"add", "add_words"}:
        raise CaseOver()
    facts = {"correction": 1} if added.is_correction else {}
    if "add" in moves:
        done = _hers(at, "add", text, facts, now)
    else:
        done = add_words(at, text, actor=NOBODY, now=now, facts=facts)
    if not done.is_repeated:
        place = done.held.path
        hang_photos(
            added.photos, case_id=at.case_id, seq=done.seq, place=place, actor=NOBODY, now=now
        )
    return done


@open_to_all(
    "an office adds to what it reported in its own name, as the caller has asked for its permit"
)
@transaction.atomic
def tell_more(number: str, text: str, *, actor: Actor, now: datetime) -> bool:
    """Add to the report of this number what it does not say yet; say whether it stands there.

    False where nothing can be added any more: it is for a new report then.
    """
    case = Case.objects.filter(number=number).first()
    if case is None:
        return False
    said = clean(text)
    before = [str(kept.get("text", "")) for *_step, kept in words_of([case.pk])]
    # the first words begin with where it is
    if any(kept == said or kept.endswith(f"\n{said}") for kept in before):
        return True
    try:
        add_to_report(At(case.pk), Added(said, numbers_meant=True), actor=actor, now=now)
    except (CaseOver, OwnMatter):
        return False
    return True


@open_to_all(HERS)
@transaction.atomic
def withdraw_report(at: At, *, actor: Actor, now: datetime) -> Done:
    """Take a report back; where others reported the same it goes on for them. Refuses with WrongState, CaseOver."""
    hold_cases([at.case_id])
    if is_shared(at.case_id) or has_left(at.case_id):
        return step_out(at, actor=NOBODY, now=now)
    return perform(at.wish("withdraw"), actor=NOBODY, now=now, hand=REPORTER)


@open_to_all(HERS)
@transaction.atomic
def bring_again(at: At, *, actor: Actor, now: datetime) -> Done:
    """Say that she did not take back what staff noted as taken back: it goes on. Refuses with WrongState."""
    return perform(at.wish("bring_again"), actor=NOBODY, now=now, hand=REPORTER)


@open_to_all(HERS)
@transaction.atomic
def agree_to_answer(at: At, *, actor: Actor, now: datetime) -> Done:
    """Say that it is solved: an answer settles the case by it, what is done only bears her word.

    Where others reported the same she says it for herself alone. Refuses with NotFound, WrongState, CaseOver.
    """
    _check_hers(at)
    case = Case.objects.filter(pk=at.case_id).first()
    if case is None:
        raise NotFound()
    is_answer = case.state in sources_of(case, AGREE)
    is_hers_alone = is_answer and is_shared(case.pk)
    if not is_hers_alone and (is_answer or AGREE not in own_moves(case, now)):
        return perform(at.wish(AGREE), actor=NOBODY, now=now, hand=REPORTER)

    def build(held: Held, kind: CaseKind) -> Given:
        if AGREE not in own_moves(case, now):
            raise WrongState(move=AGREE, state=case.state)
        return Given(by_reporter=True)

    wish = at.wish(CONFIRM)
    return perform_step(wish, build, permit=None, actor=NOBODY, now=now, hand=REPORTER)


@open_to_all(HERS)
@transaction.atomic
def ask_to_reopen(
    at: At, reason: str, *, photos: Sequence[str] = (), actor: Actor, now: datetime
) -> Done:
    """Say that it is not solved, and why; a supervisor decides in time.

    Refuses with WrongState, CaseOver, Missing, NumbersInText, PhotoGone, OwnMatter.
    """
    text = without_numbers(clean(reason), numbers_meant=True)
    case = Case.objects.get(pk=at.case_id)
    if case.merged_into_id:
        done = object_for_all(at, case, text, actor=NOBODY, now=now)
    else:
        _check_hers(at)
        done = _hers(at, "ask_reopen", text, {"reason": 1}, now)
    if not done.is_repeated:
        place = done.held.path
        hang_photos(photos, case_id=at.case_id, seq=done.seq, place=place, actor=NOBODY, now=now)
    return done


def _check_hers(at: At) -> None:
    """Hold the case, so that nobody joins it meanwhile. Refuses with CaseOver whoever took hers back."""
    hold_cases([at.case_id])
    if has_left(at.case_id):
        raise CaseOver()


def _hers(at: At, move: str, text: str, facts: Mapping[str, Any], now: datetime) -> Done:
    """A move of the reporter with words, which wait for release like the first ones if any are shown."""
    case = Case.objects.get(pk=at.case_id)
    waits = kind_of(case.kind, case.version).may_be_released
    given = Given(
        public={"text": text},
        facts=facts,
        columns={"waits_for_release": True} if waits else {},
        by_reporter=True,
        waits_for_release=waits,
    )
    wish = Wish(at.case_id, move, given, at.expected_seq, at.key)
    return perform(wish, actor=NOBODY, now=now, hand=REPORTER)
