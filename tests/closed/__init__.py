"""Who may open the addresses that are not for everybody: anyone signed in, or holders of a permit."""

from __future__ import annotations

from linli.demo.cast import TOWN
from linli.kernel.permits import PERMITS, Actor
from tests.closed.access import ACCESS
from tests.closed.activities import ACTIVITIES
from tests.closed.cases import CASES
from tests.closed.grid import GRID
from tests.closed.offerings import OFFERINGS
from tests.closed.orgs import ORGS
from tests.closed.own import OWN
from tests.closed.papers import PAPERS
from tests.closed.people import PEOPLE
from tests.closed.plan import PLAN

__all__ = ["NEEDS", "OWN", "may_open"]
CITY_PATH, TOWN_PATH = "441900/", f"441900/{TOWN}/"
# permits, any of which opens (those joined by + only together) → the addresses
BY_PERMIT = {
    **ACCESS,
    **ACTIVITIES,
    **CASES,
    **GRID,
    **OFFERINGS,
    **ORGS,
    **PAPERS,
    **PEOPLE,
    **PLAN,
}
NEEDS = {route: names for names, routes in BY_PERMIT.items() for route in routes}
# the things behind these lie above the village of the tests
ABOVE = {
    **{
        route: TOWN_PATH
        for route in NEEDS
        if route.startswith(
            (
                "plan/",
                "api/v1/plan/",
                "pairings/",
                "api/v1/pairings/",
                "register/",
                "desk/items/",
                "desk/item-lists/<",
                "api/v1/item-lists/<",
                "api/v1/item-work/<",
            )
        )
        and route not in ("register/parts/", "desk/items/", "desk/items/new/")
    },
    **{route: CITY_PATH for route in BY_PERMIT["plan.correct"] + BY_PERMIT["plan.manage"][:1]},
    "api/v1/places/<code>/decide/<topic>": TOWN_PATH,
    # layers are the city's, outlines those of towns too
    **{route: CITY_PATH for route in BY_PERMIT["places.draw"] if "layers/" in route},
    **{route: TOWN_PATH for route in BY_PERMIT["places.draw"] if "/outlines/" in route},
    # categories are the city's
    **{
        route: CITY_PATH
        for route in BY_PERMIT["cases.keep_rules"]
        if "categories/" in route and route != "routing/categories/"
    },
    "rulebook/values/<int:pk>/withdraw": TOWN_PATH,
    "api/v1/rulebook/values/<int:value_id>/withdraw": TOWN_PATH,
}


def may_open(actor: Actor, route: str, village: str) -> bool:
    """Say whether an actor holds what a closed address asks for."""
    if NEEDS.get(route) == "*":
        return bool(actor.grants)
    at = ABOVE.get(route, village)
    return any(
        all(actor.may(PERMITS[name], at=at) for name in together.split("+"))
        for together in NEEDS.get(route, "").split()
    )
