"""The words of orgs."""

from __future__ import annotations

from enum import StrEnum


class Hierarchy(StrEnum):
    """By which line one organisation stands under another."""

    PARTY = "party"
    GOVERNMENT = "government"
    SELF_GOVERNMENT = "self_government"
    ECONOMIC = "economic"
    OWNERS = "owners"


class Certainty(StrEnum):
    """How far a fact is settled: read in a source, or still to be checked."""

    SURE = "sure"
    CHECK = "check"


class Change(StrEnum):
    """What a reorganisation did."""

    RENAMED = "renamed"
    MERGED = "merged"
    SPLIT = "split"
    TRANSFERRED = "transferred"
    ABOLISHED = "abolished"


class Precision(StrEnum):
    """How exactly a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class Arrival(StrEnum):
    """How a holder came to the post."""

    ELECTED = "elected"
    RECRUITED = "recruited"
    ASSIGNED = "assigned"
    SECONDED = "seconded"
    APPOINTED = "appointed"


class EndReason(StrEnum):
    """Why a holding ends."""

    TERM_OVER = "term_over"
    RESIGNED = "resigned"
    TRANSFERRED = "transferred"
    RETIRED = "retired"
    RECALLED = "recalled"
    DISQUALIFIED = "disqualified"
    DIED = "died"
    OTHER = "other"


class CertificateKind(StrEnum):
    """Certificates that the plan or the law asks about."""

    ASSISTANT_SOCIAL_WORKER = "assistant_social_worker"
    SOCIAL_WORKER = "social_worker"
    SENIOR_SOCIAL_WORKER = "senior_social_worker"
    MEDIATOR = "mediator"
    ACCOUNTANT = "accountant"
    OTHER = "other"


SOCIAL_WORK = (
    CertificateKind.ASSISTANT_SOCIAL_WORKER,
    CertificateKind.SOCIAL_WORKER,
    CertificateKind.SENIOR_SOCIAL_WORKER,
)


class Subject(StrEnum):
    """What a training was about; the first three are named by the plan."""

    PUBLIC_HEALTH = "public_health"
    EMERGENCY = "emergency"
    INFORMATION = "information"
    SOCIAL_WORK = "social_work"
    SELF_GOVERNMENT = "self_government"
    LAW = "law"
    FINANCE = "finance"
    SERVICE = "service"
    OTHER = "other"


class PartyType(StrEnum):
    """Kinds of Party organisations under a working committee. Basis: PO-05."""

    RESIDENTS = "residents"
    NEW_TYPE = "new_type"
    NETWORK = "network"


class PartyForm(StrEnum):
    """What a Party organisation is by size. Basis: PO-01 to PO-03."""

    BRANCH = "branch"
    JOINT_BRANCH = "joint_branch"
    GENERAL_BRANCH = "general_branch"
    COMMITTEE = "committee"


class Management(StrEnum):
    """How the working committee stands to a Party organisation in its area. Basis: PO-07."""

    MANAGED = "managed"
    CO_MANAGED = "co_managed"


class CountKind(StrEnum):
    """What a Party organisation counts. Numbers only, never names."""

    FORMAL = "formal"
    PROBATIONARY = "probationary"
    APPLICANTS = "applicants"
    NON_DONGGUAN = "non_dongguan"


class SpotKind(StrEnum):
    """Where Party organisations are to reach. Basis: PO-05."""

    GROUP = "group"
    COLLECTIVE = "collective"
    ESTATE = "estate"
    INDUSTRIAL_PARK = "industrial_park"
    SETTLEMENT = "settlement"


class ListKind(StrEnum):
    """The three lists of a joint meeting."""

    RESOURCE = "resource"
    NEED = "need"
    PROJECT = "project"


class EntryState(StrEnum):
    """Where an entry of a joint meeting stands."""

    OPEN = "open"
    AGREED = "agreed"
    DONE = "done"
    DROPPED = "dropped"


class ProposalKind(StrEnum):
    """What a set-up proposal proposes."""

    FORM_BRANCH = "form_branch"
    JOIN_BRANCH = "join_branch"
    BRANCH_COMMITTEE = "branch_committee"
    GENERAL_BRANCH = "general_branch"
    PARTY_COMMITTEE = "party_committee"
    NEW_TYPE_GENERAL_BRANCH = "new_type_general_branch"
    NEW_TYPE_COMMITTEE = "new_type_committee"
    NON_LOCAL_MEMBER = "non_local_member"


# larger forms for a village as a whole
OF_NEW_TYPE = (ProposalKind.NEW_TYPE_GENERAL_BRANCH, ProposalKind.NEW_TYPE_COMMITTEE)
