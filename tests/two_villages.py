"""Two villages of one town that each have one of everything that can meet when they go into one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from django.apps import apps

from linli.cases.models import Category, Responsibility, RuleSet
from linli.grid.models import Headship, Storm, StormSheet, Team
from linli.kernel.testing import make_actor
from linli.orgs.models import (
    CoverageSpot,
    NonLocalDuty,
    Organisation,
    ServiceArea,
    ServiceCentre,
    SetupProposal,
)
from linli.orgs.testing import make_organisation, make_post
from linli.people.models import Dwelling, Household, Residency, Roll
from linli.people.queries.scopes import held
from linli.people.testing import make_person
from linli.places import permits, services
from linli.places.models import Place, PlaceDecision
from linli.places.services.changes import Decree, NewPlace
from linli.places.testing import make_outline, make_town
from linli.rulebook.models import LocalValue
from linli.runtime.models import NumberSeries

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
DAY, LONG_AGO = date(2026, 11, 1), date(2020, 1, 1)
TOWN = "441900/441900005/"
LEAD = make_actor("city lead", permits.CHANGE, at="441900/")
NEW = NewPlace("441900005900", "新村村民委员会", "New Village", "新村")


def centre() -> Organisation:
    """The centre of the town, which serves both villages."""
    found = Organisation.objects.filter(kind="public_service_center").first()
    town = Place.objects.get(code="441900005")
    return found or make_organisation("public_service_center", at=town)


def area(at: Place) -> None:
    served_by = ServiceCentre.objects.get_or_create(
        organisation=centre(), defaults={"opened_on": LONG_AGO}
    )[0]
    ServiceArea.objects.create(centre=served_by, place=at, path=at.path, since=LONG_AGO)


def duty(at: Place) -> None:
    NonLocalDuty.objects.create(place=at, path=at.path, document="示府〔2020〕1号", since=LONG_AGO)


def heads(at: Place) -> dict[str, Any]:
    return {"path": at.path, "city_id": at.city_id, "town_id": at.town_id, "village_id": at.pk}


def spot(at: Place) -> None:
    CoverageSpot.objects.create(place=at, kind="industrial_park", name="工业园", **heads(at))


def proposal(at: Place) -> None:
    SetupProposal.objects.create(
        place=at, kind="party_committee", rule="PO-06", state="submitted", conditions={},
        parameters={}, made_on=LONG_AGO, **heads(at),
    )  # fmt: skip


def sheet(at: Place) -> None:
    storm = Storm.objects.get_or_create(
        path=TOWN, kind="typhoon", title="12", began_on=LONG_AGO, ended_on=LONG_AGO
    )[0]
    numbers = {"houses": 2, "roads": 1, "rescuers": 20, "boats": 0}
    StormSheet.objects.create(storm=storm, path=at.path, typed_at=NOON, **numbers)


def team(at: Place) -> None:
    Team.objects.create(path=at.path, kind="patrol", name="应急队", days="every", shifts=["day"])


def head(at: Place) -> None:
    Headship.objects.create(
        path=at.path, kind="building", ground="1栋", state="serving", public_name=at.code,
        stood_on=LONG_AGO, since=LONG_AGO,
    )  # fmt: skip


def in_charge(at: Place) -> None:
    """A post of each village is in charge of lamps, and one of the town is told by both."""
    lamps = Category.objects.get(code="street_lamp")
    told = centre().posts.first() or make_post(centre())
    for post, what in ((make_post(make_organisation(at=at)), "responsible"), (told, "informed")):
        Responsibility.objects.create(
            category=lamps, path=at.path, duty=what, org_id=post.organisation_id, post_id=post.pk,
            since=LONG_AGO, basis="示府〔2020〕2号",
        )  # fmt: skip


def rules(at: Place) -> None:
    made = RuleSet.objects.create(
        path=at.path, title=f"规则 {at.code}", state="in_force", since=LONG_AGO, made_at=NOON,
        made_by="keeper",
    )  # fmt: skip
    lamp = {"org_id": 1, "post_id": 1, "order": 1, "title": "路灯", "path": at.path}
    made.rules.create(**lamp)
    made.tests.create(title="路灯", at=NOON, path=at.path, post_id=1)


def value(at: Place) -> None:
    LocalValue.objects.create(
        key="village.notice", jurisdiction=at.path, level="village", place=at.path, value=15,
        document_number="1", document_date=LONG_AGO, issuer="村", valid_from=LONG_AGO,
        added_by="keeper", added_at=NOON,
    )  # fmt: skip


def decided(at: Place) -> None:
    PlaceDecision.objects.create(
        place=at, topic="settlement", value="rural", decided_on=LONG_AGO, valid_from=LONG_AGO,
        document="示府〔2020〕3号", made_by="town", made_at=NOON,
    )  # fmt: skip


def series(at: Place) -> None:
    NumberSeries.objects.create(series="收", place=at.path, year=2026, last=7, last_at=NOON)


def residency(at: Place) -> None:
    known = Residency.objects.first()
    if known is None:
        make_person(village=at.code)
        return
    same = {field.attname: getattr(known, field.attname) for field in known._meta.fields}
    Residency.objects.create(**{**same, "id": None, **heads(at)})


def dwelling(at: Place) -> None:
    Dwelling.objects.create(
        address="1栋101", address_key="1栋101", kind="own", changed_at=NOON, **heads(at)
    )


def household(at: Place) -> None:
    Household.objects.create(kind="family", number="0001", **heads(at))


def roll(at: Place) -> None:
    Roll.objects.create(kind="voter", name="选民名册", basis="b", opened_on=LONG_AGO, **heads(at))


def outline(at: Place) -> None:
    make_outline(at.code, 113.0 + at.pk % 7 / 10, 23.0)


MEETS: dict[str, Callable[[Place], None]] = {
    "cases_responsible_once": in_charge,
    "cases_one_in_charge": in_charge,
    "cases_set_once_a_day": rules,
    "cases_one_set_without_end": rules,
    "grid_one_head_serves": head,
    "grid_one_sheet_of_village": sheet,
    "grid_team_named_once": team,
    "servicearea_no_overlap": area,
    "nonlocalduty_no_overlap": duty,
    "coveragespot_once": spot,
    "setupproposal_one_open": proposal,
    "localvalue_no_overlap": value,
    "numberseries_once": series,
    "residency_one_open": residency,
    "dwelling_once": dwelling,
    "household_number_once": household,
    "roll_one_open": roll,
    "outline_one_open": outline,
}


def villages() -> list[Place]:
    return list(Place.objects.filter(level="village", valid_to=None).order_by("code"))


def merge() -> Place:
    return services.merge_places(
        villages(), into=NEW, decree=Decree("示民发〔2026〕1号", DAY), actor=LEAD, now=NOON
    )


def furnish() -> tuple[Place, Place]:
    """Two villages of one town that each have one of everything that could meet."""
    make_town()
    held.forget()
    for at in villages():
        for make in dict.fromkeys(MEETS.values()):
            make(at)
    first, second = villages()
    return first, second


def kept() -> dict[str, set[Any]]:
    """Return which rows there are, by table: numbers would hide a lost row behind one that is added."""
    return {
        model._meta.db_table: set(model._base_manager.values_list("pk", flat=True))
        for model in apps.get_models()
        if model.__module__.startswith("linli.")
    }


# rows that are written anew and so have other keys
REWRITTEN = {
    "people_nameterm": "derived: by which somebody is found in her village, which is another one now"
}


def lost(before: Mapping[str, set[Any]]) -> dict[str, set[Any]]:
    """Return which rows of before are gone, by table; nothing if all are there."""
    after = kept()
    return {
        name: rows - after[name]
        for name, rows in before.items()
        if (rows - after[name] and name not in REWRITTEN) or len(after[name]) < len(rows)
    }
