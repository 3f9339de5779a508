"""What towns try and learn, and what visits of supervision find."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.plan.forms.areas import area
from linli.plan.forms.towns import TasksForm
from linli.ui.forms import DateText, Form


class PilotForm(TasksForm):
    """A pilot: where, what, from when."""

    demands = ("plan.pilot",)
    title = forms.CharField(label=_("What is tried"), max_length=200)
    reason = area(3, label=_("Why here"), required=False)
    started_on = DateText(label=_("First day"))
    due_on = DateText(label=_("Planned end"), required=False)
    field_order = ("place", "title", "reason", "tasks", "started_on", "due_on")


class EndPilotForm(Form):
    """What a pilot taught."""

    for_staff = True
    demands = ("plan.pilot",)
    ended_on = DateText(label=_("Last day"))
    summary = area(
        8,
        label=_("Summary"),
        hint=_("What was tried, what came of it, what it cost, and whether others should do it."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class PracticeForm(TasksForm):
    """A card of good practice."""

    demands = ("plan.practice",)
    title = forms.CharField(label=_("Title"), max_length=120)
    problem = area(3, label=_("What was the problem"))
    steps = area(5, label=_("What was done, step by step"))
    effect = area(3, label=_("What came of it"))
    contact = forms.CharField(
        label=_("Whom to ask"),
        help_text=_("A post and the office's telephone, no private number."),
        max_length=120,
        required=False,
    )
    field_order = ("place", "title", "tasks", "problem", "steps", "effect", "contact")


class VisitForm(TasksForm):
    """A special supervision visit."""

    demands = ("plan.visit",)
    visited_on = DateText(label=_("Day of the visit"))
    visitors = forms.CharField(
        label=_("Who came"), help_text=_("Departments or posts, no names."), max_length=200
    )
    findings = area(6, label=_("What was found"))
    due_on = DateText(
        label=_("Answer until"),
        help_text=_("Leave it empty if nothing is to be mended; the visit is closed at once."),
        required=False,
    )
    field_order = ("place", "tasks", "visited_on", "visitors", "findings", "due_on")


class AnswerVisitForm(Form):
    """What the place mended."""

    for_staff = True
    demands = ("plan.visit",)
    answer = area(5, label=_("What was mended"))
    version = forms.IntegerField(widget=forms.HiddenInput)
