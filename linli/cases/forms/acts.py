"""Forms of what is done to a case: one for each act, the same for the sheet and the API."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.cases.engine.saying import MOST_TOLD
from linli.cases.errors import Missing
from linli.cases.forms.act_frame import ACCEPT, ActForm, Files, ManyFiles, words
from linli.cases.forms.part_forms import (
    FinishPartForm,
    OfferForm,
    PartForm,
    PartReasonForm,
    SettleForm,
)
from linli.cases.queries.bases import bases_of, checked_basis
from linli.cases.types.acting import MERGE, UNMERGE, Act
from linli.cases.types.kinds import Ask, CaseKind, CaseMove

# fields by what a move asks for
ASKED = {
    "reason": Ask.REASON.value,
    "basis_key": Ask.BASIS.value,
    "basis": Ask.BASIS.value,
    "text": Ask.PUBLIC.value,
    "evidence": Ask.EVIDENCE.value,
}


class MoveForm(ActForm):
    """A move of a kind: of these fields only those that the move asks for are left."""

    demands = ("cases.work", "cases.evidence")

    reason = words(_("Why? Stays among those who work on the case"))
    basis_key = forms.ChoiceField(
        label=_("By which rule?"), required=False,
        help_text=_("Choose one here or name another below; one of both is needed."),
    )  # fmt: skip
    basis = forms.CharField(
        label=_("Another rule: document and article"), max_length=300, required=False,
        help_text=_("The reporter reads which rule it is."),
    )  # fmt: skip
    text = words(_("What do you tell the reporter?"), rows=4)
    evidence = Files(
        label=_("What shows that it is done?"), help_text=_("Photos or papers, up to nine."),
        widget=ManyFiles(attrs={"accept": ACCEPT, "multiple": True}),
    )  # fmt: skip

    def __init__(
        self, *args: Any, move: CaseMove[Any] | None = None, takes_files: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.move = move
        wanted = {str(ask) for ask in (move.asks if move else ())}
        if not takes_files:
            # the API names files that were sent before; the engine misses them if there are none
            del self.fields["evidence"]
        for name, ask in ASKED.items():
            if ask not in wanted:
                self.fields.pop(name, None)
        if move and Ask.BASIS in move.asks:
            rules = [("", "—"), *bases_of(move, localdate())]
            self.fields["basis_key"].choices = rules  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if self.move and "basis" in self.fields and "basis_key" not in self.errors:
            key, said = found.get("basis_key") or "", found.get("basis") or ""
            try:
                checked_basis(self.move, key, said, localdate())
            except Missing as refusal:
                self.take(refusal.fields)
        return found

    def take(self, fields: dict[str, list[str]]) -> None:
        """Put what the engine misses on the field that asks for it."""
        super().take(
            {{v: k for k, v in ASKED.items()}.get(name, name): m for name, m in fields.items()}
        )


class NoteForm(ActForm):
    text = words(_("Note among those who work on the case"))


class TellForm(ActForm):
    text = words(
        _("What do you tell the reporter?"), rows=4, most=MOST_TOLD,
        help_text=_("At most 500 characters: it is read on a phone."),
    )  # fmt: skip


class ExtendForm(ActForm):
    """More time for a clock, with a reason that the reporter reads."""

    not_counted = {"amount": "days or hours of a term"}

    clock = forms.CharField(max_length=40, widget=forms.HiddenInput)
    amount = forms.IntegerField(label=_("How much longer?"), min_value=1, max_value=9999)
    text = words(_("Why? The reporter reads this"))


class AskTimeForm(ActForm):
    """Ask a supervisor for more time; the reporter reads nothing of it until it is given."""

    not_counted = {"amount": "days or hours of a term"}

    clock = forms.CharField(max_length=40, widget=forms.HiddenInput)
    amount = forms.IntegerField(label=_("How much longer?"), min_value=1, max_value=9999)
    reason = words(_("Why?"), help_text=_("Whoever supervises decides; until then the day stands."))


class SayWhyForm(ActForm):
    """Why a day was not kept."""

    demands = ("cases.why_late",)

    clock = forms.CharField(max_length=40, widget=forms.HiddenInput)
    text = words(
        _("Why is it late, and how does it go on? The reporter reads this"), most=MOST_TOLD,
        help_text=_("One or two sentences, without names of people."),
    )  # fmt: skip


class NumberForm(ActForm):
    """Another case by its number."""

    number = forms.CharField(label=_("Number of the other case"), max_length=24)


class MergeForm(NumberForm):
    """The case that this one is the same as, and why: whoever reported this one reads it."""

    text = words(
        _("Why is it the same? The reporter reads this"), rows=3,
        help_text=_("From now on the reporter follows the other case."),
    )  # fmt: skip


class ReasonForm(ActForm):
    reason = words(_("Why? Stays among those who work on the case"))


FORMS: dict[str, type[ActForm]] = {
    Act.OFFER: OfferForm,
    Act.TAKE: PartForm,
    Act.DECLINE: PartReasonForm,
    Act.DISPUTE: PartReasonForm,
    Act.SETTLE: SettleForm,
    Act.REVOKE: PartReasonForm,
    Act.FINISH_PART: FinishPartForm,
    Act.NOTE: NoteForm,
    Act.TELL: TellForm,
    Act.EXTEND: ExtendForm,
    Act.ASK_TIME: AskTimeForm,
    Act.SAY_WHY: SayWhyForm,
    Act.RELATE: NumberForm,
    MERGE: MergeForm,
    UNMERGE: ReasonForm,
}


def form_of(
    kind: CaseKind, name: str, *args: Any, takes_files: bool = True, **kwargs: Any
) -> ActForm | None:
    """Return the form of an act or a move, or None for one that the kind does not have."""
    known = FORMS.get(name)
    is_move = name in kind.machine.moves
    if name in (MERGE, UNMERGE) and not is_move:
        return None
    if name == MERGE and not kind.has_reporter:
        known = NumberForm
    if known is not None:
        return known(*args, **kwargs)
    if not is_move:
        return None
    return MoveForm(*args, move=kind.move(name), takes_files=takes_files, **kwargs)
