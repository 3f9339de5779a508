"""When the Party's rules and the plan ask for another form of organisation. Basis: PO-01 to PO-06.

Every answer keeps both sides of each condition, so that a proposal can be checked by hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from linli.kernel.numbers import Share, Standing, Threshold
from linli.orgs.types import PartyForm, ProposalKind


@dataclass(frozen=True, slots=True)
class Condition:
    """One inequality of a proposal: what was counted, against what, and whether it holds.

    `needed` None says that nobody has set the number yet; then the condition does not hold.
    """

    key: str
    counted: int
    sign: str
    needed: int | None
    standing: Standing
    tolerance: int = 0

    @property
    def holds(self) -> bool:
        return self.standing is not Standing.BELOW

    def as_dict(self) -> dict[str, str | int | None]:
        """Return the condition as it is frozen in a proposal."""
        return {
            "key": self.key,
            "counted": self.counted,
            "sign": self.sign,
            "needed": self.needed,
            "standing": self.standing.value,
            "tolerance": self.tolerance,
        }


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is proposed, by which rule, on which conditions; it stands only if all of them hold."""

    kind: ProposalKind
    rule: str
    conditions: tuple[Condition, ...]

    @property
    def holds(self) -> bool:
        return all(condition.holds for condition in self.conditions)


@dataclass(frozen=True, slots=True)
class Sizes:
    """The thresholds in force at a place, from the rulebook; None is a number not yet set."""

    branch_min: int
    committee_min: int
    joint_units_max: int
    general_branch: Share
    party_committee: Share
    new_type_general_branch: Threshold
    new_type_committee: Threshold
    many: int | None
    relatively_many: int | None
    non_local_min: int


def set_up(formal: int, sizes: Sizes) -> Verdict | None:
    """Say what a spot without a Party organisation needs: a branch, or a joint branch, or nothing.

    Basis: PO-01. Formal members alone count; one or two of them join a joint branch.
    """
    enough = _many("formal_members", formal, sizes.branch_min)
    if enough.holds:
        return Verdict(ProposalKind.FORM_BRANCH, "PO-01", (enough,))
    if formal <= 0:
        return None
    few = Condition("formal_members", formal, "<", sizes.branch_min, Standing.MET)
    return Verdict(ProposalKind.JOIN_BRANCH, "PO-01", (few,))


def needs_committee(formal: int, sizes: Sizes, *, has_committee: bool) -> Verdict | None:
    """Say whether a branch is large enough for a branch committee. Basis: PO-02."""
    enough = _many("formal_members", formal, sizes.committee_min)
    if has_committee or not enough.holds:
        return None
    return Verdict(ProposalKind.BRANCH_COMMITTEE, "PO-02", (enough,))


def grows(form: str, members: int, sizes: Sizes) -> Verdict | None:
    """Say whether an organisation outgrew its form: over 50 members, over 100. Basis: PO-03."""
    if form != PartyForm.COMMITTEE and sizes.party_committee.met_by(members):
        return Verdict(
            ProposalKind.PARTY_COMMITTEE,
            "PO-03",
            (_bound("members", members, sizes.party_committee),),
        )
    if form in (PartyForm.BRANCH, PartyForm.JOINT_BRANCH) and sizes.general_branch.met_by(members):
        return Verdict(
            ProposalKind.GENERAL_BRANCH,
            "PO-03",
            (_bound("members", members, sizes.general_branch),),
        )
    return None


def new_type(organisations: int, members: int, sizes: Sizes) -> Sequence[Verdict]:
    """Return what the plan says about the 两新 organisations of one village, larger form first.

    Basis: PO-04 and plan task 3. Both conditions count: many organisations, and members over or
    near the number. What "many" is the town sets; as long as it has not, nothing is proposed.
    """
    return (
        Verdict(
            ProposalKind.NEW_TYPE_COMMITTEE,
            "PO-04",
            (
                _many("organisations", organisations, sizes.many),
                _near("members", members, sizes.new_type_committee),
            ),
        ),
        Verdict(
            ProposalKind.NEW_TYPE_GENERAL_BRANCH,
            "PO-04",
            (
                _many("organisations", organisations, sizes.relatively_many),
                _near("members", members, sizes.new_type_general_branch),
            ),
        ),
    )


def is_asked(verdict: Verdict, *, uncounted: int) -> bool | None:
    """Say whether a form is asked for; None as long as what decides it is unknown.

    Unknown is what the town has not set, and members while organisations are not counted yet: these
    can only add to the number. Basis: PO-04.
    """
    if verdict.holds:
        return True
    return None if all(_may_hold(one, uncounted) for one in verdict.conditions) else False


def _may_hold(condition: Condition, uncounted: int) -> bool:
    is_open = condition.needed is None or (condition.key == "members" and uncounted > 0)
    return condition.holds or is_open


def is_too_wide(form: str, units: int, sizes: Sizes) -> bool:
    """Say whether a joint branch covers more units than one usually does. Basis: PO-01."""
    return form == PartyForm.JOINT_BRANCH and units > sizes.joint_units_max


def non_local(serving: int, sizes: Sizes, *, is_asked: bool) -> Verdict | None:
    """Say whether a village still lacks its non-Dongguan deputy secretary or member.

    Basis: PO-06. It is asked only of villages that the town named for it.
    """
    least = sizes.non_local_min
    if not is_asked or serving >= least:
        return None
    lacking = Condition("non_dongguan_serving", serving, "<", least, Standing.MET)
    return Verdict(ProposalKind.NON_LOCAL_MEMBER, "PO-06", (lacking,))


def _bound(key: str, counted: int, share: Share) -> Condition:
    standing = Standing.MET if share.met_by(counted) else Standing.BELOW
    return Condition(key, counted, share.op.sign, share.num, standing)


def _near(key: str, counted: int, threshold: Threshold) -> Condition:
    bound = threshold.bound
    return Condition(
        key,
        counted,
        bound.op.sign,
        bound.num,
        threshold.standing(counted),
        threshold.near_tolerance,
    )


def _many(key: str, counted: int, needed: int | None) -> Condition:
    met = needed is not None and counted >= needed
    return Condition(key, counted, "≥", needed, Standing.MET if met else Standing.BELOW)
