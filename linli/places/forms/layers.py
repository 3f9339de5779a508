"""A layer of cells: what it is called and what is a fault in it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.places.types import LayerWords
from linli.ui.forms import Form


class LayerForm(Form):
    """How a layer is called and ruled."""

    for_staff = True
    demands = ("places.layer",)
    enters = {"name": "places.layer.name", "name_en": "places.layer.name_en"}

    name = forms.CharField(label=_("What is the layer called?"), max_length=60)
    name_en = forms.CharField(label=_("And in English?"), max_length=120)
    must_cover = forms.BooleanField(
        label=_("Its cells cover each village whole; gaps are told"), required=False, initial=True
    )
    may_overlap = forms.BooleanField(label=_("Its cells may lie over one another"), required=False)

    @property
    def words(self) -> LayerWords:
        """What was typed, as the service takes it."""
        said = self.cleaned_data
        return LayerWords(said["name"], said["name_en"], said["must_cover"], said["may_overlap"])


class ChangeLayerForm(LayerForm):
    """A layer that the city has."""

    not_counted = {"version": "the version of the layer that is changed"}

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class NewLayerForm(LayerForm):
    """A layer that the city begins; `key` is what a page is sent once by."""

    layer_key = forms.CharField(
        label=_("Which short key?"), max_length=50,
        help_text=_("Small letters, digits and hyphens, like fire-safety; it stands in addresses and never changes."),
    )  # fmt: skip
    field_order = ("layer_key", "name", "name_en", "must_cover", "may_overlap")
