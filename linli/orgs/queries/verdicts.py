"""What the Party's rules ask for at a place by the numbers of the register. Level 6. Basis: PO-01 to PO-06."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from linli.orgs.queries import coverage, party
from linli.orgs.queries.party import PartyRow
from linli.orgs.rules import party as rules
from linli.orgs.rules.party import Sizes, Verdict
from linli.orgs.types import PartyForm, ProposalKind


@dataclass(frozen=True, slots=True)
class Found:
    """A verdict and the thing that it is about."""

    verdict: Verdict
    organisation_id: int | None = None
    spot_id: int | None = None

    @property
    def key(self) -> tuple[str, int | None, int | None]:
        return self.verdict.kind.value, self.organisation_id, self.spot_id


def verdicts_below(path: str, on: date, sizes: Sizes) -> Iterator[Found]:
    """Yield what is asked for, for those who already asked for the permit."""
    rows = party.rows_below(path, on)
    yield from _of_organisations(rows, sizes)
    yield from _of_new_type(rows, sizes)
    for spot in coverage.spots_below(path, on):
        if spot.by_code is None and (verdict := rules.set_up(spot.formal or 0, sizes)):
            yield Found(verdict, spot_id=spot.id)
    asked = coverage.named_villages(path, on).exists()
    serving = coverage.non_dongguan_serving(path, on).get(path, 0)
    if verdict := rules.non_local(serving, sizes, is_asked=asked):
        yield Found(verdict)


def _of_organisations(rows: Iterable[PartyRow], sizes: Sizes) -> Iterator[Found]:
    """PO-01 to PO-03 for organisations that stand already and were counted."""
    for row in rows:
        if row.formal is None or row.members is None:
            continue
        if row.form == PartyForm.BRANCH:
            few = rules.set_up(row.formal, sizes)
            if few and few.kind is ProposalKind.JOIN_BRANCH:
                yield Found(few, organisation_id=row.id)
        if row.form in (PartyForm.BRANCH, PartyForm.JOINT_BRANCH) and (
            verdict := rules.needs_committee(row.formal, sizes, has_committee=row.has_committee)
        ):
            yield Found(verdict, organisation_id=row.id)
        if verdict := rules.grows(row.form, row.members, sizes):
            yield Found(verdict, organisation_id=row.id)


def _of_new_type(rows: list[PartyRow], sizes: Sizes) -> Iterator[Found]:
    """PO-04 for the village as a whole: the larger form that holds and is not there yet."""
    for sums in party.new_type_sums(rows).values():
        committee, general = rules.new_type(sums.organisations, sums.members, sizes)
        if sums.has_committee:
            continue
        if committee.holds:
            yield Found(committee)
        elif general.holds and not sums.has_general_branch:
            yield Found(general)
