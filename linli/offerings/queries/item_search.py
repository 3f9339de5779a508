"""Items found by what people type: one prepared statement, then the order of a pure rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from linli.kernel import sql
from linli.kernel.paths import chain_of_path
from linli.offerings.rules.enough import with_enough
from linli.offerings.rules.searching import Card, asked_of, is_number, ranked
from linli.people.queries.readings import readings_of_sign
from linli.ui.formats import is_chinese

# so many are weighed against each other as a whole; the rest had too little in common
CANDIDATES, LIMIT, MOST_SIGNS = 24, 20, 60
FOUND = """
SELECT h.item_id, i.key, i.state, v.kind, v.name, v.name_en, v.says, v.says_en, v.office,
       v.office_en, v.phrases, h.weight::float8 AS weight
  FROM (SELECT t.item_id, sum(t.weight * a.share) AS weight
          FROM unnest(%(terms)s::text[], %(shares)s::int[]) AS a(term, share)
          JOIN offerings_itemterm t ON t.term = a.term
         {here}
         GROUP BY t.item_id ORDER BY 2 DESC, 1 LIMIT %(most)s) h
  JOIN offerings_item i ON i.id = h.item_id
  JOIN offerings_itemversion v ON v.item_id = h.item_id AND v.state = 'published'
       AND v.since <= %(on)s AND (v.until IS NULL OR v.until > %(on)s)
 ORDER BY h.weight DESC, h.item_id
"""
HERE = "JOIN offerings_item p ON p.id = t.item_id AND p.path = ANY(%(paths)s::text[])"


@dataclass(frozen=True, slots=True)
class FoundItem:
    """An item as a list of results shows it."""

    item_id: int
    key: str
    state: str
    kind: str
    name: str
    name_en: str
    says: str
    says_en: str
    office: str
    office_en: str
    phrases: str
    weight: float

    @property
    def title(self) -> str:
        return self.name if is_chinese() or not self.name_en else self.name_en

    @property
    def text(self) -> str:
        return self.says if is_chinese() or not self.says_en else self.says_en


def search_items(
    text: str, on: date, *, path: str = "", paths: Sequence[str] = (), limit: int = LIMIT
) -> list[FoundItem]:
    """Return the items that fit what somebody typed, the best first; wrong signs are forgiven.

    `path` narrows to what is offered at a place, `paths` to what these places offer themselves.
    Nothing typed finds nothing, and so does what nobody offers, the number of a case or a code.
    """
    if is_number(text):
        return []
    asked = asked_of(text[:MOST_SIGNS], readings_of_sign)
    if not asked:
        return []
    given: dict[str, object] = {
        "terms": list(asked), "shares": list(asked.values()), "most": CANDIDATES, "on": on,
    }  # fmt: skip
    places = list(paths) or chain_of_path(path)
    if places:
        given["paths"] = places
    statement = FOUND.format(here=HERE if places else "")
    found = sql.rows(f"offerings.search{'_at' * bool(places)}", statement, given, FoundItem)
    by_id = {one.item_id: one for one in found}
    cards = [Card(one.item_id, tuple(one.phrases.split("\n")), one.weight) for one in found]
    asked_for = text[:MOST_SIGNS]
    order = with_enough(asked_for, ranked(asked_for, cards, readings_of_sign), readings_of_sign)
    return [by_id[card.item_id] for card in order[:limit]]
