"""Which post decides an application, and which do a part of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from linli.ui.choosing import offer
from linli.ui.forms import Form


class DistributeForm(Form):
    """Who decides, and which posts do a part of it, side by side or one after the other."""

    for_staff = True
    demands = ("offerings.distribute",)
    MOST = 4

    lead = forms.ChoiceField(label=_("Which post decides?"))
    expected_seq = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        posts: Sequence[tuple[str, str]],
        leads: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "lead", [("", "—"), *leads])
        for number in range(1, self.MOST + 1):
            turns = [
                (str(turn), _now("Turn %(number)s") % {"number": turn}) for turn in range(1, 4)
            ]
            self.fields[f"post_{number}"] = forms.ChoiceField(
                label=_("Post"), choices=[("", "—"), *posts], required=False
            )
            self.fields[f"task_{number}"] = forms.CharField(
                label=_("What this post does"), max_length=200, required=False
            )
            self.fields[f"turn_{number}"] = forms.ChoiceField(
                label=_("When"), choices=turns, required=False, initial="1"
            )

    def parts(self) -> list[tuple[int, str, int]]:
        """Return (post, task, turn) of each line that names a post."""
        said = self.cleaned_data
        return [
            (int(said[f"post_{n}"]), said[f"task_{n}"], int(said[f"turn_{n}"] or 1))
            for n in range(1, self.MOST + 1)
            if said.get(f"post_{n}")
        ]


class PartForm(Form):
    """Which post does a part that was handed back."""

    for_staff = True
    demands = ("offerings.distribute",)

    post = forms.ChoiceField(label=_("Which post does it?"))

    def __init__(self, *args: Any, posts: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "post", [("", "—"), *posts])
