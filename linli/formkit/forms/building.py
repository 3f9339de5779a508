"""What designers type: the head of a form, filters, publishing, and the steps of the builder."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.formkit import permits
from linli.formkit.queries import AUDIENCE_WORDS, STATE_WORDS, Filter
from linli.formkit.services import Head
from linli.formkit.types import MOST_SPEC_BYTES, Audience, Words
from linli.kernel.permits import Actor
from linli.kernel.registries import PLACE_NAMES
from linli.ui.forms import Form


def place_choices(actor: Actor) -> list[tuple[str, str]]:
    """Return the places at which somebody designs, with their names."""
    paths = actor.paths(permits.DESIGN)
    names = PLACE_NAMES.call(set(paths))
    return [(path, str(names.get(path, path))) for path in paths]


class FormFilter(Form):
    """The filters of the list; what cannot be read filters nothing."""

    keeps_nothing = True

    q = forms.CharField(label=_("Words or short name"), max_length=80, required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    audience = forms.ChoiceField(label=_("Who fills it in"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [("", _("All")), *STATE_WORDS.items()]  # type: ignore[attr-defined]
        self.fields["audience"].choices = [("", _("All")), *AUDIENCE_WORDS.items()]  # type: ignore[attr-defined]

    def shown(self) -> Filter:
        """Return what the list is to show."""
        self.is_valid()
        given = self.cleaned_data
        return Filter(given.get("q", "").strip(), given.get("state", ""), given.get("audience", ""))


class HeadForm(Form):
    """A new form: what it is called, whose it is, who fills it in."""

    for_staff = True
    demands = ("formkit.builder", "formkit.file")

    title = forms.CharField(label=_("What is the form called, in Chinese?"), max_length=120)
    title_en = forms.CharField(label=_("What is it called in English?"), max_length=200)
    # not "key": so the hidden field is called that makes a form count once
    short = forms.CharField(
        label=_("Which short name stands in its address?"),
        help_text=_("Small letters, digits and hyphens, like fire-check. It stays for good."),
        max_length=60,
    )
    place = forms.ChoiceField(label=_("Which office answers for it?"))
    audience = forms.ChoiceField(
        label=_("Who fills it in?"), choices=list(AUDIENCE_WORDS.items()), widget=forms.RadioSelect
    )
    file = forms.FileField(
        label=_("Begin from a form that was exported?"),
        help_text=_("A JSON file of this or another installation. Leave it out to begin empty."),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": "application/json,.json"}),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = place_choices(actor)  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        """A form is small: what is larger is no form."""
        upload = self.cleaned_data["file"]
        if upload and upload.size > MOST_SPEC_BYTES:
            raise forms.ValidationError(_("A form as JSON has at most 300 KB."))
        return upload

    def head(self) -> Head:
        """Return what was typed as the head of a form."""
        given = self.cleaned_data
        title = Words(given["title"], given["title_en"])
        return Head(given["short"], title, given["place"], Audience(given["audience"]))


class PublishForm(Form):
    """Putting a version into use."""

    for_staff = True
    demands = ("formkit.builder",)

    edition = forms.IntegerField(widget=forms.HiddenInput)
    basis = forms.CharField(
        label=_("On what basis is this asked?"),
        help_text=_(
            "A law, a document with its number, or a decision. Needed for what staff fill in."
        ),
        max_length=300,
        required=False,
    )


class HeadWordsForm(Form):
    """Title and introduction of a version."""

    for_staff = True
    demands = ("formkit.builder",)

    title_zh = forms.CharField(label=_("Title in Chinese"), max_length=120)
    title_en = forms.CharField(label=_("Title in English"), max_length=200)
    intro_zh = forms.CharField(label=_("Introduction in Chinese"), max_length=500, required=False)
    intro_en = forms.CharField(label=_("Introduction in English"), max_length=800, required=False)
