"""What comes with a move, from what somebody typed: only what the move asks for."""

from __future__ import annotations

from typing import Any

from linli.cases.types.acting import Typed
from linli.cases.types.kinds import Ask
from linli.cases.types.moves import Given


def given_of(asks: tuple[Ask, ...], typed: Typed, files: tuple[str, ...] = ()) -> Given:
    """Return what comes with a move, as its `asks` have it; the engine refuses what is missing."""
    text, basis = typed.text("text"), typed.text("basis")
    internal = {"reason": typed.text("reason")} if typed.text("reason") else {}
    facts: dict[str, Any] = {"files": list(files)} if files else {}
    public = {"text": text} if text and Ask.PUBLIC in asks else {}
    if Ask.BASIS in asks and basis:
        facts["basis"] = typed.text("basis_key") or "text"
        public |= {"basis": basis}
    return Given(public=public or None, internal=internal or None, facts=facts)
