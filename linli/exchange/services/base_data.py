"""The city's base data are asked about one person, and what went wrong is told in a word."""

from __future__ import annotations

from datetime import datetime

from linli.exchange.clients.base_data import ask_record
from linli.exchange.clients.lines import line_of
from linli.exchange.queries.connections import is_silent
from linli.exchange.rules.going_on import going_on
from linli.exchange.services.linking import note_try
from linli.exchange.types.base_data import FromRecord, Question
from linli.exchange.types.connections import NO_ANSWER, Later, Never, System
from linli.kernel.permits import Actor, open_to_all

NOT_CONNECTED = "not_connected"


@open_to_all("the service that asks required its permit and recorded the reading beforehand")
def ask_base_data(
    question: Question, *, name: str, actor: Actor, now: datetime
) -> tuple[FromRecord | None, str]:
    """Return what a register says, or none with the word for what went wrong.

    Asked outside any transaction. A refusal is the register's answer to us, no fault of the way.
    """
    line = line_of(System.BASE_DATA)
    if line is None:
        return None, NOT_CONNECTED
    if is_silent(System.BASE_DATA, now):
        return None, NO_ANSWER
    clock = going_on(now)
    try:
        found = ask_record(line, question, name=name, now=now)
    except Later as fault:
        note_try(System.BASE_DATA, fault=str(fault), actor=actor, now=clock())
        return None, str(fault)
    except Never as fault:
        note_try(System.BASE_DATA, actor=actor, now=clock())
        return None, str(fault)
    note_try(System.BASE_DATA, actor=actor, now=clock())
    return found, ""
