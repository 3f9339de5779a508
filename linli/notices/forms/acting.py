"""What is said of a notice besides its words: steps, prints, files."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.notices.queries import (
    SIZE_WORDS,
)
from linli.notices.types import (
    Size,
)
from linli.ui.forms import Form


class StepForm(Form):
    """A step on what was read: handing in, giving up, publishing."""

    for_staff = True
    demands = ("notices.write",)

    edition = forms.IntegerField(widget=forms.HiddenInput)
    is_looked_at = forms.BooleanField(
        label=_("I have looked at what is pointed out; it may be public"), required=False
    )


class ReturnForm(Form):
    """Why a draft goes back to its writer."""

    for_staff = True
    demands = ("notices.write",)

    edition = forms.IntegerField(widget=forms.HiddenInput)
    remark = forms.CharField(
        label=_("What is to be changed?"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class WithdrawForm(Form):
    """Why a notice is withdrawn."""

    for_staff = True
    demands = ("notices.write",)

    reason = forms.CharField(
        label=_("Why is it withdrawn?"),
        help_text=_("Everybody reads it instead of the notice. Name no person."),
        max_length=300,
    )
    hides_text = forms.BooleanField(
        label=_("The text must go too"),
        help_text=_(
            "Because it holds something about a person. Otherwise it stays readable as withdrawn."
        ),
        required=False,
    )


class PrintForm(Form):
    """On what it is printed."""

    for_staff = True
    demands = ("notices.write",)

    size = forms.ChoiceField(
        label=_("On which paper?"), choices=list(SIZE_WORDS.items()), widget=forms.RadioSelect,
        initial=Size.A4.value,
    )  # fmt: skip


class FilesForm(Form):
    """Papers to a notice."""

    for_staff = True
    demands = ("notices.papers",)

    papers = forms.FileField(
        label=_("Add attachments"),
        help_text=_("PDF, Word, Excel or pictures; everybody can open them."),
        widget=forms.ClearableFileInput(
            attrs={"accept": ".pdf,.docx,.xlsx,.csv,image/jpeg,image/png"}
        ),
    )


class PhotosForm(Form):
    """Photos of the paper on the board; nobody has to take any."""

    for_staff = True
    demands = ("notices.photo",)

    photo = forms.FileField(
        label=_("Add a photo of the paper on the board"),
        help_text=_("Only if you want to. Where and when it was taken is not kept."),
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png"}),
        required=False,
    )
