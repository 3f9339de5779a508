"""What officials type about a rule, and what test cases have in common with it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import time
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.cases.forms.routing import EditionForm
from linli.cases.models import RoutingRule, RoutingTest, RuleSet
from linli.cases.queries.categories import category_choices
from linli.cases.queries.outlines import told_outline
from linli.cases.queries.posts import cut_words, post_choices
from linli.cases.queries.routing_words import (
    cell_words,
    channel_choices,
    layer_choices,
    weekday_choices,
)
from linli.cases.queries.telling import matter_choices
from linli.cases.rules.outlines import BadOutline, outline_of
from linli.cases.types.keeping import RuleDetails
from linli.kernel.errors import Invalid
from linli.kernel.paths import code_of, path_of
from linli.kernel.permits import Actor
from linli.ui.choosing import OneOfMany
from linli.ui.forms import DateText

CODE = re.compile(r"[A-Za-z0-9_.-]{1,40}")
# before the key of a layer, where the post of its cell is chosen and no post
CELL = "cell:"
HOUR_NEEDED = _("Write both times, or none.")


class TimeText(forms.TimeField):
    """A time of the day as people write it: 8:30, 08：30, 830."""

    def to_python(self, value: Any) -> time | None:
        text = str(value or "").strip().replace("：", ":").replace("点", ":00")
        if re.fullmatch(r"[0-9]{3,4}", text):
            text = f"{text[:-2]}:{text[-2:]}"
        return super().to_python(text)


ANSWERS_HELP = _(
    "One question of the form a line, like danger = yes. For a question that asks where, the code of a place, like where = 441900005: all that lies in it fits."
)


def typed_answers(text: str) -> dict[str, list[str]]:
    """Return answers typed one a line as “question = value, value”. Raises ValidationError."""
    found: dict[str, list[str]] = {}
    for line in text.splitlines():
        if not line.strip():
            continue
        key, _sign, values = line.replace("＝", "=").partition("=")
        wanted = [one.strip() for one in re.split("[,，、]", values) if one.strip()]
        if not wanted or not all(CODE.fullmatch(one) for one in (key.strip(), *wanted)):
            raise forms.ValidationError(gettext("Write one question a line, like danger = yes."))
        found[key.strip()] = wanted
    return found


def post_or_layer(value: Any) -> int | str:
    """Return the number of a post, or `cell:` with the key of a layer."""
    return str(value) if str(value).startswith(CELL) else int(value)


def shown_post(row: RoutingRule | RoutingTest) -> int | str:
    """Return where a rule or a test case goes as its form has it."""
    return f"{CELL}{row.layer}" if row.layer else row.post_id or ""


def shown_answers(answers: Mapping[str, Any]) -> str:
    """Return answers as they are typed."""
    return "\n".join(
        f"{key} = {', '.join([values] if isinstance(values, str) else values)}"
        for key, values in sorted(answers.items())
    )


class PlacedForm(EditionForm):
    """What rules and test cases have in common: the set's place and its posts."""

    is_base = True
    finds = ("place",)

    def __init__(self, *args: Any, actor: Actor, rule_set: RuleSet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rule_set = rule_set
        cells = [(f"{CELL}{key}", cell_words(name)) for key, name in layer_choices()]
        found = post_choices(actor, rule_set.path)
        posts: list[tuple[Any, str]] = [*cells, *found.posts]
        known = {post_id for post_id, _name in posts}
        given = self.initial.get("post_id")
        if given and given not in known:
            # chosen through the API or by somebody who sees more: kept, not lost
            posts.append((given, gettext("the post chosen before (number %(id)s)") % {"id": given}))
        field = self.fields["post_id"]
        field.choices = [("", self.no_post), *posts]  # type: ignore[attr-defined]
        field.help_text = cut_words(found) or field.help_text

    no_post: Any = _("Choose")

    def to_post(self) -> int | None:
        """Return the post that was chosen, None where the post of a cell was."""
        chosen = self.cleaned_data["post_id"]
        return chosen if isinstance(chosen, int) else None

    def to_layer(self) -> str:
        """Return the layer whose cells were chosen, or nothing."""
        chosen = self.cleaned_data["post_id"]
        return chosen.removeprefix(CELL) if isinstance(chosen, str) else ""

    def path(self) -> str:
        """Return the path of the place that was typed by its code. Refuses with Invalid."""
        return path_of(self.cleaned_data["place"].strip())

    def clean_place(self) -> str:
        try:
            path_of(self.cleaned_data["place"].strip())
        except Invalid as refusal:
            raise forms.ValidationError(refusal.fields["place"]) from None
        return str(self.cleaned_data["place"])


class RuleForm(PlacedForm):
    """A rule: what fits, and where it goes."""

    title = forms.CharField(label=_("What is the rule called?"), max_length=80)
    post_id = OneOfMany(
        label=_("Which post gets the case?"), coerce=post_or_layer,
        help_text=_("The grid worker is that of the cell in which the case lies. Where nobody looks after it, the next rule is asked."),
    )  # fmt: skip
    categories = forms.TypedMultipleChoiceField(
        label=_("Which categories?"), coerce=int, required=False,
        help_text=_("A group stands for cases of which only the group is known. None: all of them."),
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    place = forms.CharField(
        label=_("Only at which place?"),
        help_text=_("Its code, such as 441900121; empty: the whole place of these rules."),
        max_length=24, required=False,
    )  # fmt: skip
    outline = forms.CharField(
        label=_("Only inside which outline?"),
        help_text=_("GeoJSON in degrees (WGS-84). Cases without a point do not fit then."),
        required=False, widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip
    outline_of = forms.CharField(
        label=_("Or the outline of which place?"),
        help_text=_("Its code; the outline is copied and stays as it is today."),
        max_length=24, required=False,
    )  # fmt: skip
    matters = forms.MultipleChoiceField(
        label=_("Which matters?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    channels = forms.MultipleChoiceField(
        label=_("Which ways in?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Which weekdays?"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    hours_from = TimeText(
        label=_("From which time of the day?"),
        help_text=_("Such as 22:00; it may go over midnight."), required=False,
    )  # fmt: skip
    hours_to = TimeText(label=_("Until which time of the day?"), required=False)
    answers = forms.CharField(
        label=_("Which answers?"),
        help_text=ANSWERS_HELP,
        required=False, widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    since = DateText(label=_("Since which day?"), required=False)
    until = DateText(label=_("From which day on does it no longer hold?"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, known in (
            ("categories", category_choices(localdate())),
            ("matters", matter_choices()),
            ("channels", channel_choices()),
            ("weekdays", weekday_choices()),
        ):
            self.fields[name].choices = known  # type: ignore[attr-defined]

    def clean_answers(self) -> dict[str, list[str]]:
        return typed_answers(self.cleaned_data["answers"])

    def clean_outline(self) -> Any:
        try:
            return outline_of(self.cleaned_data["outline"])
        except BadOutline as error:
            raise forms.ValidationError(told_outline(error)) from error

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if bool(given.get("hours_from")) != bool(given.get("hours_to")):
            self.add_error("hours_to" if given.get("hours_from") else "hours_from", HOUR_NEEDED)
        return given

    def details(self, outline: Mapping[str, Any] | None = None) -> RuleDetails:
        """Return what was typed; `outline` is that of the place named. Refuses with Invalid."""
        given = self.cleaned_data
        hours = given["hours_from"], given["hours_to"]
        return RuleDetails(
            title=given["title"],
            post_id=self.to_post() or 0,
            categories=tuple(given["categories"]),
            matters=tuple(given["matters"]),
            channels=tuple(given["channels"]),
            path=self.path(),
            polygon=outline or given["outline"],
            hours=hours if all(one is not None for one in hours) else None,
            weekdays=tuple(given["weekdays"]),
            answers=given["answers"],
            since=given["since"],
            until=given["until"],
            layer=self.to_layer(),
        )


def rule_initial(rule: RoutingRule) -> dict[str, Any]:
    """Return a rule as its form shows it."""
    return {
        "title": rule.title,
        "post_id": shown_post(rule),
        "categories": rule.categories,
        "place": code_of(rule.path),
        "outline": "" if rule.polygon is None else json.dumps(rule.polygon),
        "matters": rule.matters,
        "channels": rule.channels,
        "weekdays": rule.weekdays,
        "hours_from": rule.hours_from,
        "hours_to": rule.hours_to,
        "answers": shown_answers(rule.answers),
        "since": rule.since,
        "until": rule.until,
    }
