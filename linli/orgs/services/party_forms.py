"""The form of a Party organisation, as it was approved: branch, general branch, committee. Level 6."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid
from linli.kernel.permits import PROTECTED, Actor, require
from linli.orgs import permits
from linli.orgs.models import Organisation, OrgKind, PartyOrganisation
from linli.orgs.services.party import KIND_OF_FORM
from linli.orgs.services.proposals import note_carried_out
from linli.orgs.types import PartyForm, ProposalKind
from linli.orgs.types.words import OF_NEW_TYPE
from linli.trail.services import record

# what another form or a branch committee carries out
OF_FORM = (
    ProposalKind.JOIN_BRANCH,
    ProposalKind.BRANCH_COMMITTEE,
    ProposalKind.GENERAL_BRANCH,
    ProposalKind.PARTY_COMMITTEE,
)


@transaction.atomic
def change_party_form(
    organisation: Organisation,
    *,
    form: PartyForm,
    has_committee: bool,
    units: int,
    actor: Actor,
    now: datetime,
) -> PartyOrganisation:
    """Record that a branch took another form, got a branch committee, or covers other units.

    It stays the same organisation; what its form was before stands in the trail. Basis: PO-01 to PO-03.

    Refuses with NotAllowed, Invalid.
    """
    require(actor, permits.PARTY_KEEP, at=organisation.path, level=PROTECTED)
    party = PartyOrganisation.objects.select_for_update().get(pk=organisation.pk)
    if units < (2 if form is PartyForm.JOINT_BRANCH else 1):
        raise Invalid({"units": [_("A joint branch has two units or more.")]})
    before, party.form = party.form, form.value
    party.has_committee, party.units = has_committee, units
    party.save(update_fields=["form", "has_committee", "units"])
    if before != form:
        _change_kind(organisation, KIND_OF_FORM[form])
    note_carried_out(
        organisation.path, OF_FORM, organisation_id=organisation.pk, actor=actor, now=now
    )
    note_carried_out(organisation.path, OF_NEW_TYPE, actor=actor, now=now)
    record(
        "orgs.party_form_changed", on=organisation, actor=actor, now=now,
        place=organisation.path, level=PROTECTED, before=before, form=form.value,
    )  # fmt: skip
    return party


def _change_kind(organisation: Organisation, code: str) -> None:
    """The kind of body in the register says the same as the form."""
    found = Organisation.objects.select_for_update().get(pk=organisation.pk)
    found.kind = OrgKind.objects.get(code=code)
    found.rank, found.edition = found.kind.rank, found.edition + 1
    found.save(update_fields=["kind", "rank", "edition"])
