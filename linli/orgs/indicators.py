"""What the plan asks about organisations: T03-1 to T03-3, T12-1, and requirement (四) as R4."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.kernel.permits import PROTECTED
from linli.kernel.registries import INDICATORS, Evidence, Indicator, Measured
from linli.orgs.models import TrainingHours
from linli.orgs.queries import centres, coverage, party, staff
from linli.orgs.queries.register import inside
from linli.orgs.rules import party as rules
from linli.orgs.types import SOCIAL_WORK, ProposalKind
from linli.places import queries as places
from linli.places.queries import PlaceThen
from linli.places.types import WITH_COMMITTEE
from linli.rulebook.queries import NotInForce

MOST_EVIDENCE = 700


def service_centre_coverage(path: str, on: date) -> Measured:
    """T12-1: villages served by an open public service centre ÷ all with a committee.

    As long as no centre is on record in the area, the number of those served is unknown.
    """
    wanted = _with_committee(path, on)
    if not centres.has_public_centre(path):
        return Measured(None, len(wanted) or None, on, missing=_villages(wanted))
    served = centres.served_on([place.pk for place in wanted], on)
    there = [place for place in wanted if place.pk in served]
    lacking = [place for place in wanted if place.pk not in served]
    return Measured(len(there), len(wanted), on, _villages(there), _villages(lacking))


def new_type_committees(path: str, on: date) -> Measured:
    """T03-1: villages with a Party committee of new-type organisations ÷ those that need one.

    Unknown as long as one village is: not all of it counted, or what is many not set by the town.
    """
    return _new_type(path, on, ProposalKind.NEW_TYPE_COMMITTEE)


def new_type_general_branches(path: str, on: date) -> Measured:
    """T03-2: the same for a general branch; a Party committee in its place counts too."""
    return _new_type(path, on, ProposalKind.NEW_TYPE_GENERAL_BRANCH)


def _new_type(path: str, on: date, kind: ProposalKind) -> Measured:
    rows = party.rows_below(path, on)
    if not rows:
        return Measured(None, None, on)
    there: list[str] = []
    lacking: list[str] = []
    unknown: list[str] = []
    for village, sums in party.new_type_sums(rows).items():
        try:
            sizes, _frozen = party.sizes_at(village, on)
        except NotInForce:
            return Measured(None, None, on)
        verdicts = {v.kind: v for v in rules.new_type(sums.organisations, sums.members, sizes)}
        asked = rules.is_asked(verdicts[kind], uncounted=len(sums.uncounted))
        if asked is None:
            unknown.append(village)
        if not asked:
            continue
        is_there = sums.has_committee or (
            kind is ProposalKind.NEW_TYPE_GENERAL_BRANCH and sums.has_general_branch
        )
        (there if is_there else lacking).append(village)
    if unknown:
        return Measured(None, None, on, missing=_party_pages(unknown))
    return Measured(
        len(there), len(there) + len(lacking), on, _party_pages(there), _party_pages(lacking)
    )


def non_local_members(path: str, on: date) -> Measured:
    """T03-3: villages that the town named and that have a non-Dongguan deputy or member ÷ named."""
    named = [duty.path for duty in coverage.named_villages(path, on)]
    if not named:
        return Measured(None, None, on)
    least = party.sizes_at(path, on)[0].non_local_min
    serving = coverage.non_dongguan_serving(path, on)
    there = [at for at in named if serving.get(at, 0) >= least]
    lacking = [at for at in named if serving.get(at, 0) < least]
    return Measured(len(there), len(named), on, _party_pages(there), _party_pages(lacking))


def social_workers(path: str, on: date) -> Measured:
    """R4: valid certificates of social workers among those who work in the area."""
    kinds = [kind.value for kind in SOCIAL_WORK]
    found = staff.valid_certificates(path, on).filter(kind__in=kinds)
    count = found.count()
    if not count and not staff.valid_certificates(path, on).exists():
        return Measured(None, None, on)
    return Measured(count, None, on, _page("orgs:certificates", path, _("Certificates")))


def training_hours(path: str, on: date) -> Measured:
    """R4: hours of training of staff in the year of the day, whole hours."""
    found = TrainingHours.objects.filter(inside(path), year=on.year)
    total = found.aggregate(total=Sum("half_hours"))["total"]
    if total is None:
        return Measured(None, None, on)
    return Measured(total // 2, None, on, _page("orgs:training", path, _("Training")))


def pairing_count(path: str, on: date) -> Measured:
    """R4: pairings of urban and rural communities that stand on the day."""
    found = centres.pairings(path, on=on)
    count = found.count()
    if not count and not centres.pairings(path).exists():
        return Measured(None, None, on)
    return Measured(count, None, on, _page("orgs:pairings", path, _("Pairings")))


def _with_committee(path: str, on: date) -> list[PlaceThen]:
    """The villages of a day with a committee, at the paths of that day."""
    kinds = {kind.value for kind in WITH_COMMITTEE}
    is_invented = path.count("/") > 1
    found = [
        place
        for place in places.places_on("village", on, with_invented=is_invented)
        if place.kind in kinds and place.path.startswith(path)
    ]
    return sorted(found, key=lambda place: place.path)


def _villages(found: Any) -> list[Evidence]:
    return [
        Evidence(place.short_name, _centres_page(place.code), place.path)
        for place in list(found)[:MOST_EVIDENCE]
    ]


def _centres_page(code: str) -> str:
    return reverse("orgs:centres", args=[code])


def _party_pages(paths: list[str]) -> list[Evidence]:
    codes = [path.rstrip("/").rpartition("/")[2] for path in paths[:MOST_EVIDENCE]]
    return [
        Evidence(code, reverse("orgs:party", args=[code]), path)
        for code, path in zip(codes, paths, strict=False)
    ]


def _page(name: str, path: str, words: str) -> list[Evidence]:
    code = path.rstrip("/").rpartition("/")[2]
    return [Evidence(words, reverse(name, args=[code]), path)]


def register() -> None:
    """Give the plan what it can ask about organisations. Called once at start."""
    INDICATORS.add_all(_all())


def _all() -> list[Indicator]:
    def of(
        key: str, title: Any, unit: str, measure: Callable[[str, date], Measured], method: Any,
        level: int = 1,
    ) -> Indicator:  # fmt: skip
        return Indicator(key, title, unit, measure, level, method=method)

    return [
        of("T03-1", gettext_lazy("Party committees of new-type organisations where both conditions hold"),
           "villages", new_type_committees,
           gettext_lazy("Villages with a Party committee of new-type organisations ÷ villages that need one"),
           PROTECTED),
        of("T03-2", gettext_lazy("General branches of new-type organisations where both conditions hold"),
           "villages", new_type_general_branches,
           gettext_lazy("Villages with a general branch or a Party committee in its place ÷ villages that need one"),
           PROTECTED),
        of("T03-3", gettext_lazy("Named villages with a non-Dongguan deputy secretary or member"),
           "villages", non_local_members,
           gettext_lazy("Villages named by their town that have one in office ÷ villages named"),
           PROTECTED),
        of("T12-1", gettext_lazy("Villages inside the service area of an open public service centre"),
           "villages", service_centre_coverage,
           gettext_lazy("Villages served by an open public service centre ÷ all with a committee")),
        of("R4-1", gettext_lazy("Certified social workers"), "certificates", social_workers,
           gettext_lazy("Valid certificates of social workers among those who work in the area")),
        of("R4-2", gettext_lazy("Hours of training of staff this year"), "hours", training_hours,
           gettext_lazy("Hours of training of staff in the year of the day, whole hours")),
        of("R4-3", gettext_lazy("Pairings of urban and rural communities"), "pairings", pairing_count,
           gettext_lazy("Pairings of urban and rural communities that stand on the day")),
    ]  # fmt: skip
