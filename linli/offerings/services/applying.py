"""Somebody applies: by page, at the window or on the telephone, for herself or for another."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.access.queries.rights import live_mandate
from linli.cases.queries.following import case_of_uuid
from linli.cases.services.opening import Opened, Opening, begin_number, open_case
from linli.cases.services.taking_down import note_asker
from linli.cases.types import Channel
from linli.cases.types.filing import Contact
from linli.cases.types.moves import Given
from linli.cases.types.openings import Asker, Numbering
from linli.cases.types.shapes import Hand
from linli.kernel.errors import Invalid, NotFound
from linli.kernel.permits import NOBODY, PERSONAL, Actor, open_to_all, require, system_actor
from linli.notify import services as notify
from linli.notify.types import About, Link, To
from linli.offerings import permits
from linli.offerings.errors import AlreadyApplied, ItemChanged, NoMandate, NotOffered
from linli.offerings.queries.checked_applicants import checked_applicant
from linli.offerings.queries.item_forms import answered, version_asked
from linli.offerings.queries.item_versions import begin_item
from linli.offerings.rules.applications import (
    asks_whose,
    is_at_window,
    is_for_other,
    is_online,
    known_answers,
    open_questions,
    with_whose,
)
from linli.offerings.services.application_rows import Said, hang_all, keep_rows
from linli.offerings.services.mandates import tell_giver, with_agent
from linli.offerings.services.sent_before import hold_mark, refuse_sent
from linli.offerings.types.applications import (
    KIND,
    Applicant,
    Applied,
    Applying,
    FormAnswers,
    ItemAsked,
)
from linli.offerings.types.helping import OTHER, WHOSE
from linli.places import queries as places
from linli.places.types import PlaceRow

AT_WINDOW = frozenset({Channel.COUNTER, Channel.PHONE, Channel.VISIT, Channel.LETTER})
SENDER = system_actor("offerings.tell")
RECEIPT = "offerings.applied"
# what is due at 24:00 belongs to the day that ends
LAST_MOMENT = timedelta(microseconds=1)


@open_to_all("anybody may apply; who takes it in for others needs offerings.receive")
@transaction.atomic
def apply_for(applying: Applying, *, actor: Actor, now: datetime) -> Applied:
    """Take an application in: numbered, timed, pinned to the item's version of today, sealed.

    The same uuid opens one case. Refuses with NotOffered, ItemChanged, NoMandate, AlreadyApplied, SentBefore, NotAllowed,
    Invalid in its fields (place, item, name, id_number, phone, agent_…, photos, and the questions).
    """
    is_window = applying.channel in AT_WINDOW
    known = case_of_uuid(applying.uuid) if applying.uuid else None
    if known is not None:
        raise AlreadyApplied(number=known.number)
    begun = begin_item(applying.item, localdate(now))  # answered with the place
    chain = _chain(applying.place)
    item = _offered(begun, chain[-1].path, applying, is_window=is_window)
    if is_window:
        require(actor, permits.RECEIVE, at=chain[-1].path, level=PERSONAL)
        applying = with_agent(applying, actor=actor, now=now)
    answers, form = _answers(item, applying), _form(item, applying, now)
    mandate_id = _mandate(applying, actor, is_window=is_window, now=now)
    # who has a mandate is known, the office helps by itself, and the hall has looked at it
    is_known = mandate_id is not None or bool(applying.agreed) or applying.is_looked_at
    needs_helper = is_for_other(item, answers) and not is_known
    applicant = checked_applicant(applying, is_window=is_window, needs_helper=needs_helper)
    mark = None
    if not (is_window or applying.is_looked_at or applying.agreed):
        mark = hold_mark(item.key, applying, applicant, actor=actor)
    # behind the lock of the mark: whoever waits there holds up nobody's number
    number = begin_number(KIND, actor=actor, now=now)
    if mark is not None and not applying.is_sure:
        refuse_sent(mark, actor=actor, now=now)
    opened = _opened(item, chain, applying, actor if is_window else None, now, number)
    # sealed while the server writes the case
    said = Said(applicant, answers, form, mandate_id, mark)
    keep_rows(opened.held.id, item, applying, said, actor=actor, now=now)
    _note(opened.held.id, applying, applicant, actor, is_window=is_window, now=now)
    hang_all(opened, applying, actor=actor, now=now)
    _tell(opened, item, applying, applicant, actor, now)
    if mandate_id or applying.agent_mandate_id:
        agent = applicant.agent_name if applying.agent_mandate_id else actor.label
        used = {"agent": agent, "item": item.name["zh"], "number": opened.held.number}
        tell_giver(applying, used, opened.held.path, actor=SENDER, now=now)
    accept = opened.held.standing.clock("accept")
    on = localdate(accept.due_at - LAST_MOMENT) if accept else None
    return Applied(opened.held.number, opened.code, opened.held.id, on)


def _offered(
    begun: Callable[[], ItemAsked], path: str, applying: Applying, *, is_window: bool
) -> ItemAsked:
    try:
        item = begun()
    except NotFound as unknown:
        raise NotOffered({"item": [str(NotOffered.message)]}) from unknown
    is_taken = is_at_window(item) if is_window else is_online(item)
    if not is_taken or not item.is_offered_at(path):
        raise NotOffered({"item": [str(NotOffered.message)]})
    if applying.item_version not in (None, item.version):
        raise ItemChanged(version=item.version)
    return item


def _chain(code: str) -> tuple[PlaceRow, ...]:
    try:
        chain = tuple(places.chain_of(code))
    except NotFound as unknown:
        raise Invalid({"place": [_("Choose where you live or work.")]}) from unknown
    if chain[-1].valid_to is not None:
        raise Invalid({"place": [_("This place has ended. Choose the one of today.")]})
    return chain


def _answers(item: ItemAsked, applying: Applying) -> dict[str, str]:
    answers = known_answers(item, applying.answers)
    if asks_whose(item) and applying.applicant.agent_name.strip():
        if answers.get(WHOSE, OTHER) != OTHER:
            # her papers would be another list, and the record would say that she came herself
            raise Invalid(
                {f"q_{WHOSE}": [_("An agent stands here: then it is for somebody else.")]}
            )
        answers = with_whose(item, answers, is_by_agent=applying.agent_mandate_id is not None)
    open_ones = open_questions(item, answers)
    if open_ones:
        words = [_("Answer this, so that the list fits your case.")]
        raise Invalid({f"q_{key}": words for key in open_ones})
    return answers


def _form(item: ItemAsked, applying: Applying, now: datetime) -> FormAnswers | None:
    """Return the answers to the item's own form, of the version that she was shown."""
    version = version_asked(item, applying.form_number)
    if version is None:
        return None
    found = answered(version, applying.form, localdate(now))
    if found.faults:
        raise Invalid(dict(found.faults))
    return found


def _mandate(applying: Applying, actor: Actor, *, is_window: bool, now: datetime) -> int | None:
    """Return the mandate of whoever stands for somebody else. Refuses with NoMandate without one.

    Whoever helps by page shows it when papers or the result pass over the table.
    """
    if actor.acting_for is not None and not is_window:
        found = live_mandate(actor.account_id or 0, actor.acting_for, now=now)
        if found is None or applying.person_id != actor.acting_for:
            raise NoMandate({"person": [str(NoMandate.message)]})
        return found.pk
    if is_window and applying.applicant.agent_name.strip() and not applying.agent_basis.strip():
        raise NoMandate({"agent_basis": [_("Say which paper the agent showed.")]})
    return None


def _opened(
    item: ItemAsked,
    chain: tuple[PlaceRow, ...],
    applying: Applying,
    clerk: Actor | None,
    now: datetime,
    number: Numbering,
) -> Opened:
    given = Given(
        public={"text": item.name["zh"]},
        facts={
            "item": item.key, "item_version": item.version,
            **({"agreed": applying.agreed} if applying.agreed else {}),
        },
        by_reporter=True,
    )  # fmt: skip
    opening = Opening(
        KIND, chain, applying.channel, title=item.name["zh"], title_en=item.name.get("en", ""),
        given=given, uuid=applying.uuid,
    )  # fmt: skip
    # whoever applies leaves no name in chain and trail: both are read by more than the handlers
    hand = None if clerk is not None else Hand("reporter")
    return open_case(opening, actor=clerk or NOBODY, now=now, hand=hand, number=number)


def _note(
    case_id: int,
    applying: Applying,
    applicant: Applicant,
    actor: Actor,
    *,
    is_window: bool,
    now: datetime,
) -> None:
    is_hers = applying.is_mine and not is_window
    asker = Asker(
        _reached(applying, applicant),
        language=applying.language,
        account_id=actor.account_id if is_hers else None,
        person_id=applying.person_id,
        by_sms=applying.by_sms,
        is_on_behalf=is_window,
        is_for_other=bool(applicant.agent_name) and applying.person_id is None,
    )
    note_asker(case_id, asker, actor=actor, now=now)


def _reached(applying: Applying, applicant: Applicant) -> Contact:
    """Return whom the office calls and writes to: who helps, if she is reached, else the applicant."""
    is_helper = applicant.agent_name and (applicant.agent_phone or applying.is_mine)
    if is_helper:
        return Contact(applicant.agent_name, applicant.agent_phone)
    return Contact(applicant.name, applicant.phone)


def _tell(
    opened: Opened,
    item: ItemAsked,
    applying: Applying,
    applicant: Applicant,
    actor: Actor,
    now: datetime,
) -> None:
    """Send number and code where she wishes it."""
    to, phone = None, _reached(applying, applicant).phone
    if applying.is_mine and actor.account_id is not None:
        to = To(account_id=actor.account_id, language=applying.language)
    elif applying.by_sms and phone:
        to = To(phone=phone, language=applying.language)
    if to is None:
        return
    number = opened.held.number
    about = About(opened.held.path, Link("cases:follow", (number,)))
    name = item.name.get("en") if applying.language == "en" else ""
    told = {"number": number, "code": opened.code, "item": name or item.name["zh"]}
    notify.send(RECEIPT, to, told, actor=SENDER, now=now, about=about)
