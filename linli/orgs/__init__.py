"""Orgs: organisations of every kind, how they hang together, their posts and who holds them.

Owns: OrgKind, Organisation, OrganisationVersion, OrgEdge, Reorganisation, PostKind, Post,
    PostHolding, Handover, Certificate, TrainingHours, Pairing, ServiceCentre, ServiceArea,
    PartyOrganisation, PartyCount, PartyManagement, CoverageSpot, CoverageLink, JointMeeting,
    JointMember, JointEntry, NonLocalDuty, HoldingOrigin, SetupProposal, StaffList.
States: states.HANDOVER (printed, signed, withdrawn),
    states.PROPOSAL (proposed, submitted, approved, returned, dropped),
    states.STAFF_LIST (received, checked, taking, taken, dropped).
Asks: places (where an organisation sits), people (who a holder is), rulebook (Party thresholds,
    days for a hand-over), documents (the hand-over sheet), runtime (long jobs).
Never: names Party members, ranks people or villages, assumes a collective, decides rights (access).
"""
