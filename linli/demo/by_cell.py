"""Rules of the demo village: what is broken or dirty outdoors goes to the grid worker of its cell."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from linli.cases.models import Category, RuleSet
from linli.cases.services import rule_sets, rule_tests, rules
from linli.cases.types.keeping import RuleDetails, TestDetails
from linli.demo.cast import VILLAGE_1
from linli.demo.patrol import ALLEY
from linli.kernel.permits import Actor
from linli.places import queries as places

TITLE, LAYER = "室外小事先到网格", "social"
OUTDOORS = (
    "street_lamp",
    "manhole",
    "drains",
    "sanitation",
    "waste_dumping",
    "road_damage",
    "fallen",
)


@transaction.atomic
def make(chair: Actor, *, now: datetime) -> None:
    """Write the rules, try them on two made-up cases and put them in force, once."""
    path = places.get_place(VILLAGE_1).path
    if RuleSet.objects.filter(path=path, title=TITLE).exists():
        return
    wanted = tuple(Category.objects.filter(code__in=OUTDOORS).values_list("pk", flat=True))
    made = rule_sets.begin_set(path, TITLE, actor=chair, now=now)
    rule = RuleDetails("公共设施、环境卫生和道路", layer=LAYER, categories=wanted)
    rules.save_rule(made.pk, rule, edition=1, actor=chair, now=now)
    lamp = TestDetails(
        "榕树巷的路灯到本网格网格员", now, path, point=ALLEY, layer=LAYER,
        category_id=Category.objects.get(code="street_lamp").pk,
    )  # fmt: skip
    noise = TestDetails(
        "噪音不由网格员先办", now, path, point=ALLEY,
        category_id=Category.objects.get(code="noise").pk,
    )  # fmt: skip
    for number, test in enumerate((lamp, noise), 2):
        rule_tests.save_test(made.pk, test, edition=number, actor=chair, now=now)
    rule_sets.put_in_force(
        made.pk, localdate(now), edition=4, note="网格员离得近，先看先办。", actor=chair, now=now
    )  # fmt: skip
