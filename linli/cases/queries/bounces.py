"""How often what a rule sent was handed back: of posts and rules, never of people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from linli.kernel import sql

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
