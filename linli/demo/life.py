"""What has happened in the demo town: a centre that serves two villages, decisions, a town plan."""

from __future__ import annotations

from datetime import date, datetime

from linli.demo.cast import COMMUNITY, TOWN, VILLAGE_1, VILLAGE_2
from linli.kernel.permits import Actor
from linli.orgs.models import Organisation
from linli.orgs.services import centres, register
from linli.orgs.types import Details
from linli.places import services as places
from linli.places.models import Place, PlaceDecision
from linli.places.services.decisions import Ruling
from linli.places.types import Category, Settlement

RULING = Ruling("示府办〔2026〕3号（演示）", date(2026, 1, 20), date(2026, 2, 1))


def make(*, actor: Actor, now: datetime) -> None:
    """Make it all once. A second run changes nothing."""
    _centre(actor=actor, now=now)
    _decisions(actor=actor, now=now)


def _centre(*, actor: Actor, now: datetime) -> None:
    village = Place.objects.get(code=VILLAGE_1)
    kind = "public_service_center"
    if Organisation.objects.filter(place=village, kind_id=kind).exists():
        return
    details = Details(
        name="示范一村公共服务中心", name_en="Public service centre of Shifan Village 1",
        phone="0769-5550 0130", address="示范大道1号", hours="周一至周五 08:30–12:00，14:00–17:30",
    )  # fmt: skip
    since = date(2026, 3, 1)
    body = register.add_organisation(village, kind, details, since=since, actor=actor, now=now)
    facts = centres.CentreFacts(opened_on=since)
    centre = centres.describe_centre(body, facts, edition=0, actor=actor, now=now)
    served = list(Place.objects.filter(code__in=[VILLAGE_1, VILLAGE_2]))
    centres.change_service_area(
        centre, served, since=since, edition=centre.edition, actor=actor, now=now
    )


def _decisions(*, actor: Actor, now: datetime) -> None:
    if PlaceDecision.objects.filter(place__path__startswith=f"441900/{TOWN}/").exists():
        return
    wanted = {
        VILLAGE_1: (Settlement.RURAL, Category.STRONG),
        VILLAGE_2: (Settlement.RURAL, Category.LESS_DEVELOPED),
        COMMUNITY: (Settlement.URBAN, Category.MANY_NON_LOCAL),
    }
    for code, (settlement, category) in wanted.items():
        place = Place.objects.get(code=code)
        places.decide_settlement(place, settlement, ruling=RULING, actor=actor, now=now)
        places.decide_category(place, category, ruling=RULING, actor=actor, now=now)
