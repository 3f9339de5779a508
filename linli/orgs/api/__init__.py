"""JSON API on organisations, posts, staff, centres, pairings and, for level 6, the Party's register."""

from ninja import Router

from linli.orgs.api import (
    centres,
    changing,
    coverage,
    handovers,
    hanging,
    holdings,
    joint,
    joint_lines,
    learning,
    organisations,
    pairings,
    party,
    party_changing,
    posts,
    proposals,
    staff,
)

# one address is served by one router: these add their moves to that of what they change
WITH_MOVES = (changing, party_changing, joint_lines)
router = Router(tags=["organisations"])
SERVED = (
    organisations, posts, hanging, holdings, handovers, centres, pairings, staff, learning,
)  # fmt: skip
for part in SERVED:
    router.add_router("", part.router)
for part in (party, coverage, proposals, joint):
    router.add_router("/party", part.router)
