"""Forms of what is done to a case: one for each act, the same for the sheet and the API."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.cases.engine.saying import MOST_TOLD
from linli.cases.errors import Missing
from linli.cases.queries.bases import bases_of, checked_basis
from linli.cases.types.acting import MERGE, UNMERGE, Act
from linli.cases.types.kinds import Ask, CaseKind, CaseMove
from linli.cases.types.words import AssignmentRole
from linli.files.types import ATTACHMENT
from linli.ui.forms import Form

MOST_SIGNS = 5000
MOST_FILES = 9
ROLES = (
    (AssignmentRole.LEAD.value, _("Lead: the post handles it")),
    (AssignmentRole.JOINT.value, _("Joint work beside the lead")),
    (AssignmentRole.SUPERVISE.value, _("Supervise how it is handled")),
    (AssignmentRole.CONSULT.value, _("Give advice")),
)
# fields by what a move asks for
ASKED = {
    "reason": Ask.REASON.value,
    "basis_key": Ask.BASIS.value,
    "basis": Ask.BASIS.value,
    "text": Ask.PUBLIC.value,
    "evidence": Ask.EVIDENCE.value,
}
ACCEPT = ",".join(sorted(kind.mime for kind in ATTACHMENT.kinds))


def words(
    label: Any,
    *,
    rows: int = 3,
    help_text: Any = "",
    required: bool = True,
    most: int = MOST_SIGNS,
) -> forms.CharField:
    """Return a field for words that are kept."""
    return forms.CharField(
        label=label, help_text=help_text, required=required, max_length=most,
        widget=forms.Textarea(attrs={"rows": rows}),
    )  # fmt: skip


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class Files(forms.FileField):
    """Several files in one field, cleaned to a list."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = data if isinstance(data, (list, tuple)) else [data] if data else []
        return [super(Files, self).clean(one, initial) for one in given[:MOST_FILES]]


class ActForm(Form):
    """Whatever is done says which state of the case the person looked at."""

    is_base = True
    for_staff = True
    demands: tuple[str, ...] = ("cases.work",)

    expected_seq = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def written(self) -> list[tuple[str, str]]:
        """Return (question, words) of what was typed in own words, to be copied elsewhere."""
        found = [(bound.label, bound.data) for bound in self if _is_in_words(bound.field)]
        return [(str(label), str(said)) for label, said in found if said and str(said).strip()]


def _is_in_words(field: forms.Field) -> bool:
    return isinstance(field, forms.CharField) and not field.widget.is_hidden


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


class OfferForm(ActForm):
    """Offer a part to a post."""

    not_counted = {"post": "a post of the register"}

    post = forms.IntegerField(label=_("Which post?"), min_value=1)
    role = forms.ChoiceField(
        label=_("In which role?"), choices=ROLES, initial="lead", widget=forms.RadioSelect
    )
    note = words(_("Note for the post"), required=False)


class PartForm(ActForm):
    """Answer an offer to one's post, or say that a part is done."""

    part = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class PartReasonForm(PartForm):
    """Turn an offer down, dispute it or take it back."""

    reason = words(_("Why?"), help_text=_("Whoever offered it reads this."))


class SettleForm(PartReasonForm):
    """Decide which post is competent."""

    competent = forms.ChoiceField(
        label=_("Is the post competent?"), widget=forms.RadioSelect,
        choices=(("yes", _("Yes, it handles the case")), ("no", _("No, the case comes back"))),
    )  # fmt: skip


class FinishPartForm(PartForm):
    note = words(_("What was done?"), required=False)


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


class Lines(forms.CharField):
    """Several lines, cleaned to a list; the API sends the list."""

    def to_python(self, value: Any) -> Any:
        text = "\n".join(map(str, value)) if isinstance(value, (list, tuple)) else value
        return [line for line in str(super().to_python(text)).splitlines() if line.strip()]

    def run_validators(self, value: Any) -> None:
        super().run_validators("\n".join(value))


class SplitForm(ActForm):
    """Parts of a case, each a case of its own."""

    parts = Lines(
        label=_("Which parts? One on each line"), max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    is_required = forms.BooleanField(
        label=_("The whole waits until all parts are done"), required=False, initial=True
    )


class NumberForm(ActForm):
    """Another case by its number."""

    number = forms.CharField(label=_("Number of the other case"), max_length=24)


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
    Act.SPLIT: SplitForm,
    Act.RELATE: NumberForm,
    MERGE: NumberForm,
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
    if known is not None:
        return known(*args, **kwargs)
    if not is_move:
        return None
    return MoveForm(*args, move=kind.move(name), takes_files=takes_files, **kwargs)
