"""Who stands at the window: found by card, number or name, and nobody chosen silently who is alike with another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from linli.kernel.identity import tidy_id
from linli.kernel.web import Request
from linli.offerings.rules.alike import DIGITS, alike_in
from linli.people.queries.search import Found, FoundPage, find_people
from linli.people.queries.vault import with_number
from linli.people.services.telling_apart import whose_ends_with

# as many as there are digits to choose by
MOST = 9
# so many are compared with each other; of more nobody knows who is alike with whom, so none is shown
COMPARED = 100
DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Standing:
    """Whoever was found: who is chosen, else the people shown, and who of them needs the end of her number."""

    asked: str = ""
    chosen: int | None = None
    people: Sequence[Found] = ()
    # alike with somebody, and told from her by nothing but her number
    alike: frozenset[int] = frozenset()
    # alike with somebody, and told from her by having no number in the register
    unnumbered: frozenset[int] = frozenset()
    is_more: bool = False
    is_too_many: bool = False
    fault: str = ""

    @property
    def is_name(self) -> bool:
        """Whether what was typed or read is a name: neither a number nor a part of one."""
        return bool(self.asked) and DIGIT.search(self.asked) is None


def who_stands_here(request: Request) -> Standing:
    """Find who was asked for, or choose among people who are alike by the end of her number."""
    text = request.POST.get("q", "").strip()[:100]
    if not text:
        return Standing()
    found = find_people(request.actor, text, limit=COMPARED)
    if len(found.items) == 1:
        return Standing(text, chosen=found.items[0].person_id)
    if found.next:
        return Standing(text, is_too_many=True)
    return _told_apart(request, text, found)


def _told_apart(request: Request, text: str, found: FoundPage) -> Standing:
    """An answer of 400 or more would undo the trace of the try: a wrong end is told on the page of a search."""
    same = alike_in(found.items, MOST)
    alike = with_number(request.actor, same) if same else same
    chosen, fault = None, ""
    if alike and (end := tidy_id(request.POST.get("end", ""))[-DIGITS:]):
        where = {one.person_id: one.path for one in found.items if one.person_id in alike}
        hers = (
            whose_ends_with(where, end, actor=request.actor, now=timezone.now())
            if len(end) == DIGITS
            else []
        )
        if len(hers) == 1:
            chosen = hers[0]
        else:
            fault = _("These last signs do not tell them apart. Look at the card again.")
    return Standing(
        text, chosen, found.items[:MOST], alike, same - alike,
        is_more=len(found.items) > MOST, fault=fault,
    )  # fmt: skip
