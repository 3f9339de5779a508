"""好差评: the reporter rates a cycle of her case, once; the chain keeps a commitment, not the grade."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from linli.cases.engine.stepping import perform_step
from linli.cases.errors import Missing, NotRatable, RatedAlready
from linli.cases.models import CallBack, Case, Rating
from linli.cases.models.holding import hold_cases
from linli.cases.models.reading import events_of
from linli.cases.queries.following import open_followed
from linli.cases.queries.ground import term_end
from linli.cases.queries.kinds import kind_of
from linli.cases.queries.own_moves import has_left, whole_of
from linli.cases.queries.sampling import may_be_called
from linli.cases.queries.wholes import reads_from, tells_others
from linli.cases.rules import rating as rules
from linli.cases.rules.clocks import local_day
from linli.cases.types.kinds import CaseKind
from linli.cases.types.moves import At, Done, Given, Held
from linli.cases.types.rating import HIGHEST, LOWEST, Way, Why
from linli.cases.types.shapes import Hand
from linli.kernel.permits import Actor, open_to_all
from linli.kernel.sealing import commit
from linli.rulebook import queries as rulebook

RATE, REPORTER = "rate", Hand("reporter")
LATER, CALL = "rating.later", "rating.call_back"


@open_to_all("the reporter has the follow code, or filed it signed in: asked for here")
def rate_case(
    number: str,
    code: str,
    grade: int,
    *,
    why: Sequence[str] = (),
    way: Way = Way.OWN,
    actor: Actor,
    now: datetime,
) -> Done:
    """Take down what the reporter thinks of the present cycle; a bad grade is called back.

    Whoever reported the same as others rates the case that stands for hers; of all of them the first that
    counts stands in the figures. Without a code only the actor's own case is found. Refuses with NotFound for a wrong one, NotRatable, RatedAlready, Missing.
    """
    if not LOWEST <= grade <= HIGHEST:
        raise Missing({"grade": [_("Choose one of the five grades.")]})
    case_id = open_followed(actor, number, code).pk
    matter = _held_matter(case_id)
    made: list[Rating] = []

    def build(held: Held, kind: CaseKind) -> Given:
        rating = _rating(held, matter, grade, why, way, actor=actor, now=now)
        made.append(rating)
        payload = {"grade": rating.grade, "why": rating.why, "way": str(rating.way)}
        nonce, committed = commit(payload)
        rating.nonce = nonce
        of = {"of_case": matter.id, "of_cycle": rating.cycle} if rating.by_case_id else {}
        facts = {"rating": committed.hex(), "counts": rating.counts, **of}
        return Given(facts=facts, by_reporter=True)

    at = At(case_id)
    done = perform_step(at.wish(RATE), build, permit=None, actor=actor, now=now, hand=REPORTER)
    (rating,) = made
    rating.save(force_insert=True)
    if rules.is_bad(grade) and may_be_called(case_id):
        _call_back(rating, matter.path, now)
    return done


def _held_matter(case_id: int) -> Held:
    """Hold a case with the one that stands for it, so that of two ratings at once one counts; return that.

    Refuses with NotRatable where nobody may follow it (AP-07).
    """
    case = Case.objects.get(pk=case_id)
    whole = whole_of(case) if case.merged_into_id else case
    if whole is None or (whole is not case and not tells_others(whole)):
        raise NotRatable()
    held = hold_cases(sorted({case_id, whole.pk}))
    if held[case_id].standing.columns.get("merged_into_id") != case.merged_into_id:
        raise NotRatable()  # parted from the other, or joined to it, in this moment
    return held[whole.pk]


def _rating(
    held: Held,
    matter: Held,
    grade: int,
    why: Sequence[str],
    way: Way,
    *,
    actor: Actor,
    now: datetime,
) -> Rating:
    standing = matter.standing
    kind = kind_of(standing.kind, standing.version)
    if has_left(held.id) or not rules.is_ratable(kind, standing.state):
        raise NotRatable()
    by_case_id = held.id if held.id != matter.id else None
    given = Rating.objects.filter(case_id=matter.id, cycle=standing.cycle)
    if given.filter(by_case_id=by_case_id).exists():
        raise RatedAlready()
    hours = rulebook.lookup(LATER, matter.path, local_day(now)).number
    # a member of staff who is signed in may be the one whose work is rated
    is_apart = way is Way.OWN and not actor.is_staff
    told = _told_at(kind, matter, by_case_id) if is_apart else None
    counts = rules.does_count(way, told=told, now=now, hours=hours)
    known = [reason for reason in Why if reason.value in why]
    return Rating(
        case_id=matter.id, by_case_id=by_case_id, cycle=standing.cycle, grade=grade,
        why=[str(r) for r in known], way=way, given_at=now,
        # a matter is counted once, by the first who rates it so
        counts=counts and not given.filter(counts=True).exists(),
    )  # fmt: skip


def _told_at(kind: CaseKind, matter: Held, by_case_id: int | None) -> datetime | None:
    """Return when the reporter was told of this cycle: one who joined it later, at the earliest then."""
    events = [event for _id, event in events_of([matter.id])]
    told = rules.told_at(kind, events, matter.standing.cycle)
    if by_case_id is None or told is None:
        return told
    since = reads_from({by_case_id: matter.id}).get(by_case_id)
    return None if since is None else max(told, since)


def _call_back(rating: Rating, path: str, now: datetime) -> None:
    """A call that waits is for the grade as well; one that was made before it did not hear of it."""
    CallBack.objects.update_or_create(
        case_id=rating.case_id,
        by_case_id=rating.by_case_id,
        cycle=rating.cycle,
        done_at=None,
        defaults={"is_for_bad": True},
        create_defaults={
            "is_for_bad": True, "is_sample": False, "made_at": now,
            "due_at": term_end(CALL, path, now),
        },
    )  # fmt: skip
