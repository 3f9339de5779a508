"""The one request to the city's base data (docs/contracts/base-data.md)."""

from __future__ import annotations

from datetime import datetime

from linli.exchange.clients.wire import Line
from linli.exchange.rules.base_data import read_answer
from linli.exchange.rules.hall import NoSense
from linli.exchange.types.base_data import FromRecord, Question
from linli.exchange.types.connections import NOT_OURS, Later


def ask_record(line: Line, question: Question, *, name: str, now: datetime) -> FromRecord:
    """Return what a register says of somebody. Raises Later, Never."""
    said = line.ask("/questions", now=now, name=name, said={
        "source": question.source, "fact": dict(question.fact), "wants": "on_record",
        "subject": {"id_number": question.id_number, "name": question.name},
        "ground": question.ground, "basis": question.basis, "purpose": question.purpose,
    })  # fmt: skip
    try:
        return read_answer(said)
    except NoSense as fault:
        raise Later(NOT_OURS) from fault
