"""A small kind of case for tests of the rules."""

from __future__ import annotations

from datetime import UTC, datetime, time
from enum import StrEnum

from linli.cases.permits import HANDLE
from linli.cases.rules.clocks import Ground
from linli.cases.types.kinds import (
    FOR_GOOD,
    Ask,
    By,
    CaseKind,
    CaseMove,
    ClockDef,
    ComesIn,
    Stage,
    StateDef,
)
from linli.cases.types.shapes import ClockNow, Hand, Standing
from linli.kernel.hours import OfficeHours
from linli.kernel.states import Machine
from linli.kernel.tests.test_clock import YEAR_2026

GROUND = Ground(YEAR_2026, OfficeHours(((time(8, 30), time(12)), (time(14), time(17, 30)))))
UUID = "5b7f8f52-8a67-4ac5-9cf6-0a4dbb6c7f11"
MONDAY = datetime(2026, 8, 10, 2, tzinfo=UTC)
CLERK = Hand("post", account_id=7, post_id=3)


class Toy(StrEnum):
    NEW = "new"
    AT_WORK = "at_work"
    ASKED_BACK = "asked_back"
    ANSWERED = "answered"
    DONE = "done"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


def state(stage: Stage, without_clock: str = "") -> StateDef:
    return StateDef("title", "public", "next", stage, without_clock)


MOVES = [
    CaseMove("accept", (Toy.NEW,), Toy.AT_WORK, HANDLE, title="Accept"),
    CaseMove("ask_back", (Toy.AT_WORK,), Toy.ASKED_BACK, HANDLE, title="Ask", asks=(Ask.PUBLIC,)),
    CaseMove("tell", (Toy.ASKED_BACK,), Toy.AT_WORK, title="Tell", by=By.REPORTER),
    CaseMove("answer", (Toy.AT_WORK,), Toy.ANSWERED, HANDLE, title="Answer", asks=(Ask.PUBLIC,)),
    CaseMove("agree", (Toy.ANSWERED,), Toy.DONE, title="Solved", by=By.REPORTER),
    CaseMove("finish", (Toy.AT_WORK,), Toy.DONE, HANDLE, title="Finish", asks=(Ask.EVIDENCE,)),
    CaseMove(
        "refuse",
        (Toy.NEW, Toy.AT_WORK),
        Toy.REFUSED,
        HANDLE,
        title="Refuse",
        asks=(Ask.BASIS, Ask.PUBLIC),
        grounds=("refusal.report.",),
    ),
    CaseMove("reopen", (Toy.DONE,), Toy.AT_WORK, HANDLE, title="Reopen", opens_cycle=True),
    CaseMove("withdraw", (Toy.NEW, Toy.AT_WORK), Toy.WITHDRAWN, title="No", by=By.REPORTER),
]
STATES = {
    "new": state(Stage.OPEN),
    "at_work": state(Stage.OPEN),
    "asked_back": state(Stage.OPEN, "the reporter answers when she likes"),
    "answered": state(Stage.ANSWERED, "the reporter decides when"),
    "done": state(Stage.SOLVED),
    "refused": state(Stage.REFUSED),
    "withdrawn": state(Stage.ENDED),
}
CLOCKS = (
    ClockDef("accept", "Accept", "toy.accept", frozenset({"new"})),
    ClockDef(
        "solve",
        "Solve",
        "toy.solve",
        frozenset({"new", "at_work"}),
        pauses=frozenset({"asked_back"}),
    ),
)
TERMS = {"accept": (1, "working_days"), "solve": (10, "working_days")}


def toy(**changes: object) -> CaseKind:
    fields: dict[str, object] = {
        "key": "toy",
        "version": 1,
        "title": "Toy",
        "series": "TOY",
        "machine": Machine(Toy.NEW, list(MOVES), ends={Toy.REFUSED, Toy.WITHDRAWN}),
        "states": STATES,
        "clocks": CLOCKS,
        "sees": HANDLE,
        "opens": None,
        "opens_at": frozenset({"village"}),
        "comes_in": ComesIn("By page"),
        "keep": FOR_GOOD,
    }
    return CaseKind(**{**fields, **changes})  # type: ignore[arg-type]


def fresh(definition: ClockDef) -> ClockNow:
    amount, unit = TERMS[definition.key]
    return ClockNow(definition.key, 1, "running", unit, amount, amount, MONDAY)


def nothing() -> Standing:
    return Standing(UUID, "toy", 1, "")
