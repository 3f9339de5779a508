"""The filters of a list of cases, as an address or the API gives them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import partial
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.cases.queries.filters import NO_CATEGORY, categories_of_code, path_of_code
from linli.cases.queries.telling import kind_choices
from linli.cases.types.listing import Flag, View, Wanted
from linli.kernel import dates
from linli.kernel.errors import Invalid
from linli.kernel.wholes import whole_number

# the parts of an address that narrow a list, apart from its view
FILTERS = ("place", "own", "category", "kind", "matter", "flag", "q", "due", "since", "post")


def wanted_of(given: Mapping[str, str], *, now: datetime) -> Wanted:
    """Return which cases are asked for. Refuses with Invalid for words that no filter knows."""
    category = given.get("category", "")
    bare = category == NO_CATEGORY
    one, several = categories_of_code("" if bare else category)
    post = given.get("post", "")
    return Wanted(
        view=View(_known("view", given.get("view", "") or View.OPEN, View)),
        path=path_of_code(given.get("place", "")),
        is_own=bool(given.get("own")),
        category_id=one,
        categories=several,
        is_uncategorised=bare,
        now=now,
        kind=_known("kind", given.get("kind", ""), [key for key, _ in kind_choices()]),
        matter=given.get("matter", "")[:40],
        words=given.get("q", "").strip(),
        flag=_known("flag", given.get("flag", ""), Flag),
        due_on=_day("due", given.get("due", "")),
        since=_day("since", given.get("since", "")),
        lead_post_id=whole_number(post) if post else None,
    )


def fault_of_since(given: Mapping[str, str]) -> list[str]:
    """Return what is wrong with the first day that somebody typed, or nothing."""
    try:
        _day("since", given.get("since", ""))
    except Invalid as refusal:
        return refusal.fields["since"]
    return []


def unknown_filters(given: Mapping[str, str]) -> dict[str, str]:
    """Return the filters of an old link whose words nobody knows any more, with what they are called."""
    known: dict[str, tuple[Any, Callable[[str], object]]] = {
        "view": (_("View of the list"), lambda word: _known("view", word, View)),
        "category": (
            _("Category"),
            lambda word: None if word == NO_CATEGORY else categories_of_code(word),
        ),
        "kind": (
            _("Kind of case"),
            lambda word: _known("kind", word, [key for key, _title in kind_choices()]),
        ),
        "flag": (_("Look for"), lambda word: _known("flag", word, Flag)),
        "due": (_("Due"), partial(_day, "due")),
        "since": (_("Came in since"), partial(_day, "since")),
    }
    return {
        name: str(title)
        for name, (title, check) in known.items()
        if given.get(name) and not _passes(check, given[name])
    }


def _passes(check: Callable[[str], object], word: str) -> bool:
    try:
        check(word)
    except Invalid:
        return False
    return True


def _known(name: str, word: str, known: Iterable[str]) -> str:
    words = [str(one) for one in known]
    if word and str(word) not in words:
        raise Invalid({name: [", ".join(words)]})
    return str(word)


def _day(name: str, text: str) -> date | None:
    if not text:
        return None
    try:
        return dates.parse(text, today=localdate(), lean=dates.Lean.PAST)
    except dates.NotADate as error:
        raise Invalid({name: [_("Write the day like 2026-08-10.")]}) from error
