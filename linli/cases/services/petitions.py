"""Petitions taken down, passed on and reviewed (AP-01, AP-03, AP-05 to AP-07, AP-10)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from linli.cases.engine.deciding import hand_in, hand_of
from linli.cases.engine.saying import clean
from linli.cases.errors import HandledElsewhere, Missing, NotForThisPost, OnlyReferred
from linli.cases.models import Case, CaseLink
from linli.cases.models.holding import hold_cases
from linli.cases.queries.keeping_away import kept_from
from linli.cases.queries.reading import get_case
from linli.cases.queries.receivers import receivers
from linli.cases.queries.stages import reviewers_of
from linli.cases.queries.visits import check_visitors
from linli.cases.rules.assigning import handed
from linli.cases.rules.clocks import local_day
from linli.cases.rules.conflicts import about_of
from linli.cases.rules.placing import code_of, place_columns
from linli.cases.rules.telling import first_line
from linli.cases.services.opening import Opened, Opening, open_case
from linli.cases.services.perform import perform
from linli.cases.services.taking_down import attach, note_asker, pass_asker_on
from linli.cases.types.matters import PetitionMatter
from linli.cases.types.moves import At, Done, Given, Held, Wish
from linli.cases.types.openings import Petitioning
from linli.cases.types.shapes import Hand
from linli.cases.types.words import Channel, LinkKind
from linli.kernel.errors import NotFound
from linli.kernel.ids import number_typed
from linli.kernel.permits import Actor, open_to_all, system_actor
from linli.places import queries as places

REGISTRAR = system_actor("cases.register_review")
BY_MOVE = "the move or the kind names its permit, which the engine requires at the place and level"
NEXT_STAGE = {"petition": "petition_review", "petition_review": "petition_recheck"}
ASKS = {"petition": "ask_review", "petition_review": "ask_recheck"}


@open_to_all(BY_MOVE)
@transaction.atomic
def open_petition(
    petition: Petitioning, *, actor: Actor, now: datetime, hand: Hand | None = None
) -> Opened:
    """Register a petition, with its writer's contact sealed.

    Refuses with NotAllowed, WrongPlace, Missing, TooManyVisitors (AP-06), OnlyReferred (AP-07),
    HandledElsewhere (AP-10).
    """
    if petition.matter == PetitionMatter.ACCUSATION:
        raise OnlyReferred()
    text, chain = clean(petition.text), tuple(places.chain_of(petition.place))
    check_visitors(petition.channel, petition.visitors, chain[-1].path, now)
    facts: dict[str, int] = {"visitors": petition.visitors}
    earlier = _earlier(petition.same_as, actor)
    if earlier is not None:
        facts["earlier"] = earlier.pk
    opening = Opening(
        "petition",
        chain,
        petition.channel,
        matter=petition.matter,
        category_id=petition.category_id,
        title=first_line(text),
        given=Given(public={"text": text}, facts=facts, by_reporter=True),
        about_post_id=petition.about_post_id,
    )
    opened = open_case(opening, actor=actor, now=now, hand=hand)
    note_asker(opened.held.id, petition.asker, actor=actor, now=now)
    attach(opened.held, petition.files, actor=actor, now=now, is_by_reporter=True)
    if earlier is not None:
        _link(opened.held.id, earlier.pk, LinkKind.RELATED_TO, now)
    return opened


def _earlier(number: str, actor: Actor) -> Case | None:
    """The petition that was on the same matter, if one was named; an open one is not doubled."""
    if not number.strip():
        return None
    try:
        found = get_case(actor, number_typed(number))
    except NotFound as unknown:
        raise Missing({"same_as": [_("There is no petition of this number.")]}) from unknown
    if found.kind != "petition":
        raise Missing({"same_as": [_("There is no petition of this number.")]})
    if found.is_open:
        raise HandledElsewhere(number=found.number)
    return found


@open_to_all(BY_MOVE)
@transaction.atomic
def transfer_petition(
    at: At, post_id: int, text: str, *, actor: Actor, now: datetime, note: str = ""
) -> Done:
    """Pass a petition on to the competent post, which can object within its term (AP-03).

    Refuses with NotFound, NotAllowed, WrongState, Missing, NotForThisPost.
    """
    held = _held(at.case_id)
    receiver = receivers([post_id], local_day(now)).get(post_id)
    if receiver is None or not receiver.path.startswith(held.path):
        raise Missing({"post": [_("Choose the post that it goes to.")]})
    if post_id in kept_from(held.standing.columns, local_day(now)):
        raise NotForThisPost()
    given = Given(
        public={"text": clean(text)},
        internal={"note": note.strip()} if note.strip() else None,
        facts={"from": code_of(held.path)},
        columns=_moved(receiver.path, held),
        parts=handed(held.standing, receiver.to, from_post_id=hand_in(actor, held).post_id, at=now),
    )
    return perform(replace(at.wish("transfer"), given=given), actor=actor, now=now)


@open_to_all(BY_MOVE)
@transaction.atomic
def ask_review(
    at: At, place: str, text: str, *, actor: Actor, now: datetime, files: tuple[str, ...] = ()
) -> Opened:
    """Take down that a petitioner asks for a review, or for a re-examination of one (AP-05).

    It becomes a case of its own at the office above, which the office that takes it down cannot
    open itself: the system does, the permit for the petition is asked for. In time it is while the
    state says so: the clock of the answer ends it. Refuses with NotFound, NotAllowed, WrongState,
    Missing.
    """
    held = _held(at.case_id)
    kind = NEXT_STAGE.get(held.standing.kind)
    if kind is None:
        raise NotFound()
    if place not in dict(reviewers_of(held.path)):
        raise Missing({"at": [_("The office above reviews it.")]})
    opening, hand = _next(held, kind, place, text), hand_of(actor, held.path)
    opened = open_case(opening, actor=REGISTRAR, now=now, hand=hand)
    pass_asker_on(held.id, opened.held, actor=actor, now=now)
    given = Given(facts={"review": opened.held.id})
    perform(replace(at.wish(ASKS[held.standing.kind]), given=given), actor=actor, now=now)
    attach(opened.held, files, actor=actor, now=now, is_by_reporter=True)
    _link(opened.held.id, held.id, LinkKind.APPEAL_OF, now)
    return opened


def _next(held: Held, kind: str, place: str, text: str) -> Opening:
    said, columns = clean(text), held.standing.columns
    return Opening(
        kind,
        tuple(places.chain_of(place)),
        Channel.LETTER,
        matter=str(columns.get("matter", "")),
        category_id=columns.get("category_id"),
        level=held.level,
        title=first_line(said),
        given=Given(public={"text": said}, facts={"of": held.id}, by_reporter=True),
        **about_of(columns),
    )


def _held(case_id: int) -> Held:
    held = hold_cases([case_id]).get(case_id)
    if held is None:
        raise NotFound()
    return held


def _moved(path: str, held: Held) -> dict[str, Any]:
    """A petition that the city passes to a town lies there from then on; the city still sees it."""
    if path == held.path:
        return {}
    return place_columns(places.chain_of(code_of(path))[-1])


def _link(case_id: int, to_id: int, kind: LinkKind, now: datetime) -> None:
    CaseLink.objects.create(case_id=case_id, to_id=to_id, kind=kind, made_at=now)


# what a decided review means for the petition that it looked at
OUTCOME = {"changed": "redo", "not_accepted": "stand", "stands": "stand", "upheld": "stand"}
REVIEWS = frozenset({"petition_review", "petition_recheck"})
# a review that was upheld waits whether a re-examination is asked for; the last stage does not
WAITS = ("petition_review", "upheld")


@open_to_all("run by its job alone: the decision was made with its own permit")
@transaction.atomic
def follow_review(case_id: int, *, actor: Actor, now: datetime) -> str | None:
    """Let a petition follow what its review came to; return the move, or None. Safe to run again."""
    review = Case.objects.filter(pk=case_id, kind__in=REVIEWS).first()
    if review is None or (review.kind, review.state) == WAITS:
        return None
    name, petition = OUTCOME.get(review.state), _petition_of(case_id)
    if name is None or petition is None or petition.state != "in_review":
        return None
    given = Given(facts={"review": case_id})
    perform(Wish(petition.pk, name, given), actor=actor, now=now)
    return name


def _petition_of(case_id: int) -> Case | None:
    """The petition at the end of the chain of reviews."""
    for _stage in range(len(NEXT_STAGE)):
        link = CaseLink.objects.filter(case_id=case_id, kind=LinkKind.APPEAL_OF).first()
        if link is None:
            return None
        found = Case.objects.get(pk=link.to_id)
        if found.kind == "petition":
            return found
        case_id = found.pk
    return None
