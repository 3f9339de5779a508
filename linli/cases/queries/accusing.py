"""Whether words accuse an official, and which post of a place they mean, as far as that can be seen."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import override

from linli.cases.errors import AccusesOfficial
from linli.cases.models import Category
from linli.cases.queries.receivers import Receiver, governed_path, office_of, posts_held_at
from linli.cases.rules import accusing
from linli.cases.rules.accusing import Wording
from linli.cases.types.words import Matter
from linli.kernel.paths import nearest_first
from linli.orgs import queries as orgs

# what a page sends again with whose writer was told and means it for the office
MEANT = "meant_for_here"
# the category for 干部作风, and matters that speak against nobody
CADRES, NOT_AGAINST = "cadres", frozenset({Matter.INQUIRY, Matter.SUGGESTION, Matter.PRAISE})
DATA = Path(__file__).parents[1] / "data" / "accusations.csv"


@cache
def wording() -> Wording:
    """Return the words that the package brings along, read once."""
    with open(DATA, encoding="utf-8", newline="") as file:
        rows = {row["sort"]: tuple(row["words"].split()) for row in csv.DictReader(file)}
    return Wording(rows["charge"], rows["report"], rows["post"], rows["above"], rows["deed"])


def accuses(text: str) -> bool:
    """Say whether words accuse an official: they are read by a person before anybody gets them."""
    said = text.strip()
    mark = (hash(said), len(said))
    for known, answer in _asked_last:
        if known == mark:
            return answer
    found = accusing.accuses(said, wording())
    _asked_last[:] = [(mark, found)]
    return found


# each step of taking words down asks it anew of the same words, which may be sealed: they themselves stay in no memory
_asked_last: list[tuple[tuple[int, int], bool]] = []


def accuses_in(category_id: int | None, matter: str, text: str) -> bool:
    """Say whether a report accuses an official: by its words, or as a complaint about how cadres conduct themselves."""
    return is_about_cadres(category_id, matter) or accuses(text)


def is_about_cadres(category_id: int | None, matter: str) -> bool:
    """Say whether a report complains about cadres by its category, whatever its words."""
    if category_id is None or matter in NOT_AGAINST:
        return False
    return Category.objects.filter(pk=category_id, code=CADRES).exists()


def is_led_elsewhere(sent: Mapping[str, Any], words: str, *, names_post: bool = False) -> bool:
    """Say whether a page tells of 12388 before it keeps words: what accuses an official, or is about the conduct of
    a post that it names, unless it was told."""
    return MEANT not in sent and (names_post or accuses(words))


def lead_elsewhere_once(
    where: str, text: str, category_id: int | None = None, matter: str = "",
    *, names_post: bool = False,
) -> None:  # fmt: skip
    """Refuse with AccusesOfficial what accuses an official, as pages show the way before they send.

    For programs: whoever was told and still means it here sends it on without asking this.
    """
    if names_post or accuses_in(category_id, matter, f"{where}\n{text}"):
        raise AccusesOfficial()


@cache
def unkept_words() -> str:
    """Return as JSON what a browser needs to see that words accuse an official: such drafts are not kept."""
    words = wording()
    told = {
        "charges": words.charges, "reports": words.reports, "posts": words.posts,
        "deeds": words.deeds, "reach": accusing.REACH,
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=False)


def accused_posts(text: str, path: str, on: date) -> list[int]:
    """Return the posts at a place or above that a text names, by their holders' names or by their titles."""
    # posts are called in Chinese by those who write of them, whatever language the page has
    with override("zh-hans"):
        around = [post for place in nearest_first(path) for post in posts_held_at(place, on)]
    if not around:
        return []
    named = _by_holder(text, around, on)
    return [post.post_id for post in (*named, *_by_title(text, around, named))]


def post_in_charge(path: str, on: date) -> list[int]:
    """Return the post in charge of a place: whom a complaint about its cadres means that names nobody."""
    found = office_of(governed_path(path), on)
    return [found.post_id] if found else []


def _by_holder(text: str, around: Sequence[Receiver], on: date) -> list[Receiver]:
    held = orgs.holders_of_posts([post.post_id for post in around], on)
    return [
        post
        for post in around
        if accusing.names_in(text, [one.holder_name for one in held.get(post.post_id, ())])
    ]


def _by_title(
    text: str, around: Sequence[Receiver], named: Sequence[Receiver]
) -> Iterator[Receiver]:
    """Yield the nearest post of each title that no name explains."""
    for title in accusing.titles_in(text, wording()):
        if not any(_bears(post, title) for post in named):
            yield from [post for post in around if _bears(post, title)][:1]


def _bears(post: Receiver, title: str) -> bool:
    return post.name.casefold().endswith(title)
