"""Teams of a village by number: entered, corrected, dissolved."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.grid import permits
from linli.grid.models import Team, WatchSeat
from linli.grid.rules.endings import refuse_over
from linli.grid.types import Shift
from linli.grid.types.watch import Days, TeamFacts, TeamKind
from linli.kernel.errors import Invalid
from linli.kernel.locks import hold
from linli.kernel.permits import Actor, require
from linli.kernel.texts import clean_text
from linli.places import services as register
from linli.trail.services import record

if TYPE_CHECKING:
    from linli.places.models import Place

MOST_PEOPLE, MOST_SEATS = 9999, 20


@transaction.atomic
def add_team(place: Place, facts: TeamFacts, *, actor: Actor, now: datetime) -> Team:
    """Enter a team of a village, by number and never by name. Refuses with NotAllowed, Ended, Invalid."""
    require(actor, permits.KEEP, at=place.path)
    register.refuse_ended(place)
    team = Team.objects.create(path=place.path, **_tidy(place.path, facts))
    record("grid.team_added", on=team, actor=actor, now=now, place=team.path, kind=team.kind)
    return team


@transaction.atomic
def change_team(
    team: Team, facts: TeamFacts, *, edition: int | None = None, actor: Actor, now: datetime
) -> Team:
    """Correct a team; who is on duty already stays so, also in a shift that it does not cover any more.

    Refuses with NotAllowed, Over, Stale, Invalid.
    """
    team = _held(team, actor, edition)
    for column, value in _tidy(team.path, facts, but=team.pk).items():
        setattr(team, column, value)
    team.edition += 1
    team.save()
    record("grid.team_changed", on=team, actor=actor, now=now, place=team.path, kind=team.kind)
    return team


@transaction.atomic
def end_team(team: Team, *, edition: int | None = None, actor: Actor, now: datetime) -> Team:
    """Dissolve a team today; shifts to come go with it. Refuses with NotAllowed, Over, Stale."""
    team = _held(team, actor, edition)
    team.ended_on, team.edition = localdate(now), team.edition + 1
    team.save(update_fields=["ended_on", "edition"])
    WatchSeat.objects.filter(team=team, on__gt=localdate(now)).delete()
    record("grid.team_ended", on=team, actor=actor, now=now, place=team.path)
    return team


def _held(team: Team, actor: Actor, edition: int | None) -> Team:
    team = Team.objects.select_for_update().get(pk=team.pk)
    require(actor, permits.KEEP, at=team.path)
    refuse_over(team, edition=edition)
    return team


def _tidy(path: str, facts: TeamFacts, *, but: int = 0) -> dict[str, Any]:
    """Return the columns of a team; `but` is the one that is corrected. Refuses with Invalid."""
    name, faults = clean_text(facts.name).strip()[:40], _faults(facts)
    hold("grid.team", path, name)
    same = Team.objects.filter(path=path, name=name, ended_on__isnull=True).exclude(pk=but)
    if not name:
        faults["called"] = [_("Say what the team is called.")]
    elif same.exists():
        faults["called"] = [_("A team of this name is here already.")]
    if faults:
        raise Invalid(faults)
    return {
        "kind": facts.kind, "name": name, "people": facts.people, "days": facts.days,
        "shifts": [str(one) for one in Shift if one in facts.shifts], "seats": facts.seats,
    }  # fmt: skip


def _faults(facts: TeamFacts) -> dict[str, list[str]]:
    faults: dict[str, list[str]] = {}
    if facts.kind not in {str(one) for one in TeamKind}:
        faults["kind"] = [_("Choose what the team is for.")]
    if facts.days not in {str(one) for one in Days}:
        faults["days"] = [_("Choose on which days somebody is on duty.")]
    if not facts.shifts or not set(facts.shifts) <= {str(one) for one in Shift}:
        faults["shifts"] = [_("Choose at least one shift.")]
    if facts.people is not None and not 0 <= facts.people <= MOST_PEOPLE:
        faults["people"] = [_("The number of people cannot be right.")]
    if not 1 <= facts.seats <= MOST_SEATS:
        faults["seats"] = [_("Give a number from 1 to %(most)s.") % {"most": MOST_SEATS}]
    return faults
