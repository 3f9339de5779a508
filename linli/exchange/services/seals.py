"""The city's seal service: what it is told of papers, and asked until it answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from linli.documents import services as papers
from linli.documents.queries import seals_looked_for
from linli.documents.types import SealAct, Sealed
from linli.exchange.clients import seals as client
from linli.exchange.clients.lines import line_of
from linli.exchange.clients.wire import Line
from linli.exchange.queries.connections import matters_stuck, matters_told
from linli.exchange.rules.going_on import Clock, going_on
from linli.exchange.services.letters import Matter, queue_letter
from linli.exchange.services.linking import note_try
from linli.exchange.types.connections import NO_ANSWER, SAYS, Later, Never, System
from linli.exchange.types.seals import Refused
from linli.kernel.permits import Actor, open_to_all

AT_ONCE = 50
# an asking has two letters at most: it is asked, and it is ended
PLACE_OF = {SealAct.ASK: 1, SealAct.END: 2}


@open_to_all("part of the act on a paper, whose service asked for its permit")
def tell_seal_service(
    number: str, path: str, act: SealAct, said: Mapping[str, object], *, actor: Actor, now: datetime
) -> None:
    """Queue what the seal service is told, in the running transaction."""
    about = Matter(System.SEALS, number, PLACE_OF[act], path)
    queue_letter(about, act, {"act": act, **said}, actor=actor, now=now)


@open_to_all("run by its job alone")
def look_for_seals(*, actor: Actor, now: datetime) -> int:
    """Ask for the answer to every asking that the service was told of; return how many papers were sealed.

    One that fails does not stop the next, unless nobody answers there at all.
    """
    line = line_of(System.SEALS)
    if line is None:
        return 0
    sealed = 0
    waiting = seals_looked_for(now)
    for number, fault in matters_stuck(System.SEALS, waiting, SealAct.ASK).items():
        papers.note_no_seal(number, fault, actor=actor, now=now)
    told = matters_told(System.SEALS, waiting, SealAct.ASK)
    clock = going_on(now)
    for number in [one for one in waiting if one in told][:AT_ONCE]:
        try:
            sealed += _look(line, number, clock, actor, now)
        except Later as fault:
            note_try(System.SEALS, fault=str(fault), actor=actor, now=clock())
            papers.note_no_seal(number, str(fault), actor=actor, now=now)
            if str(fault) == NO_ANSWER:
                break
    return sealed


def _look(line: Line, number: str, clock: Clock, actor: Actor, now: datetime) -> bool:
    try:
        answer = client.ask_seal(line, number, now=now)
    except Never as fault:
        note_try(System.SEALS, actor=actor, now=clock())
        papers.note_no_seal(number, str(fault), actor=actor, now=now)
        return False
    note_try(System.SEALS, actor=actor, now=clock())
    if isinstance(answer, Sealed):
        return papers.take_electronic_seal(answer, actor=actor, now=now).state == "sealed"
    if isinstance(answer, Refused):
        papers.refuse_electronic_seal(number, SAYS + answer.word, actor=actor, now=now)
    else:
        papers.note_no_seal(number, "", actor=actor, now=now)
    return False
