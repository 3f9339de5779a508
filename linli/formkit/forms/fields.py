"""One question as a designer edits it: only what its kind has, without a word of JSON."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.formkit.forms.bounds import bound_text, read_bound
from linli.formkit.forms.logic import ComputeFields, ShowFields
from linli.formkit.forms.options import options_text, read_options
from linli.formkit.queries import KIND_WORDS
from linli.formkit.types import (
    IN_TABLES,
    MOST_DECIMALS,
    MOST_FILES,
    MOST_ROWS,
    MOST_TEXT,
    NUMBERS,
    SOURCES,
    Field,
    Kind,
    Spec,
    Words,
)
from linli.kernel.registries import PLACE_NAMES
from linli.ui.forms import Form

RESULTS = [("whole", _("Whole number")), ("decimal", _("Number with decimals")),
           ("money", _("Amount of money")), ("text", _("Some text"))]  # fmt: skip
ROUNDING = [("half", _("Rounded, halves up")), ("down", _("Always cut")), ("up", _("Always up"))]
LEANS = [
    ("nearest", _("The nearest day")),
    ("past", _("A day in the past")),
    ("future", _("A day to come")),
]
SCENES = [("", _("None")), ("fire", _("Fire safety")), ("safety", _("Safety at work")),
          ("emergency", _("Emergency")), ("acceptance_of_repair", _("Acceptance of a repair"))]  # fmt: skip
TOPICS = [("", _("None of these")), ("hukou", _("Place of hukou"))]
DECIMAL = (Kind.DECIMAL, Kind.COMPUTED)


def _words(label: Any, most: int, rows: int = 1) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows}) if rows > 1 else None
    return forms.CharField(label=label, max_length=most, required=False, widget=widget)


class FieldForm(Form):
    """Edits a field or column; `changed` gives it back as values."""

    for_staff = True
    demands = ("formkit.builder", "formkit.numbers")

    def __init__(
        self, spec: Spec, path: str, one: Field, data: Any = None, *, place: str = ""
    ) -> None:
        self.spec, self.path, self.one, self.place = spec, path, one, place
        super().__init__(data, initial=initial_of(one))
        self._build()
        self.show = ShowFields(self, spec, path)
        self.compute = ComputeFields(self, spec, path) if one.kind is Kind.COMPUTED else None

    def _build(self) -> None:
        kind, add = self.one.kind, self.fields
        long = 3 if kind is Kind.NOTE else 1
        add["label_zh"] = _words(_("The question in Chinese"), 1000, long)
        add["label_en"] = _words(_("The question in English"), 1500, long)
        if kind is Kind.NOTE:
            return
        add["help_zh"] = _words(_("Help below it in Chinese"), 500)
        add["help_en"] = _words(_("Help below it in English"), 800)
        add["short"] = forms.CharField(label=_("Short name for programs"), max_length=40)
        if kind is not Kind.COMPUTED:
            add["required"] = forms.BooleanField(label=_("An answer is needed"), required=False)
        add["sealed"] = forms.BooleanField(
            label=_("Keep it sealed"), required=False,
            help_text=_("Encrypted; whoever opens it leaves a trace. For what identifies a person."),
        )  # fmt: skip
        self._of_kind(kind)
        self._asked_of_staff(kind)

    def _of_kind(self, kind: Kind) -> None:
        self._of_answers(kind)
        self._of_numbers(kind)
        self._of_groups(kind)
        self._of_sources(kind)

    def _of_answers(self, kind: Kind) -> None:
        add = self.fields
        if kind in (Kind.CHOICE, Kind.SEVERAL):
            add["options"] = forms.CharField(
                label=_("The answers, one a line"), widget=forms.Textarea(attrs={"rows": 6}),
                help_text=_("Short name | Chinese | English, for example: own | 自建房 | Self-built house"),
            )  # fmt: skip
        if kind is Kind.CHOICE:
            add["as_list"] = forms.BooleanField(label=_("As a list that opens"), required=False)
        if kind in (*NUMBERS, Kind.DATE):
            hint = _("A day like 2026-11-24, or “today”.") if kind is Kind.DATE else ""
            add["least"] = forms.CharField(
                label=_("The least possible"), required=False, max_length=40, help_text=hint
            )
            add["most"] = forms.CharField(
                label=_("The most possible"), required=False, max_length=40, help_text=hint
            )
        if kind is Kind.DATE:
            add["lean"] = forms.ChoiceField(
                label=_("If no year is written, it means"), choices=LEANS
            )
        if kind in (Kind.TEXT, Kind.LONG):
            add["longest"] = forms.IntegerField(
                label=_("At most how many characters?"), min_value=0, max_value=MOST_TEXT,
                required=False, help_text=_("0 for the usual."),
            )  # fmt: skip

    def _of_numbers(self, kind: Kind) -> None:
        add = self.fields
        if kind in (*NUMBERS, Kind.COMPUTED):
            add["unit_zh"] = _words(_("Unit in Chinese"), 20)
            add["unit_en"] = _words(_("Unit in English"), 30)
        if kind in DECIMAL:
            add["decimals"] = forms.IntegerField(
                label=_("Digits after the point"), min_value=0, max_value=MOST_DECIMALS
            )
        if kind is Kind.COMPUTED:
            add["result"] = forms.ChoiceField(label=_("What does it show?"), choices=RESULTS)
            add["rounding"] = forms.ChoiceField(label=_("How is it rounded?"), choices=ROUNDING)

    def _of_groups(self, kind: Kind) -> None:
        add = self.fields
        if kind is Kind.TABLE:
            add["min_rows"] = forms.IntegerField(
                label=_("At least how many rows?"), min_value=0, max_value=MOST_ROWS
            )
            add["max_rows"] = forms.IntegerField(
                label=_("At most how many rows?"), min_value=1, max_value=MOST_ROWS
            )
            add["no_doubles"] = forms.BooleanField(label=_("No two rows alike"), required=False)
        if kind in (Kind.PHOTOS, Kind.FILES):
            add["max_files"] = forms.IntegerField(
                label=_("At most how many files?"), min_value=1, max_value=MOST_FILES
            )
        if kind is Kind.PLACE:
            add["root"] = forms.ChoiceField(
                label=_("Below which place does one choose?"), choices=self.roots(), required=False
            )

    def roots(self) -> list[tuple[str, str]]:
        """Return the office's own place and those above it, and what was chosen before."""
        parts = [part for part in self.place.split("/") if part]
        paths = ["/".join(parts[: n + 1]) + "/" for n in range(len(parts))]
        if self.one.root and self.one.root not in paths:
            paths.append(self.one.root)
        names = PLACE_NAMES.call(set(paths))
        return [("", "—"), *((path, str(names.get(path, path))) for path in paths)]

    def _of_sources(self, kind: Kind) -> None:
        add = self.fields
        known = [("", _("No")), *((source.key, source.title) for source in SOURCES)]
        if self.one.known_from and self.one.known_from not in dict(known):
            known.append((self.one.known_from, self.one.known_from))
        if len(known) > 1 and kind is not Kind.COMPUTED:
            add["known_from"] = forms.ChoiceField(
                label=_("Does the register know it already?"), choices=known, required=False
            )
        add["topic"] = forms.ChoiceField(
            label=_("Is it about one of these?"), choices=TOPICS, required=False
        )

    def _asked_of_staff(self, kind: Kind) -> None:
        if kind in (Kind.PHOTOS, Kind.POINT):
            self.fields["scene"] = forms.ChoiceField(
                label=_("If staff must give it: in which scene?"), choices=SCENES, required=False
            )
            self.fields["basis"] = forms.CharField(
                label=_("If staff are asked: on what basis?"), max_length=300, required=False
            )

    def clean(self) -> dict[str, Any]:
        """Read what is more than one plain value, each fault beside its field."""
        given = super().clean() or {}
        if "options" in given:
            self.options, faults = read_options(given["options"])
            if faults:
                self.add_error("options", faults)
        for name in ("least", "most"):
            if name in given:
                found, fault = read_bound(self.one, given[name])
                given[name] = found
                if fault:
                    self.add_error(name, fault)
        for part in (self.show, self.compute):
            for name, message in part.faults(given) if part else ():
                self.add_error(name, message)
        return given

    def changed(self) -> Field:
        """Return the field as it was typed, under its old key."""
        given = self.cleaned_data
        plain: dict[str, Any] = {
            name: given[name]
            for name in ("required", "sealed", "as_list", "lean", "no_doubles", "root", "rounding",
                         "scene", "basis", "known_from", "topic", "least", "most")
            if name in given
        }  # fmt: skip
        whole: dict[str, Any] = {
            name: given[name] or 0
            for name in ("longest", "decimals", "min_rows", "max_rows", "max_files")
            if name in given
        }
        made = replace(
            self.one, **plain, **whole,
            label=Words(given["label_zh"].strip(), given["label_en"].strip()),
            help=Words(given.get("help_zh", "").strip(), given.get("help_en", "").strip()),
            unit=Words(given.get("unit_zh", "").strip(), given.get("unit_en", "").strip()),
        )  # fmt: skip
        if "options" in given:
            made = replace(made, options=self.options)
        if "result" in given:
            made = replace(made, result=Kind(given["result"]))
        if self.show:
            made = replace(made, show=self.show.read(given))
        return replace(made, compute=self.compute.read(given)) if self.compute else made


def initial_of(one: Field) -> dict[str, Any]:
    """Return a field as its form shows it."""
    plain = ("required", "sealed", "as_list", "longest", "decimals", "lean", "min_rows",
             "max_rows", "no_doubles", "max_files", "root", "known_from", "topic", "scene", "basis", "rounding")  # fmt: skip
    shown: dict[str, Any] = {name: getattr(one, name) for name in plain}
    for name in ("label", "help", "unit"):
        words: Words = getattr(one, name)
        shown |= {f"{name}_zh": words.zh, f"{name}_en": words.en}
    shown |= {"least": bound_text(one, one.least), "most": bound_text(one, one.most)}
    shown["short"] = one.key
    return {**shown, "result": one.result.value, "options": options_text(one.options)}


def column_kinds() -> list[tuple[str, Any]]:
    """Return what a column of a table may be."""
    return [(kind.value, KIND_WORDS[kind]) for kind in Kind if kind in IN_TABLES]
