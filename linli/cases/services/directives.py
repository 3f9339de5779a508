"""Tasks handed down with a day: to one post, or to several as parts of a round (BU-22, BU-26)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from linli.cases import permits
from linli.cases.engine.deciding import hand_of
from linli.cases.engine.performing import tell
from linli.cases.engine.saying import clean
from linli.cases.engine.stepping import perform_step, written_step
from linli.cases.errors import Missing, NoSuchClock, NotForVillages
from linli.cases.models import Case, CaseLink
from linli.cases.models.holding import hold_cases
from linli.cases.models.linked import open_children
from linli.cases.models.writing import write_steps
from linli.cases.queries.givers import speaks_for_giver
from linli.cases.queries.ground import ground
from linli.cases.queries.kinds import kind_of
from linli.cases.queries.receivers import Receiver, office_of, receivers
from linli.cases.rules.assigning import handed
from linli.cases.rules.clocks import last_day, local_day
from linli.cases.rules.extending import live_clock
from linli.cases.rules.given_days import DUE_ON, check_day
from linli.cases.rules.projecting import is_waiting
from linli.cases.rules.ticking import recounted
from linli.cases.services.opening import Opened, Opening, open_case
from linli.cases.services.perform import perform
from linli.cases.services.taking_down import attach
from linli.cases.types.kinds import CaseKind, ClockDef, Stage
from linli.cases.types.moves import At, Done, Given, Held, Wish
from linli.cases.types.openings import Directing
from linli.cases.types.shapes import Hand, Standing
from linli.cases.types.words import Channel, ClockState, LinkKind
from linli.kernel.errors import NotAllowed
from linli.kernel.paths import VILLAGE_DEPTH
from linli.kernel.permits import Actor, open_to_all
from linli.places import queries as places
from linli.places.types import PlaceRow

SET_DAY, ROUND = "set_day", "directive_round"
BY_KIND = "the kind names its permit, which the engine requires at the place and level"


@open_to_all(BY_KIND)
@transaction.atomic
def open_directive(task: Directing, *, actor: Actor, now: datetime) -> list[Opened]:
    """Hand a task down; for several posts the first case returned is the round.

    Refuses with NotAllowed at any place without the right, Missing, DayGone, NotForVillages.
    """
    check_day(task.due_on, local_day(now))
    chain = tuple(places.chain_of(task.place))
    to = _receivers(task, now)
    _check_villages(task, chain[-1].path, to)
    told = Given(public=_said(task), facts=_facts(task))
    # one post gives it, to places where she may hold another one too
    giver = hand_of(actor, chain[-1].path)
    give = partial(open_case, actor=actor, now=now, hand=giver)
    if len(to) == 1:
        opened = [give(_part(to[0], task, told, None, giver, now))]
    else:
        first = give(_round(task, chain, told, giver, now))
        parts = [give(_part(one, task, told, first.held.id, giver, now)) for one in to]
        CaseLink.objects.bulk_create(
            CaseLink(
                case_id=part.held.id, to_id=first.held.id, kind=LinkKind.CHILD_OF,
                is_required=True, made_at=now,
            )
            for part in parts
        )  # fmt: skip
        opened = [first, *parts]
    attach(opened[0].held, task.files, actor=actor, now=now)
    return opened


def _receivers(task: Directing, now: datetime) -> list[Receiver]:
    on = local_day(now)
    found = receivers(task.posts, on)
    to = [found[post_id] for post_id in dict.fromkeys(task.posts) if post_id in found]
    for code in dict.fromkeys(task.places):
        office = office_of(places.chain_of(code)[-1].path, on)
        if office is None:
            name = places.chain_of(code)[-1].name
            said = _("Nobody holds the office of %(place)s now.") % {"place": name}
            raise Missing({"to": [said]})
        to.append(office)
    unique = list({one.post_id: one for one in to}.values())
    if not unique or len(found) != len(set(task.posts)):
        raise Missing({"to": [_("Choose who gets the task.")]})
    return unique


def _check_villages(task: Directing, own_path: str, to: Iterable[Receiver]) -> None:
    """A committee gets work from above only with its legal basis and the money for it (BU-22)."""
    below = any(
        one.path.count("/") >= VILLAGE_DEPTH and own_path.count("/") < VILLAGE_DEPTH for one in to
    )
    lacks = {
        name: [_("A task for villages and communities names this.")]
        for name, value in (("basis", task.basis), ("cost", task.cost))
        if below and not value.strip()
    }
    if lacks:
        raise NotForVillages(lacks)


def _said(task: Directing) -> dict[str, str]:
    told = {"text": clean(task.text), "title": clean(task.title, field="title")}
    more = {"basis": task.basis, "cost": task.cost, "paper_number": task.paper_number}
    return {**told, **{name: text.strip() for name, text in more.items() if text.strip()}}


def _facts(task: Directing) -> dict[str, str]:
    return {DUE_ON: task.due_on.isoformat()}


def _round(
    task: Directing, chain: tuple[PlaceRow, ...], told: Given, giver: Hand, now: datetime
) -> Opening:
    own_id = giver.post_id
    own = receivers([own_id], local_day(now)).get(own_id) if own_id else None
    parts = handed(Standing("", ROUND, 1, ""), own.to, from_post_id=own_id, at=now) if own else ()
    given = replace(told, parts=parts)
    return Opening(ROUND, chain, Channel.STAFF, title=task.title, given=given)


def _part(
    to: Receiver, task: Directing, told: Given, parent_id: int | None, giver: Hand, now: datetime
) -> Opening:
    chain = tuple(places.chain_of(to.path.rstrip("/").rpartition("/")[2]))
    empty = Standing("", "directive", 1, "")
    parts = handed(empty, to.to, from_post_id=giver.post_id, at=now)
    return Opening(
        "directive",
        chain,
        Channel.STAFF,
        title=task.title,
        given=replace(told, parts=parts),
        parent_id=parent_id,
    )


@open_to_all("asks for cases.direct itself, from whoever gave the task")
@transaction.atomic
def set_due_day(at: At, due_on: date, *, reason: str, actor: Actor, now: datetime) -> Done:
    """Give a task another last day, later or earlier, with a reason that the post reads.

    That of a task for several posts is the day of each that still has its part. Refuses with NotAllowed, NoSuchClock, DayGone, Missing.
    """
    said = {"text": clean(reason)}
    check_day(due_on, local_day(now))

    def build(held: Held, kind: CaseKind) -> Given:
        if not speaks_for_giver(actor, permits.DIRECT, held, local_day(now)):
            raise NotAllowed(permit=permits.DIRECT.name, at=held.path)
        if live_clock(held.standing, "finish").state != ClockState.RUNNING:
            raise NoSuchClock()
        return _with_day(held, due_on, said)

    done = perform_step(at.wish(SET_DAY), build, permit=None, actor=actor, now=now)
    if done.held.standing.kind == ROUND and not done.is_repeated:
        _set_day_of_parts(done.held.id, due_on, said, actor, now)
    return done


def _with_day(held: Held, due_on: date, said: dict[str, str]) -> Given:
    """Return what another day changes. A clock that stands still or was met has it once it goes on."""
    clock = held.standing.clock("finish")
    assert clock is not None, "a task has its day from the beginning"
    days = (due_on - last_day(clock.due_at)).days
    clock = replace(clock, extensions=(*clock.extensions, days))
    if clock.state == ClockState.RUNNING:
        clock = recounted(clock, ground(), warn=ClockDef.warn)
    else:
        # so that the next day is counted from this one
        clock = replace(clock, due_at=clock.due_at + timedelta(days=days))
    facts = {"clock": "finish", DUE_ON: due_on.isoformat()}
    return Given(public=said, facts=facts, clocks=(clock,))


def _set_day_of_parts(
    whole_id: int, due_on: date, said: dict[str, str], actor: Actor, now: datetime
) -> None:
    held = hold_cases(open_children(whole_id)).values()
    kind = kind_of("directive", 1)
    still = [one for one in held if is_waiting(kind, one.standing.state)]
    steps = [
        (written_step(one, Wish(one.id, SET_DAY), lambda part, kind: _with_day(part, due_on, said),
                      actor=actor, now=now), one)
        for one in still
    ]  # fmt: skip
    if steps:
        write_steps([step for step, _part in steps])
        tell(steps, actor=actor, now=now)


@open_to_all("run by its job alone: each part was struck off with its own permit")
@transaction.atomic
def complete_round(case_id: int, *, actor: Actor, now: datetime) -> bool:
    """Close a round when its last open part is struck off or taken back, and one was done. Safe to run again.

    One of which every part was taken back is not done: whoever gave it takes it back too.
    """
    part = Case.objects.filter(pk=case_id).values_list("parent_id", flat=True).first()
    whole = Case.objects.filter(pk=part or 0, kind=ROUND, is_open=True).first()
    if whole is None or Case.objects.filter(parent_id=whole.pk, is_open=True).exists():
        return False
    if not Case.objects.filter(parent_id=whole.pk, stage=Stage.SOLVED).exists():
        return False
    perform(Wish(whole.pk, "complete"), actor=actor, now=now)
    return True
