"""What people type in the cells, with one hand: what they see, where they were, what they checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from linli.grid.queries.checklists import lines_of
from linli.grid.queries.subclasses import Told
from linli.grid.rules.checklists import needs_photo
from linli.grid.types import (
    ANSWER_TITLES,
    HAZARD_TITLES,
    MATTER_TITLES,
    OUTCOME_TITLES,
    Sight,
    StopFacts,
)
from linli.grid.types.subclasses import USUAL, FiledAs
from linli.ui.forms import Form
from linli.ui.uploads import Photos

MILLION = 1_000_000
TEXT = forms.Textarea(attrs={"rows": 3})


class CellChoice(Form):
    """A form about a cell that the worker looks after, or may look after."""

    is_base = True

    cell = forms.ChoiceField(label=_("In which cell?"))

    def __init__(self, *args: Any, cells: Sequence[tuple[str, Any]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["cell"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(cells)


class SightForm(CellChoice):
    """Something seen in a cell."""

    for_staff = True
    demands = ("grid.event", "grid.here", "grid.event_photo")

    matter = forms.ChoiceField(
        label=_("What is it?"), choices=list(MATTER_TITLES.items()), widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("What do you see?"),
        help_text=_("A few words, and where exactly. No names and numbers of people."),
        max_length=2000, widget=TEXT,
    )  # fmt: skip
    photos = Photos(
        label=_("Photos of it"),
        help_text=_("At most 6, if they help; nobody has to. Position is taken out of them."),
    )
    kept = forms.CharField(required=False, max_length=400, widget=forms.HiddenInput)
    lon = forms.FloatField(required=False, min_value=-180, max_value=180, widget=forms.HiddenInput)
    lat = forms.FloatField(required=False, min_value=-90, max_value=90, widget=forms.HiddenInput)
    sent = forms.UUIDField(required=False, widget=forms.HiddenInput)

    @property
    def sight(self) -> Sight:
        """What was typed, as the service takes it; a position only if both halves were given."""
        said = self.cleaned_data
        lon, lat = said["lon"], said["lat"]
        given = lon is not None and lat is not None
        point = (round(lon * MILLION), round(lat * MILLION)) if given else None
        return Sight(said["matter"], said["text"], point)


class MoveForm(Form):
    """A step of an event, with a word or a photo on it."""

    for_staff = True
    demands = ("grid.event", "grid.event_photo")

    seq = forms.IntegerField(required=False, widget=forms.HiddenInput)
    note = forms.CharField(label=_("A word on it"), max_length=2000, required=False, widget=TEXT)
    photos = Photos(
        label=_("Photos"),
        help_text=_("If they say more than words; a word will do. The thing, never people."),
    )
    kept = forms.CharField(required=False, max_length=400, widget=forms.HiddenInput)


class FileForm(MoveForm):
    """As which sub-class an event is filed, beside the word on it."""

    subclass = forms.ChoiceField(
        label=_("As which sub-class is it filed?"), required=False,
        help_text=_("It gives the term and says when the event may be closed."),
    )  # fmt: skip
    area = forms.ChoiceField(label=_("Level of the area"), initial=USUAL, required=False)

    def offer(self, lines: Sequence[Told], areas: Mapping[str, str]) -> FileForm:
        """Put the sub-classes of the matter and the levels into the choices."""
        whole = ("", _("By the matter as a whole"))
        for name, choices in (
            ("subclass", [whole, *((one.key, one.title) for one in lines)]),
            ("area", list(areas.items())),
        ):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        return self

    @property
    def filed(self) -> FiledAs | None:
        """As which sub-class it is filed, or None for its matter alone."""
        said = self.cleaned_data
        return FiledAs(said["subclass"], said["area"] or USUAL) if said["subclass"] else None


class StopForm(CellChoice):
    """A place that is visited in a rhythm."""

    for_staff = True
    demands = ("grid.stop",)
    not_counted = {"every_days": "a rhythm in days, no total"}

    title = forms.CharField(
        label=_("Which place?"),
        help_text=_("A building, shop or door, such as building 3, 502. No names of people."),
        max_length=60,
    )
    every_days = forms.IntegerField(
        label=_("Every how many days?"), min_value=1, max_value=366, initial=30
    )

    @property
    def facts(self) -> StopFacts:
        """What was typed, as the service takes it."""
        return StopFacts(self.cleaned_data["title"], self.cleaned_data["every_days"])


class VisitForm(Form):
    """How a visit was, and what was learnt."""

    for_staff = True
    demands = ("grid.visit",)

    outcome = forms.ChoiceField(
        label=_("How was it?"), choices=list(OUTCOME_TITLES.items()), widget=forms.RadioSelect
    )
    matter = forms.ChoiceField(
        label=_("What is it about?"), choices=[("", "—"), *MATTER_TITLES.items()], required=False
    )
    text = forms.CharField(
        label=_("What was learnt?"),
        help_text=_("It becomes a case that somebody must answer. Empty if nothing was learnt."),
        max_length=2000, required=False, widget=TEXT,
    )  # fmt: skip
    sent = forms.UUIDField(required=False, widget=forms.HiddenInput)

    @property
    def learnt(self) -> Sight | None:
        """What was learnt, or None."""
        said = self.cleaned_data
        if not said["text"].strip():
            return None
        return Sight(said["matter"] or "other", said["text"])


class AnswersForm(Form):
    """The lines of a checklist: each is in order, not in order, or not there."""

    is_base = True

    photos = forms.FileField(
        label=_("Photo of the grave danger"),
        help_text=_("Only if a line marked as grave is not in order."),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png", "capture": "environment"}),
    )
    sent = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, hazard: str, only: frozenset[str] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.hazard, self.lines = hazard, lines_of(hazard, only)
        for line, words in self.lines:
            self.fields[line.key] = forms.ChoiceField(
                label=words, choices=list(ANSWER_TITLES.items()), widget=forms.RadioSelect,
                help_text=_("grave: a photo if not in order") if line.is_grave else "",
            )  # fmt: skip
        self.order_fields([k for k in self.fields if k not in ("photos", "sent")])

    @property
    def answers(self) -> dict[str, str]:
        """How each line was found."""
        return {line.key: self.cleaned_data[line.key] for line, _words in self.lines}

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        told = {line.key: said.get(line.key, "") for line, _words in self.lines}
        if needs_photo(self.hazard, told) and not said.get("photos"):
            words = _("Take a photo of the grave danger: whoever must mend it needs to see it.")
            self.add_error("photos", ValidationError(words))
        return said

    @property
    def key(self) -> UUID | None:
        """The key by which a second sending does nothing."""
        found: UUID | None = self.cleaned_data.get("sent")
        return found


class CheckForm(AnswersForm, CellChoice):
    """A hazard check by checklist."""

    for_staff = True
    demands = ("grid.check", "grid.check_photo")

    title = forms.CharField(
        label=_("What is checked?"), help_text=_("A shop, a floor, a room. No names of people."),
        max_length=60,
    )  # fmt: skip
    field_order = ("cell", "title")


class RecheckForm(AnswersForm):
    """What had failed, once more."""

    for_staff = True
    demands = ("grid.check", "grid.check_photo")


HAZARDS = list(HAZARD_TITLES.items())
