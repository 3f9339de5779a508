"""What an official types to set or withdraw a local value, or a reader to filter the list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from linli.kernel.numbers import Op, Share
from linli.kernel.registries import PATH_OF
from linli.kernel.wholes import whole_number
from linli.rulebook.law.load import law
from linli.rulebook.law.model import Parameter
from linli.rulebook.types import AnyOf, Range, RuleValue
from linli.ui.forms import DateText, Form

FOR_PLACE, FOR_PROVINCE, FOR_BODY = "place", "province", "body"
MOST = 1_000_000_000
LARGEST_FILE = 200_000


class LocalValueForm(Form):
    """A value with its document. The fields of the value follow the form of the parameter's own."""

    for_staff = True
    demands = ("rulebook.value",)
    finds = ("place_code",)
    enters = {"document_number": "rulebook.value.document_number"}
    not_counted = {
        **dict.fromkeys(
            ("number", "low", "high", "*num", "*den"), "the number that the document sets"
        ),
        "body_id": "the number of an organisation in its address",
    }

    place_code = forms.CharField(label=_("For which place?"), max_length=24)
    scope = forms.ChoiceField(
        label=_("For whom does it hold?"),
        choices=[
            (FOR_PLACE, _("for this place and all below it")),
            (FOR_PROVINCE, _("for the whole province, by a document of the province")),
            (FOR_BODY, _("for one organisation at this place")),
        ],
        widget=forms.RadioSelect,
        initial=FOR_PLACE,
    )
    body_id = forms.IntegerField(
        label=_("Number of the organisation"), required=False, min_value=1, max_value=2**63 - 1,
        help_text=_("Only if it holds for one organisation; the number stands in its address."),
    )  # fmt: skip
    document_number = forms.CharField(
        label=_("Number of the document"), max_length=80,
        help_text=_("As printed on it, for example 东府办〔2017〕27号."),
    )  # fmt: skip
    document_date = DateText(label=_("Date of the document"))
    issuer = forms.CharField(label=_("Who issued it?"), max_length=120)
    valid_from = DateText(label=_("In force since"))
    valid_to = DateText(
        label=_("Last day in force"), required=False,
        help_text=_("Leave it empty if the document names no end."),
    )  # fmt: skip
    note = forms.CharField(
        label=_("Remark"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, parameter: Parameter, pattern: RuleValue, *args: Any, **kwargs: Any) -> None:
        own = value_fields(parameter, pattern)
        if _readings(parameter):
            own["reading"] = _reading_field(parameter)
        # Django copies base_fields for each form; the value stands before its document
        self.base_fields = {**own, **type(self).base_fields}  # type: ignore[misc]
        self.parameter, self.pattern, self.value_names = parameter, pattern, list(own)
        super().__init__(*args, **kwargs)

    def clean_place_code(self) -> str:
        """Return the path of the place."""
        path = PATH_OF.call(self.cleaned_data["place_code"].strip())
        if not path:
            raise forms.ValidationError(_("There is no place with this code."))
        return str(path)

    def clean(self) -> dict[str, Any]:
        """Ask for the organisation exactly when it is needed."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("scope") == FOR_BODY and not data.get("body_id"):
            self.add_error("body_id", _("Write the number of the organisation."))
        return data

    @property
    def raw_value(self) -> Any:
        """Return the value in its written form."""
        return raw_from(self.pattern, self.cleaned_data)

    def take(self, fields: dict[str, list[str]]) -> None:
        """Put what is wrong with the value on its first field."""
        first = self.value_names[0]
        super().take({first if name == "value" else name: m for name, m in fields.items()})


def value_fields(parameter: Parameter, pattern: RuleValue) -> dict[str, forms.Field]:
    """Return the fields by which a value of this form is typed."""
    chinese = not (get_language() or "zh-hans").startswith("en")
    unit = law().glossary.name("units", parameter.unit)[0 if chinese else 1]
    if isinstance(pattern, bool):
        words = [("yes", _("yes")), ("no", _("no"))]
        return {
            "flag": forms.ChoiceField(label=_("Value"), choices=words, widget=forms.RadioSelect)
        }
    if isinstance(pattern, Range):
        return {"low": _number(_("At least"), unit), "high": _number(_("At most"), unit)}
    if isinstance(pattern, Share):
        return _share_fields("", pattern, chinese)
    if isinstance(pattern, AnyOf):
        parts = [_share_fields(f"{n}_", o, chinese) for n, o in enumerate(pattern.options)]
        return {name: field for part in parts for name, field in part.items()}
    if isinstance(pattern, tuple) and parameter.unit == "choice":
        return {"codes": _codes_field(parameter, chinese)}
    if isinstance(pattern, tuple):
        hint = _("Numbers with commas between them.")
        return {"numbers": forms.CharField(label=_("Value"), max_length=200, help_text=hint)}
    return {"number": _number(_("Value"), unit)}


def raw_from(pattern: RuleValue, data: dict[str, Any]) -> Any:
    """Return the written form of what was typed."""
    if isinstance(pattern, bool):
        return data["flag"] == "yes"
    if isinstance(pattern, Range):
        return {"min": data["low"], "max": data["high"]}
    if isinstance(pattern, Share):
        return _raw_share("", pattern, data)
    if isinstance(pattern, AnyOf):
        shares = enumerate(pattern.options)
        return {"any": [_raw_share(f"{n}_", option, data) for n, option in shares]}
    if isinstance(pattern, tuple) and "codes" in data:
        return data["codes"]
    if isinstance(pattern, tuple):
        parts = data["numbers"].replace("，", ",").replace("、", ",").split(",")
        wholes = [(whole_number(part), part.strip()) for part in parts]
        return [part if number is None else number for number, part in wholes]
    return data["number"]


def typed(value: RuleValue) -> dict[str, Any]:
    """Return what the fields show for a value that exists."""
    if isinstance(value, bool):
        return {"flag": "yes" if value else "no"}
    if isinstance(value, Range):
        return {"low": value.min, "high": value.max}
    if isinstance(value, Share):
        return {"op": value.op.value, "num": value.num, "den": value.den}
    if isinstance(value, AnyOf):
        return {f"{n}_{k}": v for n, o in enumerate(value.options) for k, v in typed(o).items()}
    if isinstance(value, tuple):
        return {"codes": list(value), "numbers": ", ".join(str(item) for item in value)}
    return {"number": value}


class CalendarForm(Form):
    """The file with the days of a notice."""

    for_staff = True
    demands = ("rulebook.calendar",)

    file = forms.FileField(
        label=_("Which file?"),
        help_text=_("A CSV with the columns date, is_work (1 or 0), name, source."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
    )

    def clean_file(self) -> bytes:
        """Return what is in the file."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(_("This file is too large for a calendar."))
        return bytes(file.read())


class WithdrawForm(Form):
    """From when a value no longer holds, and why."""

    for_staff = True
    demands = ("rulebook.value",)

    from_day = DateText(label=_("From which day does it no longer hold?"))
    document = forms.CharField(
        label=_("Number of the document that withdraws it"), max_length=80, required=False
    )
    reason = forms.CharField(
        label=_("Why is it withdrawn?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


def _number(label: Any, unit: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=0, max_value=MOST, widget=forms.NumberInput(attrs={"unit": unit})
    )


def _share_fields(prefix: str, share: Share, chinese: bool) -> dict[str, forms.Field]:
    base = law().glossary.name("bases", share.base)[0 if chinese else 1]
    ops = [(Op.GE.value, _("at least (including the number)")), (Op.GT.value, _("more than"))]
    if share.op in (Op.LE, Op.LT):
        ops = [(Op.LE.value, _("at most (including the number)")), (Op.LT.value, _("less than"))]
    fields: dict[str, forms.Field] = {
        f"{prefix}op": forms.ChoiceField(
            label=base, choices=ops, widget=forms.RadioSelect, initial=share.op.value
        ),
        f"{prefix}num": _number(_("How many") if share.den == 1 else _("Numerator"), ""),
    }
    if share.den != 1:
        fields[f"{prefix}den"] = forms.IntegerField(
            label=_("Denominator"), min_value=1, max_value=MOST, widget=forms.NumberInput()
        )
    return fields


def _raw_share(prefix: str, share: Share, data: dict[str, Any]) -> dict[str, Any]:
    den = data.get(f"{prefix}den", 1)
    return {"op": data[f"{prefix}op"], "num": data[f"{prefix}num"], "den": den, "base": share.base}


def _codes_field(parameter: Parameter, chinese: bool) -> forms.MultipleChoiceField:
    known = {
        str(code): law().glossary.name("codes", str(code))[0 if chinese else 1]
        for entry in parameter.entries
        for code in (entry.value if isinstance(entry.value, tuple) else ())
    }
    return forms.MultipleChoiceField(
        label=_("Value"), choices=list(known.items()), widget=forms.CheckboxSelectMultiple
    )


def _readings(parameter: Parameter) -> list[tuple[str, str]]:
    at = 0 if not (get_language() or "zh-hans").startswith("en") else 1
    return [(r.name, r.title[at]) for entry in parameter.entries[-1:] for r in entry.readings]


def _reading_field(parameter: Parameter) -> forms.ChoiceField:
    choices = [("", _("as in the law above")), *_readings(parameter)]
    return forms.ChoiceField(
        label=_("Which reading does it follow?"), choices=choices, required=False
    )
