"""What the office types about one booking: refused or cancelled, taken back, its booker looked at."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.ui.choosing import offer
from linli.ui.forms import Form, MoneyText


class DecideForm(Form):
    """The office says no, or cancels: with the reason."""

    for_staff = True
    demands = ("activities.decide",)

    reason = forms.CharField(label=_("Why? Bookers read it"), max_length=200)
    edition = forms.IntegerField(required=False, widget=forms.HiddenInput)


class BackForm(Form):
    """It is taken back by the check list."""

    for_staff = True
    demands = ("activities.hand_over",)

    bad = forms.MultipleChoiceField(
        label=_("What is not in order?"),
        help_text=_("Tick nothing if all is as it should be."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    damage = forms.CharField(
        label=_("Is something broken or missing?"),
        help_text=_("What you write here becomes a report that is worked on."),
        max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    deposit = MoneyText(label=_("How much of the deposit goes back?"), required=False)
    note = forms.CharField(label=_("Anything to remember?"), max_length=500, required=False)

    def __init__(self, *args: Any, lines: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = _("not done: %(line)s")
        offer(self, "bad", [(str(n), words % {"line": line}) for n, line in enumerate(lines)])
        if not lines:
            del self.fields["bad"]


class WhyForm(Form):
    """Why the name and telephone of a booker are looked at."""

    for_staff = True
    demands = ("activities.decide",)

    why = forms.ChoiceField(
        label=_("Why do you need it?"),
        choices=[
            ("call", _("To call about this booking")), ("hand", _("To hand the venue over")),
            ("damage", _("Because of damage")),
        ],
    )  # fmt: skip

    @property
    def reason(self) -> str:
        """The choice in words, as the look is recorded; of a form that is in order."""
        why = self.fields["why"]
        assert isinstance(why, forms.ChoiceField)
        return str(dict(why.choices)[self.cleaned_data["why"]])  # type: ignore[arg-type]
