"""What plan tells people: what the city asked of their town, and what became of what it filed."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.notify.types import told

WORK = "notify.work"

LETTERS = (
    told(
        "plan.called", _("The city asks for something"), WORK,
        _("%(what)s, due %(day)s. Basis: %(basis)s."), subject=_("Asked by the city: %(what)s"),
    ),
    told(
        "plan.town_plan_returned", _("Your town's plan came back"), WORK,
        _("“%(title)s” came back with reasons. Complete it and file it again."),
    ),
    told(
        "plan.town_plan_accepted", _("Your town's plan was accepted"), WORK,
        _("“%(title)s” was accepted."),
    ),
    told(
        "plan.report_returned", _("A report of your town came back"), WORK,
        _("The report on task %(number)s came back: %(reason)s"),
    ),
    told(
        "plan.report_accepted", _("A report of your town was accepted"), WORK,
        _("The report on task %(number)s was accepted."),
    ),
    told(
        "plan.visit_recorded", _("A supervision visit expects an answer"), WORK,
        _("A visit found something that your place answers. It stands with the visit."),
    ),
)  # fmt: skip
