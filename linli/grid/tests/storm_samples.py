"""A storm in a village, a helper, a home that is to be moved, as tests need them."""

from __future__ import annotations

from linli.grid import permits
from linli.grid.models import Storm, StormHome
from linli.grid.services import homes, storms
from linli.grid.testing import NOON, make_worker
from linli.grid.types.storms import HomeFacts, ShelterFacts
from linli.kernel.permits import Actor
from linli.kernel.testing import make_actor
from linli.orgs.testing import make_holding
from linli.places.testing import make_village

OFFICE = make_actor("office", permits.SEE, permits.STORM, permits.DECLARE)
HALL = ShelterFacts("School hall", "1 School Road", 5, "40 blankets")


def storm(title: str = "Number 12") -> Storm:
    return storms.begin_storm(make_village(), "typhoon", title, actor=OFFICE, now=NOON)


def helper() -> tuple[Actor, int]:
    actor, post = make_worker(make_village())
    make_holding(post)
    return actor, post.pk


def home(at: Storm, post: int, *, people: int = 3, shelter: int | None = None) -> StormHome:
    facts = HomeFacts("Chen Ah Po", "+8613800138001", "Fig lane 8", people, "carry", post, shelter)
    # samples are alike: each is another home
    return homes.name_home(at, make_village(), facts, is_another=True, actor=OFFICE, now=NOON)
