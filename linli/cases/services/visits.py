"""Visits to a village with a petition: noted, and passed on to the town for the visitor (代办)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from linli.cases import permits
from linli.cases.engine.deciding import hand_of
from linli.cases.engine.saying import clean
from linli.cases.errors import OnlyReferred
from linli.cases.models import CaseLink
from linli.cases.models.holding import hold_cases
from linli.cases.queries.visits import check_visitors, first_words, visitors_of
from linli.cases.rules.conflicts import about_of
from linli.cases.rules.telling import first_line
from linli.cases.services.opening import Opened, Opening, open_case
from linli.cases.services.perform import perform
from linli.cases.services.taking_down import attach, note_asker, pass_asker_on
from linli.cases.types.matters import PetitionMatter
from linli.cases.types.moves import At, Given, Held
from linli.cases.types.openings import Visiting
from linli.cases.types.words import Channel, LinkKind
from linli.kernel.errors import NotFound
from linli.kernel.permits import Actor, open_to_all, require, system_actor
from linli.places import queries as places

# a village may not register petitions: the system does it for the visitor, and the hand is named
FORWARDER = system_actor("cases.forward_visit")


@open_to_all("the kind names its permit, which the engine requires at the place and level")
@transaction.atomic
def register_visit(visit: Visiting, *, actor: Actor, now: datetime) -> Opened:
    """Note who came with what. Refuses with NotAllowed, WrongPlace, Missing, TooManyVisitors."""
    if visit.matter == PetitionMatter.ACCUSATION:
        raise OnlyReferred()
    text, chain = clean(visit.text), tuple(places.chain_of(visit.place))
    check_visitors(Channel.VISIT, visit.visitors, chain[-1].path, now)
    opening = Opening(
        "visit",
        chain,
        Channel.VISIT,
        matter=visit.matter,
        title=first_line(text),
        given=Given(public={"text": text}, facts={"visitors": visit.visitors}, by_reporter=True),
        about_post_id=visit.about_post_id,
    )
    opened = open_case(opening, actor=actor, now=now)
    note_asker(opened.held.id, visit.asker, actor=actor, now=now)
    attach(opened.held, visit.files, actor=actor, now=now, is_by_reporter=True)
    return opened


@open_to_all("asks for cases.visits itself, at the village")
@transaction.atomic
def forward_visit(at: At, *, note: str, actor: Actor, now: datetime) -> Opened:
    """Pass a visit on to the town as its petition, which the visitor follows with its own code.

    Refuses with NotFound, NotAllowed, WrongState, MovedMeanwhile, Missing.
    """
    held = hold_cases([at.case_id]).get(at.case_id)
    if held is None or held.standing.kind != "visit":
        raise NotFound()
    require(actor, permits.VISITS, at=held.path, level=held.level)
    opened = open_case(
        _petition(held, note), actor=FORWARDER, now=now, hand=hand_of(actor, held.path)
    )
    pass_asker_on(held.id, opened.held, actor=actor, now=now)
    given = Given(facts={"petition": opened.held.id, "number": opened.held.number})
    perform(replace(at.wish("forward"), given=given), actor=actor, now=now)
    CaseLink.objects.create(case_id=opened.held.id, to_id=held.id, kind=LinkKind.FROM, made_at=now)
    return opened


def _petition(held: Held, note: str) -> Opening:
    text = first_words(held.id)
    chain = places.chain_of(held.path.rstrip("/").rpartition("/")[2])
    town = tuple(row for row in chain if row.level in ("city", "town"))
    said = {"note": note.strip()} if note.strip() else None
    return Opening(
        "petition",
        town,
        Channel.VISIT,
        matter=str(held.standing.columns.get("matter", "")),
        level=held.level,
        **about_of(held.standing.columns),
        title=first_line(text),
        given=Given(
            public={"text": text},
            internal=said,
            facts={"visit": held.id, "visitors": visitors_of(held.id)},
            by_reporter=True,
        ),
    )
