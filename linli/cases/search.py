"""What the search finds of cases: by number and by words of the title, as far as one sees them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from linli.cases.queries.filters import sees_cases
from linli.cases.queries.kinds import all_kinds, kind_of
from linli.cases.queries.public_finding import find_public
from linli.cases.queries.reading import found_cases
from linli.cases.rules.telling import first_line
from linli.kernel.ids import number_typed
from linli.kernel.permits import Actor
from linli.kernel.registries import SEARCH, Hit, SearchSource
from linli.ui.formats import clauses
from linli.ui.jinja import named

NUMBER = re.compile(r"(?P<series>[A-Z]{1,8})-\d{4}-\d{4,8}", re.ASCII)
FOLLOWED = _("How far is it? By number and code")


def find_cases(actor: Actor, words: str, limit: int) -> Sequence[Hit]:
    """Find cases that the actor may see."""
    found: list[Hit] = []
    for case in found_cases(actor, words, limit):
        kind = kind_of(case.kind, case.version)
        said = kind.says(case.state, case.lead_post_id, case.offered_post_id)
        text = clauses((case.number, said.title))
        url = reverse("cases:sheet", args=[case.number])
        found.append(Hit(named(case) or str(kind.title), url, text, kind.title))
    return found


def find_public_cases(actor: Actor, words: str, limit: int) -> Sequence[Hit]:
    """Find what everybody may see, for those who have no list of cases of their own."""
    if sees_cases(actor):
        return []
    return [
        Hit(
            first_line(one.said) if one.said else one.category,
            reverse("cases:public_case", args=[one.place_code, one.number]),
            clauses((one.number, one.state, one.place)),
            _("Public cases"),
        )
        for one in find_public(words, limit)
    ]


def find_followed(actor: Actor, words: str, limit: int) -> Sequence[Hit]:
    """Lead whoever has no list of cases from a number to where it is followed; whether it is there is not told."""
    typed = NUMBER.fullmatch(number_typed(words))
    if (
        sees_cases(actor)
        or typed is None
        or typed["series"] not in {one.series for one in all_kinds()}
    ):
        return []
    to = f"{reverse('cases:find')}?{urlencode({'number': typed[0]})}"
    code = _("Number and code together open it; nobody can look the code up for you.")
    return [Hit(typed[0], to, str(code), FOLLOWED)]


def register() -> None:
    """Tell the search what cases can find. Called once at start."""
    SEARCH.add(SearchSource("cases.cases", _("Cases"), find_cases))
    SEARCH.add(SearchSource("cases.followed", FOLLOWED, find_followed))
    SEARCH.add(SearchSource("cases.public", _("Public cases"), find_public_cases))
