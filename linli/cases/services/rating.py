"""好差评: the reporter rates a cycle of her case, once; the chain keeps a commitment, not the grade."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from linli.cases.engine.stepping import perform_step
from linli.cases.errors import Missing, NotRatable, RatedAlready
from linli.cases.models import CallBack, Rating
from linli.cases.models.reading import events_of
from linli.cases.queries.following import open_followed
from linli.cases.queries.ground import term_end
from linli.cases.queries.own_moves import has_left
from linli.cases.queries.sampling import may_be_called
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

    Without a code only the actor's own case is found. Refuses with NotFound for a wrong one, NotRatable, RatedAlready, Missing.
    """
    if not LOWEST <= grade <= HIGHEST:
        raise Missing({"grade": [_("Choose one of the five grades.")]})
    case_id = open_followed(actor, number, code).pk
    made: list[Rating] = []

    def build(held: Held, kind: CaseKind) -> Given:
        rating = _rating(held, kind, grade, why, way, actor=actor, now=now)
        made.append(rating)
        payload = {"grade": rating.grade, "why": rating.why, "way": str(rating.way)}
        nonce, committed = commit(payload)
        rating.nonce = nonce
        return Given(facts={"rating": committed.hex(), "counts": rating.counts}, by_reporter=True)

    at = At(case_id)
    done = perform_step(at.wish(RATE), build, permit=None, actor=actor, now=now, hand=REPORTER)
    (rating,) = made
    rating.save(force_insert=True)
    if rules.is_bad(grade) and may_be_called(case_id):
        _call_back(rating, done.held.path, now)
    return done


def _rating(
    held: Held,
    kind: CaseKind,
    grade: int,
    why: Sequence[str],
    way: Way,
    *,
    actor: Actor,
    now: datetime,
) -> Rating:
    standing = held.standing
    if has_left(held.id) or not rules.is_ratable(kind, standing.state):
        raise NotRatable()
    if Rating.objects.filter(case_id=held.id, cycle=standing.cycle).exists():
        raise RatedAlready()
    told = rules.told_at(kind, [event for _id, event in events_of([held.id])], standing.cycle)
    hours = rulebook.lookup(LATER, held.path, local_day(now)).number
    # a member of staff who is signed in may be the one whose work is rated
    counts = rules.does_count(way, told=told, now=now, hours=hours) and not actor.is_staff
    known = [reason for reason in Why if reason.value in why]
    return Rating(
        case_id=held.id, cycle=standing.cycle, grade=grade, why=[str(r) for r in known], way=way,
        counts=counts, given_at=now,
    )  # fmt: skip


def _call_back(rating: Rating, path: str, now: datetime) -> None:
    """A call that waits is for the grade as well; one that was made before it did not hear of it."""
    CallBack.objects.update_or_create(
        case_id=rating.case_id,
        cycle=rating.cycle,
        done_at=None,
        defaults={"is_for_bad": True},
        create_defaults={
            "is_for_bad": True, "is_sample": False, "made_at": now,
            "due_at": term_end(CALL, path, now),
        },
    )  # fmt: skip
