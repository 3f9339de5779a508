"""Complaints about property companies: taken down, and given to whoever has them next (task 11)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from linli.cases import permits
from linli.cases.engine.saying import clean
from linli.cases.engine.stepping import perform_step
from linli.cases.models.holding import read_cases
from linli.cases.queries.keeping_away import kept_from
from linli.cases.queries.receivers import Receiver, companies_at, governed_path, office_of
from linli.cases.rules.assigning import handed, let_go
from linli.cases.rules.clocks import local_day
from linli.cases.rules.telling import first_line
from linli.cases.services.linking import Part, split
from linli.cases.services.opening import Opened, Opening, open_case
from linli.cases.services.taking_down import attach, note_asker
from linli.cases.types.kinds import CaseKind
from linli.cases.types.moves import At, Given, Held, Wish
from linli.cases.types.openings import Complaining
from linli.cases.types.shapes import AssignmentNow, Standing
from linli.cases.types.words import AssignmentRole, Channel
from linli.kernel.errors import NotFound
from linli.kernel.paths import code_of
from linli.kernel.permits import Actor, open_to_all
from linli.places import queries as places

KIND, REPORT = "property_complaint", "report"
COMPANY_SIGNS = 80
# who has it in which state: the committee of the village, then the office of its town
LEVEL_OF = {"coordinated": "village", "at_town": "town"}


@open_to_all("the kind names its permit, which the engine requires at the place and level")
@transaction.atomic
def open_property_complaint(complaint: Complaining, *, actor: Actor, now: datetime) -> Opened:
    """Take an owner's complaint down; the company's time to deal with it begins.

    Refuses with NotAllowed, WrongPlace, Missing.
    """
    said = _said(complaint)
    chain = tuple(places.chain_of(complaint.place))
    given = Given(
        public=said,
        by_reporter=True,
        parts=_company_part(complaint, chain[-1].path, actor, now),
    )
    opening = Opening(
        KIND, chain, complaint.channel, matter=complaint.matter, title=first_line(said["text"]),
        given=given,
    )  # fmt: skip
    opened = open_case(opening, actor=actor, now=now)
    note_asker(opened.held.id, complaint.asker, actor=actor, now=now)
    attach(opened.held, complaint.files, actor=actor, now=now, is_by_reporter=True)
    return opened


@open_to_all("splitting requires cases.dispatch, opening the kind's own permit, both at the place")
@transaction.atomic
def pass_to_company(at: At, complaint: Complaining, *, actor: Actor, now: datetime) -> Held:
    """Pass a resident's report on to a property company as a part that the report waits for.

    The company reads what is written here, and not who reported. `complaint.place` is of no
    account: it is that of the report. Refuses with NotFound, NotAllowed, MovedMeanwhile, TooDeep,
    Missing.
    """
    held = read_cases([at.case_id]).get(at.case_id)
    if held is None or held.standing.kind != REPORT:
        raise NotFound()
    said = _said(complaint)
    chain = tuple(places.chain_of(code_of(held.path)))
    given = Given(
        public=said,
        parts=_company_part(complaint, governed_path(held.path), actor, now),
    )
    opening = Opening(
        KIND, chain, Channel.STAFF, matter=complaint.matter, title=first_line(said["text"]),
        given=given,
    )  # fmt: skip
    (opened,) = split(at, [Part(opening)], actor=actor, now=now)
    return opened.held


def _said(complaint: Complaining) -> dict[str, str]:
    """What the company reads, and which it is. Refuses with Missing."""
    return {
        "text": clean(complaint.text),
        "company": clean(complaint.company, field="company", most=COMPANY_SIGNS),
    }


def _company_part(
    complaint: Complaining, path: str, actor: Actor, now: datetime
) -> tuple[AssignmentNow, ...]:
    """The company has the case itself where the register knows its post; else it gets a letter."""
    known = {one.post_id: one for one in companies_at(path, local_day(now))}
    found = known.get(complaint.company_post_id or 0)
    if found is None:
        return ()
    return handed(Standing("", KIND, 1, ""), found.to, from_post_id=actor.post_at(path), at=now)


@open_to_all("run by its job alone: the clock or the move that led here had its own permit")
@transaction.atomic
def hand_property_on(case_id: int, *, actor: Actor, now: datetime) -> Receiver | None:
    """Give a complaint to the office that has it in its state; return which. Safe to run again.

    A vacant office leaves the case without a lead: it waits in the list of its place.
    """
    held = read_cases([case_id]).get(case_id)
    level = LEVEL_OF.get(held.standing.state) if held and held.standing.kind == KIND else None
    if held is None or level is None:
        return None
    receiver = _office(held, level, now)
    if receiver is not None and _has_it(held, receiver):
        return receiver

    def build(fresh: Held, kind: CaseKind) -> Given:
        if receiver is None:
            return Given(parts=let_go(fresh.standing, now))
        return Given(parts=handed(fresh.standing, receiver.to, from_post_id=None, at=now))

    wish = Wish(case_id, "hand_on", expected_seq=held.standing.seq)
    perform_step(wish, build, permit=permits.DISPATCH, actor=actor, now=now)
    return receiver


def _office(held: Held, level: str, now: datetime) -> Receiver | None:
    chain = places.chain_of(code_of(held.path))
    own = [row for row in chain if row.level == level]
    above = [row for row in reversed(chain) if row.level in ("town", "city")]
    away = kept_from(held.standing.columns, local_day(now))
    for row in (*own, *above):
        found = office_of(row.path, local_day(now))
        # the office that it is about never gets it, the one above does
        if found is not None and found.post_id not in away:
            return found
    return None


def _has_it(held: Held, receiver: Receiver) -> bool:
    return any(
        part.role == AssignmentRole.LEAD
        and part.post_id == receiver.post_id
        and part.state == "accepted"
        for part in held.standing.assignments.values()
    )
