"""How the words of orgs read on a page."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.orgs.types.words import (
    Arrival,
    Certainty,
    CertificateKind,
    Change,
    CountKind,
    EndReason,
    EntryState,
    Hierarchy,
    ListKind,
    Management,
    PartyForm,
    PartyType,
    Precision,
    ProposalKind,
    SpotKind,
    Subject,
)

# by the class first: words of two enums may be spelt alike
TITLES: dict[type[StrEnum], dict[str, Any]] = {
    Hierarchy: {
        Hierarchy.PARTY: _("Party leadership"),
        Hierarchy.GOVERNMENT: _("government"),
        Hierarchy.SELF_GOVERNMENT: _("self-government"),
        Hierarchy.ECONOMIC: _("collective economy"),
        Hierarchy.OWNERS: _("owners"),
    },
    Certainty: {
        Certainty.SURE: pgettext_lazy("certainty", "confirmed"),
        Certainty.CHECK: pgettext_lazy("certainty", "to be checked"),
    },
    Change: {
        Change.RENAMED: _("renamed"),
        Change.MERGED: _("merged into"),
        Change.SPLIT: _("split"),
        Change.TRANSFERRED: _("work passed to"),
        Change.ABOLISHED: _("abolished"),
    },
    Precision: {
        Precision.DAY: _("exact day"),
        Precision.MONTH: _("month known"),
        Precision.YEAR: _("year known"),
    },
    Arrival: {
        Arrival.ELECTED: _("elected"),
        Arrival.RECRUITED: _("open recruitment"),
        Arrival.ASSIGNED: _("assigned from above"),
        Arrival.SECONDED: _("seconded for training"),
        Arrival.APPOINTED: _("appointed"),
    },
    EndReason: {
        EndReason.TERM_OVER: _("term over"),
        EndReason.RESIGNED: _("resigned"),
        EndReason.TRANSFERRED: _("moved to another post"),
        EndReason.RETIRED: _("retired"),
        EndReason.RECALLED: _("recalled"),
        EndReason.DISQUALIFIED: _("lost the right to the office"),
        EndReason.DIED: _("died"),
        EndReason.OTHER: _("other reason"),
    },
    CertificateKind: {
        CertificateKind.ASSISTANT_SOCIAL_WORKER: _("assistant social worker"),
        CertificateKind.SOCIAL_WORKER: _("social worker"),
        CertificateKind.SENIOR_SOCIAL_WORKER: _("senior social worker"),
        CertificateKind.MEDIATOR: _("mediator"),
        CertificateKind.ACCOUNTANT: _("accountant"),
        CertificateKind.OTHER: _("other certificate"),
    },
    Subject: {
        Subject.PUBLIC_HEALTH: _("public health"),
        Subject.EMERGENCY: _("emergency and disaster relief"),
        Subject.INFORMATION: _("information technology"),
        Subject.SOCIAL_WORK: _("social work"),
        Subject.SELF_GOVERNMENT: _("self-government of villagers and residents"),
        Subject.LAW: _("law"),
        Subject.FINANCE: _("finance"),
        Subject.SERVICE: _("service at the window"),
        Subject.OTHER: _("other subject"),
    },
    PartyType: {
        PartyType.RESIDENTS: _("villagers and residents"),
        PartyType.NEW_TYPE: _("new economic and social organisations"),
        PartyType.NETWORK: _("grid and network"),
    },
    PartyForm: {
        PartyForm.BRANCH: _("branch"),
        PartyForm.JOINT_BRANCH: _("joint branch"),
        PartyForm.GENERAL_BRANCH: _("general branch"),
        PartyForm.COMMITTEE: _("Party committee"),
    },
    Management: {
        Management.MANAGED: _("managed"),
        Management.CO_MANAGED: _("co-managed"),
    },
    CountKind: {
        CountKind.FORMAL: _("formal members"),
        CountKind.PROBATIONARY: _("probationary members"),
        CountKind.APPLICANTS: _("active applicants"),
        CountKind.NON_DONGGUAN: _("members from outside Dongguan"),
    },
    SpotKind: {
        SpotKind.GROUP: _("villagers' and residents' groups"),
        SpotKind.COLLECTIVE: _("collectives"),
        SpotKind.ESTATE: _("housing estates"),
        SpotKind.INDUSTRIAL_PARK: _("industrial parks"),
        SpotKind.SETTLEMENT: _("settlements of non-local residents"),
    },
    ListKind: {
        ListKind.RESOURCE: _("resources"),
        ListKind.NEED: _("needs"),
        ListKind.PROJECT: _("projects"),
    },
    EntryState: {
        EntryState.OPEN: pgettext_lazy("line of a list", "open"),
        EntryState.AGREED: pgettext_lazy("line of a list", "agreed"),
        EntryState.DONE: pgettext_lazy("line of a list", "done"),
        EntryState.DROPPED: pgettext_lazy("line of a list", "dropped"),
    },
    ProposalKind: {
        ProposalKind.FORM_BRANCH: _("set up a branch"),
        ProposalKind.JOIN_BRANCH: _("join a joint branch"),
        ProposalKind.BRANCH_COMMITTEE: _("set up a branch committee"),
        ProposalKind.GENERAL_BRANCH: _("become a general branch"),
        ProposalKind.PARTY_COMMITTEE: _("become a Party committee"),
        ProposalKind.NEW_TYPE_GENERAL_BRANCH: _("general branch of new-type organisations"),
        ProposalKind.NEW_TYPE_COMMITTEE: _("Party committee of new-type organisations"),
        ProposalKind.NON_LOCAL_MEMBER: _("a deputy secretary or member from outside Dongguan"),
    },
}


def choices(words: type[StrEnum]) -> list[tuple[str, Any]]:
    """Return the words of an enum for a select field."""
    return [(word.value, TITLES[words][word]) for word in words]


def title_of(words: type[StrEnum], value: str) -> str:
    """Return how a stored word reads on a page; an unknown one is shown as it is."""
    return str(TITLES[words].get(value, value))
