"""The named benches and the work each does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from linli.bench.measure import Result


@dataclass(frozen=True, slots=True)
class Bench:
    """`module.run(say)` in linli/bench measures and returns the result.

    `home` is the folder in LINLI_HOME that it works in: what empties tables, or brings items of its own
    before the demo has, leaves no city for others.
    """

    name: str
    about: str
    home: str = "bench"

    def run(self, say: Callable[[str], None]) -> Result:
        result = import_module(f"linli.bench.{self.name}_bench").run(say)
        assert isinstance(result, Result)
        return result


EMPTIED = "bench-emptied"
BENCHES = (
    Bench("import", "200,000 residents from csv against bare COPY and bare AES-GCM", EMPTIED),
    Bench(
        "search",
        "people by name, initials and number: 100 k against 1 M, and against key reads",
        EMPTIED,
    ),
    Bench("locate", "1,000,000 points in 609 outlines against bare shapely"),
    Bench("home", "a village's home over HTTP against the same template from a frozen context"),
    Bench("trail", "16 writers recording against bare INSERT, with and without the sealer"),
    Bench("route", "5,000 reports through 500 rules against trying the rules in order"),
    Bench("report", "reports over HTTP with photo, clocks and routing against one row and commit"),
    Bench(
        "apply", "applications of twenty fields over HTTP, two sealed, against one row and commit"
    ),
    Bench("book", "200 people who want 500 times at once against bare INSERT … ON CONFLICT"),
    Bench("rush", "20,000 people enter a draw for 600 dates within two minutes, each twice"),
    Bench("queue", "50 windows, 2,000 tickets, 100 screens: each right within 5 s, none lost"),
    Bench("duedate", "due days over twenty years with pauses against one bisect a date"),
    Bench(
        "caselist",
        "12 lists of cases, 1,000,000 against 10,000, and against the bare page",
        EMPTIED,
    ),
    Bench(
        "worklist",
        "the twelve lists with applications at window and department, 1,000,000",
        EMPTIED,
    ),
    Bench("perform", "8 writers moving cases against bare SQL that writes the same rows"),
    Bench(
        "replay", "200 phones of 50 moves, shuffled and doubled, against the same moves by perform"
    ),
    Bench("clocks", "the sweep of 50,000 due clocks against bare SQL that writes the same rows"),
    Bench("mixed", "fifty people at once for ten minutes: no error, no growth, nobody much slower"),
    Bench("handbook", "the handbook of a village, register to file, against bare Typst"),
    Bench(
        "guide",
        "100 questions as residents type them among 2,000 items, against key reads",
        EMPTIED,
    ),
    Bench(
        "formday",
        "168 reports of a town: read, filled for each village, merged, against bare writing",
    ),
    Bench("generate", "1,000,000 synthetic people against bare COPY of the result", EMPTIED),
)
