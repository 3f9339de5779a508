"""Centres as the office keeps them: one with all that belongs to it, and the overview of a town or the city."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Sum

from linli.kernel.errors import NotFound
from linli.kernel.paths import CITY_PATH, chain_of_path
from linli.kernel.permits import Actor, Permit
from linli.kernel.registries import PLACE_NAMES
from linli.offerings import permits
from linli.offerings.models import (
    CentreCheck,
    CentreCost,
    CentreDevice,
    CentrePlatform,
    CentrePoint,
    ServiceWindow,
)
from linli.offerings.queries.norms import norms, platforms
from linli.offerings.queries.windows import centre_called
from linli.offerings.rules.centres import cost_table, tally_of
from linli.offerings.types.centres import CentreLine, CheckState, CostTable, Tally
from linli.orgs import queries as orgs
from linli.orgs.permits import STAFF_LIST
from linli.orgs.types import Subject, title_of

KEEPS, OVERSEES, VISITS = permits.CENTRES, permits.OVERSEE_CENTRES, permits.VISIT_CENTRES
SEEN_WITH = (KEEPS, OVERSEES, VISITS)
VIEWS = ("", "unchecked", "unmet", "unmerged", "broken")
YEARS, CHECKS = 3, 8


def seen_paths(actor: Actor) -> list[str]:
    """Return the places whose centres the actor keeps, oversees or visits; those inside others left out."""
    found = sorted({path for one in SEEN_WITH for path in actor.paths(one)})
    return [path for path in found if not any(path != up and path.startswith(up) for up in found)]


def require_any(actor: Actor) -> None:
    """Refuse with NotFound whoever has nothing to do with centres."""
    if not actor.is_system and not seen_paths(actor):
        raise NotFound()


def seen_centre(actor: Actor, code: str, on: date, *permits_wanted: Permit) -> Any:
    """Return a centre where the actor holds one of some permits, any that shows it without. Refuses with NotFound."""
    body = centre_called(code, on)
    if not any(actor.may(one, at=body.path) for one in permits_wanted or SEEN_WITH):
        raise NotFound(code=code)
    return body


@dataclass(frozen=True, slots=True)
class CentresWanted:
    """Which centres the overview shows: below a place, of a kind, and what is to be seen to."""

    path: str = ""
    kind: str = ""
    view: str = ""


def centres_seen(actor: Actor, on: date) -> list[Any]:
    """Return the centres on record that the actor sees on a day, in the order of places."""
    rows: dict[int, Any] = {}
    for path in seen_paths(actor) or ([CITY_PATH] if actor.is_system else []):
        for row in orgs.centre_rows(path, on=on):
            centre = row.centre
            if centre is not None and (centre.closed_on is None or centre.closed_on > on):
                rows.setdefault(row.organisation.pk, row)
    return list(rows.values())


def lines_of(rows: Sequence[Any], wanted: CentresWanted) -> list[CentreLine]:
    """Return those of the centres that are asked for, with what belongs to them; five queries however many."""
    chosen = {
        row.organisation.pk: row
        for row in rows
        if row.organisation.path.startswith(wanted.path)
        and wanted.kind in ("", row.organisation.kind_id)
    }
    return [one for one in _filled(chosen) if _fits(one, wanted.view)]


def grounds_of(rows: Sequence[Any]) -> list[tuple[str, str]]:
    """Return (path, name) of the towns and villages of centres, by which a list of them is narrowed."""
    paths = {row.organisation.path for row in rows}
    paths |= {town for path in paths for town in chain_of_path(path)[1:2]}
    names = PLACE_NAMES.call(sorted(paths))
    return [(path, names.get(path, "")) for path in sorted(paths)]


def _fits(line: CentreLine, view: str) -> bool:
    if view == "unchecked":
        return line.checked_on is None
    if view == "unmet":
        return line.checked_on is not None and line.norms_met < len(line.tallies)
    if view == "unmerged":
        return line.merged < len(platforms())
    return line.broken > 0 if view == "broken" else True


def _filled(rows: dict[int, Any]) -> list[CentreLine]:
    ids = list(rows)
    merged = _counts(CentrePlatform.objects.filter(centre_id__in=ids, ended_at__isnull=True))
    windows = _counts(ServiceWindow.objects.filter(centre_id__in=ids, closed_on__isnull=True))
    devices = {
        row["centre_id"]: (row["n"], row["broken"])
        for row in CentreDevice.objects.filter(centre_id__in=ids, ended_at__isnull=True)
        .order_by()
        .values("centre_id")
        .annotate(n=Sum("count"), broken=Sum("broken"))
    }
    last = last_checks(ids)
    tallies = tallies_of([one.pk for one in last.values()])
    found = []
    for pk, row in rows.items():
        check, (count, broken) = last.get(pk), devices.get(pk, (0, 0))
        line = CentreLine(row, merged.get(pk, 0), count, broken, windows.get(pk, 0))
        if check is not None:
            line.checked_on, line.checked_by = check.on, check.by
            line.tallies = tallies[check.pk]
        found.append(line)
    return found


def _counts(found: Any) -> dict[int, int]:
    rows = found.order_by().values("centre_id").annotate(n=Count("pk"))
    return {row["centre_id"]: row["n"] for row in rows}


def last_checks(centre_ids: Sequence[int], until: date | None = None) -> dict[int, CentreCheck]:
    """Return the last check that was filed for each centre, up to a day."""
    found = CentreCheck.objects.filter(centre_id__in=list(centre_ids), state=CheckState.FILED)
    if until is not None:
        found = found.filter(on__lte=until)
    rows = found.order_by("centre_id", "-on", "-pk").distinct("centre_id")
    return {one.centre_id: one for one in rows}


def tallies_of(check_ids: Sequence[int]) -> dict[int, dict[str, Tally]]:
    """Return how each norm stands in some checks; one query."""
    said: dict[int, dict[str, str]] = defaultdict(dict)
    rows = CentrePoint.objects.filter(check_of_id__in=list(check_ids))
    for check_id, key, met in rows.values_list("check_of_id", "key", "met"):
        said[check_id][key] = met
    return {pk: tally_of(norms(), said[pk]) for pk in check_ids}


@dataclass(frozen=True, slots=True)
class PostLine:
    """A kind of post of a centre: how many seats, how many of them held. No names."""

    title: str
    seats: int
    held: int


def posts_of(centre: Any, on: date) -> list[PostLine]:
    """Return the posts of a centre with how many are held."""
    return [
        PostLine(one.title, one.seats or len(one.holders), len(one.holders))
        for one in orgs.posts_with_holders(centre, on)
    ]


def training_of(actor: Actor, centre: Any, year: int) -> list[tuple[str, int]]:
    """Return (subject, half hours) of all who work at a centre together, for whoever sees its staff list."""
    if not actor.may(STAFF_LIST, at=centre.path):
        return []
    found = orgs.training(actor, centre.path, year=year).filter(organisation_id=centre.pk)
    rows = found.order_by().values("subject").annotate(n=Sum("half_hours")).order_by("subject")
    return [(title_of(Subject, row["subject"]), row["n"]) for row in rows]


def platforms_of(centre_id: int) -> dict[str, CentrePlatform]:
    """Return the platforms that a centre took in, by key."""
    found = CentrePlatform.objects.filter(centre_id=centre_id, ended_at__isnull=True)
    return {one.key: one for one in found}


def devices_of(centre_id: int) -> list[CentreDevice]:
    """Return the equipment of a centre by name; what does not work first."""
    found = CentreDevice.objects.filter(centre_id=centre_id, ended_at__isnull=True)
    return sorted(found.order_by("name", "pk"), key=lambda one: one.broken == 0)


def get_device(centre_id: int, device_id: int) -> CentreDevice:
    """Return a piece of equipment of a centre. Refuses with NotFound."""
    found = CentreDevice.objects.filter(
        centre_id=centre_id, pk=device_id, ended_at__isnull=True
    ).first()
    if found is None:
        raise NotFound(id=device_id)
    return found


def costs_of(centre_id: int, years: Sequence[int] | None = None) -> list[CentreCost]:
    """Return what was noted of costs of a centre, the latest year first; what was taken back is left out."""
    found = CentreCost.objects.filter(centre_id=centre_id, withdrawn_at__isnull=True)
    if years is not None:
        found = found.filter(year__in=list(years))
    return list(found.order_by("-year", "-pk"))


def get_cost(centre_id: int, cost_id: int) -> CentreCost:
    """Return a cost of a centre that holds. Refuses with NotFound."""
    found = CentreCost.objects.filter(
        centre_id=centre_id, pk=cost_id, withdrawn_at__isnull=True
    ).first()
    if found is None:
        raise NotFound(id=cost_id)
    return found


def table_of(costs: Sequence[CentreCost], year: int) -> CostTable:
    """Return costs by kind in a year and the two before it."""
    years = [year - at for at in range(YEARS)]
    return cost_table([(one.year, one.kind, one.fen) for one in costs], years)
