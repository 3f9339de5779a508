"""How a plan is built: its parts, stages and requirements, in the order of the text."""

from __future__ import annotations

from django.db.models import QuerySet

from linli.plan.models import Part, Passage, PlanDocument, Stage


def parts_of(document: PlanDocument) -> QuerySet[Part]:
    """The numbered parts."""
    return Part.objects.filter(document=document).order_by("start", "id")


def stages_of(document: PlanDocument) -> QuerySet[Stage]:
    """The stages of the work."""
    return Stage.objects.filter(document=document).order_by("start", "id")


def requirements_of(document: PlanDocument) -> QuerySet[Passage]:
    """What the plan requires of the work as a whole."""
    return Passage.objects.filter(document=document, kind="requirement").order_by("start", "id")
