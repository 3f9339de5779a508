"""What officials type about categories and the list of responsibilities."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.cases.queries.categories import category_choices, category_tree, name_of
from linli.cases.queries.posts import cut_words, post_choices
from linli.cases.queries.routing_words import DUTY_WORDS
from linli.cases.types.keeping import CategoryDetails, Charge
from linli.cases.types.routing import Duty
from linli.kernel.permits import Actor
from linli.ui.choosing import OneOfMany
from linli.ui.forms import DateText, Form


class KeepingForm(Form):
    """A form of who keeps categories and rules."""

    is_base = True
    for_staff = True
    demands: tuple[str, ...] = ("cases.keep_rules",)


class CategoryForm(KeepingForm):
    """What a category is called and which words point to it."""

    not_counted = {"order": "the place in the list"}

    title = forms.CharField(label=_("What is it called in Chinese?"), max_length=80)
    title_en = forms.CharField(label=_("What is it called in English?"), max_length=120)
    words = forms.CharField(
        label=_("Which words of a report point to it?"),
        help_text=_("One word or short phrase a line. They only suggest; a person decides."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    promise = forms.CharField(
        label=_("What is whoever reports it promised, in Chinese?"),
        help_text=_("For example what is done first, and when somebody comes. The report keeps it as it was."),
        required=False, max_length=200, widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    promise_en = forms.CharField(
        label=_("The same in English"), required=False, max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    order = forms.IntegerField(
        label=_("Place in the list"),
        help_text=_("Smaller numbers stand first."),
        min_value=0,
        max_value=30000,
        initial=500,
    )

    def details(self) -> CategoryDetails:
        """Return what was typed, for the service."""
        given = self.cleaned_data
        words = tuple(given["words"].replace("，", "\n").replace(",", "\n").splitlines())
        return CategoryDetails(
            given["title"], given["title_en"], words, given["order"], given["promise"],
            given["promise_en"],
        )  # fmt: skip


class NewCategoryForm(CategoryForm):
    """A new category, or a new group."""

    code = forms.CharField(
        label=_("Which short name does it get?"),
        help_text=_(
            "Small letters, digits and underlines, beginning with a letter. It stays for good."
        ),
        max_length=39,
    )
    parent = forms.ChoiceField(label=_("Which group does it belong to?"), required=False)

    field_order = ("parent", "title", "title_en", "code", "words", "promise", "promise_en", "order")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [
            (group.category.code, name_of(group.category)) for group in category_tree(localdate())
        ]
        self.fields["parent"].choices = [("", _("None: it is a group itself")), *groups]  # type: ignore[attr-defined]


class EditionForm(KeepingForm):
    """A form that knows what was on the page when it was opened."""

    is_base = True

    edition = forms.IntegerField(widget=forms.HiddenInput)


class CategoryChangeForm(CategoryForm, EditionForm):
    """Other words for a category."""


class EndForm(EditionForm):
    """From which day on something ends."""

    until = DateText(label=_("From which day on does it no longer hold?"))


class TakeUpForm(EditionForm):
    """Something that had ended is used again."""


class DutyForm(KeepingForm):
    """Who is in charge of a category at a place, or is to know of its cases."""

    category_id = forms.TypedChoiceField(label=_("Which category?"), coerce=int)
    duty = forms.ChoiceField(
        label=_("What has the post to do with it?"),
        choices=[(str(key), words) for key, words in DUTY_WORDS.items()],
        initial=str(Duty.RESPONSIBLE),
        widget=forms.RadioSelect,
    )
    post_id = OneOfMany(label=_("Which post?"), coerce=int)
    since = DateText(label=_("Since which day?"))
    basis = forms.CharField(
        label=_("On what basis?"),
        help_text=_("A law, a document with its number, or a decision."),
        max_length=200,
        required=False,
    )

    def __init__(self, *args: Any, actor: Actor, path: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.path = path
        choose = ("", _("Choose"))
        self.fields["category_id"].choices = [choose, *category_choices(localdate())]  # type: ignore[attr-defined]
        found, posts = post_choices(actor, path), self.fields["post_id"]
        posts.choices = [choose, *found.posts]  # type: ignore[attr-defined]
        posts.help_text = cut_words(found) or posts.help_text

    def charge(self) -> Charge:
        """Return what was typed, for the service."""
        given = self.cleaned_data
        return Charge(
            given["category_id"],
            self.path,
            Duty(given["duty"]),
            given["post_id"],
            given["since"],
            given["basis"],
        )


class ReplaceForm(KeepingForm):
    """Which post gets the lines and rules of one that ended."""

    post_id = OneOfMany(label=_("Which post takes its place?"), coerce=int)
    since = DateText(label=_("Since which day?"))

    def __init__(self, *args: Any, actor: Actor, path: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found, posts = post_choices(actor, path), self.fields["post_id"]
        posts.choices = [("", _("Choose")), *found.posts]  # type: ignore[attr-defined]
        posts.help_text = cut_words(found) or posts.help_text
