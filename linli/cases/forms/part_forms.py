"""Forms about the part of one post in a case: offered, answered, decided, done."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.cases.forms.act_frame import ActForm, words
from linli.cases.types.words import AssignmentRole

ROLES = (
    (AssignmentRole.LEAD.value, _("Lead: the post handles it")),
    (AssignmentRole.JOINT.value, _("Joint work beside the lead")),
    (AssignmentRole.SUPERVISE.value, _("Supervise how it is handled")),
    (AssignmentRole.CONSULT.value, _("Give advice")),
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
