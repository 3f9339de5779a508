"""What an office types about one part of an item: a basis, a question, a condition, a material."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.offerings.types.items import BRINGER_TITLES, FORM_TITLES, ItemFacts, Sureness
from linli.ui.forms import Form

PART_TITLES: dict[str, Any] = {
    "basis": _("Legal basis"), "questions": _("Question"), "conditions": _("Condition"),
    "materials": _("Material"),
}  # fmt: skip


class PartForm(Form):
    """One part of an item; `when` are the answers under which it holds."""

    is_base = True
    for_staff = True
    demands = ("offerings.item",)

    edition = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, facts: ItemFacts, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields.get("when")
        if field is not None:
            assert isinstance(field, forms.MultipleChoiceField)
            field.choices = _answers(facts)
            if not field.choices:
                del self.fields["when"]

    @property
    def chosen(self) -> dict[str, list[str]]:
        """The chosen answers by their questions."""
        found: dict[str, list[str]] = {}
        for pair in self.cleaned_data.get("when", ()):
            question, _sign, answer = pair.partition(":")
            found.setdefault(question, []).append(answer)
        return found


def _answers(facts: ItemFacts) -> list[tuple[str, str]]:
    return [
        (f"{one.key}:{option.key}", f"{one.ask.zh} {option.words.zh}")
        for one in facts.questions
        for option in one.options
    ]


def _when() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("Only for whom?"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick nothing if it holds for everybody."),
    )  # fmt: skip


class BasisForm(PartForm):
    """A law, regulation or document that an item rests on."""

    is_base = False

    law = forms.CharField(label=_("How is it called?"), max_length=80)
    mark = forms.CharField(label=_("Its number"), max_length=80, required=False)
    article = forms.CharField(label=_("Which article?"), max_length=80, required=False)
    is_sure = forms.BooleanField(label=_("I compared it with the text of the law"), required=False)

    def content(self) -> dict[str, Any]:
        """Return the part in plain data."""
        said = self.cleaned_data
        sure = Sureness.SURE if said["is_sure"] else Sureness.CHECK
        return {"title": said["law"], "number": said["mark"], "article": said["article"], "certainty": str(sure)}  # fmt: skip

    @staticmethod
    def initial_of(one: dict[str, Any]) -> dict[str, Any]:
        """Return what the form begins with."""
        sure = one.get("certainty") == Sureness.SURE
        return {"law": one["title"], "mark": one.get("number"), "article": one.get("article"), "is_sure": sure}  # fmt: skip


class QuestionForm(PartForm):
    """A question that shortens the list of materials."""

    is_base = False

    part_key = forms.CharField(label=_("Short key"), max_length=60, help_text=_("Small letters, such as home."))  # fmt: skip
    ask = forms.CharField(label=_("What is asked?"), max_length=400)
    ask_en = forms.CharField(label=_("What is asked, in English?"), max_length=1200, required=False)
    options = forms.CharField(
        label=_("Which answers are there?"), max_length=3000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One a line: key | Chinese | English. For example: rented | 租的 | Rented"),
    )  # fmt: skip

    def content(self) -> dict[str, Any]:
        """Return the part in plain data."""
        said = self.cleaned_data
        return {
            "key": said["part_key"], "ask": {"zh": said["ask"], "en": said["ask_en"]},
            "options": [_option(line) for line in said["options"].splitlines() if line.strip()],
        }  # fmt: skip

    @staticmethod
    def initial_of(one: dict[str, Any]) -> dict[str, Any]:
        """Return what the form begins with."""
        lines = [" | ".join((o["key"], o["zh"], o.get("en", ""))) for o in one["options"]]
        return {"part_key": one["key"], "ask": one["ask"]["zh"], "ask_en": one["ask"]["en"], "options": "\n".join(lines)}  # fmt: skip


def _option(line: str) -> dict[str, str]:
    parts = [part.strip() for part in line.replace("｜", "|").split("|")]
    return {"key": parts[0], "zh": parts[1] if len(parts) > 1 else "", "en": "|".join(parts[2:])}


class ConditionForm(PartForm):
    """A condition that an applicant meets."""

    is_base = False

    words = forms.CharField(label=_("Which condition?"), max_length=600, widget=forms.Textarea(attrs={"rows": 2}))  # fmt: skip
    words_en = forms.CharField(label=_("The same in English"), max_length=1800, required=False, widget=forms.Textarea(attrs={"rows": 2}))  # fmt: skip
    when = _when()

    def content(self) -> dict[str, Any]:
        """Return the part in plain data."""
        said = self.cleaned_data
        return {"zh": said["words"], "en": said["words_en"], "when": self.chosen}

    @staticmethod
    def initial_of(one: dict[str, Any]) -> dict[str, Any]:
        """Return what the form begins with."""
        return {"words": one["zh"], "words_en": one.get("en"), "when": _pairs(one)}


class MaterialForm(PartForm):
    """Something that is needed. What a register has is looked up and not asked for (PS-02)."""

    is_base = False

    part_key = forms.CharField(label=_("Short key"), max_length=60, help_text=_("Small letters, such as lease."))  # fmt: skip
    words = forms.CharField(label=_("What is needed?"), max_length=400)
    words_en = forms.CharField(label=_("The same in English"), max_length=1200, required=False)
    form = forms.ChoiceField(label=_("In which form?"), choices=list(FORM_TITLES.items()))
    by = forms.ChoiceField(label=_("Who brings it?"), choices=list(BRINGER_TITLES.items()), widget=forms.RadioSelect)  # fmt: skip
    source = forms.CharField(
        label=_("Which register has it?"), max_length=80, required=False,
        help_text=_("What a register has, the office looks up itself; the applicant may not be asked for it."),
    )  # fmt: skip
    note = forms.CharField(label=_("A word beside it"), max_length=400, required=False)
    note_en = forms.CharField(label=_("A word beside it, in English"), max_length=1200, required=False)  # fmt: skip
    why = forms.CharField(
        label=_("Why must the applicant bring it?"), max_length=400, required=False,
        help_text=_("Only for what a register usually has, such as an identity card that is compared with the person. Everybody reads it."),
    )  # fmt: skip
    why_en = forms.CharField(label=_("Why, in English?"), max_length=1200, required=False)
    when = _when()

    def content(self) -> dict[str, Any]:
        """Return the part in plain data."""
        said = self.cleaned_data
        return {
            "key": said["part_key"], "zh": said["words"], "en": said["words_en"], "form": said["form"],
            "by": said["by"], "source": said["source"], "when": self.chosen,
            "note": {"zh": said["note"], "en": said["note_en"]},
            "why": {"zh": said["why"], "en": said["why_en"]},
        }  # fmt: skip

    @staticmethod
    def initial_of(one: dict[str, Any]) -> dict[str, Any]:
        """Return what the form begins with."""
        note, why = one.get("note") or {}, one.get("why") or {}
        return {
            "part_key": one["key"], "words": one["zh"], "words_en": one.get("en"), "form": one["form"],
            "by": one["by"], "source": one.get("source"), "when": _pairs(one),
            "note": note.get("zh"), "note_en": note.get("en"),
            "why": why.get("zh"), "why_en": why.get("en"),
        }  # fmt: skip


def _pairs(one: dict[str, Any]) -> list[str]:
    return [f"{key}:{option}" for key, options in (one.get("when") or {}).items() for option in options]  # fmt: skip


PART_FORMS: dict[str, Any] = {
    "basis": BasisForm, "questions": QuestionForm, "conditions": ConditionForm, "materials": MaterialForm,
}  # fmt: skip
