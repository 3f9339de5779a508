"""Where the case of an order stands: by the case that others reported too, where it is the same as one (6.2)."""

from __future__ import annotations

from django.db.models import BigIntegerField, F, OuterRef, QuerySet, Subquery, When
from django.db.models import Case as When_
from django.db.models.expressions import RawSQL

from linli.cases.models import Case
from linli.cases.queries.wholes import WHOLE_OF_ROW
from linli.cases.types.kinds import Stage
from linli.exchange.models import HotlineOrder

FIELDS = ("state", "stage", "cycle", "is_open")
ALONE = When(case__merged_into__isnull=True, then=F("case_id"))


def with_standing(found: QuerySet[HotlineOrder]) -> QuerySet[HotlineOrder]:
    """Return orders with `now_state`, `now_stage`, `now_cycle` and `now_is_open` beside each."""
    whole = RawSQL(WHOLE_OF_ROW, [])  # noqa: S611  constant
    found = found.annotate(stands=When_(ALONE, default=whole, output_field=BigIntegerField()))
    rows = Case.objects.filter(pk=OuterRef("stands"))
    return found.annotate(
        **{
            f"now_{name}": When_(
                When(case__merged_into__isnull=True, then=F(f"case__{name}")),
                default=Subquery(rows.values(name)[:1]),
            )
            for name in FIELDS
        }
    )


def is_at_work(order: HotlineOrder) -> bool:
    """Say whether somebody is at its case, or at the one that others reported too."""
    found = with_standing(HotlineOrder.objects.filter(pk=order.pk))
    return getattr(found.first(), "now_stage", "") == Stage.OPEN
