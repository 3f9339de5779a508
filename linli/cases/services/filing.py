"""A report comes in, by page, printed code, counter, telephone or another system: all the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction

from linli.cases import permits
from linli.cases.engine.accusing import is_read_alone
from linli.cases.engine.checking import (
    Where,
    begin_on_the_ground,
    checked_text,
    on_the_ground,
    promise_of,
    reached,
)
from linli.cases.errors import AlreadyFiled, NotFollowable
from linli.cases.models import Case, Reporter
from linli.cases.models.contacts import answers_as_kept, as_kept
from linli.cases.models.writing import next_case_ids
from linli.cases.queries import routing
from linli.cases.queries.accusing import is_about_cadres
from linli.cases.queries.public import may_be_followed
from linli.cases.rules.clocks import last_day, local_day
from linli.cases.rules.telling import first_line
from linli.cases.services.linking import merge, relate
from linli.cases.services.opening import Follow, Opened, Opening, begin_number, open_case
from linli.cases.services.photos import Step, begin_photos, hang_answers
from linli.cases.services.routing import first_offer
from linli.cases.types.filing import Contact, Filed, Filing, Naming
from linli.cases.types.moves import At, Given
from linli.cases.types.shapes import Hand
from linli.cases.types.words import Channel
from linli.kernel import sql
from linli.kernel.permits import ACCUSATION, NOBODY, Actor, open_to_all, require, system_actor
from linli.kernel.texts import clean_text
from linli.notify import services as notify
from linli.notify.services import Announced
from linli.notify.types import About, Link, To
from linli.trail.services import record

ON_BEHALF = frozenset({Channel.COUNTER, Channel.PHONE, Channel.VISIT, Channel.LETTER})
ROUTER, JOINER = system_actor("cases.route"), system_actor("cases.join")
RECEIPT = "cases.filed"


@dataclass(frozen=True, slots=True)
class _Sender:
    """Who reports: her account if it is hers and she is signed in, and what may be known of her."""

    naming: Naming
    contact: Contact
    account_id: int | None
    person_id: int | None
    is_on_behalf: bool


@open_to_all("anybody may report without an account; who does it for others needs cases.intake")
@transaction.atomic
def file_report(filing: Filing, *, actor: Actor, now: datetime) -> Filed:
    """Take a report down: numbered, timed, routed, its writer's contact sealed.

    Refuses with Invalid in its fields (place, point, text, photos, same_as), among them
    NumbersInText and OtherPlace, which ask back once, NotFollowable; with NotAllowed for reports on behalf of others, AlreadyFiled.
    """
    if filing.uuid is not None and Case.objects.filter(uuid=filing.uuid).exists():
        raise AlreadyFiled()
    # what was said is looked at, and who said it is noted, while it is read where that is
    ground = begin_on_the_ground(filing)
    text, contact = checked_text(filing), reached(filing.contact)
    sender = _sender(filing, contact, actor)
    (case_id,) = next_case_ids(1)
    _note_reporter(case_id, filing, sender)
    title = first_line(clean_text(filing.text)) or first_line(text)
    where = ground()
    if sender.is_on_behalf:
        require(actor, permits.INTAKE, at=where.chain[-1].path)
    if filing.same_as and not may_be_followed(filing.same_as, where.chain[-1].path):
        raise NotFollowable()
    # whoever reports leaves no name in chain and trail: both are read by more than the handlers
    hand, whose = (None, actor) if sender.is_on_behalf else (Hand("reporter"), NOBODY)
    step = Step(case_id, 1, where.chain[-1].path)
    opening = _opening(filing, where, text, title, case_id)
    is_joined = bool(filing.same_as) and not is_read_alone(filing.matter, opening.given)
    number = begin_number(opening.kind, actor=whose, now=now)
    # behind the number, for which the rest waits: whether they are still there is asked in the end
    with sql.in_one_message():
        photos = begin_photos(filing.photos, step, actor=whose, now=now)
        # a report is sent to a post at once, unless it joins another one
        follow = None if is_joined else _sending(filing, where, now)
        receipt = _announced(filing, sender, now)
    opened = open_case(opening, actor=whose, now=now, hand=hand, follow=follow, number=number)
    if receipt is not None:
        _tell(receipt, opened, now)
    if filing.same_as:
        _join(At(case_id), filing.same_as, is_joined, now)
    photos()
    hang_answers(filing.answered.files, step, actor=whose, now=now)
    accept, solve = (opened.held.standing.clock(key) for key in ("accept", "solve"))
    return Filed(
        opened.held.number, opened.code, case_id,
        accept.due_at if accept else None, solve.due_at if solve else None,
        last_day(accept.due_at) if accept else None, last_day(solve.due_at) if solve else None,
        bool(opened.held.standing.assignments),
    )  # fmt: skip


@open_to_all("says where accusations of officials go; nothing of them is kept here")
@transaction.atomic
def refer_accusation(filing: Filing, *, actor: Actor, now: datetime) -> None:
    """Keep only that somebody was led to the discipline inspection (12388), not who and not what.

    Refuses with Invalid if the place is not known.
    """
    place = on_the_ground(filing).chain[-1]
    record(
        "cases.accusation_referred", on=("places.place", place.id), actor=NOBODY, now=now,
        place=place.path, level=ACCUSATION,
    )  # fmt: skip


def _sending(filing: Filing, where: Where, now: datetime) -> Follow:
    """What says where it goes is on its way while the report gets its number."""
    ahead = routing.begin(where.chain[-1].path, local_day(now))
    return partial(first_offer, answers=filing.answered.codes, ahead=ahead, actor=ROUTER, now=now)


def _join(at: At, number: str, is_joined: bool, now: datetime) -> None:
    """Let a report be the same as another, or, where somebody reads it by itself, only have to do with it."""
    if is_joined:
        merge(at, number, actor=JOINER, now=now)
    else:
        relate(at, number, actor=JOINER, now=now)


def _sender(filing: Filing, contact: Contact, actor: Actor) -> _Sender:
    is_on_behalf = filing.channel in ON_BEHALF
    is_mine = filing.is_mine and not is_on_behalf and actor.account_id is not None
    known = is_mine or bool(contact.phone or contact.name)
    naming = filing.naming if known else Naming.ANONYMOUS
    if known and naming is Naming.ANONYMOUS:
        # a number that was given is no anonymous report; nobody needs to know whose it is
        naming = Naming.WITHHELD
    return _Sender(
        naming,
        contact,
        actor.account_id if is_mine else None,
        actor.person_id if is_mine else None,
        is_on_behalf,
    )


def _opening(filing: Filing, where: Where, text: str, title: str, case_id: int) -> Opening:
    said = f"{filing.where.strip()}\n{text}" if filing.where.strip() else text
    category_id = filing.category_id or where.category_id
    public: dict[str, Any] = {"text": said}
    if promise := promise_of(category_id):
        # as it is today: what the list promises later is not what she was promised
        public["promise"] = promise
    sealed = tuple(filing.answered.sealed.lines) if filing.answered.sealed else ()
    given = Given(
        public=public, by_reporter=True, waits_for_release=True, sealed=sealed,
        against_cadres=is_about_cadres(category_id, filing.matter),
    )  # fmt: skip
    return Opening(
        "report",
        where.chain,
        filing.channel,
        matter=filing.matter,
        category_id=category_id,
        point=where.point,
        title=title,
        given=given,
        uuid=filing.uuid,
        case_id=case_id,
    )


def _note_reporter(case_id: int, filing: Filing, sender: _Sender) -> None:
    contact = sender.contact
    told = {
        "case_id": case_id,
        "naming": sender.naming,
        "account_id": sender.account_id,
        "person_id": sender.person_id,
        **as_kept(contact, case_id),
        "answers": answers_as_kept(filing.answered.sealed, case_id),
        "by_sms": filing.by_sms and bool(contact.phone),
        "language": filing.language,
        "is_on_behalf": sender.is_on_behalf,
    }
    sql.insert_told_later(Reporter, told, waits=True)


def _announced(filing: Filing, sender: _Sender, now: datetime) -> Announced | None:
    """Announce the receipt to whoever gets one, while the report gets its number."""
    to = None
    if sender.account_id is not None:
        to = To(account_id=sender.account_id, language=filing.language)
    elif filing.by_sms and sender.contact.phone:
        to = To(phone=sender.contact.phone, language=filing.language)
    return None if to is None else notify.announce(RECEIPT, to, actor=ROUTER, now=now)


def _tell(receipt: Announced, opened: Opened, now: datetime) -> None:
    number = opened.held.number
    about = About(opened.held.path, Link("cases:follow", (number,)))
    told = {"number": number, "code": opened.code}
    notify.send_announced(receipt, told, actor=ROUTER, now=now, about=about)
