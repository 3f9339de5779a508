"""How often what a rule or a line of the list sent was handed back: of entries, never of people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from linli.kernel import sql
from linli.places.types import PlaceRow

# days over which pages count
SHOWN_DAYS = 90
# a copied rule goes on with the figures of the one that it comes from
HAND_BACKS = """
WITH lines AS (
    SELECT r.id AS rule_id, coalesce(r.origin_id, r.id) AS line
      FROM cases_routingrule r WHERE r.rule_set_id = %(set_id)s
)
SELECT l.rule_id, count(a.id), count(a.id) FILTER (WHERE a.state = 'accepted' OR a.state = 'done'),
       count(a.id) FILTER (WHERE a.state IN ('declined', 'disputed'))
  FROM lines l
  JOIN cases_routingrule k ON coalesce(k.origin_id, k.id) = l.line
  JOIN cases_assignment a ON a.rule_id = k.id AND a.role = 'lead'
   AND a.offered_at >= %(since)s AND a.offered_at < %(until)s
 GROUP BY l.rule_id
"""
# a case counts for the line by which it was sent, also after its category was put right
LISTED = """
SELECT r.id, count(*), count(*) FILTER (WHERE a.state = 'accepted' OR a.state = 'done'),
       count(*) FILTER (WHERE a.state IN ('declined', 'disputed'))
  FROM cases_case c
  JOIN cases_assignment a ON a.case_id = c.id AND a.role = 'lead' AND a.rule_id IS NULL
  JOIN cases_caseevent e ON e.case_id = c.id AND e.at = a.offered_at AND e.move = 'offer'
   AND e.facts -> 'route' ->> 'by' = 'list'
  JOIN cases_category g ON g.id = (e.facts -> 'route' -> 'inputs' ->> 'category')::bigint
  JOIN cases_responsibility r ON r.path = %(path)s AND r.duty = 'responsible'
   AND r.category_id IN (g.id, g.parent_id)
   AND r.post_id = coalesce((e.facts -> 'route' ->> 'meant')::bigint, a.post_id)
 WHERE c.{level}_id = %(place_id)s AND c.opened_at >= %(since)s AND c.opened_at < %(until)s
 GROUP BY r.id
"""


@dataclass(frozen=True, slots=True)
class HandBacks:
    """What a rule sent in a time: offered, taken, handed back; a share of nothing is unknown."""

    offered: int
    taken: int
    handed_back: int

    @property
    def share(self) -> float | None:
        return self.handed_back / self.offered if self.offered else None


NONE_SENT = HandBacks(0, 0, 0)


def hand_backs(set_id: int, *, since: datetime, until: datetime) -> dict[int, HandBacks]:
    """Return what each rule of a set sent in a time, and how much of it came back; one query."""
    params = {"set_id": set_id, "since": since, "until": until}
    return {
        rule_id: HandBacks(offered, taken, back)
        for rule_id, offered, taken, back in sql.tuples("cases.hand_backs", HAND_BACKS, params)
    }


def hand_backs_of_list(
    place: PlaceRow, *, since: datetime, until: datetime
) -> dict[int, HandBacks]:
    """Return what each line that a city, town or village named itself sent of the cases of a time."""
    params = {"path": place.path, "place_id": place.id, "since": since, "until": until}
    rows = sql.tuples("cases.hand_backs_of_list", LISTED.format(level=place.level), params)
    return {line: HandBacks(offered, taken, back) for line, offered, taken, back in rows}
