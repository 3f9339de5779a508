"""Tables of orgs."""

from linli.orgs.models.centres import Pairing, ServiceArea, ServiceCentre
from linli.orgs.models.joint import JointEntry, JointMeeting, JointMember
from linli.orgs.models.lists import StaffList
from linli.orgs.models.party import (
    CoverageLink,
    CoverageSpot,
    HoldingOrigin,
    NonLocalDuty,
    PartyCount,
    PartyManagement,
    PartyOrganisation,
    SetupProposal,
)
from linli.orgs.models.posts import Handover, Post, PostHolding, PostKind
from linli.orgs.models.register import (
    Organisation,
    OrganisationVersion,
    OrgEdge,
    OrgKind,
    Reorganisation,
)
from linli.orgs.models.staff import Certificate, TrainingHours

__all__ = [
    "Certificate",
    "CoverageLink",
    "CoverageSpot",
    "Handover",
    "HoldingOrigin",
    "JointEntry",
    "JointMeeting",
    "JointMember",
    "NonLocalDuty",
    "OrgEdge",
    "OrgKind",
    "Organisation",
    "OrganisationVersion",
    "Pairing",
    "PartyCount",
    "PartyManagement",
    "PartyOrganisation",
    "Post",
    "PostHolding",
    "PostKind",
    "Reorganisation",
    "ServiceArea",
    "ServiceCentre",
    "SetupProposal",
    "StaffList",
    "TrainingHours",
]
