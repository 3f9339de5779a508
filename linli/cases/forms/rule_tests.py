"""A case made up to test rules."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.cases.forms.rules import (
    ANSWERS_HELP,
    PlacedForm,
    TimeText,
    post_or_layer,
    shown_answers,
    shown_post,
    typed_answers,
)
from linli.cases.models import RoutingTest
from linli.cases.queries.categories import category_choices
from linli.cases.queries.routing_words import channel_choices
from linli.cases.queries.telling import matter_choices
from linli.cases.types.keeping import TestDetails
from linli.kernel.paths import code_of
from linli.ui.choosing import OneOfMany
from linli.ui.forms import DateText

MILLION = 1_000_000


class TestForm(PlacedForm):
    """A case made up, and where it must go."""

    __test__ = False
    not_counted = {"point_*": "degrees of a point made up"}
    no_post = _("No rule may fit it")

    title = forms.CharField(label=_("What is it called?"), max_length=80)
    post_id = OneOfMany(
        label=_("Where must it go?"), coerce=post_or_layer, required=False, empty_value=None
    )
    place = forms.CharField(
        label=_("At which place?"),
        help_text=_("The code of a village, such as 441900121001."),
        max_length=24,
    )
    category_id = forms.TypedChoiceField(
        label=_("Which category?"), coerce=int, required=False, empty_value=None
    )
    matter = forms.ChoiceField(label=_("Which matter?"), required=False)
    channel = forms.ChoiceField(label=_("How did it come in?"), required=False)
    day = DateText(label=_("On which day?"))
    hour = TimeText(label=_("At what time?"), required=False)
    point = forms.CharField(
        label=_("At which point?"),
        help_text=_("Longitude, latitude, like 113.75, 22.98; empty: no point."),
        max_length=60,
        required=False,
    )
    answers = forms.CharField(
        label=_("Which answers?"),
        help_text=ANSWERS_HELP,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, known in (
            ("category_id", category_choices(localdate())),
            ("matter", matter_choices()),
            ("channel", channel_choices()),
        ):
            self.fields[name].choices = [("", _("None")), *known]  # type: ignore[attr-defined]

    def clean_answers(self) -> dict[str, str]:
        return {
            key: values[0] for key, values in typed_answers(self.cleaned_data["answers"]).items()
        }

    def clean_point(self) -> tuple[int, int] | None:
        text = self.cleaned_data["point"].replace("，", ",").strip()
        if not text:
            return None
        try:
            lon, lat = (float(part) for part in text.split(","))
        except ValueError:
            lon, lat = 999.0, 999.0
        if not (-180 <= lon <= 180 and -90 <= lat <= 90):
            raise forms.ValidationError(_("Write longitude and latitude, like 113.75, 22.98."))
        return round(lon * MILLION), round(lat * MILLION)

    def details(self) -> TestDetails:
        """Return what was typed, for the service. Refuses with Invalid."""
        given = self.cleaned_data
        at = datetime.combine(given["day"], given["hour"] or time(12))
        return TestDetails(
            title=given["title"],
            at=timezone.make_aware(at),
            path=self.path(),
            category_id=given["category_id"],
            matter=given["matter"],
            channel=given["channel"],
            point=given["point"],
            answers=given["answers"],
            post_id=self.to_post(),
            layer=self.to_layer(),
        )


def test_initial(test: RoutingTest) -> dict[str, Any]:
    """Return a test case as its form shows it."""
    at = timezone.localtime(test.at)
    point = (
        ""
        if test.lon is None or test.lat is None
        else f"{test.lon / MILLION}, {test.lat / MILLION}"
    )
    return {
        "title": test.title,
        "post_id": shown_post(test),
        "place": code_of(test.path),
        "category_id": test.category_id or "",
        "matter": test.matter,
        "channel": test.channel,
        "day": at.date(),
        "hour": at.time().replace(second=0, microsecond=0),
        "point": point,
        "answers": shown_answers(test.answers),
    }
