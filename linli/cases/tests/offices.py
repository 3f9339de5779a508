"""Posts, offices and people of the tests of kinds."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from linli.cases import permits
from linli.cases.models import CaseClock
from linli.cases.rules.clocks import SHANGHAI, local_day
from linli.kernel.permits import VAULT, Actor, Grant, Permit
from linli.orgs.testing import make_holding, make_organisation, make_post
from linli.places.models import Place
from linli.places.testing import make_village

CITY, TOWN, OTHER_TOWN = "441900/", "441900/441900005/", "441900/441900006/"
VILLAGE, SECOND = TOWN + "441900005001/", TOWN + "441900005002/"
OFFICES = {2: "villagers_committee", 1: "township_government", 0: "city_government"}


def at(day: str, hour: int = 10) -> datetime:
    """Return a moment of a day in Shanghai."""
    return datetime.fromisoformat(f"{day}T{hour:02d}:00").replace(tzinfo=SHANGHAI)


def post_at(path: str, *, body: str = "", kind: str = "clerk", is_held: bool = True) -> int:
    """Return a post at a place, made with the place and its body; somebody holds it."""
    make_village("441900005001")
    codes = path.rstrip("/").split("/")
    if len(codes) == 3:
        make_village(codes[-1])
    elif codes[-1] == "441900006":
        make_village("441900006001")
    place = Place.objects.get(code=codes[-1])
    organisation = make_organisation(body or OFFICES[len(codes) - 1], at=place)
    post = make_post(organisation, kind=kind)
    if is_held:
        make_holding(post, name="", account_id=None, since=date(2026, 1, 1))
    return post.pk


def person(path: str, *held: Permit, posts: tuple[int, ...] = (), account_id: int = 1) -> Actor:
    """Return somebody who holds permits at a place, in these posts."""
    post_id = posts[0] if posts else None
    grants = tuple(Grant(permit.name, path, VAULT, post_id=post_id) for permit in held)
    return Actor(account_id, None, "somebody", grants, posts=frozenset(posts))


def petition_office(*posts: int, path: str = TOWN, account_id: int = 0) -> Actor:
    """Return somebody of the petition office of a place; each place has people of its own."""
    held = (permits.PETITIONS, permits.PETITION_WORK, permits.SUPERVISE, permits.DISPATCH)
    return person(path, *held, posts=posts, account_id=account_id or len(path))


def last_day(case_id: int, key: str) -> date:
    """Return the last day of a clock in its latest cycle."""
    due = CaseClock.objects.filter(case_id=case_id, key=key).order_by("-cycle")[0].due_at
    return local_day(due - timedelta(microseconds=1))
