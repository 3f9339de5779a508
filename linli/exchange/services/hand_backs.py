"""申请退单: asking the hotline to take an order back that is not ours, and what it says."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from linli.cases import permits as case_permits
from linli.cases.services import sent_here
from linli.cases.types.moves import At
from linli.exchange import permits
from linli.exchange.errors import AskedAlready, NotACase, TooLateToReturn, WordsNeeded
from linli.exchange.models import HandBack, HotlineOrder
from linli.exchange.queries.terms import TERM, ask_until, stops_clock
from linli.exchange.states import HAND_BACK, HandBackState, OrderState
from linli.kernel.permits import Actor, require
from linli.trail.services import record

MOST_BODY = 120


@transaction.atomic
def ask_hand_back(
    order: HotlineOrder, *, reason: str, body: str, actor: Actor, now: datetime
) -> HandBack:
    """Ask the hotline to take an order back, with the reason and the body that is in charge.

    It must be asked in the term of the rulebook, counted from when the order came in. The clock
    goes on, unless the local rule stops it. Refuses with NotAllowed, NotACase, AskedAlready,
    TooLateToReturn, WordsNeeded, WrongState.
    """
    order = (
        HotlineOrder.objects.select_for_update(of=("self",)).select_related("case").get(pk=order.pk)
    )
    if order.state != OrderState.TAKEN or order.case is None:
        raise NotACase()
    require(actor, case_permits.HANDLE, at=order.case.path, level=order.case.level)
    _check_words({"reason": reason, "body": body})
    if HandBack.objects.filter(order=order, state=HandBackState.APPLIED).exists():
        raise AskedAlready()
    until = ask_until(order)
    if now >= until:
        raise TooLateToReturn()
    stops = stops_clock(order.case.path, now)
    sent_here.ask_return(
        At(order.case.pk), reason, to=body, stops_clock=stops, actor=actor, now=now
    )
    asked = HandBack.objects.create(
        order=order, path=order.path, state=HAND_BACK.start, reason=reason.strip(),
        body=" ".join(body.split())[:MOST_BODY], asked_at=now, asked_by=actor.label[:120],
        ask_until=until, law={"term": TERM, "stops": stops}, stopped_clock=stops,
    )  # fmt: skip
    record("exchange.return_asked", on=asked, actor=actor, now=now, place=order.case.path,
           number=order.number)  # fmt: skip
    return asked


def _check_words(given: dict[str, str]) -> None:
    lacks = [name for name, text in given.items() if not text.strip()]
    if lacks:
        raise WordsNeeded(lacks)


@transaction.atomic
def accept_return(asked: HandBack, *, words: str, actor: Actor, now: datetime) -> HandBack:
    """Note that the hotline took an order back: its case ends as referred to whoever is in charge.

    The hotline decides, so that whoever deals with it need not handle cases. A case that was answered, merged or ended meanwhile stays as it is.
    Refuses with NotAllowed, NotFound, WrongState.
    """
    asked, case_id = _held(asked, "accept_return", actor)
    text = words.strip() or asked.body
    sent_here.accept_return(At(case_id), text, reason=asked.reason, actor=actor, now=now)
    return _decided(asked, HandBackState.ACCEPTED, words, actor, now)


@transaction.atomic
def refuse_return(asked: HandBack, *, words: str, actor: Actor, now: datetime) -> HandBack:
    """Note that an order stays here, in the hotline's words; the case goes on.

    Refuses with NotAllowed, WrongState, WordsNeeded.
    """
    asked, case_id = _held(asked, "refuse_return", actor)
    _check_words({"words": words})
    sent_here.refuse_return(At(case_id), words, actor=actor, now=now)
    return _decided(asked, HandBackState.REFUSED, words, actor, now)


def _held(asked: HandBack, move: str, actor: Actor) -> tuple[HandBack, int]:
    asked = (
        HandBack.objects.select_for_update(of=("self",)).select_related("order").get(pk=asked.pk)
    )
    require(actor, permits.HOTLINE, at=asked.path)
    HAND_BACK.after(asked.state, move)
    case_id = asked.order.case_id
    assert case_id is not None, "only an order with a case is handed back"
    return asked, case_id


def _decided(
    asked: HandBack, state: HandBackState, words: str, actor: Actor, now: datetime
) -> HandBack:
    asked.state, asked.words, asked.decided_at = state, words.strip(), now
    asked.decided_by = actor.label[:120]
    asked.save(update_fields=["state", "words", "decided_at", "decided_by"])
    record(f"exchange.return_{state.value}", on=asked, actor=actor, now=now, place=asked.path,
           number=asked.order.number)  # fmt: skip
    return asked
