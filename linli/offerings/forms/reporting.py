"""What is typed about reports: at the office that asks, and in the village."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.kernel.dates import Lean
from linli.kernel.errors import Stale
from linli.offerings.types.reporting import MOST_REASON, MOST_SIGNS, Said, Shown, TaskFacts
from linli.ui.choosing import offer
from linli.ui.formats import listed
from linli.ui.forms import DateText, Form

Choices = Sequence[tuple[str, Any]]


class ReportFactsForm(Form):
    """What is said of a report: its name, who approves it, on which basis, until when."""

    for_staff = True
    demands: tuple[str, ...] = ("offerings.report_ask",)

    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=_("What is the sheet called?"), max_length=120)
    post = forms.ChoiceField(
        label=_("Which post approves it?"),
        help_text=_("It is asked when you send: villages see nothing before it has approved."),
    )
    basis = forms.CharField(
        label=_("On which document does it rest?"), max_length=200,
        help_text=_("Title and number. Without a basis nothing may be asked of villages."),
    )  # fmt: skip
    due_on = DateText(label=_("Until which day?"), lean=Lean.FUTURE, help_text=_("The report ends by itself after this day."))  # fmt: skip

    def __init__(self, *args: Any, posts: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "post", [("", _("Choose")), *posts])

    @property
    def facts(self) -> TaskFacts:
        """What was typed."""
        said = self.cleaned_data
        return TaskFacts(said["title"], int(said["post"]), said["basis"], said["due_on"])


class ReportForm(ReportFactsForm):
    """A sheet that an office wants filled in, with what is said of it."""

    for_staff = True
    demands = ("offerings.report_ask", "offerings.report_upload")

    ground = forms.ChoiceField(label=_("Whose villages are asked?"))
    file = forms.FileField(
        label=_("Which sheet?"), help_text=_("xlsx as you would send it out, with its headings; without macros, up to 8 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )  # fmt: skip
    field_order = ("ground", "title", "file", "post", "basis", "due_on")

    def __init__(self, *args: Any, grounds: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["edition"]
        offer(self, "ground", grounds)
        if len(grounds) == 1:
            self.fields["ground"].widget = forms.HiddenInput()
            self.fields["ground"].initial = grounds[0][0]


class ReportSheetForm(Form):
    """Which sheet of the file is filled, and whether row by row from a list."""

    for_staff = True
    demands = ("offerings.report_ask",)

    edition = forms.IntegerField(widget=forms.HiddenInput)
    sheet = forms.ChoiceField(label=_("Which sheet of the file?"))
    list = forms.ChoiceField(label=_("What are its rows?"), required=False)

    def __init__(self, *args: Any, sheets: Choices = (), lists: Choices = (), **kwargs: Any) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        offer(self, "sheet", sheets)
        offer(self, "list", [("", _("One row for each village")), *lists])


Columns = Sequence[tuple[int, str, str, list[Any]]]
Whys = Sequence[tuple[int, str, str, list[str]]]


class ReportBindForm(Form):
    """Who fills each column of a report, and what may be typed there; the fields are made from its headings."""

    for_staff = True
    demands = ("offerings.report_ask",)

    edition = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, columns: Columns = (), kinds: Columns = (), whys: Whys = (), **kwargs: Any) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        for number, title, chosen, choices in columns:
            self.fields[f"column-{number}"] = forms.ChoiceField(label=title, choices=choices, initial=chosen)  # fmt: skip
        for number, title, chosen, choices in kinds:
            label = _("%(title)s: what is typed there?") % {"title": title}
            # a column that was asked when the page was opened may be filled by a register now
            self.fields[f"kind-{number}"] = forms.ChoiceField(label=label, choices=choices, initial=chosen, required=False)  # fmt: skip

        for number, title, why, likely in whys:
            self.fields[f"why-{number}"] = forms.CharField(
                label=_("%(title)s: why are villages asked?") % {"title": title}, initial=why, required=False,
                help_text=_("A register may hold this: %(names)s. If you ask all the same, say why; the villages read it.")
                % {"names": listed(likely)}, max_length=MOST_REASON,
            )  # fmt: skip

    def _numbered(self, prefix: str) -> dict[int, str]:
        told = ((name.partition("-"), word) for name, word in self.cleaned_data.items())
        return {int(parts[2]): word for parts, word in told if parts[0] == prefix}

    @property
    def chosen(self) -> dict[int, str]:
        """Number of the column → what was chosen for it."""
        return {number: word for number, word in self._numbered("column").items() if word}

    @property
    def kinds(self) -> dict[int, str]:
        """Number of the column → what may be typed there."""
        return {number: word for number, word in self._numbered("kind").items() if word}

    @property
    def whys(self) -> dict[int, str]:
        """Number of the column → why villages are asked although a register has something like it."""
        return self._numbered("why")


class ReportWhyForm(Form):
    """Why a report is taken back."""

    for_staff = True
    demands = ("offerings.report_ask",)

    why = forms.CharField(label=_("Why?"), max_length=MOST_REASON, required=False)


class ReportHandBackForm(Form):
    """Which village's signed sheet goes back, and why."""

    for_staff = True
    demands = ("offerings.report_ask",)

    # a sheet of another edition was changed meanwhile
    sheet = forms.ChoiceField(
        label=_("Which village's sheet?"), error_messages={"invalid_choice": Stale.message}
    )  # fmt: skip
    why = forms.CharField(
        label=_("What is to be looked at again?"), max_length=MOST_REASON,
        help_text=_("The village reads it. What it wrote stays there; it signs off anew."),
    )  # fmt: skip

    def __init__(self, *args: Any, signed: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        """Take (code.edition, name) of the signed sheets."""
        super().__init__(*args, auto_id="hand_back_%s", **kwargs)
        offer(self, "sheet", signed)


class ReportCellsForm(Form):
    """The cells of a village: what no register knows, and what differs from one; with the reason."""

    for_staff = True
    demands = ("offerings.report_cells",)

    edition = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, cells: Sequence[Shown] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for cell in cells:
            said = cell.value if cell.is_open or cell.is_corrected else ""
            self.fields[f"cell-{cell.number}"] = forms.CharField(
                label=cell.title, max_length=MOST_SIGNS, required=False, initial=said
            )
            if not cell.is_open or not cell.rule.is_free:
                self.fields[f"reason-{cell.number}"] = forms.CharField(
                    label=_("Why does it differ?"), max_length=MOST_REASON, required=False, initial=cell.reason,
                )  # fmt: skip

    @property
    def said(self) -> dict[int, Said]:
        """Number of the column → what was typed there."""
        said = self.cleaned_data
        return {
            int(name.partition("-")[2]): Said(
                value, said.get(f"reason-{name.partition('-')[2]}", "")
            )
            for name, value in said.items()
            if name.startswith("cell-")
        }


class ReportRowForm(Form):
    """One row of a village's list: its cells as they should be, and why."""

    for_staff = True
    demands = ("offerings.report_row",)

    edition = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, columns: Sequence[tuple[int, str, str, str]] = (), **kwargs: Any) -> None:  # fmt: skip
        """Take (number, key, heading, value) of each column."""
        super().__init__(*args, **kwargs)
        self.keys = {f"c-{number}": key for number, key, _title, _value in columns}
        for number, _key, title, value in columns:
            self.fields[f"c-{number}"] = forms.CharField(
                label=title, max_length=MOST_SIGNS, required=False, initial=value
            )
        self.fields["reason"] = forms.CharField(
            label=_("Why does it differ?"), max_length=MOST_REASON
        )

    @property
    def cells(self) -> dict[str, str]:
        """Key of the column → what was typed there."""
        return {key: self.cleaned_data[name] for name, key in self.keys.items()}

    def take_by_key(self, faults: dict[str, list[str]]) -> None:
        """Take what is wrong, told by key of the column."""
        names = {key: name for name, key in self.keys.items()}
        self.take({names.get(key, key): words for key, words in faults.items()})
