"""Which duties stay apart, and what a reason is."""

from __future__ import annotations

import re
from collections.abc import Iterable

HAN, WORDS = re.compile(r"[\u4e00-\u9fff]"), re.compile(r"\w+")
# running the system, giving rights and checking the trail stay with three different people
KEPT_APART = frozenset({"operator", "security", "auditor"})
# who checks does none of the work that is checked
AUDIT = "auditor"
# whoever holds one of these takes no other post over, and nobody takes hers over to her own work
STAND_ALONE = KEPT_APART | {"supervision", "discipline"}
# what everybody has who lives somewhere, and no work
NO_WORK = "resident"
# a reason is a sentence: so many words, or so many Chinese characters
REASON_WORDS, REASON_SIGNS = 3, 6


def clash(held: Iterable[str], new: str) -> str | None:
    """Return the held template that keeps a person from also getting the new one.

    Basis: GB/T 22239-2019, separation of system, security and audit administrators.
    """
    others = [one for one in sorted(held) if one not in (new, NO_WORK)]
    if new == AUDIT:
        return next(iter(others), None)
    apart = KEPT_APART if new in KEPT_APART else {AUDIT}
    return next((one for one in others if one in apart), None)


def deputy_clash(held: Iterable[str], new: str) -> str | None:
    """Return the held template that keeps a person from standing in for a post with the new one.

    The three duties stay apart from all work, and supervision from what it supervises. Basis:
    GB/T 22239-2019; VE-84 and RC-26 (members of the committee are barred from its supervision).
    """
    others = [one for one in sorted(held) if one not in (new, NO_WORK)]
    if new in STAND_ALONE:
        return next(iter(others), None)
    return next((one for one in others if one in STAND_ALONE), None)


def is_sentence(reason: str) -> bool:
    """Say whether a reason tells something: three words, or six Chinese characters, not one alone."""
    han = HAN.findall(reason)
    words = WORDS.findall(HAN.sub(" ", reason))
    tells = len(set(han)) > 2 or len({word.lower() for word in words}) > 2
    return tells and 2 * len(words) + len(han) >= min(2 * REASON_WORDS, REASON_SIGNS)
