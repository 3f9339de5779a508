"""The life of a set of rules: written, watched beside the one in force, in force from a day."""

from __future__ import annotations

from linli.cases import permits
from linli.cases.types.routing import SetState
from linli.kernel.states import Machine, Move

DRAFT, SHADOW, IN_FORCE = SetState.DRAFT, SetState.SHADOW, SetState.IN_FORCE
RULE_SET = Machine(
    DRAFT,
    [
        Move("watch", (DRAFT,), SHADOW, permits.KEEP_RULES),
        Move("edit_again", (SHADOW,), DRAFT, permits.KEEP_RULES),
        Move("put_in_force", (DRAFT, SHADOW), IN_FORCE, permits.KEEP_RULES),
        # only before its first day; what was in force ends when another begins
        Move("take_back", (IN_FORCE,), DRAFT, permits.KEEP_RULES),
    ],
    ends=set(),
)
