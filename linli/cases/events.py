"""What happened to cases, for apps above."""

from __future__ import annotations

from dataclasses import dataclass

from linli.kernel.quick import quick


@quick
@dataclass(frozen=True, slots=True)
class CaseMoved:
    """A case made a step; `stage` is where it stands after it.

    `is_of_kind` is a move of the kind's own table, `by` whose hand it was: post, person, reporter, job.
    `by_case` is the case whose reporter moved it: this one, or one that is the same; 0 where none did.
    """

    case_id: int
    number: str
    kind: str
    move: str
    seq: int
    state: str
    stage: str
    path: str
    tells_reporter: bool
    is_of_kind: bool = False
    by: str = ""
    by_case: int = 0


@dataclass(frozen=True, slots=True)
class WordsLate:
    """Words or photos of a case were not read in the time for it."""

    case_id: int


@dataclass(frozen=True, slots=True)
class OfferLate:
    """A post did not say in time whether it takes the lead of a case that was offered to it."""

    case_id: int
    number: int


@dataclass(frozen=True, slots=True)
class CaseRouted:
    """A case was sent to a post by the rules; `informed` are posts that are to know of it now."""

    case_id: int
    post_id: int
    informed: tuple[int, ...] = ()
