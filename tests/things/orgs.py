"""Things that fill the addresses of organisations, posts and the Party's organisations."""

from __future__ import annotations

from linli.demo.cast import VILLAGE_1
from tests.city_life import one
from tests.things.lookup import Things, page_and_api, pk


def things() -> Things:
    committee = one("orgs.organisation", place__code=VILLAGE_1, kind_id="villagers_committee")
    centre = one("orgs.organisation", kind_id="public_service_center")
    branch = one("orgs.partyorganisation").organisation
    # a line that whoever keeps the register sees at both ends
    line = one("orgs.orgedge", parent__level=1, child__level=1)
    shared = page_and_api(
        {
            ("organisations/", "code"): committee.code,
            ("party/organisations/", "code"): branch.code,
            ("posts/", "post_id"): pk("orgs.post", organisation=committee),
            ("holdings/", "holding_id"): pk("orgs.postholding", holder_name="麦润根"),
            ("party/holdings/", "holding_id"): pk(
                "orgs.postholding", post__kind_id="party_secretary"
            ),
            ("handovers/", "handover_id"): pk("orgs.handover", receiver_name="麦润根"),
            ("certificates/", "certificate_id"): pk("orgs.certificate"),
            ("pairings/", "pairing_id"): pk("orgs.pairing"),
            ("party/spots/", "spot_id"): pk("orgs.coveragespot"),
            ("party/proposals/", "proposal_id"): pk("orgs.setupproposal"),
            ("party/meetings/", "meeting_id"): pk("orgs.jointmeeting"),
            ("party/units/", "member_id"): pk("orgs.jointmember"),
            ("party/lines/", "entry_id"): pk("orgs.jointentry"),
            ("staff-lists/", "list_id"): pk("orgs.stafflist"),
        }
    )
    return {
        **shared,
        # a committee that stands by law is closed from above alone
        ("organisations/<slug:code>/close/", "code"): centre.code,
        ("organisations/<slug:code>/centre/", "code"): centre.code,
        ("organisations/<slug:code>/area/", "code"): centre.code,
        ("organisations/<slug:code>/under/<int", "code"): line.child.code,
        ("organisations/<slug:code>/under/<int", "edge_id"): line.pk,
        ("api/v1/organisations/<slug:code>/under/<int", "code"): line.child.code,
        ("api/v1/organisations/<slug:code>/under/<int", "line"): line.pk,
        ("^party/proposals/", "proposal_id"): pk("orgs.setupproposal"),
        ("^party/proposals/", "move"): "drop",
        ("api/v1/centres/", "code"): centre.code,
        ("api/v1/party/proposals/", "move"): "drop",
    }
