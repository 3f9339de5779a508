"""Storms, shelters and homes as an actor may see them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Case, IntegerField, Q, QuerySet, Sum, When
from django.db.models.functions import Length
from django.utils.timezone import localdate

from linli.grid import permits
from linli.grid.models import Shelter, Storm, StormHome, StormSheet
from linli.grid.models.storm_writing import current
from linli.grid.states import HAS_WORK, HomeState
from linli.kernel.errors import NotFound
from linli.kernel.paths import VILLAGE_DEPTH, chain_of_path, code_of
from linli.kernel.permits import Actor, Permit
from linli.kernel.reach import in_reach
from linli.notify.types import Link
from linli.places import queries as places

if TYPE_CHECKING:
    from linli.places.models import Place

SEEN_WITH = (permits.SEE, permits.STORM, permits.DECLARE, permits.WORK)
MOST_VILLAGES = 10
# who was moved is forgotten this long after the end
KEEP = timedelta(days=30)
# homes in these states need their places in a shelter
NEEDS_ROOM = (HomeState.NAMED, HomeState.MOVED)
TURN = Case(
    *(When(state=state, then=turn) for turn, state in enumerate(HomeState)),
    output_field=IntegerField(),
)


def _paths(actor: Actor) -> list[str]:
    return [path for permit in SEEN_WITH for path in actor.paths(permit)]


def concerns(actor: Actor, path: str) -> bool:
    """Whether what holds at a place concerns one where the actor works: it, or one above or below."""
    own = _paths(actor)
    return actor.is_system or any(one.startswith(path) or path.startswith(one) for one in own)


def page_of_storm(storm: Storm, path: str) -> Link:
    """Return the page of a storm at a place: in a village what is done there, above it the sums."""
    code = code_of(path)
    if path.count("/") == VILLAGE_DEPTH:
        return Link("grid:storm", (code, storm.pk))
    return Link("grid:storm_sums", (storm.pk, code))


def same_under_way(path: str, kind: str, title: str) -> Storm | None:
    """Return the storm of this kind and name that goes on at a place or one above, or None."""
    found = Storm.objects.filter(path__in=chain_of_path(path), kind=kind, title__iexact=title)
    return found.filter(ended_on__isnull=True).order_by("pk").first()


def same_below(storm: Storm) -> QuerySet[Storm]:
    """Return the storms of this kind and name that go on at places below that of a storm, the latest first."""
    found = Storm.objects.filter(path__startswith=storm.path, kind=storm.kind)
    found = found.filter(title__iexact=storm.title, ended_on__isnull=True)
    return found.exclude(pk=storm.pk).order_by("-pk")


def went_on_in(storm: Storm) -> Storm | None:
    """Return the storm of a wider place into which one went, the last of several, or None."""
    into = storm
    while into.went_into is not None:
        into = into.went_into
    # those that went on before this was kept
    into = current(storm) if into == storm else into
    return None if into == storm else into


def meeting_at(path: str) -> list[Storm]:
    """Return the storms under way that concern a place, those of the widest places first."""
    found = near(Storm.objects.filter(ended_on__isnull=True), path)
    return list(found.order_by(Length("path"), "pk"))


def ground_for(actor: Actor, code: str) -> Place:
    """Return a place of any level whose storms the actor sees. Refuses with NotFound."""
    place = places.get_place(code)
    if not any(actor.may(one, at=place.path) for one in SEEN_WITH):
        raise NotFound(code=code)
    return place


def village_for(actor: Actor, code: str) -> Place:
    """Return a village whose storms the actor sees. Refuses with NotFound."""
    place = ground_for(actor, code)
    if place.level != "village":
        raise NotFound(code=code)
    return place


def wide_places(actor: Actor) -> list[Place]:
    """Return the city and towns where the actor sees the grid, the widest first."""
    found = [places.get_place(code_of(path)) for path in actor.paths(permits.SEE)]
    return sorted({one for one in found if one.level != "village"}, key=lambda one: one.path)


def own_villages(actor: Actor, *held: Permit) -> list[str]:
    """Return villages at which the actor holds a permit; who works in more than a few has the sums."""
    paths = {path for permit in held for path in actor.paths(permit)}
    return sorted(path for path in paths if path.count("/") == VILLAGE_DEPTH)[:MOST_VILLAGES]


def visible_storms(actor: Actor) -> QuerySet[Storm]:
    """Storms of places where the actor works, and of those above and below them."""
    if actor.is_system:
        return Storm.objects.all()
    reach = Q(pk__in=[])
    for path in _paths(actor):
        reach |= Q(path__startswith=path) | Q(path__in=chain_of_path(path))
    return Storm.objects.filter(reach)


def get_storm(actor: Actor, storm_id: int) -> Storm:
    """Return one storm. Refuses with NotFound."""
    found = visible_storms(actor).filter(pk=storm_id).first()
    if found is None:
        raise NotFound(id=storm_id)
    return found


def storms_at(actor: Actor, path: str, *, is_over: bool = False) -> QuerySet[Storm]:
    """Return the storms of a place and of those above and below it: under way, or over."""
    return near(visible_storms(actor), path).filter(ended_on__isnull=not is_over)


def near(found: QuerySet[Storm], path: str) -> QuerySet[Storm]:
    """Return those storms that concern a place: its own, and those of places above and below it."""
    return found.filter(Q(path__startswith=path) | Q(path__in=chain_of_path(path)))


def shelters_of(path: str) -> QuerySet[Shelter]:
    """Return the shelters of a village that are in use; for everybody."""
    return Shelter.objects.filter(path=path, ended_on__isnull=True).order_by("title", "pk")


def get_shelter(path: str, shelter_id: int) -> Shelter:
    """Return a shelter of a village. Refuses with NotFound."""
    found = shelters_of(path).filter(pk=shelter_id).first()
    if found is None:
        raise NotFound(id=shelter_id)
    return found


def visible_homes(actor: Actor) -> QuerySet[StormHome]:
    """Homes in villages where the actor keeps them, and those that her posts move."""
    if actor.is_system:
        return StormHome.objects.all()
    moved = Q(helper_id__in=actor.posts)
    return StormHome.objects.filter(moved | in_reach(actor, permits.STORM))


def homes_of(actor: Actor, storm: Storm, path: str) -> QuerySet[StormHome]:
    """Return the homes of a village in a storm: those whose helper's post is closed, then those still to be moved."""
    found = visible_homes(actor).filter(storm=storm, path=path)
    lost = Case(When(without_helper(localdate()), then=0), default=1, output_field=IntegerField())
    return found.select_related("storm", "helper", "shelter").order_by(
        lost, TURN, "helper_id", "pk"
    )


def without_helper(on: date) -> Q:
    """Say of homes that there is work with them and the post of their helper is closed on a day."""
    return Q(helper__closed_on__lte=on, state__in=HAS_WORK)


def count_without_helper(found: QuerySet[StormHome], storm: Storm) -> int:
    """Return how many of the homes of a storm under way need another helper."""
    if storm.ended_on is not None:
        return 0
    return found.filter(without_helper(localdate())).count()


def lacks_helper(home: StormHome, on: date) -> bool:
    """Say whether a storm goes on, there is work with a home in it, and the post of its helper is closed on a day."""
    if home.storm.ended_on is not None or home.state not in HAS_WORK:
        return False
    return home.helper.closed_on is not None and home.helper.closed_on <= on


def own_homes(actor: Actor) -> QuerySet[StormHome]:
    """Return the homes that one's posts move in storms under way, those still to be moved first."""
    found = visible_homes(actor).filter(helper_id__in=actor.posts, storm__ended_on__isnull=True)
    return on_list(found).select_related("storm", "shelter", "helper").order_by(TURN, "pk")


def on_list(found: QuerySet[StormHome]) -> QuerySet[StormHome]:
    """Return those homes that were not taken off the list."""
    return found.exclude(state=HomeState.STRUCK)


def get_home(actor: Actor, home_id: int) -> StormHome:
    """Return one home. Refuses with NotFound."""
    found = visible_homes(actor).filter(pk=home_id).select_related("storm").first()
    if found is None:
        raise NotFound(id=home_id)
    return found


def taken_places(storm: Storm, shelter: Shelter, *, but: int = 0) -> int:
    """Return how many people are named for a shelter and not back yet, those of home `but` aside."""
    found = _in_shelter(shelter).filter(storm=storm).exclude(pk=but)
    return int(found.aggregate(n=Sum("people"))["n"] or 0)


def most_taken(shelter: Shelter) -> int:
    """Return how many people are named for a shelter in that storm under way that needs it most."""
    found = _in_shelter(shelter).filter(storm__ended_on__isnull=True)
    sums = found.order_by().values("storm").annotate(n=Sum("people"))
    return max((int(one["n"]) for one in sums), default=0)


def is_taken(shelter: Shelter) -> bool:
    """Whether people are named for a shelter, or in it, in a storm that is not over."""
    return most_taken(shelter) > 0


def _in_shelter(shelter: Shelter) -> QuerySet[StormHome]:
    return StormHome.objects.filter(shelter=shelter, state__in=NEEDS_ROOM)


def own_sheet(storm: Storm, path: str) -> StormSheet | None:
    """Return what a village typed, if it did, also where the storm goes on in that of a wider place."""
    return StormSheet.objects.filter(storm=current(storm), path=path).first()


def over(now: datetime) -> QuerySet[StormHome]:
    """Return homes whose storm ended more than 30 days ago."""
    before: date = localdate(now - KEEP)
    return StormHome.objects.filter(storm__ended_on__lt=before).order_by("pk")


def homes_over(now: datetime) -> int:
    """Count homes whose term is over, up to a thousand."""
    return over(now)[:1000].count()
