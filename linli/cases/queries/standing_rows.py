"""Where the case of a row of another app stands: by the case that others reported too, where it is the same as one."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import BigIntegerField, F, Model, OuterRef, QuerySet, Subquery, When
from django.db.models import Case as When_
from django.db.models.expressions import RawSQL

from linli.cases.models import Case
from linli.cases.queries.wholes import WHOLE_OF_ROW

R = TypeVar("R", bound=Model)
FIELDS = ("state", "stage", "cycle", "is_open")
ALONE = When(case__merged_into__isnull=True, then=F("case_id"))


def with_standing(found: QuerySet[R]) -> QuerySet[R]:
    """Return rows that have a `case`, with `now_state`, `now_stage`, `now_cycle` and `now_is_open` beside each."""
    whole = RawSQL(WHOLE_OF_ROW, [])  # noqa: S611  constant
    stands: Any = When_(ALONE, default=whole, output_field=BigIntegerField())
    rows = Case.objects.filter(pk=OuterRef("stands"))
    beside: dict[str, Any] = {
        f"now_{name}": When_(
            When(case__merged_into__isnull=True, then=F(f"case__{name}")),
            default=Subquery(rows.values(name)[:1]),
        )
        for name in FIELDS
    }
    rows_beside: Any = found.annotate(stands=stands).annotate(**beside)
    told: QuerySet[R] = rows_beside
    return told
